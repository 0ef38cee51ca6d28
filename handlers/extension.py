"""A liaison asks for more time; the office decides, and the due date follows."""

from handlers.conversation import Conversation, desk_of
from handlers.notice import Notice, tell_staff, tell_unit
from handlers.quotation import quoted_by
from handlers.review import Bench
from reporting.amendment import amended_due
from reporting.errors import AnswerRefused
from reporting.extension import compose_extension_received, request_extension
from reporting.extension_decision import (
    ExtensionOrder,
    OpenExtension,
    asks_for_extensions,
    compose_extension_decided,
    compose_extension_petition,
    compose_extensions_decided,
    compose_open_extensions,
    read_asking,
    read_extension_order,
    require_open,
)


async def ask_extension(conversation: Conversation) -> str:
    """The receipt of a request for more time, or why it is refused; empty where there is none."""
    try:
        asking = read_asking(conversation.waiting.message.text, conversation.states)
        if asking is None:
            return ""
        code = await _task_meant(conversation, asking.codes)
        return await _keep(conversation, code, asking.words)
    except AnswerRefused as refused:
        return str(refused)


async def _task_meant(conversation: Conversation, codes: tuple[str, ...]) -> str:
    """The one task asked about: named, quoted, or the only one his units lead."""
    led = [
        code
        for code, state in conversation.states.items()
        if set(state.task.leads) & set(conversation.units)
    ]
    quoted = None if codes else await quoted_by(conversation)
    named = codes or ((quoted,) if quoted in conversation.states else tuple(led))
    if len(named) != 1:
        raise AnswerRefused("请一次写明一项，如“申请延期 12号 到8月30日，因……”。")
    if named[0] not in led:
        raise AnswerRefused("延期由牵头单位申请；您单位是配合单位，请与牵头单位联系。")
    return named[0]


async def _keep(conversation: Conversation, code: str, words: str) -> str:
    work, office = conversation.work, conversation.office
    planned = conversation.plan.tasks[code]
    request = request_extension(planned.task, words, work.now, office.calendar)
    unit = next(unit for unit in planned.task.leads if unit in conversation.units)
    await work.reports.lock([planned.id])
    kept = await work.extensions.keep(planned.id, unit, request, conversation.waiting.id)
    details = {"to": request.to_day.isoformat(), "reason": request.reason, "extension": kept}
    actor, subject = f"liaison:{conversation.correspondent.liaison_id}", f"task:{planned.id}"
    await work.audit.note(office.id, actor, "extension_asked", subject, details)
    opened = OpenExtension(id=kept, task_id=planned.id, unit=unit, request=request)
    petition = compose_extension_petition(opened, planned.task)
    await tell_staff(work, office.id, f"extension:{kept}", petition)
    return compose_extension_received(request, planned.task, desk_of(office).words)


async def decide_extensions(bench: Bench, words: str, by: str) -> str:
    """Carry out the office's decision, or list what waits; empty where the words are neither."""
    waiting = {
        one.request.task: one
        for one in await bench.work.extensions.all_open(bench.plan.office.id)
        if one.request.task in bench.plan.tasks
    }
    if asks_for_extensions(words):
        tasks = bench.plan.tasks
        return compose_open_extensions([(one, tasks[c].task) for c, one in waiting.items()])
    order = read_extension_order(words, bench.plan.tasks)
    if order is None:
        return ""
    require_open(order, waiting)
    told: list[str] = []
    untold: list[str] = []
    for code in order.tasks:
        names = await _decide(bench, order, waiting[code], by)
        told += names
        untold += [] if names else [code]
    return compose_extensions_decided(order, told, untold)


async def _decide(
    bench: Bench, order: ExtensionOrder, opened: OpenExtension, by: str
) -> tuple[str, ...]:
    """Decide one request and tell its unit; the names of those told."""
    work, office = bench.work, bench.plan.office
    task = bench.plan.tasks[opened.request.task].task
    await work.extensions.decide(opened.id, agreed=order.agreed)
    if order.agreed:
        basis = f"{opened.unit}申请延期：{opened.request.reason}"
        await work.amendments.apply(
            opened.task_id, amended_due(task, opened.request.to_day, basis), by
        )
        await work.registry.touch(office.id)
    details = {"agreed": order.agreed, "words": order.words, "extension": opened.id}
    await work.audit.note(office.id, by, "extension_decided", f"task:{opened.task_id}", details)
    notice = Notice(
        key=f"extension-decided:{opened.id}",
        unit=opened.unit,
        text=compose_extension_decided(order, opened, task, desk_of(office).words),
        about=task.code,
    )
    return await tell_unit(work, office.id, notice)
