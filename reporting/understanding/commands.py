"""What is no report: commands to the bot, questions, greetings and promises to report later."""

import re

from reporting.understanding import command_words as say
from reporting.understanding.outcome import Command, CommandName, Nothing

LONGEST_COMMAND = 60
LONGEST_TALK = 200

_COMMANDS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (CommandName.WITHDRAW, say.WITHDRAW),
        (CommandName.COMPLAIN, say.COMPLAIN),
        (CommandName.BIND, say.BIND),
        (CommandName.DEADLINE, say.DEADLINE),
        (CommandName.MY_TASKS, say.MY_TASKS),
        (CommandName.HELP, say.HELP),
    )
)
_CORRECTED = re.compile(
    r"(?:应|改|更正|实际|其实|正确)(?:该|当|为|成|是|的是)|不是\S{1,12}(?:是|应)|更正|改成|改为"
)
_ASKS_OUTRIGHT = re.compile(
    r"[?]\W*$|(?:吗|么|行不行|对不对|是不是|好不好|可不可以|能不能)\W*$|请问|想问|咨询一?下|问一?下|问问|真的假的|在几楼|去不去|含不含|[当今]年的?还是|怎么办\W*$|谁去|谁来|是\S{1,12}还是\S{1,12}$|算不算|怎么算|(?:扣|加)几分|会不会扣"
    r"|(?:能|可以|得|要|用|算|有|是|会|成|行|好|对|够|该)[^,。;不没]{0,10}(?:不|没|没有|不啰|不咯|啵|伐|不撒|不嘛)\W*$"
)
# 是不是, 能不能 within a clause ask as well, unless the speaker himself does not know or weighs it.
_ASKS_WITHIN = re.compile(
    r"是不是|算不算|能不能|要不要|会不会|可不可以|该不该|用不用|有没有(?:说法|要求|规定|可能|人|必要)"
)
_WEIGHS = re.compile(
    r"不好说|不敢|难说|难讲|说不准|讲不清|不清楚|不知道|不晓得|不确定|没定|未定|还要看|要看|看看|就看|取决|无论|不管|研究|论证|核实|协商|商量|讨论|征求"
)
_IF = re.compile(r"要是|如果|假如|假使|万一|倘若|若是|的话")
# What others ask is told, not asked: 老百姓天天来问啥时候发钥匙.
_REPORTED = re.compile(
    r"(?:老百姓|群众|村民|居民|业主|企业|家长|商户|农户|老板|委员|代表|住户|工人|老人|职工|客商|他们|人家)[^,。;?!\n]{0,8}(?:问|打听|想知道|担心|关心)[^,。;!\n]{0,20}"
)
# 莫催 after a report only soothes.
_SOOTHES = re.compile(
    r"[,。;\s](?:请|你们?|领导)?(?:莫|别|不要|甭|不用|勿|不必|着啥)(?:再)?(?:催|急|慌|愁|担心|挂念)\S{0,4}$"
)
_INTERROGATIVE = re.compile(
    rf"{say.WHEN}|(?<![不没])怎么(?!样都)|(?<!不)咋|如何|多少钱|为什么|为啥|哪里|哪个|谁|是不是|要不要|会不会|能不能|有没有人"
)
_FACT = (
    r"\d|%|[一二三四五六七八九两几][成个家户套座台条处项]|百分之|完成|竣工|封顶|结顶|完工|开工|动工|正常|推进|办结"
    r"|[十百千万]\d?[个户家头亩米人]|[扣挖通接上完好掉齐拆换运铺刷]了(?=[,。;!]|$)|交付|投用|通车|滞后|受阻|验收|招标|审批|批复|到位|开展|[建修装铺做改种拆挖盖浇搭砌]\S{0,2}[好完成]|开张|开业"
    r"|(?:恳请|建议(?!案)|请|望)[^,。;]{1,14}(?:局|委|办|厅|部门|政府|[县市区省州]里?|上级)[^,。;]{0,4}(?:尽快|协调|支持|解决|出台|牵头|督促|帮)"
)
_FACTS = re.compile(_FACT)
_STATES = re.compile(rf"{_FACT}|影响|没|未|缺|不足|停|已")
_LATER = re.compile(
    r"(?:晚点|晚些|稍后|稍晚|稍等|马上|下午|上午|明天|明早|后天|今晚|晚上|尽快|一会儿?|待会儿?|等会儿?|等下|等一下|回头|回去|过会儿?|过一会|这就|立即|立刻|尽早|抓紧|下班前|中午|周[一二三四五六日]|点(?:钟)?(?:之?前)"
    r"|回办公室|回单位|核实后|汇总后|核完|问一?下)\S{0,12}?(?:报(?!告厅|废)|发|补(?![充偿贴助种植栽])|填|回复|回您|回你|交(?!付|工|通|地|房|易|叉|接)|反馈|上报|给您|给你|告诉|弄)"
)
_WAIT = re.compile(
    r"^\W*(?:稍等|等一?下|等等|等会儿?|别急|在忙|在开会|开会呢|在路上|在出差|出差|在下乡)"
)
_DELIGHT = re.compile(
    r"(?:来|到|去|上)\S{0,10}(?:耍|玩|吃|逛|做客|坐坐|喝|尝)[^,。]{0,8}(?:啊|哈|哟|嘛|呀|吧|噻|哦|撒|呗)|来\S{0,10}(?:不要钱|免费|不收钱|免票)|记得来|欢迎来|有空来|留(?:前排|位|座|个位)|我请客|我做东"
    r"|(?:哈哈|嘻嘻|呵呵)\W*$|太\S{1,4}了|真(?:好看|棒|美|好吃|不错|厉害)|好看|好吃|恭喜|祝贺|祝\S{0,6}(?:快乐|愉快|顺利)|加油|点赞|厉害|牛啊|约吗|聚餐|吃饭|打球|红包|天气|下雨了|堵车|辛苦了"
    r"|注意(?:安全|防暑|防寒|防范|身体|保暖|休息|查收)|保重|一路平安|小心|大家(?:注意|记得|辛苦)|快递|拼车|带饭|食堂|几点开会|开会通知|已?转(?:给|发)|请(?:各位|大家)|新年好|安康|加一?下微信|(?:已|材料)发(?:您|你)?邮箱|电话(?:是)?多少|看一下群|群公告|别忘了|开(?:个)?(?:调度|碰头|协调)?会(?:别|呢|了|$)|停电了|打错字|发一?下文件|(?:还)?没(?:给|出)数|等\S{1,10}(?:签字|审|审核|审定|看过|点头|同意)\S{0,4}再?报|还没(?:审|签)|数据还?没出来"
)
_COURTESY = re.compile(
    r"(?:收到|已收|落实|我们?|好的?|好滴|好嘞|嗯+|哦+|噢|谢谢?|感谢|多谢|辛苦|麻烦|明白|了解|知道|没问题|可以|行|ok|okay|是的?|对的?|在(?:的|呢|吗|么|不)?(?![办做搞弄])|在吗|您好|你好|大家好|早上好|上午好|中午好|下午好|晚上好|早|晚安|哈+|呵+|抱歉|不好意思|对不起|再见|拜拜|已阅|已读"
    r"|遵命|照办|领导|督查室|督查|同志|主任|科长|处长|局长|各位|老师|大家|您|你|们|的|了|啦|哈|呀|啊|哦|吧|呢|嘞|请|放心|新年|节日|周末|元旦|春节|中秋|国庆|端午|快乐|愉快|提醒|通知|测试|test|指导|支持|关心|理解|见谅|没意见|没有意见|无意见|没异议|都行|晓得|要得|中|稍等|马上|这就|会|尽快|马上办|办|1)+"
)
_FILE = re.compile(
    r"[^\s,。]{1,80}\.(?:xlsx?|docx?|pdf|pptx?|wps|et|csv|txt|ofd|jpe?g|png|mp4|zip|rar)(?![a-z])"
)
_VALUE = re.compile(
    r"\d\s*(?:%|[万亿元亩个家户座台处条吨米平公人])|[一二三四五六七八九]成|完成(?:了|率)?\d|已完成"
)
_MARKS = re.compile(r"[^\w\u4e00-\u9fff]+")
_SENTENCE = re.compile(r"(?<=[?。!;\n])")
_HOURS = re.compile(r"[一二两三四五六七八九十\d]+点(?:半|钟|多)?(?:\d+分?)?")


