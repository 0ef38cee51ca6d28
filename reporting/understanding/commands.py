"""What is no report: commands to the bot, questions, greetings and promises to report later."""

import re

from reporting.understanding.outcome import Command, CommandName, Nothing

_WHO = r"(?:我|我们|我局|我委|我办|我镇|我乡|我街道|我司|我公司|我单位|本单位|咱们?|俺)"
_COMMANDS: tuple[tuple[CommandName, re.Pattern[str]], ...] = (
    (
        CommandName.WITHDRAW,
        re.compile(
            r"撤回|撤销|撤消|收回(?:上|刚|前)|作废|取消(?:上|刚|前)|(?:上|刚|前)\S{0,6}(?:删掉|删除|删了|不算|不要了)"
            r"|(?:删掉|删除)(?:上|刚|前)|发错(?:群|人|了|地方)|报错(?:地方|群)"
        ),
    ),
    (
        CommandName.COMPLAIN,
        re.compile(
            r"投诉|(?:机器人|系统|你们?|助手|小助手|bot)\S{0,12}(?:认错|识别错|搞错|弄错|记错|理解错|听不懂|看不懂|不准|太笨|太傻|有问题|出错|张冠李戴|瞎)"
            r"|(?:老|总|又|一直|经常|每次)(?:是)?(?:认错|识别错|搞错|弄错|记错|识别不)|(?:天天|老|总|一直|反复|不停|一天到晚)(?:是)?(?:催|问|发消息|提醒|@)"
            r"|太(?:麻烦|烦|频繁)|能不能(?:别|不要|少)(?:再|老|总|天天|一直)?(?:催|发|问|提醒|@)|别(?:再|老|总)?催|反映(?:一下)?(?:问题|意见)?$|骚扰"
        ),
    ),
    (
        CommandName.BIND,
        re.compile(
            r"绑定|解绑|换绑|绑一下|绑下|(?:新|换)(?:来|任|接手|到岗|接替)的?\S{0,6}(?:联络员|联系人)|联络员\S{0,8}(?:换|变更|调整|调走|接替|交接)"
            r"|(?:更换|变更|调整)联络员|(?:以后|今后|现在)\S{0,6}(?:由我|换我|我来)(?:负责)?(?:报|对接|联络|填)"
        ),
    ),
    (
        CommandName.DEADLINE,
        re.compile(
            r"(?:截止|截至)(?:时间|日期)?(?:是|到)?(?:什么时候|几号|哪天|几点|多久|啥时候)|(?:几号|哪天|什么时候|啥时候|几点)(?:之?前)?(?:截止|交|报|要报|要交|上报|报送|截至)"
            r"|最(?:晚|迟)\S{0,8}(?:几号|哪天|什么时候|几点|啥时候)|截止(?:时间|日期)(?:呢|是)?[?]?\s*$|(?:几号|哪天|几点|什么时候|啥时候)\S{0,4}(?:截止|到期|关门|前报|前交)"
            r"|报(?:送)?时间(?:是)?(?:到)?(?:几号|哪天|什么时候)|能不能\S{0,4}(?:晚|延|宽限|缓)\S{0,3}(?:两|几|一|2|1|3)?天(?:报|交)"
        ),
    ),
    (
        CommandName.MY_TASKS,
        re.compile(
            rf"(?:{_WHO}|这个月|本月|还|目前)\S{{0,8}}(?:欠|没报|未报|要报|该报|待报|差|剩|没交|负责|牵头|需要报|漏报)\S{{0,4}}(?:哪|几|什么|啥|多少)"
            rf"|(?:哪几项|哪些|哪项|几项|多少项|什么任务|啥任务)\S{{0,10}}(?:没报|未报|要报|该报|欠|待报|没交|漏报|没填|需要报)|^\W*(?:{_WHO}的)?(?:任务|事项)(?:清单|列表|列一下|有哪些|台账)?\W*$"
            rf"|(?:查|看|列|发|给)(?:一下|下|看看|看|出)?\S{{0,4}}{_WHO}\S{{0,5}}(?:任务|清单|台账|事项)|{_WHO}\S{{0,6}}(?:任务|事项)(?:清单|有哪些|是哪些|都有啥|都有什么|列表|是什么)|任务清单(?:发|给)"
        ),
    ),
    (
        CommandName.HELP,
        re.compile(
            r"^\W*(?:帮助|help|使用说明|说明|怎么用|菜单|功能|\?)\W*$|(?:怎么|如何|咋|咋个|怎样)(?:样)?(?:报|填|回|写|用|发|操作|上报|报送|使用|录|回复|提交)|(?:要|得)写(?:多少|几)(?:字|句)"
            r"|(?:有没有|有无|要不要|给个|求|发个|有)\S{0,6}(?:模板|格式|样例|范例|例子|样板)|(?:格式|模板)(?:是)?(?:什么|怎么|咋|啥)|(?:你|机器人)(?:能|会|可以)(?:干|做)(?:什么|啥|嘛)"
            r"|(?:什么|啥)格式|(?:能|可以|可不可以|能不能)(?:发|用|传)(?:语音|图片|照片|表格|excel|附件|文件|word)"
        ),
    ),
)  # fmt: skip
_CORRECTED = re.compile(
    r"(?:应|改|更正|实际|其实|正确)(?:该|当|为|成|是|的是)|不是\S{1,12}(?:是|应)|更正|改成|改为"
)
_ASKING = re.compile(
    r"[?]\s*$|(?:吗|么|不)[?。!~\s]*$|请问|想问|咨询一?下|问一?下|是不是|要不要|会不会|算不算|可不可以|能不能|怎么算|(?:扣|加)几分|谁去|谁来|行不行|对不对|有没有"
)
_FIGURE = re.compile(r"\d|%|[一二三四五六七八九两]成|百分之|完成|竣工|封顶|完工|开工|正常|推进")
_LATER = re.compile(
    r"(?:晚点|晚些|稍后|稍晚|马上|下午|上午|明天|明早|后天|今晚|晚上|尽快|一会儿?|待会�?|等会儿?|等下|回头|回去|过会儿?|过一会|这就|立即|立刻|尽早|抓紧|下班前|中午|周[一二三四五六日]|点(?:钟)?(?:之)?前|回办公室|回单位|核实后|汇总后|问一?下)"
    r"\S{0,12}?(?:报|发|补|填|回复|回您|回你|交(?!付|工|通|地|房|易|叉)|反馈|上报|给您|给你|告诉|弄)"
)
_COURTESY = re.compile(
    r"(?:收到|好的?|好滴|嗯+|哦|噢|谢谢?|感谢|多谢|辛苦|麻烦|明白|了解|知道|没问题|可以|行|ok|okay|是的?|对的?|在的?|您好|你好|大家好|早上好|上午好|下午好|晚上好|早|晚安|哈+|呵+|抱歉|不好意思|对不起|再见|拜拜|已阅|遵命|照办|"
    r"领导|督查室|同志|主任|科长|各位|老师|您|你|们|的|了|啦|哈|呀|啊|哦|吧|呢|嘞|好|请|放心|新年|节日|快乐|周末|愉快|提醒|通知|测试|test|1)+"
)
_PUNCTUATION = re.compile(r"[^\w\u4e00-\u9fff]+")


