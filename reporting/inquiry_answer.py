"""What the ledger answers to a question: counts and codes, or one task with its rule."""

from collections.abc import Sequence

from reporting.duty import duty_words
from reporting.inquiry import Inquiry, Topic
from reporting.ledger import TaskState
from reporting.status import Assessment, Standing, judge_task
from reporting.wording import code_in_command, code_list, code_words, facts_words, task_words


def answer_inquiry(inquiry: Inquiry, states: Sequence[TaskState], assessment: Assessment) -> str:
    """The answer: a count and the codes, or one task with the rule behind its standing."""
    if inquiry.topic is Topic.TASK:
        return _task_answer(inquiry, states, assessment)
    scoped = _scoped(inquiry, states)
    if inquiry.unit is not None and not scoped:
        return f"您可查看的范围内没有{inquiry.unit}牵头的任务。"
    if inquiry.topic is Topic.TITLE:
        return _title_answer(scoped, assessment)
    if inquiry.topic is Topic.UNIT:
        return _unit_answer(inquiry, scoped, assessment)
    if inquiry.topic is Topic.MISSING:
        return _count_answer(inquiry, "本月未报", [s for s in scoped if s.is_outstanding])
    found = [s for s in scoped if judge_task(s, assessment).standing is inquiry.standing]
    return _count_answer(inquiry, str(inquiry.standing), found)


def _task_answer(inquiry: Inquiry, states: Sequence[TaskState], assessment: Assessment) -> str:
    found = next((state for state in states if state.task.code == inquiry.task), None)
    if found is None:
        return f"{code_words(inquiry.task or '')}不在您可查看的范围内。"
    judgement = judge_task(found, assessment)
    unit = found.accountable or "未明确牵头单位"
    duty = duty_words(found.task)
    lines = [
        f"{task_words(found.task.code, found.task.title)}（{unit}）",
        f"{judgement.standing.value}：{judgement.rule}。",
        *([f"{duty}。"] if duty else []),
    ]
    said = facts_words(found.facts) if found.facts is not None else ""
    return "\n".join([*lines, f"最近填报：{said}。"] if said else lines)


def _title_answer(states: Sequence[TaskState], assessment: Assessment) -> str:
    lines = [
        f"{task_words(s.task.code, s.task.title)}（{s.accountable or '未明确牵头单位'}）："
        f"{judge_task(s, assessment).standing.value}"
        for s in states
    ]
    more = f"看详情请写编号，如“{code_in_command(states[0].task.code)}什么情况”。"
    return "\n".join((f"共{len(lines)}项：", *lines, more))


def _unit_answer(inquiry: Inquiry, states: Sequence[TaskState], assessment: Assessment) -> str:
    lines = [f"{inquiry.unit}牵头{len(states)}项。"]
    standings = [(s.task.code, judge_task(s, assessment).standing) for s in states]
    for standing in Standing:
        codes = [code for code, found in standings if found is standing]
        lines += [f"{standing.value}{len(codes)}项：{code_list(codes)}"] if codes else []
    return "\n".join(lines)


def _count_answer(inquiry: Inquiry, what: str, found: Sequence[TaskState]) -> str:
    whose = f"{inquiry.programme or ''}{inquiry.unit or ''}"
    if not found:
        return f"{whose}{what}：0项。"
    if inquiry.unit is not None:
        lines = [task_words(state.task.code, state.task.title) for state in found]
    else:
        lines = _by_unit(found)
    return "\n".join((f"{whose}{what}：{len(found)}项。", *lines))


def _by_unit(states: Sequence[TaskState]) -> list[str]:
    codes: dict[str, list[str]] = {}
    for state in states:
        codes.setdefault(state.accountable or "未明确牵头单位", []).append(state.task.code)
    return [f"{unit}：{code_list(owed)}" for unit, owed in codes.items()]


def _scoped(inquiry: Inquiry, states: Sequence[TaskState]) -> list[TaskState]:
    return [
        state
        for state in states
        if (inquiry.unit is None or state.accountable == inquiry.unit)
        and (inquiry.programme is None or inquiry.programme in state.task.programmes)
        and (inquiry.title is None or inquiry.title in state.task.title)
    ]
