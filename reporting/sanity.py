"""Is a report plausible? It is recorded in any case; at most one question follows it.

The question fits the status (四查: 对已经落实的查效果、正在落实的查进度、未落实的查原因).
"""

import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reporting.report import Facts, Figure, Status
from reporting.task import Task, TaskKind
from reporting.understanding.values.measure import Target, targets
from reporting.understanding.values.status import is_bare_lag
from reporting.understanding.values.status_done_words import STEP
from reporting.wording import amount_words, code_list, number_words

_LOWERED = re.compile(r"核减|调减|调整|口径|更正|退出|下降|减少|回落|修正|本月|当月|单月|新增")
_RATIO_TARGET = re.compile(r"每[百千万]?[人户亩]|人均|户均|亩均")
_EXCEEDED = re.compile(r"超|提前|翻番|倍")
_SHARE = re.compile(r"(?<!增长)(?<!增)率$|占比$|比例$")
# Good intent, which any office could write about any task in any month.
_INTENT = re.compile(
    r"重视|积极|有序|扎实|稳步|持续|全力|大力|切实|认真|严格|坚持|坚决|加强|加大|强化|压实|扛起|狠抓"
    r"|抓好|抓紧|推进|推动|落实|部署|营造|规范|形成|助力|提升|优化|保障|成效|向好|平稳|责任|组织领导"
    r"|合力|主动|对接|导向|倒排|挂图|确保|专班|会商|会同|做到|发力|统筹|凝聚|深入|有效|高质量|开展"
)
# What can be checked: a number, a date, a paper, a deed, a thing missing; or a claim about pace.
_SUBSTANCE = re.compile(
    r"(?<![A-Za-z0-9])[0-9０-９]+(?![A-Za-z0-9])"
    r"|[一二两三四五六七八九十百半][个家处所座条项户人名批轮月年日期层栋块天万亿成半]|分之|一半|过半"
    r"|全部|都已|均已|已[经]?[^全]|没有|尚未|还没|未能|暂未|停工|正常|计划|序时|节点|顺利"
    r"|《|批复|核准|备案|合同|协议|招标|中标|可研|初设|预算|资金|开工|动工|进场|施工|竣工|完工"
    r"|验收|交付|投用|签约|印发|拨付|下周|下月|本周|月底|年底|困难|缺口"
)
_CLAUSE = re.compile(r"[，,。；;！!？?\n]+")
_ANSWERED = re.compile(r"[函字办复发]\S{0,6}[〔\[（(]?20\d\d|\d+号|满意|书面答复")
_SERVED = re.compile(
    r"\d\s*[万余]?(?:人|户|名|位|套|个|座|公里|所|张|台|处|间|场|亩)|验收|受益|惠及"
)
_SLIP = 1000.0
_WAN_FOR_YI = 1.2e-4  # of a target in money: what is left of it when 亿 was written as 万


