"""What a clause puts ahead of the reporting month: 10月重点盯…, 下礼拜上水稳, 签完就拆."""

import re

from reporting.understanding.numerals import read_number
from reporting.understanding.spans_pattern import any_of

NEW_YEAR = 3  # in November and December, 1月 to 3月 are those of the next year
_LATE = 11

_MONTH = re.compile(
    r"(?<![-—~至到\d、年])(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?!以来|度)"
    r"(?P<part>底|末|下旬|中旬|上旬|初|份)?(?:\d{1,2}[日号])?(?:之?前|后)?"
)
_SOON = re.compile(
    any_of(
        r"下个?(?:月|周|礼拜|星期|季度|旬|半年|半月|一轮|一批|一步"
        r"|阶段)[一二三四五六日天]?(?:初|底|末|中旬)?",
        r"本周[一二三四五六日末内]? 这周[一二三四五六日末内]? 这两周 这[几两]天 周末 "
        r"明[天日早年] 后天",
        r"近[期日] 过[几两]天 过阵子 过完?(?:国庆|中秋|年|节|五一|元旦) 节后 回头 今后 往后 "
        r"后面 接下来",
        r"后续 随后 来年 月内 月底前? (?:暑假|寒假|暑期)期间 (?:国庆|春节|中秋|五一|元旦|开学"
        r"|汛期?|入[冬秋汛]"
        r"|立秋|秋收|雨季|上冻|封冻|开[春冻河])节?(?:以|之)?(?:前|后|完)",
    )
)
_THEN = re.compile(
    r"[^,\d]{0,14}?(?:完|好|过|成|到位|到期|到货|下来|回来|结束|干透|(?:到|齐|定|批"
    r"|清)(?=了))(?:了|后|以后|之后)?"
    r"(?:就|再|接着|马上|立马|随即|即可?|立即)(?![是能好会没不行剩差])\S{1,}|[^,]{1,14}?(?:过"
    r"|完|以|之)后(?!续)(?!来)[^,]{2,}"
)
_OPENING = re.compile(
    r"(?:[^,\d]{0,6}?(?<![在于至到])|[我俺咱]们?|也|现|目前|同时|并|约了|定在|放在|安排在|排在"
    r"|计划|拟|再)?\s*"
)
_DONE = re.compile(
    r"^(?:的|那|这|任务|目标|[是为])|^(?![^,]*(?:先|再|请|一并|把))[^,]*了$|了(?=\d"
    r"|[一二两三四五六七八九十百千万])|已"
    r"|(?<!未)完成(?:了|\d)|[开完]工\d|增长|下降|同比|达到?\d|累计|占|实现\d|均值|没(?!有?(?:人|物))"
    r"|未(?!完|开)|正在|还在|估计"
    r"|有望|能(?:完|竣|通|开|投|交|达|见|用)|可(?:完|竣|通|开|投|交|达|办)|数据|公布|出来"
    r"|才[能有]|[弄完]成?$"
    r"|(?:完工|竣工|投用|通车|开放|交付|建成|投产|并网|运营|封顶|结束|开园|开馆|达产)$"
)
_NO_PLAN = re.compile(
    r"满足|符合|节点|预计|原定|原计划|把握|[没冇莫无有]得?有?(?:任何)?问题|不存在|要求|具备"
    r"|按期|准时|过了[会审]|怕|才能|到位"
    r"|必须|够呛|悬$|[可能]确保|试产|不断|试运行|联动|以来|[开完通动]不了"
)
_MEANT = re.compile(r"拟|将|计划|争取|力争|打算|准备|确保|再|前")
_LONG_ENOUGH = 3


def ahead_at(words: str, month: int | None) -> int:
    """Where a clause begins to say what comes after `month`; -1 if it does not."""
    if _NO_PLAN.search(words):
        return -1
    for found in _times(words, month):
        opening = _OPENING.fullmatch(words, 0, found.start())
        rest = words[found.end() :]
        if opening is None or _DONE.search(rest):
            continue
        if sum("\u4e00" <= letter <= "\u9fff" for letter in rest) >= _LONG_ENOUGH:
            return found.start() if not _says_when(opening[0]) else 0
    then = _THEN.match(words)
    return 0 if then and not _DONE.search(words) else -1


def is_past(words: str, month: int | None) -> bool:
    """Whether the only times in a clause are months gone by or this one: 5月开工."""
    months = list(_MONTH.finditer(words))
    if month is None or not months or _SOON.search(words) or _MEANT.search(words):
        return False
    return not any(_is_ahead(found, month) or found["part"] for found in months)


def _says_when(opening: str) -> bool:
    return any(word in opening for word in ("约", "定", "放", "排", "计划", "拟", "再"))


def _times(words: str, month: int | None) -> list[re.Match[str]]:
    """The times in a clause that lie ahead, in their order."""
    months = [found for found in _MONTH.finditer(words) if _is_ahead(found, month)]
    return sorted([*months, *_SOON.finditer(words)], key=re.Match.start)


def _is_ahead(found: re.Match[str], month: int | None) -> bool:
    named = int(read_number(found["month"]) or 0)
    if month is None or not named:
        return False
    if named == month:
        return found["part"] in {"底", "末", "下旬", "中旬"}
    return named > month or (month >= _LATE and named <= NEW_YEAR)
