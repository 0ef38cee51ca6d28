"""What the office asks in chat about the round itself: signatures, reach, messages, leaves."""

import re
from enum import StrEnum


class DeskTopic(StrEnum):
    """What can be asked or ordered about a round."""

    UNSIGNED = "unsigned"
    CONTACTS = "contacts"
    BUDGET = "budget"
    LEAVES = "leaves"
    ANNOUNCE = "announce"


_TOPICS = tuple(
    (topic, re.compile(pattern))
    for topic, pattern in (
        (
            DeskTopic.ANNOUNCE,
            r"^\W*(?:请|现在)?(?:下发|发出?|发送)(?:本月|这个?月)?的?(?:报送|任务|月报)?通知\W*$",
        ),
        (
            DeskTopic.UNSIGNED,
            r"(?:没|未)有?(?:签收|认领)|签收(?:情况|名单|了吗|率)|谁签收",
        ),
        (
            DeskTopic.CONTACTS,
            r"送达(?:情况|名单|了吗|率)|[没未]有?(?:送达|收到(?:通知|提醒|消息))|联系不上|电话名单"
            r"|打(?:哪些|谁的?)?电话",
        ),
        (
            DeskTopic.BUDGET,
            r"(?:提醒|催报?|消息)了?(?:多少|几)?(?:次|条|额度|上限|预算)|提醒情况",
        ),
        (
            DeskTopic.LEAVES,
            r"(?:谁|哪些人?|几个?人?|有人)\S{0,3}(?:休假|请假)|(?:休假|请假)(?:名单|情况)",
        ),
    )
)


def read_desk_question(text: str) -> DeskTopic | None:
    """What a text of the office's staff asks about the round; None if it asks none of it."""
    return next((topic for topic, pattern in _TOPICS if pattern.search(text)), None)
