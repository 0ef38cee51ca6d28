"""Talk that reports nothing: courtesy, small talk, promises to report later."""

import re

from reporting.understanding.talk.interrogative import FACT, is_question
from reporting.understanding.words.speech import Speech, all_of, speech

LONGEST_PROMISE = 40

_FACTS = re.compile(FACT)
# 莫催 after a report only soothes.
_SOOTHES = re.compile(
    r"[,。;\s](?:请|你们?|领导)?(?:莫|别|不要|甭|不用|勿|不必|着啥)(?:再)?(?:催|急|慌|愁|担心|挂念)\S{0,4}$"
)
# Putting off, inviting, moving a meeting: talk whatever it is about.
_OUTRIGHT = re.compile(
    r"^\W*(?:稍等|等一?下|等等|等会儿?|别急|在忙|在开会|开会呢|在路上|在出差|出差|在下乡|在外[面地])"
    r"|回\S{0,4}(?:再|后)(?:说|弄|报|发|填|看|搞)\W*$"
    r"|(?:晚点|晚些|稍后|回头|待会儿?|过会儿|过一会儿?)\W*$"
    r"|(?:了|完|(?<![汛节雨年冬春秋夏学考冻季期批])后)(?:就|再|马上|立刻|立马)(?:报(?!方案|批|审|备|规|省|市|县|区)|填|发(?!公告|文|钥匙|钱|放|证|货|包|布)|弄|交|给)\S{0,2}\W*$"
    r"|(?:一会儿?|待会儿?|回头|晚点|稍后|回来|完了)\S{0,2}(?:说|整|弄|报|搞|看|填)\W*$"
    r"|[发回给送报]给?[您你]们?\S{0,2}\W*$"
    r"|(?:借|转|推|拷|传|转发|发)(?:给)?(?:我们?|咱们?|一下|下)(?:[用看]?一下|下|看看|看一眼|一份|瞧瞧|用用|参考)?(?:呗|吧|哈|啊|呀)?\W*$"
    r"|(?:来|到|去|上)\S{0,10}(?:耍|玩|吃|逛|坐坐|喝|尝|赏|摘)\S{0,8}(?:啊|哈|哟|嘛|呀|吧|噻|哦|撒|呗)"
    r"|(?<![前在])[来去]看看?(?:呀|哟|噻|哈|嘛|啊|哦)|(?:^\W*|[会时间点训赛])改(?:到|在)\S{0,4}[点楼室]|点(?:半|钟)?(?:开会|集合|出发|开始)"
    r"|(?:准时|按时)(?:上线|参加|参会|到会|收看|签到|出席|入场)"
    r"|(?:注意|小心|当心|保重)\S{0,2}(?:安全|身体|防暑|防寒|保暖|休息)\W*$"
    r"|太(?:好[看吃玩听笑]|美|漂亮|逗|可爱|有才|强|牛|搞笑|壮观)了"
    r"|^\W*(?:还在|正在|在|就)?等\S{1,10}(?:的数|数据|签字|盖章|回话|回信)"
)
# Who has seen it and reports by a day: 收到,月底前报.
_PROMISE = re.compile(
    r"^\W*(?:收到|好的?|知道了?|明白|ok)\W+(?:我们?)?(?:[月周]?[底末初]|本周|下周|明[天日]|后天|今[天晚]|[周下]?[一二三四五]|\d+[日号])?前?(?:一定|准时|按时)?(?:上)?报\W*$"
    r"|^\W*(?:收到|好的?|知道了?|明白|ok)\W+[^,。;\d]{0,12}"
    r"(?:报(?:过来|上来|给[您你]们?|来|上)|(?:催|督促|提醒|通知)[^,。;]{0,8}报\S{0,4})\W*$"
)
_AMOUNT = re.compile(
    r"\d[\d.]*\s*(?:%|[万亿元亩米吨]|[平公][方里]|[个家户座台套人所栋](?!月))|成(?=[,。;]|$)"
)
# Who waits for somebody's data and then reports: 数还在统计站,拿到就报.
_AWAITS = re.compile(
    r"(?:数[字据]?|[月季快]报|报表|材料|凭证|汇总表?)[^,。;]{0,6}?(?:还没|没|未|还?要?等|还?[在压][^,。;]{1,8}(?:里|手里|手上|那里?|那边|那儿|案头|桌上)"
    r"|[^,。;]{0,6}才(?:能)?(?:出|有|定|给|下来))"
)
_THEN_REPORTS = re.compile(
    r"(?:^|[,。;\s])[^,。;\d%]{0,8}?(?:就|再|马上|立马|立刻|[完齐]了?|明[天早日]|后天|今晚|晚上|下午|下?周[一二三四五])(?:再|就)?"
    r"(?:报|填|发|给|交|回|弄|补)(?:[您你]们?|过来|上来|给[您你]|一下|上)?\W*$"
)
_AWAITED = re.compile(
    r"^\W*(?:还?[要得]?|我们?|先)等[^,。;\d%]{2,16}(?:[完好齐了到]|出来|下来)[^,。;\d%]{0,6}(?:就|再)(?:报|填|发|给|弄|补)\S{0,3}$"
)
_FILE = re.compile(
    r"[^\s,。]{1,80}\.(?:xlsx?|docx?|pdf|pptx?|wps|et|csv|txt|ofd|jpe?g|png|mp4|zip|rar)(?![a-z])"
    r"|https?://\S{1,400}|www\.\S{1,400}"
)
_FORWARDED = re.compile(
    r"^\W*(?:转发|\[转发\]|转)\s*[:：]?\s*(?:关于)?\S{0,40}(?:通知|公告|方案|函|简报)\W*$"
)
_TAPPED = re.compile(
    r"\W*(?:1+|6{3,}|88+|3q+|[牛赞棒强]+|到了|\d{1,3}[\"']|(\S)\1{3,})(?!\s*%)\W*"
)  # 12": a voice message's length; 88% is no farewell
# What the platform itself writes into a chat.
_BY_PLATFORM = re.compile(
    r"撤回了?一条消息|拍了拍|加入了?(?:本|该)?群聊?|邀请\S{1,12}进群|修改群名|通话(?:时长)?\d|^\W*接龙"
    r"|语音转文字|以上是打招呼的内容"
)
# How something stands, and no more: 都好了, 这个好着, 一切如常; 好的, 好吧, 行 only agree.
_STANDS = re.compile(
    r"\W*(?:这|那|此)?(?:个|项|件|边|块|条|头)?(?:目前|现在|眼下|本月|这个?月|我们|我局|我镇|咱们?|俺们?)?"
    r"(?:基本上?|差不多|应该|已经|早就|早|一切|全部|都|全|均|也|就|还|已|快|刚|正|才)*"
    r"(?:[弄搞整做干办忙建修](?:好|完|齐|成)(?:了|咯|啦|喽)|(?:好|完|齐|成)了|快了|好着|在[弄搞整做干办忙](?!材料|表)"
    r"|如常|照常|照旧|照样|正常|顺利|老样子|还?那样)(?:的|着|呢|哈|啊|呀|嘞|哩|咧|哒)*"
    r"(?:\W+(?:请|无需|不用|不必|勿|莫|别)\S{1,6})?\W*"
)
# What came about, whoever's work it is: 已交工验收,通车了; 消防验收过了.
_CAME_ABOUT = re.compile(
    r"\W*(?:已经?|都|全部?|均|也|刚|正式|顺利)*(?:[交竣完]工|通过)?"
    r"(?:(?:消防|规划|环保|人防|联合|单体|主体|分部|专项|初步|预|自)?验收|初验|规划核实|竣工备案"
    r"|通车|封顶|投[用产]|[竣完开]工|交付|启用|挂牌|开[园业]|通[水电气])(?:合格|通过|[做弄搞办]完|完成|过|了|啦|咯)*\W*"
)
# What plainly goes on or is over, whatever is sent or asked beside it.
_GOES_ON = re.compile(
    r"过半|一半|大半|近半|试营业|(?:投入|试)运[营行]|投[运产](?!率)|停工|停机|复工|吊装|按(?:计划|序时|时序)|批下来|进场了"
)
_MARKS = re.compile(r"[^\w\u4e00-\u9fff]+")
_HOURS = re.compile(
    r"[一二两三四五六七八九十\d]{1,3}点(?:半|钟|多)?(?:\d+分?)?|\d{1,2}:\d\d(?![\d.%])"
)

