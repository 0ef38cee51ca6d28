"""Whom a reply addresses, who reports and how politely: said around a report, and none of it.

各位领导:全部完成,请知悉 says no more than 全部完成. What stands between two marks is taken or left
whole, so that nothing of a report is lost; what is nothing but courtesy stays as it is.
"""

import re

from reporting.understanding.choice.heading import is_preamble, tells_when
from reporting.understanding.choice.standing import Standing
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.talk.chatter import states_something

LONGEST = 24  # letters of one piece of courtesy
MOST = 5  # pieces before a report, and behind it
BARE = 12  # letters: a value, which needs no mark behind it

_LEADER = (
    r"(?:领导|老师|主任|科长|局长|处长|书记|[县市区镇]长|同志|大家|各位"
    r"|督查[室科办]|联络通|机器人|小助手)"
)
_HELLO = r"(?:[您你]?好|[早中上下晚][上午]?好|早|辛苦了?|打扰了?|hi|hello)"
_MONTH = (
    r"(?:截[至止]?到?)?(?:(?:20)?\d\d年)?(?:1?\d月(?:份|[底末中初]|\d{1,2}[日号])?|[本上]月"
    r"|这个?月|本[周期]|近期|最新|目前|当前)"
)
_OURS = (
    r"(?:我们?|咱们?|俺们?)(?:[局镇乡办委院校区县市站司]|街道|单位|公司|中心|这[边里块儿])?"
    r"(?:这[边里块儿])?"
)
_REPORT = r"(?:报告|汇报|上报|报送|补报|反馈|回复|同步|更新|说|报)"
_STATE = (
    r"(?:工作|任务|项目|重点|推进|落实|完成|办理|总体)*(?:进展|进度|情况)"
    r"(?:情况|汇报|报告|反馈|说明|小结)?"
)
_OPENING = re.compile(
    rf"(?![班村]主任|村书记)(?:尊敬的|各位|[\u4e00-\u9fff])?{_LEADER}{{1,2}}们?{_HELLO}*[啊呀]?|{_HELLO}+[啊呀]?|在[吗么]"
    r"|不好意思|抱歉|对不起|(?:不好意思|抱歉|对不起)?(?:[才刚]刚?才?(?:看[到见]|忙完)(?:消息|信息|通知|提醒)?了?"
    r"|(?:回复?|报|交|来)?得?[晚迟]了[点些]?|打扰(?:了|一下)?)"
    r"|转(?:发|报|述)?"
    rf"|(?:现|特|再|先)?(?:[向跟给]?(?:您|你|领导|督查室|各位)*)?(?:简[单要]|如实|补充?)?(?:把|将)?"
    rf"{_REPORT}(?:一?下|两句|一声|个数)?(?:{_MONTH}|{_OURS})?的?(?:{_STATE}|数据?)?"
    rf"|我是(?![说指问报按怕想在])[\u4e00-\u9fff]{{2,10}}|{_OURS}"
)
_HEARD = re.compile(
    r"(?:收到|好的?|嗯+|[哦噢喔]+对?|呃+|ok|行|是的|对了?|来了|来啦|知道了|明白|知悉)+[了啦哈啊]*"
)
_HEADING = re.compile(rf"(?:{_MONTH})?的?{_STATE}")
_OTHER_HEADING = re.compile(
    r"(?:问题|困难|原因|打算|计划|措施|建议|诉求|下一?步|安排)[^,。;\n:]{0,4}:"
)
_CLOSING = re.compile(
    r"(?:以上|特此|仅此)?(?:请|敬请|烦请|呈请|恭请|望)?(?:各位|领导|督查室|主任|老师|您|你们?|予以)*"
    r"(?:审阅|阅示|审示|审核|审查|知悉|悉知|知晓|查收|查阅|登记|周知|过目|批评|指正)+"
    r"|(?:麻烦|请|烦请|辛苦|劳烦|帮忙?)*(?:[您你]|领导|老师)?(?:帮忙?|给)?(?:我们?)?"
    r"(?:登记?|记录?|录入?|更新)(?:一?下|上|上去)"
    r"|(?:收到|看到)?请(?:收到|看到)?回复?|[有若如]+(?:什么)?新?(?:变化|情况|进展|消息|动态)"
    r"(?:再|随时|及时|会|我)*[和跟向给]?(?:您|你|领导|督查室)?(?:报告?|汇报|说|更新|联系|沟通)"
    r"|(?:详|具体|明细)?(?:情况)?(?:请?[见看])附[件表]"
    r"|(?:[有若如]+不[妥当]处?|[妥当可]否)?请?(?:批评)?(?:指正|批示)?|[妥当可]否"
    r"|(?:特此|以上)?(?:报告|汇报|说明|报送|回复|反馈)|以上|暂?时?先?就这[些样]"
    r"|先?(?:汇报|报告|报)(?:完毕|到这里?|这些)|完毕|[一二三]?q+|发自我?的?(?:手机|iphone)"
    r"|没(?:别的|其他)?了|(?:其他|其它|别的)没(?:了|有了|啥|什么)了?"
    r"|(?:后面|后续|之后|到时)有新?(?:变化|情况|进展)(?:再|随时|及时)(?:报|说|更新|汇报|反馈)"
    r"|(?:以上)?(?:数据|情况|数字)?[均都]?已(?:核实|核对)(?:过|无误)?"
    r"|(?:照片|图片|材料)[已都]?[发传](?:到|在)?(?:工作)?群里?了?|上次忘[了记]?报了?"
    r"|(?:谢谢|多谢|感谢|谢了|辛苦|劳驾|麻烦|拜托)"
    r"(?:了|啦|您|你|大家|领导|各位|老师|主任|督查室)*[哈啊]?|哈"
)
_CONTACT = re.compile(
    r"(?:联系|填报|报送|经办)人?员?:?\s?[\u4e00-\u9fff]{2,4}[\s,:]{0,2}(?:电话|手机)?[:\s]{0,2}"
    r"1?[\d-]{7,12}\W*$"
)
_BEFORE_NAME = re.compile(rf"\W*(?:现?将)?(?:{_OURS})?\W*")
_AFTER_NAME = re.compile(
    rf"(?:的?[老小][\u4e00-\u9fff])?(?:{_MONTH})?(?:牵头|负责|承担)?(?:{_STATE}|事项|任务|工作)?"
    rf"{_REPORT}?[上下如]*(?:这[边里块儿])?\W*"
)
_OFFICE = re.compile(r"(?:[局委办镇乡]|街道|集团|公司|政府|苏木)$")
_STUCK = re.compile(
    r"(?<=[\w%])(?:请(?:领导)?(?:审阅|知悉|查收|登记|过目)|谢谢|(?<!哈)哈)[,;。!~ ]*$"
)
_SIGNED = re.compile(r"-{2} ?[\u4e00-\u9fff]{2,12}$")  # ……已办结——水利局
_WRAPPED = re.compile(r'\s*(?:"(?P<said>[^"]+)"|\[(?P<told>[^\[\]]+)\])\s*')
_NOW = re.compile(r"\W*(?:目前|现在|当前|嗯+|呃+)(?=\w)")
_MARKS = ",;。!~ "
_MARK = re.compile(f"[{_MARKS}]+")
_STOPS = r",:;。!~\s\])"
_BREAKS = _STOPS + r"\[("
_PROMISES = re.compile(
    r"报(?!名|告厅|建|批|省|市|废|警)|填|转[给发交]|催|马上|这就|一定|尽快|稍后|回头|参[加会]|准时|问问"
    r"|(?:落实|安排|办理|学习|传达|通知)\W*$"
)
_PROMISED = re.compile(
    r"(?:[日号前天早]|准时|按时|一并|及时|统一)(?:上报|报送|报来|报上|报)[您你]?\W*$"
)
PROMISE = 20  # letters of the longest promise
_FIRST = re.compile(
    rf"(?P<opened>[{_BREAKS}]*)(?P<piece>[^{_BREAKS}]{{1,{LONGEST}}})(?P<marks>[{_STOPS}]+)"
)
_LAST = re.compile(rf"[{_BREAKS}](?P<piece>[^{_BREAKS}]{{1,{LONGEST}}})[{_BREAKS}]*$")