def read_command(text: str) -> Command | Nothing | None:
    """A command, or Nothing for talk that cannot be a report, or None: it may be a report.

    `text` is normalised. A correction that gives the right value is a report, not a withdrawal.
    """
    words = text.strip()
    if not words:
        return Nothing()
    if len(words) > LONGEST_TALK:
        return None
    own = _REPORTED.sub("", words)
    soothing = _SOOTHES.search(own)
    if soothing and _FACTS.search(own, 0, soothing.start()):
        return None
    return _command(own) or (Nothing() if _is_talk(own) else None)


def _command(words: str) -> Command | None:
    if len(words) > LONGEST_COMMAND:
        return None
    for name, pattern in _COMMANDS:
        found = pattern.search(words)
        if found and name is CommandName.WITHDRAW and _gives_value(words, found.end()):
            return None
        if found and name is CommandName.COMPLAIN and _VALUE.search(words, 0, found.start()):
            return None  # 六成八了，莫催
        if found:
            return Command(name=name, argument=words[found.end() :].strip(" ,。!?"))
    return None


def _gives_value(words: str, end: int) -> bool:
    """Whether a message that disowns a value gives the right one: it is a report."""
    return bool(_CORRECTED.search(words) or _VALUE.search(words, end))


def _is_talk(words: str) -> bool:
    bare = _MARKS.sub("", _FILE.sub("", words))
    if not bare or _COURTESY.fullmatch(bare) or _is_question(words):
        return True
    timeless = _HOURS.sub("", _LATER.sub("", words))
    states = bool(_FACTS.search(timeless))
    promises = bool(_LATER.search(words) or _WAIT.search(words))
    return not states and (promises or bool(_DELIGHT.search(words)))


def _is_question(words: str) -> bool:
    """A question throughout: it asks, and no sentence that does not ask states anything."""
    sentences = [sentence for sentence in _SENTENCE.split(words) if sentence.strip()]
    asking = [s for s in sentences if _ASKS_OUTRIGHT.search(s.strip()) or _asks_within(s)]
    stating = [s for s in sentences if s not in asking and _STATES.search(s)]
    if asking:
        return not stating
    return bool(_INTERROGATIVE.search(words)) and not _STATES.search(words)


def _asks_within(sentence: str) -> bool:
    """Whether one clause asks and no other clause states anything, a condition aside."""
    if _WEIGHS.search(sentence):
        return False
    clauses = sentence.split(",")
    asking = [clause for clause in clauses if _ASKS_WITHIN.search(clause)]
    others = [c for c in clauses if c not in asking and not _IF.search(c)]
    return bool(asking) and not any(_STATES.search(clause) for clause in others)
