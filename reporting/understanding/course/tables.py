"""Rows copied from a sheet: each a line of its own that says under which header a value stood."""

import re
from collections.abc import Iterator, Sequence

_BETWEEN = re.compile(r"\t|[|｜]| {3,}")
_RULE = re.compile(r"[\s|｜:+-]+")
_ORDER = re.compile(r"序号|顺序")
_CODE = re.compile(r"(?:任务|项目|事项|指标)?(?:编号|编码|代码)")
_NAME = re.compile(
    r"(?:重点|督办|目标|民生|年度)?(?:工作|任务|项目|事项|指标|工程|实事)(?:任务|名称|内容|事项)?"
)
_ASIDE = (
    (re.compile(r"\S{0,4}(?:问题|困难|原因|难点|堵点)\S{0,4}"), "存在问题"),
    (re.compile(r"\S{0,4}(?:下一?步|下月|下个月|打算|措施|计划|安排)\S{0,6}"), "下步打算"),
    (re.compile(r"\S{0,4}(?:建议|意见|诉求|需\S{0,6}协调)\S{0,6}"), "建议"),
)
_IDLE = re.compile(
    r"\S{0,4}(?:目标|任务[数量]|计划数|单位|部门|领导|联系|责任|负责|时限|日期|电话|截止)\S{0,6}"
)
_VALUE = re.compile(
    r"\S{0,6}(?:进展|进度|完成|累计|占比|比例|情况|率|本月|当月|本周|数量|投资|增[速幅]|同比|状态|备注|说明)\S{0,10}"
)
_UNIT = re.compile(r"[(（]([^()（）\d]{1,4})[)）]$")
_BARE = re.compile(r"[\d.,]+%?")
_SHARE = re.compile(r"(?:完成|目标|任务)?(?:占比|比例|百分比|完成率)(?:[(（]%[)）])?")
_NOTE = re.compile(r"备注|说明")
WIDE = 3  # cells of a row without headers; two are a name and a value
STOP = "。"  # behind a row: the next line does not go on from it
_NUMBERED = re.compile(r"\S{0,4}?[A-Za-z]?[-.\d]+号?")


def rows_as_lines(text: str) -> str:
    """The text, its tables written out row by row if their first line says what stands where."""
    if not _BETWEEN.search(text):
        return text
    lines = text.split("\n")
    told: list[str] = []
    headers: Sequence[str] = ()
    for number, line in enumerate(lines):
        cells = _cells(line)
        if len(cells) < 2 and not _RULE.fullmatch(line):
            headers = ()
        if headers and _RULE.fullmatch(line):
            continue
        if not headers and number + 1 < len(lines) and _are_headers(cells):
            headers, ordinal = cells, 0
            continue
        ordinal = ordinal + 1 if headers else 0
        row = _row(headers, cells, ordinal) if headers else line
        stands_alone = headers or len(cells) >= WIDE
        told.append(row + STOP if stands_alone and number + 1 < len(lines) else row)
    return "\n".join(told)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in _BETWEEN.split(line.strip(" |｜"))]


def _are_headers(cells: Sequence[str]) -> bool:
    """Whether cells are all names of columns, one of what was done among them."""
    asides = tuple(pattern for pattern, _ in _ASIDE)
    names = (_ORDER, _CODE, _NAME, _IDLE, _VALUE, *asides)
    known = all(any(name.fullmatch(cell) for name in names) for cell in cells)
    told = any(name.fullmatch(cell) for cell in cells for name in (_VALUE, *asides))
    return len(cells) > 1 and known and told and not any(map(str.isdigit, "".join(cells)))


def _row(headers: Sequence[str], cells: Sequence[str], ordinal: int) -> str:
    named = any(_NAME.fullmatch(header) for header in headers)
    said: list[str] = []
    for header, cell in zip(headers, cells, strict=False):
        counts = _ORDER.fullmatch(header) and named and cell.strip(".、") == str(ordinal)
        if not counts and not _IDLE.fullmatch(header) and cell:
            said.append(_told(header, cell))
    return "".join(_joined(said))


def _joined(said: Sequence[str]) -> Iterator[str]:
    for place, one in enumerate(said):
        if place:
            yield "；" if "：" in one else " " if _NUMBERED.fullmatch(said[place - 1]) else "，"
        yield one


def _told(header: str, cell: str) -> str:
    """A value with what its header says of it."""
    for pattern, label in _ASIDE:
        if pattern.fullmatch(header):
            return f"{label}：{cell}"
    if not _BARE.fullmatch(cell) or any(p.fullmatch(header) for p in (_NAME, _CODE, _ORDER, _NOTE)):
        return cell
    if _SHARE.fullmatch(header):
        return f"完成率{cell}" if cell.endswith("%") else f"完成率{cell}%"
    unit = _UNIT.search(header)
    return f"{header[: unit.start()]}{cell}{unit[1]}" if unit else f"{header}{cell}"
