"""Whether a text asks something throughout: about the rules, the date, anything but the work."""

import re

FACT = (
    r"\d|%|[一二三四五六七八九两几](?:[成家户套座台条处项间盏眼棵跨榀栋所]|个(?!多?月|小时|星期|礼拜|人|钟))|百分之|完成|竣工|封顶|结顶|完工|开工|动工|正常|推进|办结"
    r"|[十百千万]\d?[个户家头亩米人]|[建修装铺做种拆挖盖浇搭砌干签拨收清改换架吊][了到][约近]?[一二两三四五六七八九十百千]|[扣挖通接上完好掉齐拆换运铺刷]了(?=[,。;!]|$)|交付|投用|通车|滞后|受阻"
    r"|验收|初验|手续(?!费|怎|咋|要)|招标|审批|批复|到位|开展|[建修装铺做改种拆挖盖浇搭砌]\S{0,2}[好完成]|开张|开业"
    r"|(?:恳请|建议(?!案)|请|望)[^,。;]{1,14}(?:局|委|办|厅|部门|政府|[县市区省州]里?|上级)[^,。;]{0,4}"
    r"(?:尽快|协调|支持|解决|出台|牵头|督促|帮)"
)

_ASKS_OUTRIGHT = re.compile(
    r"[?]\W*$|(?:吗|么|行不行|对不对|是不是|好不好|可不可以|能不能)\W*$"
    r"|请问(?![\u4e00-\u9fff]{1,5}(?:局|委|办|院|镇|乡|街道|中心)$)|想问|咨询一?下|(?<![我去来])(?:问一?下|问问)|请教(?![育师工练体辅])|真的假的|在几楼|去不去|含不含|[当今]年的?还是|怎么办\W*$"
    r"|谁(?:[去来有知]|还?没)|是\S{1,12}还是\S{1,12}$|按\S{1,12}还是按?\S{1,12}$|算不算|怎么算|(?:扣|加)几分|会不会扣"
    r"|(?:能|可以|得|要|用|算|有|是|会|成|行|好|对|够|该)[^,。;不没]{0,10}"
    r"(?:不|没|没有|不啰|不咯|啵|伐|不撒|不嘛)\W*$"
    r"|(?:是|指|叫|算)(?:什么|啥|哪|谁)\S{0,4}$|归谁|谁[来管负报]|(按|归|用|以|找|算)\S{1,12}还是\1|由\S{2,10}还是|谁\S{1,3}的\W*$|(?:怎么|咋|为啥)还?没|(?:了|出来|下来|到|好|完|过|上|齐)没有?\W*$|[了完齐]没有?[啊呀呢哇]?(?=,)"
)
# What counts, who decides, which of two: asked without a mark, and whatever has been reached.
_ASKS_WHICH = re.compile(
    r"(?:以|按|拿|用|归|取|算|由|从|是|走|报|填|写|送|传|交|找|盖|给)[^,。;]{1,12}还是"
    r"(?!没|不|未|有|慢|卡|在|老|那|这|上个?月|正常|原|得|要|很|比|差|停|去年|以前|\d)[^,。;]{1,12}$"
    r"|(?<!不)(?<!不知道)(?<!没定)(?:以|按|拿|用|归|取|凭)[^,。;]{0,3}(?:哪|什么|谁|啥)[^,。;]{0,8}(?:为准|算|定|统计|管|报|填|口径|标准)"
    r"|(?:哪[个种样家边头]|怎么样?|怎样|咋|如何)(?:才|能)?算(?:是|作|数)?(?:完成|开工|办结|达标|到位)?\W*$"
    r"|哪[张份个本套](?:表|文件?|通知|台账)?的?数\W*$|算多少\W*$"
    r"|(?:仪式|会议?|活动|典礼|观摩|培训|调研|检查|节)[^,。;]{0,6}(?:几点|几号|哪[天里个]|什么时候|啥时候?|还?开不开|还去不去)"
    r"|(?:标准|口径|基数|目标值?|指标|额度|单价|概算)[^,。;]{0,6}(?:多少|几何|是啥|是什么|咋定|怎么定)\W*$"
    r"|(?:也|就|都|应该|还)算[^,。;]{0,4}吧\W*$|不(?:用|需要?|必)再?(?:填|报|写)了?吧(?=[,。]|\W*$)"
)
# 是不是, 能不能 within a clause ask as well, unless the speaker himself does not know or weighs it.
_ASKS_WITHIN = re.compile(
    r"可不可以|有没有(?:说法|要求|规定|可能|人|必要)|有没有[^,。;]{1,6}$|[在给找问跟归]谁|(?![时动三有村户人地路水电钱房楼河])([\u4e00-\u9fff])[不没]\1"
)
_WEIGHS = re.compile(
    r"不好说|不敢|难说|难讲|说不准|讲不清|不清楚|不知道|不晓得|不确定|没定|未定|还要看|要看|看看|就看|取决"
    r"|无论|不管|研究|论证|核实|协商|商量|讨论|征求"
)
# Who goes, asks or reckons to learn what he does not know has a plan: 去外省看看咋弄的,回来再定.
_FINDS_OUT = re.compile(
    rf"{_WEIGHS.pattern}|学学|学习|参观|考察|取经|观摩|对接|测算|估算|算一?[算下]|摸[底排清]|排查|琢磨|打听|谈|定(?!额|点)"
    r"|诊断|把脉|踏勘|勘[察查测]|[核调抽]查|查[清明看]|[去找来到][^,。;]{0,8}问|评[估审]|比选|指导|沟通|衔接|摸索|看"
)
_UNDER_WAY = re.compile(
    r"准备|打算|计划|拟|争取|预计|下[个一]?[周月步旬季]|下一步|明[天年后]|后天|节[后前]|近期|近日|这几天|月[底初末中]|年[底前初]"
    r"|[一二三四五六七八九十\d]月|回来|再[定决开说报签动建施往看]|[^我]先|^先|组织|带队|请[^您你,]{2}|正[在跟和与同]|[在要](?:谈|商量|研究|论证|对接|摸|算|测|查|核|考察|琢磨|沟通|协商)"
    r"|[派赴]|[去到][^,。;]{2}|不好说|说不准|难[说讲]|[没未]定"
)
_IN_TALKS = re.compile(r"[在跟和与][^,。;]{0,8}(?:谈|对接|沟通|商|议)")
_ASKS_HIM = re.compile(r"[?]|(?:[吗么呀呢]|怎么办)\W*$")
# How, when and by whom to report, and who means the reader, asks whatever he plans.
_OF_REPORTING = re.compile(
    r"填|(?<!申)报(?!告|价|预算|批|审|备|建|名|[省市部国州厅])|写|上传|表(?!决|土|层)|口径|系统(?=里|上|中|怎|在|点)|栏|截止|[您你]|会议?(?:室|几|在|什么|啥|哪|开)|帮忙?看|发给?我|给我|麻烦|请问|想问"
    r"|这[个项条](?:任务|工作|事|指标)?(?:是|归|由|该|要|怎|咋|算)|牵头|责任单位|指标(?:是|怎|咋|算)|考核|算不算|算完成|培训|通知|文件"
)
_IF = re.compile(r"要是|如果|假如|假使|万一|倘若|若是|的话")
# What others ask is told, not asked: 老百姓天天来问啥时候发钥匙.
_REPORTED = re.compile(
    r"(?:老百姓|群众|村民|居民|业主|企业|家长|商户|农户|老板|委员|代表|住户|工人|老人|职工|客商|他们|人家)"
    r"[^,。;?!\n]{0,8}(?:问|打听|想知道|担心|关心)[^,。;!\n]{0,20}"
)
_INTERROGATIVE = re.compile(
    r"什么时候|啥时候?|几时|何时|几号|几点|多久|哪天|(?<![不没])怎么(?!样都)|(?<!不)咋|如何|多少钱|为什么|为啥"
    r"|哪[里儿个些位边]|谁|是不是|要不要|会不会|能不能|有没有人"
)
_STATES = re.compile(rf"{FACT}|影响|没|未|缺|不足|停(?!车)|已")
_HINDERS = (
    r"卡[在住着了]|堵|断|怕|涨|紧|不[肯让签给愿够动了通]"
    r"|变卦|反悔|另找|重新找|亏|嫌|坏了|裂|漏|塌|淹|撂挑子|投诉|阻工|[跑退]了"
)
_TROUBLES = re.compile(rf"{_STATES.pattern}|{_HINDERS}")
_TROUBLE = re.compile(rf"没(?!问题|啥|事)|未|缺|不足|停[了工电水]|{_HINDERS}")
# 能不能请省里… after what was told is a plea, not a question about the rules.
_PLEA = re.compile(
    r"(?:能不能|能否|可不可以|可否|是不是可以|是否可以)(?:请|让|由|帮|协调|给|把|再|先|支持|解决|出面|牵头"
    r"|安排|派|加|尽快|考虑|争取|向|麻烦|跟|找|和|替)|能(?:帮|替|给)[着忙我]"
)
# Who says that he proposes something asks for it, and asks nothing: 提个建议,能不能按居民价收.
_PROPOSES = re.compile(r"提[个条点一]{0,2}小?建议[^,。;]{0,4}[,:]")
_HEARSAY = re.compile(r"^\W*(?:听说|据说|好像|网上说|有人说)")
# What was taught, sent or said about how to report is no state of the work: 上次培训没讲清.
_OF_THE_OFFICE = re.compile(
    r"培训|通知|文件|模板|会上|群里|上次|讲清|说清|讲明|说明白|看懂|口径|表格|表里|上面(?:讲|说|写)"
)
_UNREAD = re.compile(
    r"(?:文件|通知|表格?|方案|系统|卡片|清单)[里上中]?(?:面|头)?(?:也|都)?(?:没|未)[看见写提说列有]"
)
_CLAUSE = re.compile(r"(?<=[?])|[,。!;\n]")
_SENTENCE = re.compile(r"(?<=[?。!;\n])")
# What was reached, told before a question: 完工9个,想问下验收单要原件吗.
_REACHED = re.compile(
    r"\d[\d.]*\s*(?:%|[万亿元亩米吨层]|[平公][方里])|百分之|[一二三四五六七八九]成"
    r"|(?:完成|完工|竣工|开工|新增|[\u4e00-\u9fff](?<![丢少错漏忘])[了完好])\S{0,3}\d|[\u4e00-\u9fff](?<![丢少错漏忘])[了完好][一二两三四五六七八九十几]+[个家户座台处条栋所]"
    r"|(?:[建修装铺做拆换签挖干盖浇砌验弄搞办改][好完齐掉通]|封顶|完工|竣工|投用|开业|挂牌|运营|通车|接通|到货)(?:了|,|$)|[一二三四五六七八九十]层|通[电水气车]了|停[了工]|卡[住着在]|没到位|没批"
    r"|[只就还仅]?[差剩]\d+[个户家座台套处条公](?:里|了)|(?:已经?|均|全部|都)(?:[建完竣投开挂签验拨发交定]\S)|(?:还|都|一直|仍)(?:没|未)(?:接|通|批|到|装|拨|拆|签|修|供|给)"
)
_PARTED = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")  # a blank for a comma
_SUPPOSED = re.compile(rf"{_IF.pattern}|去年|上年|往年|以前|前年")


