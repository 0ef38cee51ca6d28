"""Writing a task's dossier (卷宗): as JSON for programs, as a workbook for people."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook

from reporting.calendar import OFFICE_ZONE
from reporting.dossier import Dossier

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def dossier_as_json(dossier: Dossier) -> Json:
    """The dossier for other programs; moments in ISO form."""
    return _plain(asdict(dossier))


def _plain(value: object) -> Json:
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)


def write_dossier(dossier: Dossier, path: Path) -> None:
    """Write the dossier as a workbook of four sheets."""
    task = dossier.task
    book = Workbook()
    book.remove(book.worksheets[0])
    facts = (
        ("督查室", dossier.office),
        ("编号", task.code),
        ("任务", task.title),
        ("牵头单位", "、".join(task.leads)),
        ("配合单位", "、".join(task.supports)),
        ("分管领导", task.leader or ""),
        ("完成时限", task.due.isoformat() if task.due else task.due_text),
    )
    _sheet(book, "任务", ("项目", "内容"), facts)
    reports = [
        (r.month, r.version, r.unit, r.liaison, r.said, r.words, r.evidence, _moment(r.reported_at),
         "是" if r.late else "", _moment(r.withdrawn_at))
        for r in dossier.reports
    ]  # fmt: skip
    heads = ("月份", "版本", "单位", "联络员", "填报", "原文", "依据", "时间", "迟报", "撤回时间")
    _sheet(book, "填报", heads, reports)
    messages = [
        (m.kind, m.channel, m.target, m.text, m.state, _moment(m.written_at))
        for m in dossier.messages
    ]
    _sheet(book, "消息", ("类型", "通道", "发给", "内容", "结果", "时间"), messages)
    lines = [
        (n.number, _moment(n.entry.at), n.entry.actor, n.entry.action, n.entry.subject, n.hash)
        for n in dossier.lines
    ]
    _sheet(book, "留痕", ("序号", "时间", "操作人", "操作", "对象", "封印"), lines)
    book.save(path)


def _sheet(
    book: Workbook, name: str, headings: Sequence[str], rows: Sequence[Sequence[str | int]]
) -> None:
    sheet = book.create_sheet(name)
    sheet.append(headings)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(row=number, column=column)
            cell.value = value
            # What a person wrote is never a formula.
            if isinstance(value, str):
                cell.data_type = "s"


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M") if moment else ""
