"""Words a message takes back itself: 不是甲是乙, 刚才说的甲错了应该是乙."""

import re
from collections.abc import Iterator

_NEW = r"(?:应该?(?:是|为)|其实是|改成|改为|更正为|换成|是)"
_INSTEAD = re.compile(
    rf"(?<![是要可算还])不是(?!我|咱|俺|因为|问题|很|太|一)(?P<wrong>[^,。;!?\n]{{1,12}}?)[,、\s]*而?{_NEW}(?P<right>\S)"
)
_MISTAKEN = re.compile(
    r"(?:(?:刚才|刚刚|方才|前面|上面|之前|上一?条)[我俺]?)?(?:说|报|写|发|填|打)?的?"
    r"(?P<wrong>[^,。;!?\n]{2,20}?)(?:是|都)?(?:说|报|写|发|填|打|弄|搞|记)错了?[了啦]?[,。;\s]*"
    rf"{_NEW}(?P<right>\S)"
)
# Who only says that he was wrong: 不好意思说错了; the right value follows.
_ADMITTED = re.compile(
    r"\W*(?:不好意思|抱歉|对不起|更正一?下?|订正|sorry|哎呀?|唉|呀)?\W*(?:刚才|刚刚|上条|上一条|前面|上面|之前|昨天|早上)?[我俺]?(?:"
    r"(?:[说报写发填打记看弄搞]|数字?|数据)(?:的|得)?(?:给|都)?(?:[说报写发填打记看弄搞])?错了?[了啦哈啊呀]*"
    r"|(?:[那这][条个次])?(?:[说报写发填]的)?(?:投资|完成|进度|百分比|面积|户数|人数)?的?(?:数字?|数据|数值|金额)(?:不对|不准|有误|有问题))\W*"
)
_VALUE = re.compile(r"\d")
_CODE = re.compile(r"第?\d{1,3}[号项]?")
_ANOTHER_CODE = re.compile(r"第?\d{1,3}(?:[号项]|(?=[,。;\s]|$))")


def without_retracted(text: str) -> str:
    """The same length of text with blanks where a name or code is taken back for another.

    What is corrected in a value (不是12公里是21公里) stays: there the name is right.
    """
    for start, end in _retracted(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _retracted(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_INSTEAD, _MISTAKEN):
        for found in pattern.finditer(text):
            right = found.start("right")
            codes = _CODE.fullmatch(found["wrong"]) and _ANOTHER_CODE.match(text, right)
            if codes or not (_VALUE.search(found["wrong"]) or _VALUE.match(found["right"])):
                yield found.start(), right


def admits_mistake(words: str) -> bool:
    """Whether words only say that something was told wrongly."""
    return bool(_ADMITTED.fullmatch(words))
