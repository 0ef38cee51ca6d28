"""A made-up office for the tests of understanding: other units, codes and words than elsewhere."""

from reporting.task import Task, TaskKind
from reporting.understanding.context import Context
from reporting.understanding.naming.index import PlanIndex
from reporting.unit import Unit

UNITS = (
    Unit(name="市水务局", aliases=("水务局",)),
    Unit(name="市教育局", aliases=("教育局",)),
    Unit(name="市农业农村局", aliases=("农业局",)),
    Unit(name="市交通运输局", aliases=("交通局",)),
    Unit(name="市文化和旅游局", aliases=("文旅局",)),
)


def a_task(code: str, title: str, lead: str, *supports: str) -> Task:
    """A task with the fields that reading needs."""
    kind = TaskKind.MATTER
    return Task(code=code, title=title, kind=kind, leads=(lead,), supports=supports)


TASKS = (
    a_task("1", "完成青龙水库除险加固", "市水务局"),
    a_task("2", "完成白鹤水库除险加固", "市水务局"),
    a_task("3", "改造城区供水老旧管网40公里", "市水务局"),
    a_task("5", "实施农村供水提升工程,受益人口3.5万人", "市水务局"),
    a_task("7", "新建滨江实验学校", "市教育局"),
    a_task("8", "改造中小学食堂24个", "市教育局"),
    a_task("9", "新增公办幼儿园学位1500个", "市教育局"),
    a_task("11", "新建高标准农田6万亩", "市农业农村局", "市水务局"),
    a_task("12", "新建茶叶加工厂3座", "市农业农村局"),
    a_task("13", "办理市人大第26号建议:支持预制菜产业", "市农业农村局"),
    a_task("A-1", "新改建农村公路120公里", "市交通运输局"),
    a_task("A-2", "改造危桥18座", "市交通运输局"),
    a_task("A-3", "建成港口铁路专用线", "市交通运输局"),
    a_task("21", "创建国家级旅游度假区", "市文化和旅游局"),
    a_task("22", "送戏下乡300场", "市文化和旅游局"),
)

INDEX = PlanIndex.build(TASKS, UNITS)


def from_unit(
    unit: str, *, quoted: str | None = None, owed: tuple[str, ...] | None = None
) -> Context:
    """The context of a message from one unit."""
    return Context(units=frozenset({unit}), quoted=quoted, owed=owed, month="2026-06")


WATER = from_unit("市水务局")
SCHOOLS = from_unit("市教育局")
FARMS = from_unit("市农业农村局")
ROADS = from_unit("市交通运输局")
CULTURE = from_unit("市文化和旅游局")
