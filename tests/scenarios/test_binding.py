"""Strangers become liaisons by a code; accounts that are lost are known as such."""

import secrets
from datetime import timedelta

import sqlalchemy as sa

from bot.demo.stage import CHANNELS, Stage
from bot.platforms.wecom.aibot_message import parse_message
from reporting.binding import Grant, new_code
from reporting.messages import Address, AddressKind, OutgoingKind, OutgoingMessage, Platform
from simulator.fault import Endpoint, Fault, FaultKind
from storage.database import transaction
from storage.inbox import Arrival, InboxWriter
from storage.roster import RosterLine, list_liaisons
from tests.scenarios.chat import Chat

W, D = Platform.WECOM, Platform.DINGTALK
UNIT = "县发展和改革局"


async def issue(stage: Stage, unit: str = UNIT, *, name: str = "", key: str = "") -> str:
    """A code of the office."""
    code = new_code(secrets.choice)
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        grant = Grant(id=0, unit=unit, name=name, liaison_key=key)
        await work.accounts.issue(stage.office_id, code, grant)
    return code


async def roster(stage: Stage) -> dict[str, RosterLine]:
    """The office's liaisons by key."""
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        return {one.key: one for one in await list_liaisons(work.connection, stage.office_id)}


async def alarms(stage: Stage) -> list[str]:
    """The kinds of the open alarms."""
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        return [alarm.kind for alarm in await work.alarms.all(stage.office_id)]


async def remind(stage: Stage, platform: Platform, person: str) -> None:
    """Write to a person out of turn."""
    address = Address(channel=CHANNELS[platform], kind=AddressKind.PERSON, target=person)
    notice = OutgoingMessage(
        key=f"test:{person}", kind=OutgoingKind.NOTICE, address=address, text="请报进展"
    )
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        await work.outbox.write(stage.office_id, notice, about=())


async def test_a_stranger_is_bound_by_a_code_once_and_reports_at_once(
    chat: Chat, stage: Stage
) -> None:
    code = await issue(stage, name="周明")
    await chat.play(
        f"""
        leader01：第1项增长5.8%
          → 不在联络员名单里
        leader01：绑定 {code.lower()}
          → 绑定成功：周明，{UNIT}联络员
        leader01：第1项增长5.8%，正常推进
          → 已记录1项 … 第1项
        leader02：{code}
          → 没有绑定：绑定码不对、已用过或已过期，还可以试4次
        """
    )
    bound = [one for one in (await roster(stage)).values() if one.name == "周明"]
    assert [one.accounts for one in bound] == [("demo-wecom:leader01",)]
    async with transaction(stage.bot.store.engine) as connection:
        kept = (await connection.execute(sa.text("SELECT * FROM binding_codes"))).one()
        noted = await connection.scalar(
            sa.text("SELECT count(*) FROM audit WHERE action = 'account_bound'")
        )
    assert code.replace("-", "") not in str(kept)
    assert noted == 1


async def test_a_bound_liaison_gets_a_second_unit_and_one_person_is_one_liaison(
    chat: Chat, stage: Stage
) -> None:
    second = await issue(stage, "县教育体育局")
    home = Platform.WECOM if chat.home("l01") is W else D
    await chat.play(
        f"""
        l01：{second}
          → 绑定成功 … 县教育体育局
        """
    )
    other = D if home is W else W
    spoken = await stage.simulator.say(other, "Other-L01", await issue(stage, key="l01"))
    assert spoken.acknowledged
    await chat.player.settle()
    line = (await roster(stage))["l01"]
    assert "县教育体育局" in line.units
    assert f"{CHANNELS[other]}:other-l01" in line.accounts


async def test_a_code_expires_and_guessing_ends_after_five_tries(chat: Chat, stage: Stage) -> None:
    code = await issue(stage)
    for _ in range(4):
        await chat.play("leader01：绑定 AAAA-2222\n  → 没有绑定")
    await chat.play(f"leader01：绑定 AAAA-2222\n → 次数过多\nleader01：{code}\n → 次数过多")
    stage.clock.move(timedelta(hours=23))
    await chat.play(f"leader01：{code}\n  → 绑定成功")
    late = await issue(stage)
    stage.clock.move(timedelta(hours=25))
    await chat.play(f"leader02：{late}\n  → 没有绑定")


