"""What a clause puts ahead of the reporting month: 10月重点盯…, 下礼拜上水稳, 签完就拆."""

import re

from reporting.understanding.words.numerals import read_number
from reporting.understanding.words.phrases import any_of

NEW_YEAR = 3  # in November and December, 1月 to 3月 are those of the next year
_LATE = 11
_CLOSING = 25  # the replies of a month close about then: its last days lie ahead

_MONTH = re.compile(
    r"(?<![-—~至到\d、年])(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?!以来|"
    r"度)(?P<part>内|底|末|下旬|中旬|上旬|初|份)?(?:(?P<day>\d{1,2})[日号]?)?(?:之?前|后)?"
)
_SEASON = any_of(
    "国庆 春节 中秋 五一 元旦 端午 清明 双十一 双十二 重阳 开学 主?汛期? 入[冬秋汛夏] "
    "立[秋冬春] [秋夏麦]收 雨季 梅雨 上冻 封冻 霜降 大雪 解冻 开[春冻河] 供暖 采暖 种麦 春耕 "
    "高考 中考 高温 落雪 下雪 大风 台风 迎峰度夏 冬灌 停灌 停水 化冻 返青"
)
_SOON = re.compile(
    any_of(
        "下个?(?:月|周|礼拜|星期|季度|旬|半年|半月|一轮|一批|一步|"
        "阶段)[一二三四五六日天]?(?:初|底|末|中旬)? [本这]周[一二三四五六日] 周末 明[天日早年] "
        "后天 马上 立马 立[即刻](?!投入) 明后两?天 "
        r"(?<![\d一二三四五六七八九十])(?:本|这个)?月[底末](?:边上)?",
        r"近[期日] 过[几两]天 过阵子 (?<![\d一二三四五六七八九十])[\d一二两三四五六七八九十"
        "]{1,3}(?:天|周|个月)后 近[两几]天 过段时间 过完?(?:国庆|中秋|年|节|五一|元旦) "
        "[节年]后 回头 今后 往后(?![推拖挪延移]) 后面 接下来 "
        "后(?:续(?!扶持|帮扶|管护|服务|产业|发展)|期) 随后 来年 [月年]内 "
        "[下新]学期 (?:本月)?中旬 月中(?!旬)  (?<!去)(?<!上)年前 (?:暑假|寒假|暑期)期间 "
        r"(?:本月|(?<![\d月]))\d{1,2}[号日]之?前 ",
        rf"{_SEASON}[节期季]?(?:以|之)?(?:前|后|完)",
    )
)
# A time that may as well be gone by: it lies ahead only if the words after it plan something.
_PERHAPS = re.compile(
    any_of(
        "[本这](?:礼拜|周|星期)[一二三四五六日天末内]? "
        "(?<![上每一两几双])(?:礼拜|周|星期)[一二三四五六日天末] 这[几两][天周] "
        "(?<![去上前])年(?:底|末)前? [暑寒]假 节前 假期 暑期 冬[季天里闲] [Qq][1-4] "
        "[秋春夏][季天里上后] "
        "农闲 枯水期 国庆 双十一 双十二 元旦 今冬明春 (?:本|这个)月 [三四]季度 本月内?",
        rf"{_SEASON}[节期季]?(?:期间)?",
    )
)
_PLANS = re.compile(
    "(?<!不)再(?![次说者生也不没])|把|接着(?!又)|集中|争取|力争|补|抢|赶|突击|主攻|^(?:加(?!快|"
    "强)|组织|安排|启动|开展|动工|(?:全部|陆续)?(?:移交|兑付|拨付|补齐|清零|销号|[换装改栽种]完|"
    "[结付还]清)|^[搞办开跑做][一两几])"
)
_COUNTED = re.compile(r"\d[\d.]*[万亿]?(?:[人家户件]次?|元|%|亩|公里)|了|正在?|按计划|没问题|能")
_THEN = re.compile(
    r"[^,\d]{0,14}?(?:完[^,]{0,4}?|好|过|成|到位|到期|到货|下来|回来|结束|干透|[停凉退干晴]|天好|"
    "(?:到|齐|定|批|清)(?=了)|一(?![下天直个些年定月般]|到(?:雨|夏|冬|汛|晚|周|"
    "节))[^,]{1,5}?(?=就|马上|立|赶紧))(?:了|后|以后|之后)?(?:就|再|接着|马上|立马|赶紧|赶快|"
    r"随即|即可?|立即)(?![是能好会没不行剩差])\S{1,}|[^,]{1,14}?(?:过|完|以|之|到位|下达|批复|"
    "验收|公示|结束|审核|到账|成熟|明确|下来|异议)后(?!续)(?!来)[^,]{2,}"
)
_OPENING = re.compile(
    r"(?:[^,\d]{0,6}?(?:(?<![在于至到])|(?<=[定放排留改][在到于]))|[我俺咱]们?|也|现|目前|同时|"
    r"并|约了|定在|放在|安排在|排在|计划|拟|再)?\s*"
)
_ACTS = any_of(
    "招标 挂网 开标 启动 开展 递交 提交 申报 上报 组织 进场 补齐 补种 清零 销号 安装 装$ 装完 "
    "做$ 做完 干完 打完 换完 施工",
    "铺设 铺$ 开工 动工 开始 召开 验收 评审 集中 跑 安排 拆除 搬迁 敷设 采购 签约 签订 审查 "
    "实施 推进 整改 发放 拨付 完成",
    "办理 部署 对接 复核 核查 移交 送审 报审 公示 调试 进[管村户校厂] 进教室 上线 投放 弄 搞 "
    "赴 邀请 寄 送达 发出 补上 补完 清完 进第 浇 吊装 拆完 换 试 领 请 去 举办 复查 约谈 强化 "
    "加大",
)
_SUBJECT = re.compile(r"[^,]{0,16}?(?:(?<![在于至到按])|(?<=[定放排留改][在到于]))\s*")
_ACT = re.compile(rf"[^,]{{0,8}}?(?:{_ACTS}|再(?![次说者生也没]))")
_DONE = re.compile(
    r"^(?:的|那|这|任务|目标|[是为])|^(?![^,]*(?:先|再|请|一并|把))[^,]*了$|了(?=\d|"
    r"[一二两三四五六七八九十百千万])|已|(?<!未)完成(?:了|\d)|[开完]工\d|增长|下降|同比|达到?\d|"
    r"通过了|累计|占|实现\d|均值|没(?!有?(?:人|物))|未(?!完|开)|正在|还在|估计|有望|"
    "(?<![不功技智节产性])能(?!不能|[力源耗化评级效])|可(?:完|竣|通|开|投|交|达|办)|数据|"
    r"率(?:达|为)?\d|公布|^出来|^[^,把请]{0,6}(?:开得|好开|就到$|才[有到])|后$|^才|才[能有]|"
    "^(?:正式|肯定|应该|差不多|还有|就剩|有)|^[弄搞]?完成?$"
)
_HAS_DONE = re.compile(r"了(?=\d|[一二两三四五六七八九十百千万])")
# What will have come about by then: a forecast of the end is no next step (7月开放).
_OUTCOME = re.compile(
    "(?:完工|竣工|投用|通[车水气电暖航]|开[放园馆张业]|(?<![提递上移公成])交[付工货]?|"
    "(?<![寄发送推展])出|好|再报|评审|推|拖|建成|投产|并网|运营|封顶|结束|达产|供[水暖热气电]|"
    "获批|开学|出(?:结果|成绩|报告|证)|启用|投料|拿[到下]?|关闸|开庭|下线|见效|[办批]下来|批复|"
    "办结|撤场|用上|到(?:货|齐|位|港|岸)?|来|"
    "见分晓)[的哉哈咯]?$"
)
_BY_ACT = re.compile("把|先(?!后|进|行)|派|组织|集中")
_NO_PLAN = re.compile(
    "满足|符合|节点|预计|原定|原计划|把握|[没冇莫无有木]得?有?(?:任何)?问题|不成问题|最快|不存在|要求|具备|按期|"
    "照旧|应[为是]|情况:|按计划|按序时|准时|如期|过了[会审]|怕|才能|到位(?!后)|必须(?![^,]*把)|"
    "够呛|悬$|压力|"
    "[可能]确保|试产|不断|试运行|联动|以来|[开完通动]不了"
)
_MEANT = re.compile(r"拟|将|计划|争取|力争|打算|准备|确保|再|前")
_AT_ONCE = re.compile(r"马上|立马|赶紧|赶快|立即|随即")
_SHORT = 4  # letters that tell no more than an outcome
_ANNOUNCES = re.compile(r"(?:准备|打算|拟|计划|将|说)$")

