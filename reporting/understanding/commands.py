"""What is no report: commands to the bot, questions, greetings and promises to report later."""

import re

from reporting.understanding.outcome import Command, CommandName, Nothing

LONGEST_COMMAND = 60
LONGEST_TALK = 200

_ME = (
    "(?:我|我们|我局|我委|我办|我镇|我乡|我街道|我司|我公司|我中心|我单位|本单位|咱们?|俺们?|这边)"
)
_BOT = "(?:机器人|系统|平台|助手|小助手|bot|你们?|联络通)"
_WHEN = "(?:什么时候|啥时候|几号|哪天|哪一天|几点|多久|什么时间|啥时间|何时)"
_LAST = "(?:上一?条|刚才|刚刚|刚|前面|前一?条|这条|那条|上面|上一个|我发的|刚发的|刚报的)"

_WITHDRAW = (
    r"^\W*(?:请|麻烦|帮我|帮忙|申请|我要|我想|要|能不能|可以|能)*(?:撤回|撤销|撤消|收回|作废)"
    rf"|{_LAST}\S{{0,12}}(?:撤回|撤销|撤消|收回|作废|取消|删掉|删除|删了|不算|不要了|无效|先撤)"
    rf"|(?:撤回|撤销|撤消|取消|删掉|删除|收回|作废|忽略|去掉){_LAST}|(?:发|报|填)错(?:群|人|地方|单位|对象)"
    r"|(?:发|报|填)错了\W*(?:撤|删|请?忽略|别管|不算|作废|$)|(?:先)?(?:别|不要|不)(?:算|记|录|登记|作数|采纳)(?:进去|上)?(?:[,。!]|了|吧|$)"
    r"|当我没(?:说|发|报)|^\S{0,12}不算数\W*$|(?:请|麻烦)忽略\W*$"
)
_COMPLAIN = (
    r"(?:我要|要|想|向\S{1,6})投诉|^\W*投诉|投诉(?:你|一下|机器人|系统)"
    rf"|{_BOT}\S{{0,12}}(?:认错|识别错|搞错|弄错|记错|理解错|听不懂|看不懂|不准|太笨|太傻|有毛病|有问题|有bug|出错|张冠李戴|瞎|乱|不好用|不智能|智障|死板)"
    r"|(?:老|总|又|一直|经常|每次)(?:是|给我)?(?:认错|识别错|搞错|弄错|记错|对不上号|识别不)|(?:认|识别|记|对)错(?:了)?(?:任务|单位|人|项目|事项)"
    rf"|{_BOT}\S{{0,8}}(?:天天|老是?|总是?|一直|反复|不停|一天到晚|半夜|大半夜|周末)\S{{0,4}}(?:催|问|发|提醒|@|推送)"
    r"|(?:天天|老是|总是|反复|不停|一天到晚|一天\S{1,2}[遍次]|半夜|大半夜)(?:地|的|都|还)?(?:催|问|提醒|@|发消息|推送)(?:我|得|个没完|人|\W*$)"
    r"|(?:能不能|可不可以|麻烦|请)?(?:别|不要|少)(?:再|老|总|天天|一直|老是)*(?:催|提醒|@|推送|发消息)"
    r"|(?:填报|报送|报数|填表|报进度|回复|这(?:个|种)|报表|要求)\S{0,6}太(?:麻烦|烦|繁琐|复杂|频繁|多|密)|我要反映|反映一?下(?:问题|意见)?\W*$"
    r"|增加(?:基层)?负担|形式主义|烦不烦|烦死|骚扰|没完没了"
)
_BIND = (
    r"绑定|解绑|换绑|绑一?下|(?:新|换|刚)(?:来|任|接手|到岗|接替|调来)的?\S{0,8}(?:联络员|联系人|经办人)|联络员\S{0,10}(?:换成|换人|变更|调整|调走|接替|交接|换了)"
    r"|(?:更换|变更|调整|换一?下?)联络员|(?:以后|今后|现在|从\S{1,6}起)\S{0,8}(?:由我|换我|我来|找我)\S{0,6}(?:报|对接|联络|填|负责)|我(?:是|叫)\S{2,16}(?:新|接替|接手)\S{0,6}(?:联络|对接|负责)"
    r"|不再(?:担任|负责|当)\S{0,8}联络"
)
_DEADLINE = (
    rf"截[止至](?:时间|日期)?(?:是|到|在)?{_WHEN}|{_WHEN}(?:之?前)?(?:截[止至]|交(?!付|工|房)|要?报(?!批|备|名)|上报|报送|到期)|最(?:晚|迟|后)\S{{0,8}}{_WHEN}"
    rf"|截[止至](?:时间|日期)(?:呢|是)?\W*$|截[止至](?:时间|日期)\S*[?]\W*$|(?:报送|上报|填报|报)时间(?:是)?(?:到)?{_WHEN}|(?:今天|明天)是?(?:最后一天|截[止至])吗?"
    r"|(?:本月|这个?月|这期|这次|月报)\S{0,6}(?:截[止至]|期限|时限)(?:时间|日期)?(?:是|到)?\S{0,3}\W*$|能(?:不能)?(?:晚|延|缓|宽限)\S{0,4}(?:天|会)(?:报|交)"
)
_TASK = "(?:任务|事项|清单|台账|项目)"
_MY_TASKS = (
    rf"(?:{_ME}|这个月|本月|还|目前|现在)\S{{0,8}}(?:欠|没报|未报|要报|该报|待报|没交|负责|牵头|需要报|漏报|没填|剩)\S{{0,4}}(?:哪|几项|几个|什么|啥|多少)"
    rf"|(?:哪几项|哪些|哪项|几项|多少项|什么{_TASK}|啥{_TASK})\S{{0,10}}(?:没报|未报|要报|该报|欠|待报|没交|漏报|没填|需要报|归我|是我)"
    rf"|^\W*(?:查|看|列|发|给|调)?(?:询|一下|下|看|出|我|个)*(?:{_ME}|单位|局|的|这个?月|本月|现在|目前|今年|名下)*(?:{_TASK})(?:清单|列表|台账)?(?:有哪些|是哪些|有几项|有几个|有多少|是什么|都有啥|都有什么|呢|发一?下|列一?下|发我|发我一?份|看看|给我)?\W*$"
    rf"|{_ME}\S{{0,6}}{_TASK}(?:都)?(?:给我|帮我)?(?:列|发|拉|导|调)(?:一下|出来|个|一份|给我)"
    rf"|(?:查|看|列|发|给|要)(?:询|一下|下|看看|看|出|我)*\S{{0,4}}{_ME}\S{{0,5}}{_TASK}"
)
_HELP = (
    r"^\W*(?:帮助|help|使用说明|说明|怎么用|怎么弄|菜单|功能|怎么报|如何报|\?|使用方法|操作说明|教程)\W*$"
    r"|(?:怎么|如何|咋|咋个|怎样|该怎么)(?:样|才能|去)?(?:个)?(?:填报|上报|报送|报进度|报数|报|填|回复|回(?!事|收|填)|操作|提交|录入|改数|修改|更正)|(?:要|得|需)写(?:多少|几|啥|什么)"
    r"|(?:有没有|有无|要不要|给个|求个?|发个|发一?下|有)\S{0,6}(?:模板|格式|样例|范例|例子|样板|范本)|(?:格式|模板)(?:是)?(?:什么|怎么|咋|啥)|按?什么格式|啥格式"
    rf"|{_BOT}(?:能|会|可以)(?:干|做)(?:什么|啥|嘛)|(?:能|可以|可不可以|能不能)(?:直接)?(?:发|用|传)(?:语音|图片|照片|表格|excel|附件|文件|word|截图)"
)
_COMMANDS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (CommandName.WITHDRAW, _WITHDRAW),
        (CommandName.COMPLAIN, _COMPLAIN),
        (CommandName.BIND, _BIND),
        (CommandName.DEADLINE, _DEADLINE),
        (CommandName.MY_TASKS, _MY_TASKS),
        (CommandName.HELP, _HELP),
    )
)
_CORRECTED = re.compile(
    r"(?:应|改|更正|实际|其实|正确)(?:该|当|为|成|是|的是)|不是\S{1,12}(?:是|应)|更正|改成|改为"
)
_ASKS_OUTRIGHT = re.compile(
    r"[?]\W*$|(?:吗|么|行不行|对不对|是不是|好不好|可不可以|能不能)\W*$|请问|想问|咨询一?下|问一?下|问问|谁去|谁来|是\S{1,12}还是\S{1,12}$|算不算|怎么算|(?:扣|加)几分|会不会扣"
)
_INTERROGATIVE = re.compile(
    rf"{_WHEN}|怎么|咋|如何|多少钱|为什么|为啥|哪里|哪个|谁|是不是|要不要|会不会|能不能|有没有人"
)
_FACT = (
    r"\d|%|[一二三四五六七八九两几][成个家户套座台条处项]|百分之|完成|竣工|封顶|结顶|完工|开工|动工|正常|推进|办结"
    r"|交付|投用|通车|滞后|受阻|验收|招标|审批|批复|到位|开展"
)
_FACTS = re.compile(_FACT)
_STATES = re.compile(rf"{_FACT}|影响|没|未|缺|不足|停|已")
_LATER = re.compile(
    r"(?:晚点|晚些|稍后|稍晚|稍等|马上|下午|上午|明天|明早|后天|今晚|晚上|尽快|一会儿?|待会儿?|等会儿?|等下|等一下|回头|回去|过会儿?|过一会|这就|立即|立刻|尽早|抓紧|下班前|中午|周[一二三四五六日]|点(?:钟)?(?:之?前)"
    r"|回办公室|回单位|核实后|汇总后|核完|问一?下)\S{0,12}?(?:报(?!告厅|废)|发|补|填|回复|回您|回你|交(?!付|工|通|地|房|易|叉|接)|反馈|上报|给您|给你|告诉|弄)"
)
_WAIT = re.compile(
    r"^\W*(?:稍等|等一?下|等等|等会儿?|别急|在忙|在开会|开会呢|在路上|在出差|出差|在下乡)"
)
_DELIGHT = re.compile(
    r"(?:哈哈|嘻嘻|呵呵)\W*$|太\S{1,4}了|真(?:好看|棒|美|好吃|不错|厉害)|好看|好吃|恭喜|祝贺|祝\S{0,6}(?:快乐|愉快|顺利)|加油|点赞|厉害|牛啊|约吗|聚餐|吃饭|打球|红包|天气|下雨了|堵车|辛苦了"
)
_COURTESY = re.compile(
    r"(?:收到|已收|好的?|好滴|好嘞|嗯+|哦+|噢|谢谢?|感谢|多谢|辛苦|麻烦|明白|了解|知道|没问题|可以|行|ok|okay|是的?|对的?|在的?|在吗|您好|你好|大家好|早上好|上午好|中午好|下午好|晚上好|早|晚安|哈+|呵+|抱歉|不好意思|对不起|再见|拜拜|已阅|已读"
    r"|遵命|照办|领导|督查室|督查|同志|主任|科长|处长|局长|各位|老师|大家|您|你|们|的|了|啦|哈|呀|啊|哦|吧|呢|嘞|请|放心|新年|节日|周末|元旦|春节|中秋|国庆|端午|快乐|愉快|提醒|通知|测试|test|指导|支持|关心|理解|见谅|稍等|马上|这就|会|尽快|办|1)+"
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
    return _command(words) or (Nothing() if _is_talk(words) else None)


def _command(words: str) -> Command | None:
    if len(words) > LONGEST_COMMAND:
        return None
    for name, pattern in _COMMANDS:
        found = pattern.search(words)
        if found and name is CommandName.WITHDRAW and _CORRECTED.search(words):
            return None
        if found:
            return Command(name=name, argument=words[found.end() :].strip(" ,。!?"))
    return None


def _is_talk(words: str) -> bool:
    bare = _MARKS.sub("", words)
    if _COURTESY.fullmatch(bare) or _is_question(words):
        return True
    timeless = _HOURS.sub("", _LATER.sub("", words))
    states = bool(_FACTS.search(timeless))
    promises = bool(_LATER.search(words) or _WAIT.search(words))
    return not states and (promises or bool(_DELIGHT.search(words)))


def _is_question(words: str) -> bool:
    """A question throughout: it asks, and no sentence that does not ask states anything."""
    sentences = [sentence for sentence in _SENTENCE.split(words) if sentence.strip()]
    asking = [s for s in sentences if _ASKS_OUTRIGHT.search(s.strip())]
    stating = [s for s in sentences if s not in asking and _STATES.search(s)]
    if asking:
        return not stating
    return bool(_INTERROGATIVE.search(words)) and not _STATES.search(words)
