"""Concerns: opened from reports, listed with owner and day, handed over and closed in words."""

from datetime import date, datetime

import pytest

from reporting.calendar import OFFICE_ZONE, WorkCalendar
from reporting.concern import (
    ConcernKind,
    OpenConcern,
    asks_for_concerns,
    compose_open_concerns,
    concern_line,
    concern_section,
    concerns_of,
    read_assignment,
    read_closing,
    require_known,
)
from reporting.errors import AnswerRefused
from reporting.unit import Unit

CALENDAR = WorkCalendar()
NOW = datetime(2026, 6, 25, 10, tzinfo=OFFICE_ZONE)
UNITS = (Unit(name="县财政局", aliases=("财政局",)),)


def a_concern(number: int, *codes: str, kind: ConcernKind = ConcernKind.PROBLEM) -> OpenConcern:
    return OpenConcern(
        id=1000 + number,
        number=number,
        kind=kind,
        tasks=codes,
        owner="县水利局",
        words="资金缺口大",
        due=date(2026, 6, 22),
        opened_at=NOW,
    )


@pytest.mark.parametrize("text", ["未办结问题", "未办结的有哪些？", "问题台账", "还没办结的问题"])
def test_the_office_asks_what_is_open(text: str) -> None:
    assert asks_for_concerns(text)


@pytest.mark.parametrize(
    ("text", "ids", "result"),
    [
        ("办结 问题17 已协调资金到位", (17,), "已协调资金到位"),
        (
            "办结问题17、建议18：会议已研究，列入下半年计划。",
            (17, 18),
            "会议已研究，列入下半年计划",
        ),
        ("办结 17号 县长办公会已定", (17,), "县长办公会已定"),
    ],
)
def test_a_closing_names_what_came_of_it(text: str, ids: tuple[int, ...], result: str) -> None:
    closing = read_closing(text)
    assert closing is not None
    assert (closing.numbers, closing.result) == (ids, result)


def test_a_closing_without_a_result_or_of_something_unknown_is_refused() -> None:
    with pytest.raises(AnswerRefused, match="办理结果"):
        read_closing("办结 问题17")
    with pytest.raises(AnswerRefused, match="没有未办结的事项9"):
        require_known([17, 9], {17: a_concern(17, "12")})
    assert read_closing("12号已办结") is None


def test_handing_over_names_a_unit_and_a_day() -> None:
    given = read_assignment("转办 问题17 财政局 7月10日前", UNITS, (NOW, CALENDAR))
    assert given is not None
    assert (given.numbers, given.owner, given.due) == ((17,), "县财政局", date(2026, 7, 10))
    with pytest.raises(AnswerRefused, match="哪个单位"):
        read_assignment("转办 问题17 外办", UNITS, (NOW, CALENDAR))


def test_a_line_names_owner_day_and_how_late_it_is() -> None:
    assert concern_line(a_concern(17, "12"), NOW.date(), CALENDAR) == (
        "问题17 第12项：资金缺口大（县水利局，6月22日（周一）前办结，已超3个工作日）"
    )
    assert "办结 问题17" in compose_open_concerns([a_concern(17, "12")], NOW.date(), CALENDAR)
    assert compose_open_concerns([], NOW.date(), CALENDAR) == "没有未办结的问题建议。"


def test_a_digest_shows_ten_and_leaves_contradictions_to_the_office() -> None:
    many = [a_concern(number, str(number)) for number in range(1, 13)]
    section = concern_section(many, NOW.date(), CALENDAR)
    assert section[1] == "■ 未办结问题建议（12项）"
    assert section[-1] == "另有2项，见督查室台账。"
    quarrel = a_concern(13, "13", kind=ConcernKind.COORDINATION)
    assert concern_section([quarrel], NOW.date(), CALENDAR) == []


def test_a_leader_sees_only_what_concerns_no_task_but_his() -> None:
    shared = a_concern(3, "12", "15", kind=ConcernKind.MEETING)
    assert concerns_of({"12"}, [a_concern(1, "12"), a_concern(2, "15"), shared]) == (
        a_concern(1, "12"),
    )