_SET = re.compile(r"(?:开[标会]|评审|验收|会议|(?<!开.)[定放排]|安排|约)[在到于]$")
NOWHERE = (-1, -1)


def ahead_at(words: str, month: int | None) -> tuple[int, int]:
    """Where a clause names a time after `month` to act in, and where the act is told from."""
    if _NO_PLAN.search(words):
        return NOWHERE
    for found in _times(words, month):
        rest = words[found.end() :]
        if not rest.strip() and _SET.search(words[: found.start()]):
            return found.start(), 0
        opening = _opening(words[: found.start()])
        if opening is None or _DONE.search(rest) or _only_outcome(rest):
            continue
        if any("\u4e00" <= letter <= "\u9fff" for letter in rest):
            return found.start(), found.start() if _ANNOUNCES.search(opening[0]) else 0
    then = _THEN.match(words)
    if not then or _DONE.search(words):
        return NOWHERE
    return (0, 0) if _AT_ONCE.search(then[0]) else (-1, 0)


def tells_outcome(words: str) -> bool:
    """Whether a clause ends in what will have come about by itself or by others."""
    return _only_outcome(words) or bool(_NO_PLAN.search(words))


def _only_outcome(rest: str) -> bool:
    """Whether no more is told than what will have come about, and nothing that is done for it."""
    return bool(_OUTCOME.search(rest)) and not _BY_ACT.search(rest)


