"""Handing over (交接): a liaison's units, and so their tasks, go to another (A20 联络员网络)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reporting.errors import AnswerRefused
from reporting.task import Task
from reporting.wording import task_words

_VERB = r"(?:移交|交接|交给|转给|转交|划给|交由)"
_ORDER = re.compile(rf"^\W*(?:请|把|将)*.{{2,30}}{_VERB}|^\W*(?:交接|移交)")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Who gives and who takes, by their keys."""

    giver: str
    taker: str


def read_hand_over(text: str, people: Sequence[tuple[str, str]]) -> HandOver | None:
    """The order “把张三的任务交给李四”; None if the text gives none.

    `people` are (key, name); AnswerRefused where a name is nobody's or several people's.
    """
    if not _ORDER.match(text) or re.search(r"[?？%％]", text):
        return None
    places = [(text.find(name), -len(name), name) for _, name in people if name in text]
    named = list(dict.fromkeys(name for _, _, name in sorted(places)))
    if len(named) != 2:
        raise AnswerRefused("请写明由谁移交给谁，如“把张三的任务交给李四”，姓名以通讯录为准。")
    keys: list[str] = []
    for name in named:
        own = [key for key, one in people if one == name]
        if len(own) > 1:
            raise AnswerRefused(
                f"有{len(own)}位“{name}”，请用命令 liaison-bot liaison hand-over 按编号移交。"
            )
        keys += own
    return HandOver(giver=keys[0], taker=keys[1])


def compose_handed_over(giver: str, taker: str, units: Sequence[str]) -> str:
    """The office's receipt."""
    return f"已移交：{giver} → {taker}（{'、'.join(units)}）。今后的提醒和通知发给{taker}。"


def compose_taken_over(giver: str, units: Sequence[str], tasks: Sequence[Task]) -> str:
    """What the taker is told: the tasks that are his from now on, and what is owed of them."""
    lines = [task_words(task.code, task.title) for task in tasks]
    head = f"{giver}负责的{'、'.join(units)}联络工作移交给您。"
    owed = f"本月还有{len(lines)}项未报：" if lines else "本月应报事项已全部报齐。"
    return "\n".join((head + owed, *lines, "回复“我的任务”可随时查看。"))


def compose_given_over(taker: str, units: Sequence[str]) -> str:
    """What the giver is told."""
    return f"您负责的{'、'.join(units)}联络工作已移交给{taker}，今后不再提醒您。谢谢！"
