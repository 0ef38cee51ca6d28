"""The receipt (回执) after a reply: what was recorded, what is still owed, how to put it right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reporting.supplement import SUPPLEMENT
from reporting.understanding.dialogue.question import Question
from reporting.understanding.outcome import Doubt, Item
from reporting.wording import (
    QUOTE_WIDTH,
    code_in_command,
    code_list,
    facts_words,
    shorten,
    task_words,
)

_OWED_SHOWN = 12
_RECORDED, _BY_QUOTING = "已记录", "（引用本条回复即可）"
_NOT_ASKED = "到时不再提醒，有变化可随时更正。"
_ABOUT_OTHERS = ("本月", "有误请回复", "原记在", "以后说", "到时", "下月")
_ALIKE_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What came of one reply: `corrected` are codes that had a report this round before.

    `owed` are the codes still owed, in plan order (None: not known); `question` what of the reply
    is in doubt, `follow_up` one thing to be asked about what was recorded, `notes` what else was
    done; `ahead` says for which later round it was kept.
    """

    items: tuple[Item, ...]
    owed: tuple[str, ...] | None = ()
    corrected: frozenset[str] = frozenset()
    question: Question | None = None
    late: bool = False
    ahead: str = ""
    follow_up: str = ""
    notes: tuple[str, ...] = ()


def compose_receipt(receipt: Receipt, titles: Mapping[str, str]) -> str:
    """The answer to a reply of which something was recorded; `titles` by task code."""
    late = "（截止后补报）" if receipt.late else ""
    lines = [f"{_RECORDED}{len(receipt.items)}项{late}{receipt.ahead}："]
    lines += [*_item_lines(receipt, titles), *receipt.notes]
    lines += [_NOT_ASKED] if receipt.ahead else []
    if receipt.question is not None:
        lines += ["", compose_question(receipt.question, titles), ""]
    if receipt.follow_up:
        lines.append(f"{receipt.follow_up}{_BY_QUOTING}")
    lines += [owed_words(receipt.owed)] if receipt.owed is not None else []
    return "\n".join([*lines, _how_to_correct(receipt.items[0].task)])


def told_about(text: str) -> str:
    """What an answer to this text of ours is about: of a receipt what it asks, else its items."""
    lines = text.splitlines()
    asked = [line for line in lines if line.rstrip().endswith(_BY_QUOTING)]
    if asked or not text.lstrip().startswith(_RECORDED):
        return "\n".join(asked) or text
    return "\n".join(line for line in lines if not line.startswith(_ABOUT_OTHERS))


def compose_question(question: Question, titles: Mapping[str, str]) -> str:
    """One question over all doubts, each quoted, with choices numbered from first to last."""
    lines: list[str] = []
    for number, doubt in enumerate(question.doubts):
        choices = [choice for choice in question.choices if choice.doubt == number]
        lines.append(doubt_words(doubt, len(choices)))
        lines += [f"{c.number}. {task_words(c.task, titles.get(c.task, ''))}" for c in choices]
    if question.choices:
        lines.append(_how_to_answer(question))
    return "\n".join(lines)


def doubt_words(doubt: Doubt, choices: int) -> str:
    """What of a reply is in doubt, and what is asked about it."""
    return f"“{shorten(doubt.words, QUOTE_WIDTH)}”{_which(choices)}"


def _which(choices: int) -> str:
    if not choices:
        return "没有对应上您负责的事项，请写明第几项重发。"
    return "说的是哪一项？" if choices > 1 else "说的是这一项吗？"


def owed_words(owed: Sequence[str]) -> str:
    """What is still owed this round, with codes."""
    if not owed:
        return "本月应报事项已全部报齐。"
    shown = code_list(owed[:_OWED_SHOWN])
    more = "等" if len(owed) > _OWED_SHOWN else ""
    return f"本月还有{len(owed)}项未报：{shown}{more}。"


def _item_lines(receipt: Receipt, titles: Mapping[str, str]) -> list[str]:
    """A line per task; one line for many of which the same was said (“均正常推进”)."""
    alike: dict[str, list[str]] = {}
    for item in receipt.items:
        said = facts_words(item.facts) or f"已记原文“{shorten(item.words, QUOTE_WIDTH)}”"
        added = SUPPLEMENT in item.evidence
        again = "（已补充）" if added else "（已更正）" if item.task in receipt.corrected else ""
        alike.setdefault(f"{again}：{said}", []).append(item.task)
    lines: list[str] = []
    for said, codes in alike.items():
        if len(codes) > _ALIKE_SHOWN:
            lines.append(f"{code_list(codes)}{said}")
        else:
            lines += [f"{task_words(code, titles.get(code, ''))}{said}" for code in codes]
    return lines


def _how_to_correct(code: str) -> str:
    return f"有误请回复“更正 {code_in_command(code)} …”或“撤回 {code_in_command(code)}”。"


def _how_to_answer(question: Question) -> str:
    numbers = [choice.number for choice in question.choices]
    if len(numbers) == 1:
        return f"是请回复“{numbers[0]}”；不是请回复“都不是”，或写明第几项重发。"
    example = "、".join(map(str, _example_numbers(question)))
    return f"回复编号即可，可多选如“{example}”；都不对请回复“都不是”。"


def _example_numbers(question: Question) -> list[int]:
    """One choice of each of two doubts, or the first two of a single doubt."""
    firsts: dict[int, int] = {}
    for choice in question.choices:
        firsts.setdefault(choice.doubt, choice.number)
    if len(firsts) > 1:
        return sorted(firsts.values())[:2]
    return [choice.number for choice in question.choices[:2]]