def _opening(words: str) -> re.Match[str] | None:
    """What may stand before the time of a plan."""
    return _OPENING.fullmatch(words) or _SUBJECT.fullmatch(words)


def is_past(words: str, month: int | None) -> bool:
    """Whether the only times in a clause are months gone by or this one: 5月开工."""
    months = list(_MONTH.finditer(words))
    if month is None or not months or _SOON.search(words) or _MEANT.search(words):
        return False
    if _SET.search(words[: months[-1].start()]) and months[-1].end() == len(words):
        return False
    if _HAS_DONE.search(words):
        return True
    return not any(_is_ahead(found, month) or found["part"] for found in months)


def is_forecast(words: str) -> bool:
    """Whether a clause says no more than when a thing will be there: 11月底通水."""
    found = _MONTH.match(words) or _SOON.match(words)
    if found is None or len(words) - found.end() > _SHORT:
        return False
    return bool(_OUTCOME.search(words))


def _times(words: str, month: int | None) -> list[re.Match[str]]:
    """The times in a clause that lie ahead, in their order."""
    months = [found for found in _MONTH.finditer(words) if _is_ahead(found, month)]
    if month is None:
        months = [found for found in _MONTH.finditer(words) if _ACT.match(words, found.end())]
    perhaps = [
        *_PERHAPS.finditer(words),
        *(found for found in _MONTH.finditer(words) if _is_now(found, month)),
    ]
    perhaps = [found for found in perhaps if _plans(words, found)]
    return sorted([*months, *_SOON.finditer(words), *perhaps], key=re.Match.start)


def _plans(words: str, time: re.Match[str]) -> bool:
    """Whether something is planned or set for a time, which tells it from one gone by."""
    rest = words[time.end() :]
    if not rest.strip():
        return bool(_SET.search(words[: time.start()]))
    return bool(_PLANS.search(rest)) and not _COUNTED.search(rest)


def _is_now(found: re.Match[str], month: int | None) -> bool:
    return month is not None and int(read_number(found["month"]) or 0) == month


def _is_ahead(found: re.Match[str], month: int | None) -> bool:
    named = int(read_number(found["month"]) or 0)
    if month is None or not named:
        return False
    if named == month:
        if int(found["day"] or 0) > _CLOSING:
            return True
        return found["part"] in {"内", "底", "末", "下旬", "中旬"} or found[0].endswith("前")
    return named > month or (month >= _LATE and named <= NEW_YEAR)
