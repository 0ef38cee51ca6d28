"""Events of a platform: people who leave, come back or get another id; the app's own troubles."""

from reporting.records import Waiting
from reporting.repositories import UnitOfWork

DELETED = "change_contact.delete_user"
RENAMED = "change_contact.update_user"
LEFT = "unsubscribe"
RETURNED = frozenset({"subscribe", "enter_agent"})
# An app nobody uses is suspended by the platform [D 90240, 2025-11].
ALARMING = {
    "low_active_alert": "应用活跃度低，平台将限制它；请提醒联络员在应用里报送，并到管理后台查看。",
    "low_active": "应用因活跃度低已被平台限制；请到管理后台申请恢复。",
    "inactive_alert": "应用长期无人使用，平台将停用它；请到管理后台确认继续使用。",
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
    elif message.event in {DELETED, LEFT, RENAMED} or message.event in RETURNED:
        await _move_account(work, waiting)
    return "event"


async def _move_account(work: UnitOfWork, waiting: Waiting) -> None:
    """Keep the account as the platform has it; only what changed anything is audited."""
    channel, sender = waiting.channel, waiting.message.sender_id
    named = waiting.message.text.split()
    match waiting.message.event, named:
        case "change_contact.delete_user", [person]:
            changed = await work.accounts.mark_stale(channel, person, "账号已从通讯录删除")
        case "change_contact.update_user", [old, new]:
            person, changed = old, await work.accounts.rename(channel, old, new)
        case "unsubscribe", _:
            person = sender
            changed = await work.accounts.mark_stale(channel, sender, "已不在应用可见范围内")
        case _:
            person, changed = sender, await work.accounts.revive(channel, sender)
    if changed:
        action = f"account_event:{waiting.message.event}"
        details = {"account": person, "channel": channel, "message": waiting.id}
        await work.audit.note(waiting.office_id, "platform", action, f"account:{person}", details)