def drop_reported(words: str) -> str:
    """The words without what others are said to ask."""
    return _REPORTED.sub("", words)


def is_question(words: str) -> bool:
    """A question throughout: it asks, and no sentence that does not ask states anything."""
    words = _PARTED.sub(",", words)
    sentences = [s.strip() for s in _SENTENCE.split(words) if s.strip()]
    asking = [s for s in sentences if _asks(s)]
    others = (s for s in sentences if s not in asking and not _says_of_asking(s))
    if asking:
        return not any(map(_STATES.search, others)) and not any(map(_reports_first, asking))
    return bool(_INTERROGATIVE.search(words)) and not _TROUBLES.search(words)


def tells_of_work(words: str) -> bool:
    """Whether what is asked in a question is asked about the work, and a plan or trouble told.

    In an answer to a card this is a report: 去外省看看咋弄的,回来再定; 材料涨价了,缺口谁来补.
    """
    if _OF_REPORTING.search(words):
        return False
    clauses = _CLAUSE.split(words)
    asking = [clause for clause in clauses if _INTERROGATIVE.search(clause) or _asks(clause)]
    if any(_TROUBLE.search(c) or _REACHED.search(c) for c in clauses if c not in asking):
        return True
    under_way = asking and _UNDER_WAY.search(words)
    return bool(under_way) and all(map(_is_weighed, asking))


