"""A report was kept under the wrong task: 不是50是51, 50报错了应该是51, 改记 50 51."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from reporting.report import Facts
from reporting.task import Task
from reporting.understanding.naming.codes import code_key
from reporting.understanding.words.normalise import plain
from reporting.wording import code_in_command, code_words, task_words

LONGEST = 120
_LEAD = (
    r"(?:(?:更正|纠正|更改|改正|刚才|刚刚|上面|前面|那[条个]|上一?条|这[条个]|不好意思|对不起|抱歉"
    r"|(?:搞|弄|记|报|发|写)?错了|我?报的|说的)[\s,。:!]*)*+"
)
_AND = r"[\s,;。]*+"
_IS = r"(?:而?是|应该?是|应为|该是)(?:报的|说的)?"
_CODE = r"[a-z\u4e00-\u9fff]{0,3}?-?\d{1,3}(?:[-.]\d{1,3})?"
_MARK = r"\s?(?:号任务|号|项)"
_WRONG, _RIGHT = (rf"第?(?P<{name}>{_CODE})(?:{_MARK})?" for name in ("wrong", "right"))
_REST = r"(?:的|才对|那项)?(?:[\s,。;:]+(?P<rest>.*))?"
_BOTH_NAMED = tuple(
    re.compile(shape + _REST)
    for shape in (
        rf"{_LEAD}不是{_WRONG}{_AND}{_IS}{_RIGHT}",
        rf"{_LEAD}{_IS}{_RIGHT}{_AND}(?:而?不是|不算){_WRONG}",
        rf"{_LEAD}{_WRONG}(?:填|报|记|写|弄|搞|发)?错了?{_AND}(?:{_IS}|改[成为到记]){_RIGHT}",
        rf"{_LEAD}(?:[把将])?{_WRONG}的?(?:填报|进展|那条)?(?:改记?[成为到]|改记|应为){_RIGHT}",
        rf"改记[\s:]*{_WRONG}[\s,、到为至]+{_RIGHT}",
    )
)
# 记错了，应该是51号: of what was reported last; here the code must say that it is one.
_ONE_NAMED = re.compile(
    rf"(?={_AND}\S{{0,12}}?(?:搞|弄|记|报|发|写)错){_LEAD}{_IS}"
    rf"(?:第(?={_CODE})|(?={_CODE}{_MARK})){_RIGHT.removeprefix('第?')}{_REST}"
)
_HINT = re.compile(r"不是|不算|错|改|应为")


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirection:
    """What was said of `wrong` (None: of what was reported last) belongs to `right`.

    `rest` is what the message says besides, usually nothing.
    """

    wrong: str | None
    right: str
    rest: str = ""


def read_redirection(text: str, codes: Collection[str]) -> Redirection | None:
    """The correction a text makes between two of these codes; None if it makes none."""
    words = plain(text).strip(" 。.!;,\n")
    if len(words) > LONGEST or not _HINT.search(words):
        return None
    known = {code_key(code): code for code in codes}
    for pattern in (*_BOTH_NAMED, _ONE_NAMED):
        found = pattern.fullmatch(words)
        if found is not None:
            return _between(found.groupdict(), known)
    return None


def _between(named: Mapping[str, str | None], known: Mapping[str, str]) -> Redirection | None:
    wrong, right = (known.get(code_key(named.get(name) or "")) for name in ("wrong", "right"))
    if right is None or wrong == right or (named.get("wrong") and wrong is None):
        return None
    return Redirection(wrong=wrong, right=right, rest=(named["rest"] or "").strip())


def is_figure(code: str, facts: Facts) -> bool:
    """Whether the code is also a value that was reported: then 不是50是51 may correct that."""
    values = [facts.percent, *(figure.value for figure in facts.figures)]
    return code.isdigit() and float(code) in values


def compose_moved(wrong: str) -> str:
    """For the receipt of a correction: where the report was is empty again."""
    return f"原记在{code_words(wrong)}的这条已撤回。"


def compose_nothing_to_move(wrong: str, right: str) -> str:
    """A correction of something that was never reported."""
    return (
        f"{code_words(wrong)}本月没有您的填报记录，无可改记。"
        f"请直接报正确的一项，如“{code_in_command(right)} 完成60%”。"
    )


def compose_moved_by_office(wrong: Task, right: Task, desk: str) -> str:
    """What the unit is told when the office moves its report."""
    return (
        f"您报在{task_words(wrong.code, wrong.title)}的进展，经核对属于"
        f"{task_words(right.code, right.title)}，已改记。有疑问请联系{desk}。"
    )