_TALK = all_of(
    "ack greet thank later busy paper social rules penalty broken filekind photo unread people"
)
_COURTESY = all_of("greet thank")
_PLAIN = _TALK | all_of(
    "life filler me asks mark report send last period when which show day holiday hour use unit"
    " anunit person how place direct able left must number or doing bot charge henceforth learn"
)
_MARKED = _PLAIN | all_of("code change task owing filled")


def is_soothing(words: str) -> bool:
    """Whether words that state something end in 莫催, 别急: they are no complaint."""
    soothing = _SOOTHES.search(words)
    return bool(soothing and _FACTS.search(words, 0, soothing.start()))


def is_greeting(words: str) -> bool:
    """Whether words only greet or thank: no task is named in 早安; 88 may be a value."""
    said = speech(words)
    plain = bool(said.words) and not said.unknown and said.only(_COURTESY)
    return plain and not any(map(str.isdigit, words))


def without_hours(words: str) -> str:
    """The words without times of day, which are no figures."""
    return _HOURS.sub("", words)


def states_something(timeless: str) -> bool:
    """Whether words without times of day state how work stands."""
    return bool(_FACTS.search(timeless))


def is_promise(words: str) -> bool:
    """Whether words only say that they were seen and when the report comes."""
    return bool(_PROMISE.match(words))


def only_says_how_it_stands(words: str) -> bool:
    """Whether a text says how something stands, and no more."""
    parts = [part for part in re.split(r"[,。;!\s]", words) if part]
    came = bool(parts) and all(map(_CAME_ABOUT.fullmatch, parts))
    return came or bool(_STANDS.fullmatch(words))


def is_talk(words: str) -> bool:
    """Whether a text is talk throughout."""
    own = _FILE.sub(" ", words)
    empty = not _MARKS.sub("", own) or _TAPPED.fullmatch(own)
    if empty or _FORWARDED.search(own) or _BY_PLATFORM.search(own) or is_question(own):
        return True
    timeless = without_hours(own)
    if only_says_how_it_stands(timeless):
        return False
    if _awaits(timeless):
        return True
    if (
        not states_something(timeless)
        and not _GOES_ON.search(timeless)
        and len(timeless) <= LONGEST_PROMISE
        and _OUTRIGHT.search(own)
    ):
        return True
    said = speech(timeless)
    return "fact" not in said.does and _is_small_talk(said)


def _awaits(words: str) -> bool:
    """Whether somebody only waits for data, and will report then."""
    if len(words) > LONGEST_PROMISE or _AMOUNT.search(words):
        return False
    then = _AWAITS.search(words) and _THEN_REPORTS.search(words)
    return bool(then or _AWAITED.search(words))


def _is_small_talk(said: Speech) -> bool:
    """Whether all words are known, and none of them reports."""
    if said.unknown:
        return False
    if said.does.isdisjoint({"code", "number"}):
        return said.only(_PLAIN)
    talks = any(not does.isdisjoint(_TALK) for does in said.words)
    return talks and said.only(_MARKED) and "sound" not in said.does