def _is_weighed(clause: str) -> bool:
    """Whether what a clause asks is found out or decided: 看看咋弄, 由谁来管还在商量."""
    asked = _INTERROGATIVE.search(clause) or _ASKS_WITHIN.search(clause)
    if asked is None or _ASKS_HIM.search(clause):
        return False
    before, after = _FINDS_OUT.search(clause, 0, asked.start()), clause[asked.end() :]
    return bool(before or _WEIGHS.search(after) or _IN_TALKS.search(after))


def _is_aside(clause: str) -> bool:
    """Whether a clause beside one that asks supposes something, or says where it was not read."""
    return bool(_IF.search(clause) or _UNREAD.search(clause))


def _says_of_asking(sentence: str) -> bool:
    """Whether a sentence only says why one asks: hearsay, or what the office said of reporting."""
    return bool(_HEARSAY.match(sentence) or _OF_THE_OFFICE.search(sentence))


def _reports_first(sentence: str) -> bool:
    """Whether a clause before the one that asks tells what was reached."""
    told = (c for c in sentence.split(",")[:-1] if not _SUPPOSED.search(c))
    told = (c for c in told if not _ASKS_WITHIN.search(c) and not _ASKS_WHICH.search(c))
    return any(_REACHED.search(c) and not _INTERROGATIVE.search(c) for c in told)


def _asks(sentence: str) -> bool:
    plea = _PLEA.search(sentence)
    if plea and _TROUBLES.search(sentence, 0, plea.start()):
        return False
    if _PROPOSES.search(sentence):
        return False
    outright = _ASKS_OUTRIGHT.search(sentence) or _ASKS_WHICH.search(sentence)
    return bool(outright) or _asks_within(sentence)


def _asks_within(sentence: str) -> bool:
    """Whether one clause asks and no other clause states anything, a condition aside."""
    if _WEIGHS.search(sentence):
        return False
    clauses = sentence.split(",")
    asking = [clause for clause in clauses if _ASKS_WITHIN.search(clause)]
    others = [c for c in clauses if c not in asking and not _is_aside(c)]
    return bool(asking) and not any(_STATES.search(clause) for clause in others)
