"""Troubles, plans and requests told by general signs, and where each begins and ends."""

import pytest

from reporting.understanding.parts.extract import extract_facts

MONTH = "2026-07"


def _told(words: str, title: str = "") -> tuple[str | None, str | None, str | None]:
    facts = extract_facts(words, month=MONTH, title=title)
    return facts.problem, facts.next_step, facts.suggestion


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("孵化楼外墙保温做完，消防图审走得慢", "消防图审走得慢"),
        ("烘干房装了三座，电力增容还在跟供电所扯皮", "电力增容还在跟供电所扯皮"),
        ("河道保洁员的工资乡里垫了四个月", "河道保洁员的工资乡里垫了四个月"),
        ("桥面铺装完成，护栏等路政许可", "护栏等路政许可"),
        ("渡口改造剩两户船民舍不得搬", "渡口改造剩两户船民舍不得搬"),
        ("村史馆布展方案仍未达成一致", "村史馆布展方案仍未达成一致"),
        ("第二批桑苗要拖到明年开春", "第二批桑苗要拖到明年开春"),
        ("除消防站慢一些(图纸没出)，其余都按计划", "图纸没出"),
        ("目前存在部分档案缺页的问题", "部分档案缺页"),
        ("招商签约六家，主要受运价上涨影响，其中两家已投产", "主要受运价上涨影响"),
        ("原计划5月交房，因电梯厂停产推迟到9月", "因电梯厂停产推迟到9月"),
        ("石料断供，工期慢了十二天", "石料断供，工期慢了十二天"),
        ("石料断供，进度滞后", "石料断供"),
        ("路灯换了三百盏就是变压器容量不够", "变压器容量不够"),
        ("我跟你说啊，选址最难，群众嫌吵", "选址最难，群众嫌吵"),
        ("本月无甚进展，图纸没出", "图纸没出"),
        ("项目|渡口改造\n卡点|岸线使用权扯皮\n诉求|请海事局出面", "岸线使用权扯皮"),
    ],
)
def test_a_trouble_is_told_by_what_lacks_waits_or_is_refused(words: str, problem: str) -> None:
    assert _told(words)[0] == problem


@pytest.mark.parametrize(
    "words",
    [
        "种猪存栏没减，防疫也没出岔子",
        "山塘水位没降，鱼苗长势好",
        "派出所止付冻结涉案资金230万元，追赃60万元",
        "面对复杂的市场形势，外贸进出口增长8%",
        "盼着别刮台风",
        "防汛值守至今没人闹，物资齐全",
        "茶园一亩没落，全部喷完",
        "外贸增速环比回落0.7个百分点",
        "卫生站的助餐垫了2.4万元",
        "来看病的老人笑得合不拢嘴",
    ],
)
def test_what_is_denied_counted_or_hoped_is_no_trouble(words: str) -> None:
    assert _told(words)[0] is None


def test_the_subject_before_a_trouble_is_left_out() -> None:
    assert _told("渡口码头 手续没批", "老渡口码头改造工程")[0] == "手续没批"
    assert _told("系统老卡，数据推送不出去")[0] == "系统老卡，数据推送不出去"


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("技改备案办完，专家评审预约在8月12号", "专家评审预约在8月12号"),
        ("欠供应商的尾款年底前付清", "欠供应商的尾款年底前付清"),
        ("下周把闸门再试两遍，确认没问题再放水", "下周把闸门再试两遍，确认没问题再放水"),
        ("后面抢抓枯水期，年底前封顶", "后面抢抓枯水期，年底前封顶"),
        ("月底先把南桥头的便道让出来", "月底先把南桥头的便道让出来"),
        ("重阳节打算联合三家医院搞一次义诊", "联合三家医院搞一次义诊"),
        ("Q4办一场专场招聘会", "Q4办一场专场招聘会"),
        ("苗木缺货，这两天派人去云南订", "这两天派人去云南订"),
        ("商务将联合税务开展加油站专项检查", "联合税务开展加油站专项检查"),
        ("新校区9月1日启用，届时组织家长参观", "届时组织家长参观"),
    ],
)
def test_a_plan_is_told_by_its_time_or_what_is_to_be_done(words: str, step: str) -> None:
    assert _told(words)[1] == step


@pytest.mark.parametrize(
    "words",
    [
        "10月底启用",
        "消防检测下周出报告",
        "法院9月开庭",
        "申报系统8月底关闸",
        "后续管护由村里负责",
        "节后复工情况:到岗180人",
        "第一批石斑鱼10月下线",
        "污水厂预计年底投产",
        "剪彩时间照旧，8月8日",
        "9月底弄完木问题",
    ],
)
def test_a_bare_forecast_is_no_plan(words: str) -> None:
    assert _told(words)[1] is None


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("补贴兑现慢，望住建尽快出具意见", "住建尽快出具意见"),
        ("人手奇缺，尚祈省厅酌情倾斜", "省厅酌情倾斜"),
        ("建议人社局把培训指标往山区倾斜", "人社局把培训指标往山区倾斜"),
        ("镇里人手就三个，给组织部说说呗", "给组织部说说呗"),
        ("两家都不肯让步，市里出面协调一下", "市里出面协调一下"),
        ("如果检测费用统一结算就省事多了", "如果检测费用统一结算就省事多了"),
        ("审批快点批下来吧", "审批快点批下来"),
        ("财政再能给粮站拨一点", "财政再能给粮站拨一点"),
        ("请电力尽快迁改线杆，总体约40%", "请电力尽快迁改线杆"),
        ("末班船太早希望交通局改到七点", "交通局改到七点"),
    ],
)
def test_a_request_to_a_body_is_told_in_many_ways(words: str, asked: str) -> None:
    assert _told(words)[2] == asked


@pytest.mark.parametrize(
    "words",
    [
        "建议人：李明",
        "盼着别刮台风",
        "中秋先请老师傅来看一遍",
        "政策已经定了，市里出面协调过了",
        "跟组织部说过了",
    ],
)
def test_what_was_granted_or_hoped_is_no_request(words: str) -> None:
    assert _told(words)[2] is None


@pytest.mark.parametrize("place", ["望山镇", "望湖里小区", "望城区", "望春街道"])
def test_the_name_of_a_place_that_sounds_like_hope_asks_for_nothing(place: str) -> None:
    assert _told(f"{place}居民不让装充电棚，停了一周")[2] is None
    assert _told(f"{place}有19户谈崩了，望区里出面协调")[2] == "区里出面协调"
