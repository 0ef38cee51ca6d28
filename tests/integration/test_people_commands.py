"""The people of the units and the office's settings, as an operator keeps them."""

import pytest

from tests.integration.test_command_line import OFFICE, PLANS, Command, command
from tests.unit.test_policy import FORBIDDEN

__all__ = ["command"]


@pytest.fixture
def imported(command: Command) -> Command:
    """The command line of an office with its plan."""
    assert command("import", PLANS / "qinghe.xlsx", "--office", OFFICE).exit_code == 0
    return command


def test_people_are_added_given_duties_sent_on_leave_and_relieved(imported: Command) -> None:
    def do(*words: str) -> str:
        done = imported(*words, "--office", OFFICE)
        return done.output

    added = do("liaison", "add", "周明", "--unit", "县教育体育局", "--duty", "B角", "--wecom", "zm")
    assert "已登记：县教育体育局B角周明，编号zm" in added
    assert "已有编号" in do("liaison", "add", "周明", "--unit", "县教育体育局", "--wecom", "zm")
    assert "现为科室负责人" in do("liaison", "duty", "zm", "科室负责人")
    assert "leader bind" in do("liaison", "duty", "zm", "分管领导")
    assert "没有编号为“nobody”" in do("liaison", "duty", "nobody", "B角")
    away = ("liaison", "leave", "l35", "--from", "2099-06-12", "--until", "2099-06-16")
    assert "休假：6月12日" in do(*away, "--stand-in", "l26")
    assert "不早于第一天" in do(*away, "--stand-in", "l35")
    assert "6月16日" in do("liaison", "leaves")
    assert "销假，提醒和通知恢复" in do("liaison", "leave", "l35", "--cancel")
    assert "的休假，无需销假" in do("liaison", "leave", "l35", "--cancel")
    assert "请写 --from" in do("liaison", "leave", "l35")
    assert "应写作" in do("liaison", "leave", "l35", "--from", "12号", "--until", "2099-06-16")
    order = ("review", "陈立新1月1日到1月3日休假，找孙悟空", "--by", "王敏")
    assert "通讯录里没有“孙悟空”，请换人" in do(*order)
    assert "已移交" in do("liaison", "hand-over", "l35", "l26", "--by", "王敏")
    assert "没有可移交" in do("liaison", "hand-over", "l35", "l26", "--by", "王敏")


def test_every_forbidden_setting_is_refused_on_the_command_line_and_changes_nothing(
    imported: Command,
) -> None:
    before = imported("office", "set", "--office", OFFICE).stdout
    for setting, article in FORBIDDEN:
        done = imported("office", "set", setting, "--office", OFFICE)
        assert done.exit_code == 2, setting
        assert article.value[:20] in done.stderr.replace("\n", ""), setting
    assert imported("office", "set", "--office", OFFICE).stdout == before
    checked = imported("office", "self-check", "--office", OFFICE)
    assert checked.exit_code == 0, checked.output
    assert "打卡签到" in checked.stdout
    assert "违反" not in checked.stdout
    assert "已收到0条" in checked.stdout
    allowed = ("escalates_to=分管领导", "escalation_approved_by=李建国", "escalation_waits=1,1,2,3")
    shown = imported("office", "set", *allowed, "--office", OFFICE).stdout
    assert "1、1、2、3" in shown
    assert "逐级提醒止于" in shown
    assert "True" not in shown


def test_the_ladder_and_the_own_days_are_set_and_shape_the_month(imported: Command) -> None:
    ladder = ("office", "ladder", OFFICE)
    assert "截止前5、3、1、0个工作日的09:00提醒" in imported(*ladder).stdout
    changed = imported(*ladder, "--steps", "4,2", "--remind-at", "10:00", "--quiet", "19:00-09:00")
    assert "截止前4、2个工作日的10:00提醒；19:00至09:00不打扰" in changed.stdout
    assert "免打扰时段内" in imported(*ladder, "--remind-at", "20:30").stderr
    assert "应写作 5,3,1,0" in imported(*ladder, "--steps", "五天").stderr
    assert "应写作 18:00" in imported(*ladder, "--quiet", "晚上").stderr
    days = ("office", "days", OFFICE)
    assert "没有登记" in imported(*days).stdout
    assert "2026年6月24日（周三） 放假" in imported(*days, "2026-06-24=放假").stdout
    assert "2026年6月27日（周六） 上班" in imported(*days, "2026-06-27=上班").stdout
    assert imported(*days, "明天=放假").exit_code == 2
    rehearsed = imported("rehearse", "--office", OFFICE, "--month", "2026-06")
    assert rehearsed.exit_code == 0


def test_the_round_is_looked_at_from_the_command_line(imported: Command) -> None:
    def do(*words: str) -> str:
        done = imported("round", *words, "--office", OFFICE)
        assert done.exit_code == 0, done.output
        return done.stdout

    assert "未送达" in do("contacts")
    assert "没有新的收件人" in do("announce", "--by", "王敏")
    assert do("signatures") == "本轮还没有通知谁。\n"
    assert do("escalations", "--before") == "还没有逐级提醒过。\n"
    assert "没有名为“空”" in imported("round", "contacts", "--office", "空").stderr
