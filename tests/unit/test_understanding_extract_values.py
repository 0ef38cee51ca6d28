"""Values first in a message, signs, arrows, corrections and sums that are not yet reached."""

import pytest

from reporting.report import Status
from reporting.understanding.parts.extract import extract_facts

VALUES: dict[str, tuple[float | None, tuple[tuple[float, str], ...]]] = {
    "12.4亿,占68.9%": (68.9, ((1240000000, "元"),)),
    "3.2亿元，正常推进": (None, ((320000000, "元"),)),
    "1.5亿": (None, ((150000000, "元"),)),
    "0.86亿，完成43%": (43, ((86000000, "元"),)),
    "6.83亿 +4.4% 58.2%": (58.2, ((683000000, "元"), (4.4, "%"))),
    "区医院新院区71%→75%": (75, ()),
    "补助标准由每学期300元提高到450元，覆盖2160人": (None, ((450, "元"), (2160, "人"))),
    "前报锁边东段3.1万亩有误，应为3.4万亩": (None, ((34000, "亩"),)),
    "一季度-1.2%，跟得上进度": (None, ((-1.2, "%"),)),
    "同比：-6.2%": (None, ((-6.2, "%"),)),
    "地产-15.8%，工业+9.7%": (None, ((-15.8, "%"), (9.7, "%"))),
    "超载率由年初的4.1%降至1.8%": (None, ((1.8, "%"),)),
    "签了2个亿元的，累计11个": (None, ((2, "个"), (11, "个"))),
    "71.2万标箱/83.8%": (83.8, ((712000, "标箱"),)),
    "外资3980万刀，33.2%": (33.2, ((39800000, "美元"),)),
    "应免密度96.4%": (None, ((96.4, "%"),)),
    "总算过四成，42.2%": (42.2, ()),
    "居民天天打12345": (None, ()),
    "9栋中完工6栋": (None, ((6, "栋"),)),
    "已上线11项(共20)": (None, ((11, "项"),)),
    "PM2.5均值32.6微克/立方米，比年度目标高2.6微克": (None, ((32.6, "微克/立方米"),)),
    "今年要做420户，报上来300户": (None, ((300, "户"),)),
}
STATUSES = {
    "一季度增长2%，跟得上进度": Status.ON_TRACK,
    "签了38部，没掉队": Status.ON_TRACK,
    "优良比例好于目标1.3个百分点": Status.ON_TRACK,
    "前三季度增长2.1%，离6%差距较大": Status.BEHIND,
    "增长6.1%，没达到": Status.BEHIND,
    "补助拨付到位，任务销号": Status.DONE,
    "北边3所已开工，南边一所还没动工": None,
    "铺轨21公里，接触网没动": None,
    "信息共享没问题": None,
}


@pytest.mark.parametrize("words", list(VALUES))
def test_values_are_those_reached_now(words: str) -> None:
    facts = extract_facts(words)
    figures = tuple((figure.value, figure.unit) for figure in facts.figures)
    assert (facts.percent, figures) == VALUES[words]


@pytest.mark.parametrize("words", list(STATUSES))
def test_a_status_is_what_the_words_state(words: str) -> None:
    assert extract_facts(words).status == STATUSES[words]