def read_command(text: str) -> Command | Nothing | None:
    """A command, or Nothing for talk that cannot be a report, or None: it may be a report.

    `text` is normalised. A correction that gives the right value is a report, not a withdrawal.
    """
    words = text.strip()
    if not words or len(words) > 200:
        return None if words else Nothing()
    found = _command(words)
    if found:
        return found
    return Nothing() if _is_courtesy(words) or _is_question(words) else None


def _command(words: str) -> Command | None:
    if len(words) > 60:
        return None
    for name, pattern in _COMMANDS:
        found = pattern.search(words)
        if not found:
            continue
        if name is CommandName.WITHDRAW and _CORRECTED.search(words):
            return None
        return Command(name=name, argument=words[found.end() :].strip(" ,。!?"))
    return None


def _is_courtesy(words: str) -> bool:
    bare = _PUNCTUATION.sub("", words)
    if _COURTESY.fullmatch(bare):
        return True
    return bool(_LATER.search(words)) and not _states_progress(_LATER.sub("", words))


def _states_progress(words: str) -> bool:
    return bool(_FIGURE.search(re.sub(r"[一二三四五六七八九十\d]+点", "", words)))


def _is_question(words: str) -> bool:
    """A question throughout: its last sentence asks, and no sentence before it states a figure."""
    sentences = [s for s in re.split(r"(?<=[?。!;\n])", words) if s.strip()]
    asking = [s for s in sentences if _ASKING.search(s.strip())]
    stating = [s for s in sentences if s not in asking and _FIGURE.search(s)]
    return bool(asking) and not stating
