"""Extensions in chat: recognising that a liaison asks for one, and the office's decision."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reporting.errors import AnswerRefused
from reporting.extension import ExtensionRequest
from reporting.order_words import leading_codes
from reporting.task import Task
from reporting.wording import (
    QUOTE_WIDTH,
    code_list,
    code_words,
    full_day_words,
    shorten,
    task_words,
)

_ASKS = re.compile(r"^(.*?)(?:申请|请求)(?:办理)?延期|^(.*?)延期申请", re.S)
_BARE = re.compile(r"^\s*延期[：:\s]*")
_DECISION = re.compile(r"^\s*(不同意|不批准|驳回|同意|批准|准予)\s*延期(?:申请)?[：:\s]*")
_LIST = re.compile(r"^\s*(?:待批|待审|未批)?(?:的)?延期(?:申请)?(?:有哪些|列表|清单)?[?？。]?\s*$")
_REFUSALS = frozenset({"不同意", "不批准", "驳回"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A liaison asks for more time; `codes` are those he names, `words` what he says of them."""

    codes: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenExtension:
    """A request that waits for the office's decision."""

    id: int
    task_id: int
    unit: str
    request: ExtensionRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionOrder:
    """The office's decision about the requests of these tasks."""

    agreed: bool
    tasks: tuple[str, ...]
    words: str = ""


def read_asking(text: str, known: Iterable[str]) -> Asking | None:
    """Whether a message asks for an extension; “12号延期交付，完成60%” is a report and does not."""
    codes = tuple(known)
    bare = _BARE.match(text)
    if bare is not None:
        named, rest = leading_codes(text[bare.end() :], codes)
        return Asking(codes=named, words=rest) if named else None
    asked = _ASKS.match(text)
    if asked is None:
        return None
    before, after = asked[1] or asked[2] or "", text[asked.end() :]
    named, _ = leading_codes(before, codes)
    if not named:
        named, after = leading_codes(after, codes) if _starts_with_code(after) else ((), after)
    return Asking(codes=named, words=after)


def read_extension_order(text: str, known: Iterable[str]) -> ExtensionOrder | None:
    """The decision a text gives; AnswerRefused says what is missing."""
    verb = _DECISION.match(text)
    if verb is None:
        return None
    codes, words = leading_codes(text[verb.end() :], known)
    if not codes:
        raise AnswerRefused(f"请写明第几项，如“{verb[1]}延期 12”。")
    agreed = verb[1] not in _REFUSALS
    if not agreed and not words:
        raise AnswerRefused(f"请写明不同意的理由，如“{verb[1]}延期 {codes[0]} 节点已有统一安排”。")
    return ExtensionOrder(agreed=agreed, tasks=codes, words=words)


def asks_for_extensions(text: str) -> bool:
    """Whether the office asks which requests wait (“延期申请”)."""
    return bool(_LIST.match(text))


def compose_extension_petition(opened: OpenExtension, task: Task) -> str:
    """What the office's staff are told, with the words to decide by."""
    return (
        f"【延期申请】{opened.unit}：{_terms(opened.request, task)}\n"
        f"回复“同意延期 {task.code}”，或“不同意延期 {task.code} 理由”。"
    )


def compose_extension_decided(
    order: ExtensionOrder, opened: OpenExtension, task: Task, desk: str
) -> str:
    """What the unit's liaison is told."""
    named = task_words(task.code, task.title)
    if order.agreed:
        note = f"（{order.words}）" if order.words else ""
        until = full_day_words(opened.request.to_day)
        return f"{named}：延期申请已批准{note}，完成时限改为{until}。"
    return (
        f"{named}：延期申请未获批准，原因：{order.words}。\n"
        f"仍按{full_day_words(opened.request.from_day)}的时限掌握。有疑问请联系{desk}。"
    )


def compose_extensions_decided(
    order: ExtensionOrder, told: Sequence[str], untold: Sequence[str]
) -> str:
    """The office's receipt."""
    verb = "已批准延期" if order.agreed else "未批准延期"
    lines = [f"{verb}{len(order.tasks)}项：{code_list(order.tasks)}。"]
    if told:
        lines.append(f"已通知：{'、'.join(dict.fromkeys(told))}。")
    if untold:
        lines.append(f"{code_list(untold)}的联络员没有可用账号，请电话通知。")
    return "\n".join(lines)


def compose_open_extensions(waiting: Sequence[tuple[OpenExtension, Task]]) -> str:
    """Every request that waits, a line each."""
    if not waiting:
        return "没有待批的延期申请。"
    lines = [f"{one.unit}：{_terms(one.request, task)}" for one, task in waiting]
    return "\n".join((f"待批的延期申请（{len(lines)}项）：", *lines))


def require_open(order: ExtensionOrder, waiting: Iterable[str]) -> None:
    """Refuse a decision about tasks for which nobody asked."""
    known = set(waiting)
    missing = [code for code in order.tasks if code not in known]
    if missing:
        raise AnswerRefused(f"{code_list(missing)}没有待批的延期申请。")


def _starts_with_code(text: str) -> bool:
    return re.match(r"[：:\s]*第?\s*\S{1,6}[项号]", text) is not None


def _terms(request: ExtensionRequest, task: Task) -> str:
    title = shorten(task.title, QUOTE_WIDTH)
    return (
        f"{code_words(task.code)} {title}，由{full_day_words(request.from_day)}"
        f"延至{full_day_words(request.to_day)}，原因：{request.reason}"
    )
