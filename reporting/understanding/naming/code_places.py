"""Where a code stands: behind which words it may follow without a mark, and which are ordinals."""

import re

from reporting.understanding.words.split import inline_ordinals

# Where a statement ends right before a code (22已完成23在建), and how another begins behind it.
ENDS = "了完工成常动好通标顶%√×"
BEGIN = r"\s*(?:[已完正未没还在开均都主按基√×:]|\d{1,3}(?:\.\d+)?%|百分之)"
BEGINS = re.compile(BEGIN)

# What a code may be told behind, although nothing parts them: 上次4-8写成68%, 我局12完成.
_OURS = "[我咱俺][局委办镇乡司院校区县市站们]"
_TELLS = "关于|有关|汇报|报告|补报|反馈|回复|更新|[报说]下|一下"
# All of two letters, for looking back.
BEFORE = (
    "前头|前面|刚才|[上这]条|上面|[那这]个|更正|[报写填发]的|[昨前今]天|上[次回午]|早上|下午"
    f"|{_TELLS}|{_OURS}|单位|街道|这边"
)
# The same before a bare number, which anything else may count.
LEAD_IN = (
    rf"(?:(?:{_TELLS}|[报说])+[:,]?)?"
    rf"(?:{_OURS}|[我咱本]们?(?:单位|街道|公司|中心)|街道|本[局委办镇乡院校站])?(?:这边)?的?"
)
# List ordinals right before a code: 1、48号完成 2、53号正常.
_ORDINAL = re.compile(
    r"(?m)^[ \t]*(?P<number>\d{1,2})[.、)]\s*(?=(?:第|任务|事项|编号|序号|no\.?|#|\[|\()*"
    r"(?:\d{1,3}(?!\d)|[一二三四五六七八九十百零]{1,6}[号项]))"
)
_SEVERAL = 2  # ordinals make a list
_LINE = re.compile(r"(?m)^[ \t]*\d{1,2}[.、)]")


def without_ordinals(text: str) -> str:
    """The text without the ordinals of its lines where each goes before a code."""
    found = [*_ORDINAL.finditer(text)]
    numbers = [int(one["number"]) for one in found]
    counted = numbers == list(range(1, len(numbers) + 1))
    if len(numbers) < _SEVERAL or not counted or len(found) < len(_LINE.findall(text)):
        return text
    for one in found:
        start, end = one.span("number")
        text = _blank(text, start, end + 1)
    return text


def without_inline_ordinals(text: str) -> str:
    """The text without the ordinals that run on in a line: (1)3-1完成80%(2)3-2正常."""
    for start in inline_ordinals(text):
        text = _blank(text, start, text.index(")", start) + 1)
    return text


def _blank(text: str, start: int, end: int) -> str:
    """The same length of text in which a line begins at `end`."""
    return text[:start] + "\n" * (end - start) + text[end:]
