"""What a campaign left behind, counted in the database and in what people saw."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from bot.platforms.dingtalk.body import compose_markdown
from bot.platforms.splitting import split_text
from bot.platforms.wecom.card import compose_template_card
from reporting.messages import AddressKind, Platform
from simulator.chat import Direction
from simulator.payload import Payload
from simulator.wecom_card import words_of
from storage.conversion import card_from_json
from storage.database import transaction
from storage.tables import digests, inbox, outbox, questions, reminders, reports
from tests.faults.campaign import Campaign, Sent
from tests.support.town import CHANNELS, W

WECOM_BYTES = 2048
_RENEWED = re.compile(r"\n［[^］]*］\Z")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")

# A message as one person or group sees it: platform, group or lower-case user id, text.
Sight = tuple[Platform, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The account of a campaign.

    `recorded` messages are settled: a report, a question or an answer. `unacknowledged` ones were
    given up by the platform, some of them recorded all the same. `lost` were acknowledged and are
    not settled. `doubled` counts messages kept or recorded twice and texts shown more often than
    written. `unknown` sends were under way on DingTalk or to a group when the process was killed:
    never repeated, listed for the operator; `unknown_shown` of them had arrived. `missing` names
    the `unshown` messages: said to be delivered and seen by nobody. `refused` ones are listed for
    the operator with their reason.
    """

    sent: int
    acknowledged: int
    recorded: int
    lost: int
    doubled: int
    kills: int
    unacknowledged: int
    unknown: int
    unknown_shown: int
    unshown: int
    missing: list[str]
    refused: int
    reminders: int
    digests: int
    outcomes: dict[str, int]

    def as_json(self) -> dict[str, object]:
        """Every figure by name."""
        return asdict(self)


async def count(campaign: Campaign) -> Tally:
    """Count everything."""
    async with transaction(campaign.town.bot.store.engine) as connection:
        kept = (await connection.execute(_KEPT)).all()
        written = (await connection.execute(_WRITTEN)).all()
        words = Counter((await connection.execute(sa.select(reports.c.words))).scalars())
        claimed = [
            int(await connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)
            for table in (reminders, digests)
        ]
    settled = {(row.channel, row.message_key): row for row in kept if row.settled}
    acknowledged = [one for one in campaign.sent if one.spoken.acknowledged]
    seen = _sights(campaign)
    sure, doubtful = _written_sights(written)
    return Tally(
        sent=len(campaign.sent),
        acknowledged=len(acknowledged),
        recorded=sum(_key(one) in settled for one in campaign.sent),
        lost=sum(_key(one) not in settled for one in acknowledged),
        doubled=len(kept)
        - len({(row.channel, row.message_key) for row in kept})
        + sum(times - 1 for text, times in words.items() if "协调" in text)
        + (seen - sure - doubtful).total()
        + abs(sum(row.kind == "reminder" for row in written) - claimed[0])
        + abs(sum(row.kind == "digest" for row in written) - claimed[1]),
        kills=campaign.kills,
        unacknowledged=len(campaign.sent) - len(acknowledged),
        unknown=sum(row.state == "unknown" for row in written),
        unknown_shown=((seen - sure) & doubtful).total(),
        unshown=(sure - seen).total(),
        missing=[f"{platform} {target} {text[:60]}" for platform, target, text in sure - seen],
        refused=sum(row.state == "refused" for row in written),
        reminders=claimed[0],
        digests=claimed[1],
        outcomes=dict(Counter(row.outcome for row in kept)),
    )


def _count(table: sa.Table) -> sa.ScalarSelect[int]:
    """How many rows of a table one message led to."""
    counted = sa.select(sa.func.count()).where(table.c.inbox_id == inbox.c.id)
    return counted.scalar_subquery()


# A message is settled when it came to what its outcome says, exactly once.
_SETTLED = sa.case(
    (inbox.c.processed_at.is_(None), sa.false()),
    (inbox.c.outcome.in_(["record", "answer"]), _count(reports) == 1),
    (inbox.c.outcome == "ask", _count(questions) == 1),
    else_=inbox.c.outcome != "failed",
)
_KEPT = sa.select(inbox.c.channel, inbox.c.message_key, inbox.c.outcome, _SETTLED.label("settled"))
_WRITTEN = sa.select(
    outbox.c.channel,
    outbox.c.address_kind,
    outbox.c.target,
    outbox.c.text,
    outbox.c.kind,
    outbox.c.state,
    outbox.c.part,
    outbox.c.card,
).where(outbox.c.address_kind != AddressKind.CARD)
Written = sa.Row[str, str, str, str, str, str, int, dict[str, Any] | None]


def _key(sent: Sent) -> tuple[str, str]:
    return CHANNELS[sent.speaker.platform], sent.spoken.message_key


def _sights(campaign: Campaign) -> Counter[Sight]:
    """What people and groups saw of the bot, cards as they were before they were answered."""
    return Counter(
        (message.platform, message.group or message.user_id.lower(), _RENEWED.sub("", message.text))
        for message in campaign.town.simulator.chat.messages
        if message.direction is Direction.FROM_BOT
    )


def _written_sights(written: Iterable[Written]) -> tuple[Counter[Sight], Counter[Sight]]:
    """What must have been seen once for each, and what may have been."""
    platforms = {channel: platform for platform, channel in CHANNELS.items()}
    sure: Counter[Sight] = Counter()
    doubtful: Counter[Sight] = Counter()
    for row in written:
        platform = platforms[row.channel]
        target = row.target if row.address_kind == "group" else row.target.lower()
        parts = _as_shown(platform, row)
        known = row.part if row.state in {"unknown", "refused"} else len(parts)
        sure.update((platform, target, part) for part in parts[:known])
        if row.state == "unknown":
            doubtful.update((platform, target, part) for part in parts[known:])
    return sure, doubtful


def _as_shown(platform: Platform, row: Written) -> Sequence[str]:
    """A message as it is read: in parts, or a question as a card or as choices to tap."""
    card = card_from_json(row.card) if row.card else None
    if platform is W:
        composed = compose_template_card(card) if card else None
        return (words_of(Payload(composed)),) if composed else split_text(row.text, WECOM_BYTES)
    marked = compose_markdown(row.text, card) if card else None
    return (_LINK.sub(r"\1", marked.text) if marked else row.text,)
