"""Dead letters: the operator sees them, mends the cause and sends them again, once."""

import asyncio

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner, Result

from bot.app import Role, open_bot, working
from bot.cli import build
from bot.commands.deliveries import require_resendable
from bot.settings import Settings
from reporting.errors import UserMistake
from reporting.messages import AddressKind, DeliveryState, Platform
from simulator.fault import Endpoint, Fault, FaultKind
from storage.database import transaction
from storage.dead_letters import DeadLetters, Letter
from tests.support.town import MORNING, D, Town, W, open_town
from tests.support.town_at_work import Place, change, rows, settle, write

OFFICE = "青河县人民政府督查室"
PEOPLE = {W: "Liaison00", D: "Liaison01"}
SENDING = {W: Endpoint.WECOM_MESSAGE, D: Endpoint.DINGTALK_PERSON}


async def resend(town: Town, *numbers: int) -> None:
    """What the command does with these messages."""
    async with town.bot.store.unit_of_work(town.clock.now()) as work:
        letters = DeadLetters(work.connection, town.bot.store.jobs)
        for letter in await letters.find(numbers):
            await letters.reopen(letter)


def a_letter(state: DeliveryState | None) -> Letter:
    return Letter(
        id=7,
        office_id=1,
        channel="wx",
        address_kind=AddressKind.PERSON,
        target="ZhangSan",
        state=state,
        written_at=MORNING,
    )


@pytest.mark.parametrize("platform", [W, D])
async def test_a_refused_message_arrives_once_after_the_cause_is_mended(
    place: Place, platform: Platform
) -> None:
    async with place.at_work(Role.WORKER) as (town, _):
        code = "60020" if platform is W else "Forbidden.AccessDenied.IpNotInWhiteList"
        fault = Fault(kind=FaultKind.REFUSED, endpoint=SENDING[platform], code=code)
        town.simulator.misbehave(fault)
        await write(town, platform, PEOPLE[platform], ["请报进度"])
        await settle(town)
        assert await rows(town, "SELECT state FROM outbox") == [("refused",)]
        await resend(town, 1)
        await settle(town)
        assert await rows(town, "SELECT state FROM deliveries ORDER BY id") == [
            ("refused",),
            ("delivered",),
        ]
        assert town.shown(platform, PEOPLE[platform]) == ["请报进度"]


async def test_a_resent_message_goes_on_with_the_part_it_stopped_at(place: Place) -> None:
    text = "\n".join(f"{n}. " + "滞后" * 300 for n in range(3))
    async with place.at_work(Role.WORKER) as (town, _):
        refusal = Fault(kind=FaultKind.REFUSED, endpoint=SENDING[W], code="60020", every=2)
        town.simulator.misbehave(refusal)
        await write(town, W, PEOPLE[W], [text])
        await settle(town)
        assert await rows(town, "SELECT state, part FROM outbox") == [("refused", 1)]
        await resend(town, 1)
        await settle(town)
        assert [part[:5] for part in town.shown(W, PEOPLE[W])] == ["（1/3）", "（2/3）", "（3/3）"]


async def test_an_unknown_message_resent_to_wecom_is_dropped_there_if_it_had_arrived(
    place: Place,
) -> None:
    async with place.at_rest() as town:
        await write(town, W, PEOPLE[W], ["请报进度"])
        async with working(town.bot, Role.WORKER):
            await settle(town)
            # As after a kill between the platform's yes and our note of it.
            await change(town, "UPDATE outbox SET state = 'unknown', part = 0")
            await resend(town, 1)
            await settle(town)
        assert await rows(town, "SELECT state FROM outbox") == [("delivered",)]
        assert town.shown(W, PEOPLE[W]) == ["请报进度"]


@pytest.mark.parametrize(
    ("state", "sure", "objection"),
    [
        (DeliveryState.REFUSED, False, ""),
        (DeliveryState.UNKNOWN, False, "加 --yes 重发"),
        (DeliveryState.UNKNOWN, True, ""),
        (DeliveryState.PARTLY, False, "加 --yes 重发"),
        (DeliveryState.PARTLY, True, ""),
        (DeliveryState.DELIVERED, True, "已经送达"),
        (None, True, "仍在自动发送"),
    ],
)
def test_only_what_may_not_have_arrived_is_resent(
    state: DeliveryState | None, sure: bool, objection: str
) -> None:
    if not objection:
        require_resendable([7], [a_letter(state)], sure=sure)
        return
    with pytest.raises(UserMistake, match=objection):
        require_resendable([7], [a_letter(state)], sure=sure)


def test_a_number_that_does_not_exist_is_named() -> None:
    with pytest.raises(UserMistake, match="没有编号为8的消息"):
        require_resendable([7, 8], [a_letter(DeliveryState.REFUSED)], sure=True)


class TestOnTheCommandLine:
    """The commands themselves, beside a town that is at rest."""

    def run(self, settings: Settings, *words: str) -> Result:
        """Run `liaison-bot deliveries` on the town's own database."""
        assert settings.secret_key is not None
        environment = {
            "DATABASE_URL": settings.database_url,
            "REDIS_URL": settings.redis_url,
            "LIAISON_SECRET_KEY": settings.secret_key.get_secret_value(),
            "LIAISON_DATA_FOLDER": str(settings.data_folder),
            "COLUMNS": "200",
        }
        return CliRunner().invoke(build(), ["deliveries", *words], env=environment)

    def test_a_resend_needs_a_number_or_an_office(self, place: Place) -> None:
        assert self.run(place.settings, "resend").exit_code == 2

    def test_all_refused_messages_of_an_office_go_out_again_with_an_audit_line_each(
        self, place: Place
    ) -> None:
        settings = place.settings
        asyncio.run(self.refuse_two(settings))
        listed = self.run(settings, "list", "--office", OFFICE).stdout
        assert "Liaison01" in listed
        assert "请把服务器出口 IP" in listed
        assert "2条" in self.run(settings, "resend", "--refused-of", OFFICE).stdout
        assert asyncio.run(self.noted(settings)) == [("delivery_resent",)] * 2
        assert "仍在自动发送" in self.run(settings, "resend", "1").stderr

    async def refuse_two(self, settings: Settings) -> None:
        """Two messages DingTalk refuses."""
        async with open_town(settings) as town, working(town.bot, Role.WORKER):
            code = "Forbidden.AccessDenied.IpNotInWhiteList"
            fault = Fault(kind=FaultKind.REFUSED, endpoint=SENDING[D], code=code, times=2)
            town.simulator.misbehave(fault)
            await write(town, D, "Liaison01", ["请报进度", "请尽快报进度"])
            await settle(town)
            # The command's clock is the real one: what it resends must be recent for it.
            await change(town, "UPDATE outbox SET written_at = now()")

    async def noted(self, settings: Settings) -> list[tuple[object, ...]]:
        """The audit's lines about messages."""
        async with open_bot(settings) as bot, transaction(bot.store.engine) as connection:
            statement = "SELECT action FROM audit WHERE subject LIKE 'message %'"
            return [tuple(row) for row in await connection.execute(sa.text(statement))]

    def test_an_unknown_number_is_refused_in_words(self, place: Place) -> None:
        done = self.run(place.settings, "resend", "99")
        assert done.exit_code == 2
        assert "没有编号为99的消息" in done.stderr
