"""What is known of a field of work tells its tasks apart when a message names none of them."""

import pytest

from reporting.understanding.context import Context
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.outcome import Record
from reporting.understanding.understand import understand
from reporting.unit import Unit
from tests.unit.understanding_office import a_task

# The tasks of one unit, and what its liaison says of each without its name.
FIELDS: dict[str, dict[str, str]] = {
    "港航中心": {
        "集装箱吞吐量达到45万标箱": "上半年箱子进出23万,重箱比去年多一成,近洋线补了一班",
        "建成南港区2号泊位(5万吨级)": "门机基础浇完了,橡胶护舷装好,后方陆域还在强夯",
        "完成南港区进港航道工程": "耙吸船又来了一艘,浅点扫测完,抛泥证也续上了",
    },
    "热力公司": {
        "改造供热二次管网30公里": "沟槽挖到东大街,预制保温管焊了四公里,交警只让夜里干",
        "新建换热站9座": "板换到了七套,循环泵和plc柜月底装",
        "建成城西热源厂": "锅炉本体吊装完,输煤廊封顶,脱硫塔在焊",
        "整治供热低温小区18个": "入户测温做完了,边户室温还是上不去,暖气片换了两百组",
    },
    "供电公司": {
        "建成110千伏双桥输变电工程": "组塔还剩四基,主变已经就位,下周做耐压",
        "改造农村台区120个": "裸导线都换成绝缘线,低电压投诉少了一半,电表箱换了三百个",
    },
    "铁路办": {
        "推进沿河高铁清溪段建设": "梁场还剩八十片没架,铺轨基地便线通了,四电队伍进场",
        "清溪机场改扩建工程": "助航灯光调完了,停机坪在浇道面,等校飞",
        "轨道交通3号线清溪段征迁交地": "盾构始发井的地腾出来了,地连墙做完两幅",
    },
    "畜牧中心": {
        "肉羊饲养量达到90万只": "产羔旺季,羔子成活率九成五,基础母羊又补了一批",
        "肉牛饲养量达到8万头": "犊牛长势好,西门塔尔冻配做完两轮",
        "落实草原禁牧制度": "管护员巡山九回,偷牧的羊赶下来三群,处罚两户",
    },
    "文旅局": {
        "建设茶旅融合示范带": "两个观景台立起来了,骑行道的木栈道在铺",
        "提升南门夜市街区": "摊位定了六十个,灯笼挂上了,下月开街",
        "实施站前地区综合整治": "黑车少多了,候客区划好,拉客的也清了",
        "新增精品民宿客房200间": "软装进场,床品都到了,国庆开门接客",
    },
    "卫健局": {
        "县人民医院创建三级乙等医院": "评审组预评反馈三十条扣分项,病案首页还在改",
        "推行门诊一次挂号管三天": "复诊不用再交挂号费,诊间支付也开了",
        "做好冬春季呼吸道传染病监测": "ili这周降了,哨点采样两百份,支原体还是多",
    },
}
CASES = [(unit, title, said) for unit, told in FIELDS.items() for title, said in told.items()]


def index_of(unit: str) -> PlanIndex:
    """The plan of one unit."""
    tasks = (a_task(str(n), title, unit) for n, title in enumerate(FIELDS[unit], 1))
    return PlanIndex.build(tuple(tasks), (Unit(name=unit),))


@pytest.mark.parametrize(("unit", "title", "said"), CASES)
def test_words_of_a_trade_tell_the_task(unit: str, title: str, said: str) -> None:
    index = index_of(unit)
    context = Context(units=frozenset({unit}), quoted=None, owed=None, month="2026-06")
    outcome = understand(said, index, context)
    assert isinstance(outcome, Record)
    assert [i.task for i in outcome.items] == [str(1 + list(FIELDS[unit]).index(title))]
