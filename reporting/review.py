"""The office's review of reports: accept, return with a reason, ask, close (销号).

Closing needs a report that says done and either the office's acceptance or evidence (对账销号); a
return makes the task owed again and re-opens what was closed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from reporting.errors import AnswerRefused
from reporting.known import known_answer
from reporting.ledger import TaskState
from reporting.order_words import leading_codes
from reporting.report import Status
from reporting.task import Horizon
from reporting.wording import code_list, task_words

_VERB = re.compile(r"^\s*(退回|通过|采纳|追问|销号)[：:\s]*")
_EVERYTHING = re.compile(r"^全部[。！!]?$")


class Verdict(StrEnum):
    """What the office decides about a task's report."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    ASKED = "asked"
    CLOSED = "closed"


_VERBS = {
    "退回": Verdict.RETURNED,
    "通过": Verdict.ACCEPTED,
    "采纳": Verdict.ACCEPTED,
    "追问": Verdict.ASKED,
    "销号": Verdict.CLOSED,
}
_WORDS = {
    Verdict.ACCEPTED: "已通过",
    Verdict.RETURNED: "已退回",
    Verdict.ASKED: "已追问",
    Verdict.CLOSED: "已销号",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOrder:
    """One decision over one or many tasks; `words` is the reason, the question or the evidence."""

    verdict: Verdict
    tasks: tuple[str, ...]
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What came of an order: who was told by name, and the codes nobody could be told about."""

    order: ReviewOrder
    told: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()


def read_review(text: str, states: Mapping[str, TaskState]) -> ReviewOrder | None:
    """The order a text gives; None if it gives none, AnswerRefused says what is missing."""
    verb = _VERB.match(text)
    if verb is None:
        return None
    verdict, rest = _VERBS[verb[1]], text[verb.end() :].strip()
    if verdict is Verdict.ACCEPTED and _EVERYTHING.match(rest):
        tasks = tuple(code for code, state in states.items() if state.reported)
        return ReviewOrder(verdict=verdict, tasks=tasks)
    tasks, words = leading_codes(rest, states)
    if not tasks:
        raise AnswerRefused(
            f"请写明第几项，如“{verb[1]} 12 {_example(verdict)}”。".replace(" ”", "”")
        )
    if verdict in {Verdict.RETURNED, Verdict.ASKED} and not words:
        what = "退回的原因" if verdict is Verdict.RETURNED else "要问什么"
        raise AnswerRefused(f"请写明{what}，如“{verb[1]} {tasks[0]} {_example(verdict)}”。")
    return ReviewOrder(verdict=verdict, tasks=tasks, words=words)


def require_reviewable(
    order: ReviewOrder, states: Mapping[str, TaskState], accepted: Iterable[str]
) -> None:
    """Refuse an order that the ledger does not bear, naming the tasks."""
    bare = [c for c in order.tasks if states[c].facts is None and states[c].earlier is None]
    if bare and order.verdict is not Verdict.ASKED:
        raise AnswerRefused(f"{code_list(bare)}还没有填报，不能{_verb(order.verdict)}。")
    if order.verdict is Verdict.ASKED:
        told = [answer for c in order.tasks if (answer := known_answer(order.words, states[c]))]
        if told:
            again = "；".join(told)
            raise AnswerRefused(f"台账已有，没有再次发问：{again}。如需别的内容，请写明再发。")
    if order.verdict is Verdict.CLOSED:
        _require_closable(order, states, set(accepted))


def _require_closable(
    order: ReviewOrder, states: Mapping[str, TaskState], accepted: Set[str]
) -> None:
    """Done, and either accepted or proved; a standing task (长期性) always needs its proof."""
    unfinished = [code for code in order.tasks if not _is_done(states[code])]
    if unfinished:
        raise AnswerRefused(f"{code_list(unfinished)}最近填报不是已完成，不能销号。")
    unproved = [code for code in order.tasks if not order.words]
    standing = [c for c in unproved if states[c].task.horizon is Horizon.STANDING]
    if standing:
        raise AnswerRefused(f"{code_list(standing)}是长期性任务，销号须写明年度目标完成的依据。")
    unproved = [code for code in unproved if code not in accepted]
    if unproved:
        codes = code_list(unproved)
        raise AnswerRefused(
            f"{codes}未经审核通过，也没有写明佐证；请先“通过”，或写“销号 编号 依据……”。"
        )


def compose_review_notice(order: ReviewOrder, state: TaskState, desk: str) -> str:
    """What the unit's liaison is told; a return costs him nothing (退回补充不作扣分依据)."""
    task = task_words(state.task.code, state.task.title)
    match order.verdict:
        case Verdict.RETURNED:
            return (
                f"{task}：填报已退回，原因：{order.words}。\n"
                "请核实后直接回复补充；退回补充属正常流转，不影响考核，原来按时的仍算按时。\n"
                f"有疑问请联系{desk}。"
            )
        case Verdict.ASKED:
            return f"{task}：{desk}请补充说明：{order.words}\n直接回复本条即可。"
        case Verdict.CLOSED:
            return f"{task}：已审核销号，今后不再要求填报。"
        case Verdict.ACCEPTED:
            return f"{task}：填报已审核通过。"


def compose_reviewed(reviewed: Reviewed) -> str:
    """The office's receipt for its decision."""
    order = reviewed.order
    if not order.tasks:
        return "目前没有待审核的填报。"
    lines = [f"{_WORDS[order.verdict]}{len(order.tasks)}项：{code_list(order.tasks)}。"]
    if reviewed.told:
        lines.append(f"已通知：{'、'.join(dict.fromkeys(reviewed.told))}。")
    if reviewed.untold:
        lines.append(f"{code_list(reviewed.untold)}的联络员没有可用账号，请电话通知。")
    return "\n".join(lines)


def is_told(verdict: Verdict) -> bool:
    """Whether the liaison is written to; an acceptance needs no message (减少打扰)."""
    return verdict in {Verdict.RETURNED, Verdict.ASKED, Verdict.CLOSED}


def _is_done(state: TaskState) -> bool:
    latest = state.facts if state.reported else state.earlier
    if latest is None:
        return False
    percent = latest.percent
    return latest.status is Status.DONE if percent is None else percent >= 100


def _example(verdict: Verdict) -> str:
    examples: Sequence[tuple[Verdict, str]] = (
        (Verdict.RETURNED, "数据不实，请核实"),
        (Verdict.ASKED, "资金是否到位？"),
        (Verdict.CLOSED, "依据验收报告"),
    )
    return dict(examples).get(verdict, "")


def _verb(verdict: Verdict) -> str:
    return _WORDS[verdict].removeprefix("已")
