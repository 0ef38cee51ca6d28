"""Forms laid out in other ways, brought to lines of a name and a value: 任务:…, 进度:…, 问题:….

Bullets, bars, bold letters, brackets and numbers around the name of a part say no more than it.
"""

import re

from reporting.understanding.words.phrases import any_of

_NAME = r"(?:重点|督办|目标|民生)?(?:任务|项目|事项|指标)(?:名称|内容|事项|编号)?"
_PROGRESS = (
    any_of("目前 当前 本月 工作 总体 形象 推进 完成 落实 办理")
    + "{0,3}(?:进展|进度|完成率|完成比例|完成情况)(?:情况)?"
)
_PROBLEM = (
    "(?:目前|当前)?(?:存在|遇到|面临)?的?(?:主要|突出)?(?:问题|困难|难点|堵点|短板)"
    "(?:[和与及](?:困难|问题|不足))?"
)
_NEXT = (
    "(?:(?:下一?步|下一?阶段|下个?月|后续)(?:的?工作)?(?:打算|计划|安排|措施|思路)?"
    "|(?:工作|整改|推进)?(?:打算|计划|措施|举措))"
)
_WISH = (
    "(?:(?:工作|有关|相关)?(?:意见|建议|诉求)(?:建议|事项)?"
    "|需(?:要)?(?:协调|支持|解决)(?:解决)?的?(?:事项|问题)?)"
)
_PART = rf"(?:{_PROGRESS}|{_PROBLEM}|{_NEXT}|{_WISH})"
_LABEL = rf"(?:{_NAME}|{_PART})"
_TELLS = r"\s*[:：]"
_HAN = "[一二三四五六七八九十]{1,3}"
_ORDINAL = rf"(?:\d{{1,2}}[.、)）]|[①-⑳]|[(（](?:\d{{1,2}}|{_HAN})[)）]|{_HAN}(?:、|是))"
_BULLET = rf"(?:[-*·•▪●]|{_ORDINAL})\s*"
# 【问题】…; **进度**:…
_BRACKETED = re.compile(
    rf"\s*(?:【\s*({_LABEL})\s*】|\*\*\s*({_LABEL})\s*[:：]?\s*\*\*)\s*[:：]?[ \t]*"
)
_BOLD = re.compile(r"\*\*\s*([^*\n]{1,60}?)\s*\*\*")
# …｜问题:…; …/下步:…
_BARRED = re.compile(rf"\s*[｜|/]\s*(?={_PART}{_TELLS})")
_BARS = re.compile(r"\s*[｜|]\s*(?=\S)")
# - 问题:…; （二）问题:…; 2、下步:… and, in such a form, 3.状态:…
_MARKED = re.compile(rf"(?m)^[ \t]*{_BULLET}(?={_PART}{_TELLS})")
_MARKED_ANY = re.compile(rf"(?m)^[ \t]*{_BULLET}(?=[\u4e00-\u9fff]{{2,8}}{_TELLS})")
_NUMBERED = re.compile(rf"(?:(?<=[。；;])|\s(?=[①-⑳]))\s*{_ORDINAL}\s*(?={_PART}{_TELLS})")
# 关于…的进展:1.完成62%;2.存在问题:…
_FIRST = re.compile(
    rf"(?<=[:：])\s*1[.、](?!\d)\s*(?=[^\n]{{1,80}}?[;；。]\s*2[.、]\s*{_PART}{_TELLS})"
)
# A part's name alone on its line, and what is said of it in one line below.
_ALONE = re.compile(
    rf"(?m)^[ \t]*({_PART})[ \t]*[:：]?[ \t]*\n"
    rf"(?=(?!\s*{_LABEL}\s*(?:[:：]|$))[^\n]+(?:\n\s*{_LABEL}[ \t]*[:：]?|\s*\Z))"
)
# The line above 进度:… is the name of a task, however it is numbered.
_NAMED = re.compile(
    rf"(?m)^[ \t]*(?:{_HAN}、\s*|{_ORDINAL}\s*(?![\d.第－—-]))?(?!{_LABEL}{_TELLS})"
    rf"(?P<name>[^\n:：。；;]{{1,60}}?)[:：]?[ \t]*\n(?=[ \t]*{_PROGRESS}{_TELLS})"
)
# (一)…改造。完成71%。: the title is no sentence of its own.
_TITLED = re.compile(
    rf"(?m)^([ \t]*{_ORDINAL}\s*[^\n。；;:：]{{1,60}})。"
    r"(?=(?:目前|已|现|累计|总体)*(?:完成|进度|进展)[^\n。]{0,12}(?:%|％|百分之|成))"
)
_ANY_PART = re.compile(_PART)


def fields_as_lines(text: str) -> str:
    """The text with the parts of a form each on a line behind their names."""
    if not _ANY_PART.search(text):
        return text
    text = _BOLD.sub(r"\1", _BRACKETED.sub(_as_label, text))
    if _BARRED.search(text):
        text = _BARS.sub("\n", _BARRED.sub("\n", text))
    if _MARKED.search(text):
        text = _MARKED_ANY.sub("", text)
    text = _NUMBERED.sub("\n", _FIRST.sub("", text))
    text = _TITLED.sub(r"\1：", _ALONE.sub(r"\1：", text))
    return _NAMED.sub(r"任务：\g<name>\n", text).lstrip("\n")


def _as_label(found: re.Match[str]) -> str:
    """A name of a part at the head of its line."""
    return f"\n{found[1] or found[2]}："
