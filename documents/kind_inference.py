"""The kind of a task whose table does not state it, from its words and section."""

import re

from documents.page import plain
from reporting.task import TaskKind

_PROPOSAL = re.compile(
    r"(?:办理|办结|答复|落实).{0,12}(?:建议|提案|议案)|第\d+号(?:建议|提案|议案)|^(?:建议|提案|议案)"
)
_LIVELIHOOD = re.compile(r"民生实事|实事项目|为民办|[十\d]件(?:民生)?实事|民生微实事")
_INDICATOR_SECTION = re.compile(r"(?:预期|主要|经济|发展|考核)(?:\w{0,4})(?:指标|目标)")
_MEASURE = re.compile(
    r"(?:增长|增速|下降|增幅|降低)(?:率)?(?:控制在|保持在|达到|到)?[\d.]+%|比重|增加值|总产量|外资|"
    r"(?:率|比例|浓度|总额|收入|占比)\S{0,6}(?:达到|稳定在|控制在|保持|不低于|不高于|增长|增速|下降)"
)
_DEED = re.compile(
    r"^(?:新建|改造|建成|完成|推进|实施|开展|建设|整治|创建|办理|打造|开工|打通|健全|深化|推动|优化|培育|兑付)"
)


def infer_kind(title: str, section: str) -> TaskKind:
    """The likely kind: 建议提案 and 民生实事 by their words, 数据指标 by a measure, else 任务事项.

    An importer uses it only where the table is silent. The four kinds are those of the customer's
    own scheme (数据指标类、任务事项类、建议提案类、民生实事类).
    """
    words, part = plain(title), plain(section)
    if _PROPOSAL.search(words) or re.search(r"建议|提案", part):
        return TaskKind.PROPOSAL
    if _LIVELIHOOD.search(part) or _LIVELIHOOD.search(words):
        return TaskKind.LIVELIHOOD
    measured = bool(_MEASURE.search(words)) and not _DEED.match(words)
    if measured or (_INDICATOR_SECTION.search(part) and not _DEED.match(words)):
        return TaskKind.INDICATOR
    return TaskKind.MATTER
