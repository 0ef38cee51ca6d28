"""What a further word of the same month adds to, and what it tells anew."""

import pytest

from reporting.report import Facts, Figure, Status
from reporting.supplement import supplemented, supplements

BEHIND = Facts(percent=40, status=Status.BEHIND)
DONE = Facts(status=Status.DONE)
CAMERAS = Figure(name="监控", value=1100, unit="路")
HOMES = Figure(name="惠及", value=320, unit="户")


@pytest.mark.parametrize(
    ("said", "before", "whole"),
    [
        (
            Facts(problem="贷款审批慢", next_step="8月底赶上"),
            BEHIND,
            Facts(percent=40, status=Status.BEHIND, problem="贷款审批慢", next_step="8月底赶上"),
        ),
        (Facts(), BEHIND, BEHIND),
        (Facts(figures=(HOMES,)), DONE, Facts(status=Status.DONE, figures=(HOMES,))),
        (
            Facts(problem="缺土方"),
            Facts(percent=40, problem="缺资金", suggestion="请协调"),
            Facts(percent=40, problem="缺土方", suggestion="请协调"),
        ),
    ],
)
def test_what_is_not_spoken_of_stands(said: Facts, before: Facts, whole: Facts) -> None:
    assert supplements(said, before)
    assert supplemented(said, before) == whole


@pytest.mark.parametrize(
    ("said", "before"),
    [
        (Facts(percent=75), BEHIND),
        (Facts(status=Status.ON_TRACK), BEHIND),
        (Facts(figures=(CAMERAS,)), Facts(percent=60)),
        (Facts(figures=(CAMERAS,)), Facts(status=Status.DONE, figures=(CAMERAS,))),
        (Facts(problem="缺土方"), Facts()),
    ],
)
def test_progress_told_anew_takes_the_place_of_the_old(said: Facts, before: Facts) -> None:
    assert not supplements(said, before)