async def test_a_deleted_or_departed_account_is_stale_until_it_returns(
    chat: Chat, stage: Stage
) -> None:
    person = stage.simulator.people(W)[0].user_id
    gone = {"ChangeType": "delete_user", "UserID": person.upper()}
    await stage.simulator.send_event("sys", "change_contact", gone)
    await chat.player.settle()
    assert "已从通讯录删除" in (await roster(stage))[person].stale[0]
    await stage.simulator.send_event(person, "subscribe")
    await chat.player.settle()
    assert not (await roster(stage))[person].stale
    await stage.simulator.send_event(person, "unsubscribe")
    await chat.player.settle()
    assert "可见范围" in (await roster(stage))[person].stale[0]
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        reached = await work.people.accounts(stage.office_id)
    assert (CHANNELS[W], person) not in {(one.channel, one.user_id) for one in reached}


async def test_an_account_follows_its_person_to_a_new_id(chat: Chat, stage: Stage) -> None:
    person = stage.simulator.people(W)[0].user_id
    moved = {"ChangeType": "update_user", "UserID": person, "NewUserID": "Leader03"}
    await stage.simulator.send_event("sys", "change_contact", moved)
    await chat.player.settle()
    assert f"{CHANNELS[W]}:leader03" in (await roster(stage))[person].accounts
    await chat.play("leader03：我的任务\n  → 您负责")


async def test_whom_the_platform_does_not_know_is_stale(chat: Chat, stage: Stage) -> None:
    person = stage.simulator.people(W)[0].user_id
    unknown = Fault(
        kind=FaultKind.PARTIAL, endpoint=Endpoint.WECOM_MESSAGE, people=(person.upper(),)
    )
    stage.simulator.misbehave(unknown)
    await remind(stage, W, person)
    await chat.player.settle()
    assert "81013" in (await roster(stage))[person].stale[0]
    await chat.play(f"{person}：我的任务\n  → 您负责")
    assert not (await roster(stage))[person].stale
    assert await alarms(stage) == []


async def test_troubles_of_the_app_are_alarms_until_they_are_over(chat: Chat, stage: Stage) -> None:
    effect = {"EffectTime": 1780000000}
    await stage.simulator.send_event("sys", "inactive_alert", effect)
    await stage.simulator.send_event("sys", "inactive_alert", {"EffectTime": 1780086400})
    await chat.player.settle()
    assert await alarms(stage) == ["inactive_alert"]
    await stage.simulator.send_event("sys", "active_restored")
    await chat.player.settle()
    assert await alarms(stage) == []


async def test_w14_a_robot_that_was_thrown_out_is_an_alarm(chat: Chat, stage: Stage) -> None:
    now, store = stage.clock.now(), stage.bot.store
    event = {"msgtype": "event", "event": {"eventtype": "disconnected_event"}}
    message = parse_message({"msgid": "e1", "aibotid": "robot", **event}, now)
    assert message is not None
    arrival = Arrival(
        office_id=stage.office_id, channel=CHANNELS[W], message=message, received_at=now
    )
    await InboxWriter(store.engine, store.seal).remember([arrival])
    await chat.player.settle()
    assert await alarms(stage) == ["aibot.disconnected_event"]


async def test_what_the_platform_refuses_altogether_is_one_alarm(chat: Chat, stage: Stage) -> None:
    untrusted = Fault(
        kind=FaultKind.REFUSED, endpoint=Endpoint.WECOM_MESSAGE, code="60020", times=2
    )
    stage.simulator.misbehave(untrusted)
    for person in stage.simulator.people(W)[:2]:
        await remind(stage, W, person.user_id)
    await chat.player.settle()
    assert await alarms(stage) == ["delivery:60020"]
