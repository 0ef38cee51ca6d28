"""What a column's header means, whatever the office calls it."""

import re
from enum import Enum, auto

from documents.numeral import small_number
from documents.page import plain


class Role(Enum):
    """What a column holds."""

    CODE = auto()
    SECTION = auto()
    TITLE = auto()
    KIND = auto()  # the kind of target, or a section: its contents decide
    LEAD = auto()
    SUPPORT = auto()
    UNITS = auto()  # leads and supports in one cell, or of unsaid part
    LEADER = auto()
    PERSON = auto()  # 责任人: the leader only where no column names the leader
    DUE = auto()
    MILESTONE = auto()
    SOURCE = auto()
    PROGRAMME = auto()
    HORIZON = auto()
    DEPARTMENT = auto()
    HANDLER = auto()
    NAME = auto()
    POST = auto()
    WECOM = auto()
    DINGTALK = auto()
    PHONE = auto()
    FULL_NAME = auto()
    ALIAS = auto()
    OTHER = auto()  # known, and of no use here (备注, 进展情况)


_PERIOD = re.compile(
    r"(?:第?([一二三四1-4])个?季度?(?:末)?|([一二三四1-4])季|q([1-4])|([1-4])q)"
    r"(?:目标|计划|进度|节点|任务|工作|安排|要求|阶段|预期|应完成|末|任务目标)*$"
)
_MONTH = re.compile(
    r"(?<![\d-])(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月(?:份|底|末)?"
    r"(?:目标|计划|进度|节点|任务|工作|安排|要求)*$"
)
_SPAN = {
    "1-3月": "Q1",
    "4-6月": "Q2",
    "7-9月": "Q3",
    "10-12月": "Q4",
    "上半年": "Q2",
    "下半年": "Q4",
}

_LEADS = r"牵头|主办|主责|承办|主管(?:部门|单位)|(?:主要|第一)责任(?:单位|部门)|(?:实施|责任)主体"
_SUPPORTS = (
    r"配合|协办|协助|协同|参与|参加|会办|辅办|支持(?:单位|部门)|其他责任|相关(?:单位|部门)|帮"
)
_WORDS: tuple[tuple[Role, re.Pattern[str]], ...] = tuple(
    (role, re.compile(words))
    for role, words in (
        (Role.SOURCE, r"^(?:任务|事项|工作|目标|指标|立项)?来源(?:依据)?$"),
        (Role.PROGRAMME, r"标签|所属(?:专项|工程|行动)|专项名称"),
        (Role.HORIZON, r"阶段性|长期性|任务周期|期限类型"),
        (Role.OTHER, r"备注|说明$|进展|完成情况|落实情况|推进情况|工作情况|存在问题|困难|下一步"
                     r"|得分|分值|权重|评分|投资额|投资计划|年度投资|金额|万元|亿元|面积|签字|签收|核查|佐证|资金来源|总投资|^单位$(?<=计量单位)|计量|考核办法"
                     r"|来源|依据|开工时间|开始时间|起始时间|启动时间|印发|填报(?:时间|日期)|完成率|进度情况"
                     r"|是否|附件|联系单位|销号"),
        (Role.WECOM, r"企业微信|企微|wecom|微信(?:账号|号|id)"),
        (Role.DINGTALK, r"钉钉|浙政钉|粤政易|dingtalk|dingding"),
        (Role.PHONE, r"电话|手机|联系方式|号码|座机"),
        (Role.ALIAS, r"简称|别名|别称|俗称|曾用名|常用名|缩写|习惯叫法|其他叫法|又称|也叫"),
        (Role.FULL_NAME, r"(?:单位|部门|机构)?(?:全称|规范名称|标准名称|规范全称)"),
        (Role.LEADER, r"领导(?!小组)|[县区市州旗]长|包联|包保|挂点|挂钩|联系人大|分管人"),
        (Role.UNITS, rf"(?:{_LEADS}).*(?:{_SUPPORTS})|"
                     r"(?:为|是|标|带|加|第一|首位|排).*(?:牵头|主办)|单位(?:及|和|、|/)?分工"),
        (Role.HANDLER, r"经办"),
        (Role.DEPARTMENT, r"[科股处]室"),
        (Role.SUPPORT, _SUPPORTS),
        (Role.LEAD, _LEADS),
        (Role.DUE, r"时限|时间|期限|截止|节点|日期|何时|时候|几时|deadline"),
        (Role.POST, r"职务|职位|岗位|职级"),
        (Role.NAME, r"姓名|联络员|联系人|[ab]角|名字|专员"),
        (Role.CODE, r"^(?:序|号|no\.?|项次|序列|#|id)$|序号|编号|编码|代码|任务号"),
        (Role.PERSON, r"^(?:直接|主要|第一|具体)?(?:责任人|负责人)(?:员)?$"),
        (Role.UNITS, r"责任|单位|部门|承担|负责|落实主体|分工|谁"),
        (Role.KIND, r"类别|类型|性质|^种类|分类|类$"),
        (Role.SECTION, r"板块|领域|部分|章节|方面|专项$|大项|一级指标|篇章|归类|类目|条线|^战线"),
        (Role.TITLE, r"任务|工作|事项|举措|措施|内容|项目|目标|指标|名称|要点|清单|工程|事由"
                     r"|做什么|干什么|实事|建议|提案"),
    )
)  # fmt: skip

# Which of several task columns names the task: the first that differs from row to row wins.
_TITLE_RANKS = (
    r"任务名称|项目名称|事项名称|工作名称|^名称",
    r"具体任务|具体工作|工作任务|任务内容|任务事项|具体事项|任务分解|分解任务",
    r"重点任务|重点工作|目标任务|主要任务|年度任务|工作事项|重点事项|实事项目|^任务|^项目|^事项|^工作",
    r"工作内容|内容|举措|措施",
    r"指标|目标|要点|要求|标准",
)


def role_of(header: str) -> Role | None:
    """The role a header's words give a column; None when they say nothing we know."""
    words = re.sub(r"[*※]", "", plain(header)).strip(":")
    if not words or len(words) > 40:
        return None
    if period_of(words):
        return Role.MILESTONE
    if re.fullmatch(r"\(?单位:.{1,4}\)?", words):  # 单位:万元, a unit of measure
        return Role.OTHER
    return next((role for role, pattern in _WORDS if pattern.search(words)), None)


def period_of(header: str) -> str:
    """The period a milestone column stands for ("Q1" … "12月"), or nothing."""
    words = plain(header)
    if re.search(r"完成情况|进展|实际|时限|时间", words):
        return ""
    for span, period in _SPAN.items():
        if re.search(rf"(?<!\d){span}(?:目标|计划|进度|节点|任务|安排)*$", words.replace("—", "-")):
            return period
    quarter = _PERIOD.search(words)
    if quarter:
        return f"Q{small_number(next(group for group in quarter.groups() if group))}"
    month = _MONTH.search(words)
    return f"{small_number(month[1])}月" if month else ""


def title_rank(header: str) -> int:
    """How well a header names the task itself; lower is better."""
    words = plain(header)
    ranks = (rank for rank, names in enumerate(_TITLE_RANKS) if re.search(names, words))
    return next(ranks, len(_TITLE_RANKS))
