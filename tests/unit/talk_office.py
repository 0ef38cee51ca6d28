"""A made-up county for single sentences: many units, so most of what is said is another's task."""

from reporting.understanding.context import Context
from reporting.understanding.naming.index import PlanIndex
from reporting.unit import Unit
from tests.unit.understanding_office import a_task

UNITS = {
    "教育": Unit(name="县教育局"),
    "卫健": Unit(name="县卫生健康局", aliases=("卫健局",)),
    "水利": Unit(name="县水利局"),
    "交通": Unit(name="县交通运输局"),
    "住建": Unit(name="县住房和城乡建设局", aliases=("住建局",)),
    "农业": Unit(name="县农业农村局"),
    "文旅": Unit(name="县文化广电和旅游局", aliases=("文旅局",)),
    "工信": Unit(name="县工业和信息化局", aliases=("工信局",)),
    "民政": Unit(name="县民政局"),
    "医保": Unit(name="县医疗保障局", aliases=("医保局",)),
    "城管": Unit(name="县城市管理局", aliases=("城管局",)),
    "青石": Unit(name="青石镇"),
    "白鹭": Unit(name="白鹭镇"),
}
PLAN = """
教育 住建 新建城北实验小学
教育 - 改造农村学校食堂30个
教育 - 新增公办园学位2000个
卫健 - 县人民医院门诊综合楼主体封顶
卫健 - 新建标准化村卫生室40个
水利 - 石门水库除险加固
水利 - 新建城乡供水一体化管网60公里
水利 白鹭 治理中小河流25公里
交通 青石 改建县道X205青石至白鹭段
交通 - 改造危旧桥梁9座
住建 - 老旧小区改造15个
住建 - 城区雨污分流管网改造20公里
住建 - 建设保障性租赁住房600套
农业 - 新建高标准农田4万亩
农业 白鹭 创建省级蔬菜产业园
农业 - 畜禽粪污资源化利用率达到90%
文旅 白鹭 建成白鹭湿地游客中心
文旅 - 引进旅游项目3个
工信 - 新增规上工业企业12家
工信 - 技改投资增长10%
青石 - 建成青石镇粮食烘干中心
白鹭 - 白鹭镇小龙虾交易市场投入运营
民政 - 建设社区养老服务站8个
医保 - 城乡居民医保参保率达到98%
城管 - 新增停车泊位800个
城管 - 拆除违法建设2万平方米
"""
TASKS = [
    a_task(str(number), title, UNITS[lead].name, *(UNITS[s].name for s in (support,) if s in UNITS))
    for number, (lead, support, title) in enumerate(map(str.split, PLAN.split("\n")[1:-1]), 1)
]
INDEX = PlanIndex.build(TASKS, tuple(UNITS.values()))


def from_the(unit: str) -> Context:
    """The context of a message from one unit, by its short name."""
    return Context(units=frozenset({UNITS[unit].name}), month="2026-06")
