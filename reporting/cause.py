"""Why tasks are stuck: a taxonomy of causes, and those that several units share (共性问题).

Causes shared by three or more units are proposed for a joint meeting (联席会议) with all the tasks
they hold up; what comes of it a person decides.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reporting.ledger import TaskState
from reporting.wording import code_list


class Cause(StrEnum):
    """What holds a task up, as offices sort it."""

    LAND = "征地拆迁"
    APPROVAL = "手续审批"
    FUNDS = "资金保障"
    UTILITIES = "管线迁改与水电接入"
    RESIDENTS = "群众意见协调"
    COURT = "诉讼查封与产权"
    CONTRACTOR = "施工组织与招标"
    WEATHER = "天气与自然条件"
    MARKET = "市场与企业经营"
    DATA = "数据口径与共享"
    PEOPLE = "人手不足"
    SUPPLY = "物资到货"


_WORDS: tuple[tuple[Cause, re.Pattern[str]], ...] = (
    (Cause.UTILITIES, re.compile(r"迁改|管线|杆线|变压器|增容|报装|装表|接电|燃气|轨道|地铁|顶管")),
    (Cause.LAND, re.compile(
        r"征[地迁拆收]|拆迁|搬迁|供地|青苗|坟|没签|[这那]个地|地没|选址|阻工|没征"
    )),
    (Cause.COURT, re.compile(r"查封|诉讼|司法|债权|债务|冻结|产权|继承|要去告")),
    (Cause.APPROVAL, re.compile(
        r"批复|审批|没批|未批|还没批|手续|环评|核准|报批|占补|三区三线|农用地|定稿|复核|验收没|统一接口"
        r"|稳定性评价|保护区|没有?动静|司法程序"
    )),
    (Cause.FUNDS, re.compile(r"资金|缺口(?![0-9]+亩)|拨款|补偿款|贷款|欠薪|经费")),
    (Cause.RESIDENTS, re.compile(
        r"业主|住户|居民|群众|意见不|(?<!债权人)不同意|反对|谈不|没谈|不肯|不让|不配合|签字率|异议|没有谈妥|谈不拢"
    )),
    (Cause.SUPPLY, re.compile(r"没到位|没到|延期交货|供货|等混凝土|疫苗|的苗|到货")),
    (Cause.CONTRACTOR, re.compile(r"流标|停工|停了|施工队|施工单位|班组|进场道路|没地方放|招标")),
    (Cause.WEATHER, re.compile(
        r"降雨|雨水(?!管)|梅雨|暴雨|雨天|水位|污染|臭氧|来水|台风|高温|超警|汛|低温|冰"
    )),
    (Cause.MARKET, re.compile(r"下滑|减产|减收|退库|外流|价格|税源|客流|积极性|招商|装载率")),
    (Cause.DATA, re.compile(r"年报|统计|数据|汇聚|口径|共享")),
    (Cause.PEOPLE, re.compile(r"人手|讲师|招不够|护理员|产能不足|人员不足")),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedBlocker:
    """One cause that several units report, with every task it holds up, in plan order."""

    cause: Cause
    units: tuple[str, ...]
    tasks: tuple[str, ...]

    @property
    def words(self) -> str:
        """The proposal on one line, with its codes."""
        return (
            f"{self.cause.value}：{len(self.units)}个单位反映（{'、'.join(self.units)}），"
            f"涉及{code_list(self.tasks)}，建议提交联席会议研究。"
        )


def causes_of(problem: str) -> frozenset[Cause]:
    """The causes a problem names; empty where none is recognised."""
    return frozenset(cause for cause, pattern in _WORDS if pattern.search(problem))


def shared_blockers(states: Sequence[TaskState], at_least: int = 3) -> tuple[SharedBlocker, ...]:
    """Causes that at least so many units report in this round, the most widespread first."""
    found = [_blocker(cause, states) for cause in Cause]
    shared = [blocker for blocker in found if len(blocker.units) >= at_least]
    return tuple(sorted(shared, key=lambda blocker: -len(blocker.units)))


def _blocker(cause: Cause, states: Sequence[TaskState]) -> SharedBlocker:
    held = [state for state in states if cause in _reported_causes(state)]
    units = dict.fromkeys(unit for state in held if (unit := state.unit or state.accountable))
    return SharedBlocker(
        cause=cause, units=tuple(units), tasks=tuple(state.task.code for state in held)
    )


def _reported_causes(state: TaskState) -> frozenset[Cause]:
    problem = state.facts.problem if state.facts is not None else None
    return causes_of(problem) if problem else frozenset()
