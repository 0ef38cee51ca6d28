"""A unit's view of itself: how its own tasks stand this month, and nothing of anybody else's."""

import re
from collections.abc import Mapping, Sequence

from reporting.ledger import TaskState
from reporting.round import Round
from reporting.status import Assessment, Standing, judge_task
from reporting.wording import code_list, cutoff_words

_ASKED = re.compile(
    r"\W*(?:查询?|看看?|问一?下)?(?:我|本|咱)们?(?:这?个?)?(?:单位|部门|局|委|办|镇|乡|街道|公司|中心)?的?"
    r"(?:这个?月|本月|目前|现在|今年)?的?(?:整体|总体|任务|报送|完成|进展)*"
    r"(?:情况|状况|怎么样|怎样|咋样|如何)(?:怎么样|怎样|咋样|如何|呢|了)*\W*"
)


def asks_unit_view(text: str) -> bool:
    """Whether a text asks how the asker's own unit is doing."""
    return _ASKED.fullmatch(text.strip()) is not None


def compose_unit_view(
    units: Sequence[str],
    states: Mapping[str, TaskState],
    this_round: Round,
    assessment: Assessment,
) -> str:
    """Each of the asker's units with its tasks counted by standing, each with its codes."""
    blocks = [_unit_block(unit, states, this_round, assessment) for unit in units]
    told = [block for block in blocks if block]
    if not told:
        return "您单位目前没有牵头或配合的任务。"
    cutoff = cutoff_words(this_round, assessment.as_of, assessment.calendar)
    return "\n".join((*told, f"截止时间：{cutoff}。"))


def _unit_block(
    unit: str, states: Mapping[str, TaskState], this_round: Round, assessment: Assessment
) -> str:
    led = {code: state for code, state in states.items() if state.accountable == unit}
    helped = [c for c, s in states.items() if s.accountable != unit and unit in s.task.units]
    if not led and not helped:
        return ""
    owed = [code for code, state in led.items() if state.is_outstanding]
    head = f"{unit}{this_round.label}：牵头{len(led)}项，未报{len(owed)}项"
    lines = [f"{head}（{code_list(owed)}）。" if owed else f"{head}。"]
    standings = {code: judge_task(state, assessment).standing for code, state in led.items()}
    for standing in Standing:
        codes = [code for code, found in standings.items() if found is standing]
        if codes and standing is not Standing.NOT_REPORTED:
            lines.append(f"{standing.value}{len(codes)}项：{code_list(codes)}")
    returned = [code for code, state in led.items() if state.returned]
    if returned:
        lines.append(f"退回待补{len(returned)}项：{code_list(returned)}")
    if helped:
        lines.append(f"配合{len(helped)}项：{code_list(helped)}")
    return "\n".join(lines)
