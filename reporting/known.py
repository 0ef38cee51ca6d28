"""What the ledger has is not asked for again (两办减负若干规定, 2024: 同类材料最多报一次).

A datum is a field of a task in a round; a question that asks for nothing else is answered here.
"""

import re
from collections.abc import Callable

from reporting.ledger import TaskState
from reporting.report import Facts
from reporting.wording import code_words, facts_words

_FIELDS: tuple[tuple[re.Pattern[str], Callable[[Facts], object]], ...] = (
    (
        re.compile(r"完成[了到]?(?:多少|几成|百分之几)|进度[是到]?(?:多少|几|如何)|到什么程度"),
        lambda facts: facts.percent,
    ),
    (
        re.compile(r"[存在有]*(?:什么|哪些|啥)(?:问题|困难|原因)|原因是(?:什么|啥)|为什么|为何"),
        lambda facts: facts.problem,
    ),
    (
        re.compile(r"下一?步(?:怎么|如何|有?什么|打算|计划|安排)|有?(?:什么|哪些)(?:打算|措施)"),
        lambda facts: facts.next_step,
    ),
    (
        re.compile(r"有?(?:什么|哪些|啥)建议|需要(?:协调|支持|解决)(?:什么|哪些|啥)"),
        lambda facts: facts.suggestion,
    ),
)
_REST = re.compile(
    r"(?:请问|目前|现在|本月|工程|项目|任务|贵单位|说明|一下|报告|补充|[\s，。；、？?！!呢吗了啊呀请您的这第项号\d])+"
)


def known_answer(question: str, state: TaskState) -> str:
    """What the ledger says to a question that asks only for what it has; empty: it may be sent."""
    facts = state.facts
    if facts is None or not state.reported or state.returned:
        return ""
    asked = [read for pattern, read in _FIELDS if pattern.search(question)]
    if not asked or not all(read(facts) not in {None, ""} for read in asked):
        return ""
    rest = question
    for pattern, _ in _FIELDS:
        rest = pattern.sub("", rest)
    # Anything else in the question is something the ledger was not asked for yet.
    if _REST.sub("", rest):
        return ""
    return f"{code_words(state.task.code)}本月已报：{facts_words(facts)}"