def report_within(text: str, index: PlanIndex, standing: Standing) -> tuple[int, int]:
    """Where the report of a plain text begins and ends: nowhere, if it is courtesy throughout."""
    if whole := _WRAPPED.fullmatch(text):
        start, end = whole.span(whole.lastgroup or 0)
        first, last = report_within(text[start:end], index, standing)
        return start + first, start + last
    end = _closed(text)
    return _opened(text[:end], index, standing), end


def _opened(text: str, index: PlanIndex, standing: Standing) -> int:
    """Where a report begins behind its courtesies."""
    start = 0
    for _ in range(MOST):
        found = _FIRST.match(text, start)
        if not found or not (_signs(found, index, standing) or _opens(found, text)):
            break
        start = found.end()
    begin = _NOW.match(text, start) or _MARK.match(text, start)
    return begin.end() if begin else start


def _signs(found: re.Match[str], index: PlanIndex, standing: Standing) -> bool:
    """Whether a piece says that the sender's only unit reports: of two, it says whose task it is.

    Alone, without a mark, what his tasks' titles name may be a task: 县医院:主体封顶.
    """
    piece, own = found["piece"], standing.asker.units
    named = next(index.names.find(piece), None) if len(own) == 1 else None
    if named is None or not named.units & own:
        return False
    before, name, after = piece[: named.start], piece[named.start : named.end], piece[named.end :]
    if not (_BEFORE_NAME.fullmatch(before) and _AFTER_NAME.fullmatch(after)):
        return False
    bracketed = "[" in found["opened"] and "]" in found["marks"]
    plainly = bracketed or before or after or _OFFICE.search(name)
    return bool(plainly) or not any(name in index.entries[n].title for n in standing.own)


def _opens(found: re.Match[str], text: str) -> bool:
    """Whether a piece only leads up to what follows."""
    piece = found["piece"]
    if _HEARD.fullmatch(piece):
        return _goes_on(text[found.end() :])
    if _HEADING.fullmatch(piece):
        return not {":", "\n"}.isdisjoint(found["marks"]) and not _OTHER_HEADING.search(text)
    return bool(_OPENING.fullmatch(piece)) or is_preamble(piece) or tells_when(piece)


def _goes_on(rest: str) -> bool:
    """Whether more than a promise follows: 收到,组织各科室报."""
    if _PROMISED.search(rest):
        return False
    told = states_something(rest) or not {"%", "?"}.isdisjoint(rest) or len(rest) > PROMISE
    return told or not _PROMISES.search(rest)


def _closed(text: str) -> int:
    """Where a report ends before its courtesies."""
    contact = _CONTACT.search(text) or _SIGNED.search(text)
    end = contact.start() if contact else len(text)
    for _ in range(MOST):
        found = _LAST.search(text, max(0, end - 2 * LONGEST), end)
        if not found or not _CLOSING.fullmatch(found["piece"]):
            break
        end = found.start()
    if _CLOSING.fullmatch(text[:end].strip(_MARKS)):
        return 0
    stuck = _STUCK.search(text, 0, end)
    end = stuck.start() if stuck else end
    return len(text[:end].rstrip(_MARKS)) if end <= BARE else end
