"""Events of a platform: people who leave, come back or get another id; the app's own troubles."""

from reporting.records import Waiting
from reporting.repositories import UnitOfWork

RENAMED = "change_contact.update_user"
SENDERS_OWN = frozenset({"subscribe", "unsubscribe", "enter_agent"})
# Other events are about those their text names, a line each.
LEAVING = {
    "change_contact.delete_user": "账号已从通讯录删除",
    "unsubscribe": "已不在应用可见范围内",
    "user_leave_org": "已离职或移出组织",
}
# Whoever joins, is activated or has his entry changed can be written to again.
RETURNED = frozenset(
    {"subscribe", "enter_agent", "user_add_org", "user_active_org", "user_modify_org"}
)
# An app nobody uses is suspended by the platform [D 90240, 2025-11].
ALARMING = {
    "low_active_alert": "应用活跃度低，平台将限制它；请提醒联络员在应用里报送，并到管理后台查看。",
    "low_active": "应用因活跃度低已被平台限制；请到管理后台申请恢复。",
    "inactive_alert": "应用长期无人使用，平台将停用它；请到管理后台确认继续使用。",
    "aibot.disconnected_event": (
        "智能机器人的长连接被另一个程序顶替，已停止接收群消息，半小时后再试；"
        "请停掉占用同一机器人的程序，或更换它的 Secret。"
    ),
    "close_inactive_agent": "应用已被平台停用，消息发不出去；请到管理后台重新启用。",
}
RELIEVING = frozenset({"reopen_inactive_agent", "active_restored"})


async def apply_event(work: UnitOfWork, waiting: Waiting) -> str:
    """Draw the consequences of an event; the outcome's name."""
    message = waiting.message
    if message.event in ALARMING:
        detail = ALARMING[message.event]
        await work.alarms.sound(waiting.office_id, waiting.channel, message.event, detail)
    elif message.event in RELIEVING:
        await work.alarms.settle(waiting.office_id, waiting.channel, ALARMING.keys())
    elif message.event == RENAMED:
        await _rename(work, waiting)
    elif message.event in LEAVING or message.event in RETURNED:
        for person in _people(waiting):
            await _move_account(work, waiting, person)
    return "event"


def _people(waiting: Waiting) -> list[str]:
    """Whom an event is about; WeCom's subscriptions name their sender alone."""
    message = waiting.message
    return [message.sender_id] if message.event in SENDERS_OWN else message.text.split()


async def _rename(work: UnitOfWork, waiting: Waiting) -> None:
    named = waiting.message.text.split()
    if len(named) == 2 and await work.accounts.rename(waiting.channel, *named):
        await _note(work, waiting, named[0])


async def _move_account(work: UnitOfWork, waiting: Waiting, person: str) -> None:
    """Keep the account as the platform has it; only what changed anything is audited."""
    lost = LEAVING.get(waiting.message.event)
    if lost is None:
        changed = await work.accounts.revive(waiting.channel, person)
    else:
        changed = await work.accounts.mark_stale(waiting.channel, person, lost)
    if changed:
        await _note(work, waiting, person)


async def _note(work: UnitOfWork, waiting: Waiting, person: str) -> None:
    action = f"account_event:{waiting.message.event}"
    details = {"account": person, "channel": waiting.channel, "message": waiting.id}
    await work.audit.note(waiting.office_id, "platform", action, f"account:{person}", details)