class Reason(StrEnum):
    """Why a report is asked about, gravest first."""

    IMPOSSIBLE = "impossible"  # more than all of it
    SLIP = "slip"  # 万 for 亿, by its magnitude
    FELL = "fell"  # less than reported before
    DONE_BELOW_TARGET = "done_below_target"
    STEP_DONE = "step_done"  # a month's or a stage's share is done: how far is the whole?
    NO_CAUSE = "no_cause"  # behind or not started, without a reason
    MISSING_PART = "missing_part"  # what its kind of target must say
    EMPTY = "empty"  # nothing that could be checked


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one reply says about one task, with what was reported in the rounds before.

    `said` is what the ledger had of this round: nobody is asked for what he has told already.
    """

    task: Task
    facts: Facts
    words: str
    earlier: Facts | None = None
    said: Facts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """The one question after a message; (task, reason) is kept so that it is asked once."""

    reason: Reason
    tasks: tuple[str, ...]
    question: str


def follow_up(
    statements: Sequence[Statement], asked: Container[tuple[str, Reason]] = ()
) -> FollowUp | None:
    """The gravest doubt of a message, for all its tasks that share it; None if it is sound.

    `asked` are (task, reason) pairs of this round: nobody is asked the same thing twice.
    """
    for reason, check in _CHECKS:
        questions: dict[str, list[str]] = {}
        for statement in statements:
            question = check(statement)
            if question and (statement.task.code, reason) not in asked:
                questions.setdefault(question, []).append(statement.task.code)
        for question, codes in questions.items():
            words = f"{code_list(codes)}{question}"
            return FollowUp(reason=reason, tasks=tuple(codes), question=words)
    return None


def is_empty_talk(statement: Statement) -> bool:
    """Nothing but good intent: no clause holds a number, date, paper, deed, problem or plan."""
    facts = statement.facts
    said = facts.percent is not None or facts.figures or facts.problem or facts.next_step
    if said or facts.status in {Status.BEHIND, Status.NOT_STARTED}:
        return False
    code = re.compile(rf"(?<![0-9])第?{re.escape(statement.task.code)}(?:[项号.、:：\s]|$)")
    clauses = [clause for clause in _CLAUSE.split(code.sub("", statement.words)) if clause.strip()]
    return all(_INTENT.search(c) and not _SUBSTANCE.search(c) for c in clauses)


def _ask_impossible(statement: Statement) -> str:
    percent = statement.facts.percent
    if percent is not None and percent > 100 and not _EXCEEDED.search(statement.words):
        return f"填报进度{number_words(percent)}%，超过100%，请核对。"
    for figure in statement.facts.figures:
        if figure.unit == "%" and figure.value > 100 and _SHARE.search(figure.name):
            return f"填报{figure.name}{number_words(figure.value)}%，超过100%，请核对。"
    return ""


def _ask_slip(statement: Statement) -> str:
    for figure, known in _compared(statement):
        ratio = abs(figure.value / known) if known else 1.0
        if not 1 / _SLIP < ratio < _SLIP:
            now, then = (amount_words(value, figure.unit) for value in (figure.value, known))
            return f"本次填报{figure.name}{now}，上次为{then}，相差过大，单位是否有误？"
    for figure, target in _aimed(statement):
        ratio = figure.value / target.value
        if ratio >= _SLIP / 10 or (figure.unit == "元" and 0 < ratio <= _WAN_FOR_YI):
            now, aim = (amount_words(v, figure.unit) for v in (figure.value, target.value))
            return f"本次填报{figure.name}{now}，目标为{aim}，相差过大，单位是否有误？"
    return ""


def _ask_fell(statement: Statement) -> str:
    if statement.earlier is None or _LOWERED.search(statement.words):
        return ""
    now, before = statement.facts.percent, statement.earlier.percent
    if now is not None and before is not None and now < before:
        return (
            f"本次填报{number_words(now)}%，低于上次的{number_words(before)}%，请核对或说明原因。"
        )
    for figure, known in _compared(statement):
        # A share may go down from month to month; what has been built or paid may not.
        if figure.unit != "%" and figure.value < known:
            now_words, then = (amount_words(v, figure.unit) for v in (figure.value, known))
            return f"本次填报{figure.name}{now_words}，低于上次的{then}，请核对或说明原因。"
    return ""


def _ask_done_below_target(statement: Statement) -> str:
    if statement.facts.status is not Status.DONE:
        return ""
    percent = statement.facts.percent
    if percent is not None and percent < 100:
        return f"填报已完成，但进度为{number_words(percent)}%，请确认是否全部完成。"
    aims = list(_aimed(statement))
    if len(aims) == 1 and len(targets(statement.task.title)) == 1:
        figure, target = aims[0]
        if figure.value < target.value:
            now, aim = (amount_words(v, figure.unit) for v in (figure.value, target.value))
            return f"填报已完成，但{figure.name}{now}，少于目标{aim}，请确认是否全部完成。"
    return ""


def _ask_step(statement: Statement) -> str:
    facts = statement.facts
    if facts.percent is not None or facts.figures or facts.status is Status.BEHIND:
        return ""
    if not STEP.search(statement.words) or STEP.search(statement.task.title):
        return ""
    return "完成的是本月或本阶段的部分，整项任务到多少？请补一句，如“总体60%”或“整项已完成”。"


def _ask_cause(statement: Statement) -> str:
    told = [statement.facts.problem, statement.said.problem if statement.said else None]
    if any(problem and not is_bare_lag(problem) for problem in told):
        return ""
    if statement.facts.status not in {Status.BEHIND, Status.NOT_STARTED}:
        return ""
    if statement.facts.status is Status.BEHIND:
        return "滞后的原因是什么，预计何时赶上？请补一句。"
    return "未启动的原因是什么，预计何时启动？请补一句。"


def _ask_kind(statement: Statement) -> str:
    """What the kind of target asks of a report (数据指标、建议提案、民生实事)."""
    facts, done = statement.facts, statement.facts.status is Status.DONE
    match statement.task.kind:
        case TaskKind.INDICATOR:
            if facts.percent is None and not facts.figures and not facts.problem and not done:
                return "请补充目前数值和截至日期，如“截至6月底累计增长5.8%”。"
        case TaskKind.PROPOSAL:
            if done and not _ANSWERED.search(statement.words):
                return "请补充答复文号和代表委员满意度，如“已答复（某财函〔2026〕5号），满意”。"
        case TaskKind.LIVELIHOOD:
            if done and not _SERVED.search(statement.words):
                return "请补充受益人数（户数）或验收依据，如“惠及320户，已验收”。"
        case _:
            pass
    return ""


def _ask_substance(statement: Statement) -> str:
    said = statement.said
    known = said is not None and (said.percent is not None or said.figures)
    if known or not is_empty_talk(statement):
        return ""
    if statement.facts.status is Status.DONE:
        return "完成后取得了什么成效？请补一句结果或佐证，如数量、验收或投用时间。"
    return "目前到什么程度？请补一个数字、节点或时间，如“完成60%，9月底完工”。"


def _compared(statement: Statement) -> Iterator[tuple[Figure, float]]:
    """Figures with the value reported before under the same unit and a like name."""
    earlier = statement.earlier.figures if statement.earlier is not None else ()
    for figure in statement.facts.figures:
        same = [known for known in earlier if known.unit == figure.unit]
        like = [known for known in same if alike(known.name, figure.name)]
        if len(like) == 1:
            yield figure, like[0].value


def alike(name: str, other: str) -> bool:
    """The same name, or two that share a word: 完成投资 and 累计投资."""
    words = {name[place : place + 2] for place in range(len(name) - 1)}
    return name == other or any(word in other for word in words)


def _aimed(statement: Statement) -> Iterator[tuple[Figure, Target]]:
    """Figures with the one target of the title in the same unit; a target per head is no sum."""
    title = statement.task.title
    aims = () if _RATIO_TARGET.search(title) else targets(title)
    for figure in statement.facts.figures:
        same = [aim for aim in aims if aim.unit == figure.unit and aim.value]
        if len(same) == 1:
            yield figure, same[0]


_CHECKS: tuple[tuple[Reason, Callable[[Statement], str]], ...] = (
    (Reason.IMPOSSIBLE, _ask_impossible),
    (Reason.SLIP, _ask_slip),
    (Reason.FELL, _ask_fell),
    (Reason.DONE_BELOW_TARGET, _ask_done_below_target),
    (Reason.STEP_DONE, _ask_step),
    (Reason.NO_CAUSE, _ask_cause),
    (Reason.MISSING_PART, _ask_kind),
    (Reason.EMPTY, _ask_substance),
)
