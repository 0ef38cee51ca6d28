"""A report that was kept under the wrong task goes to the right one; the bot learns from it."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.ahead import round_of_last
from handlers.conversation import Conversation, desk_of, task_states
from handlers.learning import learn, unlearn
from handlers.notice import Notice, tell_unit
from handlers.record import record
from handlers.review import Bench
from reporting.alias import Lesson, Source
from reporting.errors import AnswerRefused
from reporting.office import OpenPlan
from reporting.records import NewReport, WrittenReport
from reporting.redirection import (
    Redirection,
    compose_moved,
    compose_moved_by_office,
    compose_nothing_to_move,
    is_figure,
    read_redirection,
)
from reporting.report import Facts
from reporting.repositories import UnitOfWork
from reporting.understanding.outcome import Item
from reporting.understanding.parts.extract import extract_facts
from reporting.wording import code_words, task_words


async def redirect(conversation: Conversation) -> str | None:
    """Carry out 不是50是51 for the sender's own report; None where the message says no such."""
    said = read_redirection(conversation.waiting.message.text, conversation.states)
    if said is None:
        return None
    conversation, mine = await round_of_last(
        conversation, [said.wrong] if said.wrong is not None else []
    )
    report = _wrong_report(conversation, said, mine)
    if report is not None:
        await _move(conversation, said, report)
        return "redirected"
    if said.wrong is None or any(is_figure(said.wrong, one.facts) for one in mine):
        return None
    return await _without_report(conversation, said, said.wrong)


async def _move(conversation: Conversation, said: Redirection, report: WrittenReport) -> None:
    work, plan = conversation.work, conversation.plan
    wrong = next(code for code, one in plan.tasks.items() if one.id == report.task_id)
    await work.reports.withdraw(
        conversation.round_id, conversation.correspondent.liaison_id, [report.task_id]
    )
    by = f"liaison:{conversation.correspondent.liaison_id}"
    details = {"from": wrong, "to": said.right}
    await work.audit.note(plan.office.id, by, "report_moved", f"task:{report.task_id}", details)
    lesson = _lesson(plan, report, said.right, Source.CORRECTION, by)
    units = frozenset(conversation.units)
    learned = await _teach(work, plan, units, report.task_id, lesson)
    own = plan.open_to(conversation.correspondent.liaison.units)
    states = await task_states(work, conversation.round_id, conversation.month, own)
    item = _item(plan, said, (f"moved from {wrong}",), report)
    now = replace(conversation, states=states)
    await record(now, [item], notes=(compose_moved(wrong), *learned))


async def _without_report(conversation: Conversation, said: Redirection, wrong: str) -> str:
    """Nothing of his is under the wrong task: what he says besides is all there is to keep."""
    item = _item(conversation.plan, said, (f"code {said.right}",), None)
    if item.facts == Facts():
        await conversation.reply(compose_nothing_to_move(wrong, said.right))
        return "nothing_to_move"
    await record(conversation, [item])
    return "record"


def _wrong_report(
    conversation: Conversation, said: Redirection, mine: Sequence[WrittenReport]
) -> WrittenReport | None:
    """His newest report of the task that was wrong, if the message can mean it."""
    codes = {planned.id: code for code, planned in conversation.plan.tasks.items()}
    if said.wrong is None:
        newest = [report for report in mine if report.reported_at == mine[0].reported_at]
        named = newest if len(newest) == 1 else []
    else:
        named = [report for report in mine if codes.get(report.task_id) == said.wrong]
        if named and not said.rest and is_figure(said.wrong, named[0].facts):
            return None
    return next((one for one in named if codes.get(one.task_id) not in {None, said.right}), None)


async def _teach(
    work: UnitOfWork, plan: OpenPlan, units: frozenset[str], wrong: int, lesson: Lesson
) -> tuple[str, ...]:
    """The words are about the right task, and not about the wrong one; lines for the receipt."""
    await unlearn(work, plan, replace(lesson, task_id=wrong))
    return await learn(work, plan, units, lesson)


def _lesson(plan: OpenPlan, report: WrittenReport, right: str, source: Source, by: str) -> Lesson:
    return Lesson(words=report.words, task_id=plan.tasks[right].id, source=source, by=by)


def _item(
    plan: OpenPlan, said: Redirection, evidence: tuple[str, ...], report: WrittenReport | None
) -> Item:
    """What was reported, or what the correction says in its stead, on the right task."""
    task = plan.tasks[said.right].task
    facts = extract_facts(said.rest, title=task.title, kind=task.kind) if said.rest else Facts()
    words = said.rest
    if facts == Facts() and report is not None:
        facts, words = report.facts, report.words
    return Item(task=said.right, facts=facts, words=words, evidence=evidence)


async def move_report(bench: Bench, words: str, by: str) -> str:
    """改记 50 51 by the office: its receipt; empty where the words give no such order."""
    said = read_redirection(words, bench.states)
    if said is None or said.wrong is None:
        return ""
    plan, work = bench.plan, bench.work
    ids = {code: plan.tasks[code].id for code in (said.wrong, said.right)}
    await work.reports.lock(list(ids.values()))
    report = await work.reports.counting(bench.round_id, ids[said.wrong])
    if report is None:
        raise AnswerRefused(f"{code_words(said.wrong)}本月没有填报，不能改记。")
    right = plan.tasks[said.right].task
    if report.unit not in right.units:
        raise AnswerRefused(f"{code_words(said.right)}不由{report.unit}承担，不能改记。")
    message_id = bench.message_id or await work.inbox.keep_order(plan.office.id, by, words)
    ordered = replace(bench, message_id=message_id)
    await _rewrite(ordered, said, report, by)
    lesson = _lesson(plan, report, said.right, Source.OFFICE, by)
    learned = await _teach(work, plan, frozenset({report.unit}), report.task_id, lesson)
    told = await _tell(ordered, said, report)
    lines = [
        f"已改记：{code_words(said.wrong)} → {task_words(right.code, right.title)}。",
        *learned,
    ]
    return "\n".join([*lines, f"已通知：{'、'.join(told)}。"] if told else lines)


async def _rewrite(bench: Bench, said: Redirection, report: WrittenReport, by: str) -> None:
    work, planned = bench.work, bench.plan.tasks[said.right]
    assert bench.message_id is not None
    await work.reports.withdraw(bench.round_id, report.liaison_id, [report.task_id])
    moved = NewReport(
        task_id=planned.id,
        liaison_id=report.liaison_id,
        unit=report.unit,
        by_lead=report.unit in planned.task.leads,
        facts=report.facts,
        words=report.words,
        evidence=(f"moved from {said.wrong} by {by.partition(':')[2]}",),
        probability=1.0,
    )
    await work.reports.add(bench.round_id, moved, bench.message_id, late=report.late)
    details = {"from": said.wrong, "to": said.right}
    for task_id in (report.task_id, planned.id):
        subject = f"task:{task_id}"
        await work.audit.note(bench.plan.office.id, by, "report_moved", subject, details)


async def _tell(bench: Bench, said: Redirection, report: WrittenReport) -> tuple[str, ...]:
    assert said.wrong is not None
    plan = bench.plan
    wrong, right = (plan.tasks[code].task for code in (said.wrong, said.right))
    notice = Notice(
        key=f"moved:{bench.message_id}",
        unit=report.unit,
        text=compose_moved_by_office(wrong, right, desk_of(plan.office).words),
        about=right.code,
    )
    return await tell_unit(bench.work, plan.office.id, notice)
