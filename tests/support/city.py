"""A made-up city: its units and leaders, and two tasks that tests write in many ways."""

from pathlib import Path

from documents.plan_reader import PlanReading, read_plan
from reporting.liaison import Leader
from reporting.plan import Directory
from reporting.unit import Unit

NAMES = """
    市发展和改革委员会 市财政局 市住房和城乡建设局 市交通运输局 市教育局 市卫生健康委员会
    市自然资源和规划局 市工业和信息化局 市城市管理局 市市场监督管理局 东山镇人民政府
    西河镇人民政府 南岭乡人民政府 城中街道办事处 云水市城市投资集团有限公司
    云水高新技术产业开发区管理委员会
"""
CITY = Directory(
    units=tuple(Unit(name=name) for name in NAMES.split()),
    leaders=(Leader(name="林海"), Leader(name="赵大川"), Leader(name="孙倩")),
)
FINANCE, REFORM, ROADS, SCHOOLS = "市财政局", "市发展和改革委员会", "市交通运输局", "市教育局"
CITY_GROUP = "云水市城市投资集团有限公司"
Line = tuple[str, str, tuple[str, ...], tuple[str, ...], str]


def read(path: Path) -> PlanReading:
    """The file read with the city's directory."""
    return read_plan(path, directory=CITY)


def lines(reading: PlanReading) -> list[Line]:
    """Code, title, leads, supports and due date of every task."""
    return [
        (task.code, task.title, task.leads, task.supports, str(task.due))
        for task in reading.plan.tasks
    ]


ROAD: Line = ("1", "修路20公里", (ROADS,), (FINANCE,), "2026-11-30")
SCHOOL: Line = ("2", "新建学校3所", (SCHOOLS,), (CITY_GROUP,), "2026-08-31")
