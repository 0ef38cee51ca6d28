"""Whether a plan is whole: stated totals against what was read, and gaps in the numbering."""

from collections.abc import Sequence

from documents.draft import Draft, Drafts
from documents.heading import Heading
from documents.page import Problem
from documents.plan_facts import Totals
from documents.task_code import running_number


def check_totals(drafts: Drafts, totals: Totals) -> tuple[Problem, ...]:
    """Every stated total that does not match, naming the part."""
    problems = []
    for heading in drafts.headings:
        under = [draft for draft in drafts.tasks if heading in draft.path]
        if heading.count is not None and not _agrees(heading.count, under):
            text = f"“{heading.text}”写明 {heading.count} 项，实际读到 {len(under)} 项，"
            problems.append(Problem(place=heading.place, text=f"{text}请核对是否漏行。"))
    parts = _parts(drafts)
    for ordinal, stated in totals.by_part:
        problems.extend(_part_problem(parts, ordinal, stated, drafts, totals))
    problems.extend(_whole_problems(drafts, totals, parts))
    return tuple(problems)


def _agrees(stated: int, drafts: Sequence[Draft]) -> bool:
    """Whether a count fits: an office may count rows, or numbers that several rows share."""
    coded = {draft.code or draft.place for draft in drafts}
    return stated in {len(drafts), len(coded)}


def has_totals(drafts: Drafts, totals: Totals) -> bool:
    """Whether totals cover all tasks, so that a gap in the numbering is the plan's own."""
    headed = [heading.count is not None for heading in _parts(drafts)]
    return totals.tasks is not None or bool(totals.by_part) or (bool(headed) and all(headed))


def check_numbering(drafts: Sequence[Draft], *, totals: bool) -> tuple[Problem, ...]:
    """Numbers missing from an otherwise running numbering."""
    numbers = [running_number(draft.code) for draft in drafts]
    if len(numbers) < 2 or any(number is None for number in numbers):
        return ()
    known = {number for number in numbers if number is not None}
    missing = sorted(set(range(1, max(known) + 1)) - known)
    if not missing or totals or len(missing) > max(2, len(known) // 20):
        return ()
    return tuple(_gap(drafts, number) for number in missing)


def _gap(drafts: Sequence[Draft], number: int) -> Problem:
    after = next(draft for draft in drafts if (running_number(draft.code) or 0) > number)
    part = f"（{after.path[-1].text}）" if after.path else ""
    return Problem(
        place=after.place, text=f"编号缺第 {number} 项{part}，请核对是否漏行；确无此项可强制导入。"
    )


def _parts(drafts: Drafts) -> tuple[Heading, ...]:
    """The outermost headings that hold tasks, in order."""
    tops = (draft.path[0] for draft in drafts.tasks if draft.path)
    return tuple(dict.fromkeys(tops))


def _part_problem(
    parts: Sequence[Heading], ordinal: int, stated: int, drafts: Drafts, totals: Totals
) -> tuple[Problem, ...]:
    part = next((p for p in parts if p.ordinal == ordinal), None)
    if part is None and 0 < ordinal <= len(parts) and parts[ordinal - 1].ordinal is None:
        part = parts[ordinal - 1]
    under = [draft for draft in drafts.tasks if part and draft.path[:1] == (part,)]
    if _agrees(stated, under):
        return ()
    name = f"第 {ordinal} 部分" + (f"“{part.text}”" if part else "")
    return (
        Problem(
            place=part.place if part else totals.place,
            text=f"{name}：文中写明 {stated} 项，实际读到 {len(under)} 项，请核对是否漏行。",
        ),
    )


def _whole_problems(
    drafts: Drafts, totals: Totals, parts: Sequence[Heading]
) -> tuple[Problem, ...]:
    problems = []
    count = len(drafts.tasks)
    if totals.tasks is not None and not _agrees(totals.tasks, drafts.tasks):
        problems.append(
            Problem(place=totals.place, text=f"文中写明共 {totals.tasks} 项，实际读到 {count} 项。")
        )
    if totals.parts is not None and parts and totals.parts != len(parts):
        problems.append(
            Problem(
                place=totals.place,
                text=f"文中写明共 {totals.parts} 个部分，实际读到 {len(parts)} 个。",
            )
        )
    return tuple(problems)
