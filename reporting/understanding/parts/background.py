"""What a message names without reporting on it: compared with, a cause, a model, who is asked."""

import re
from collections.abc import Iterable, Iterator

from reporting.understanding.naming.unit_names import UnitMention

# Nothing but names stands between the words that make a background of them.
_NAME = r"[^,。;:!?、\s\d]{2,14}?"
_BACKGROUND = re.compile(
    rf"比(?:起|照)?{_NAME}(?:那[边头个]|这[边头]|的)?(?:都|还|要|更|又)*(?:快|慢|好|差|早|晚|多|少|高|低|强|难|容易|顺|省|大|小)"
    rf"|(?:跟|和|与|同){_NAME}(?:那[边头个]|这[边头])?(?:相比|比起来|对比|比(?=[,难易快慢好差]))"
    rf"|(?:受|因|因为|由于|受到){_NAME}(?:的)?(?:影响|制约|拖累|牵连|干扰|耽搁|耽误)"
    rf"|(?:沾了?|借[了着]|托了|搭[了上着]|得益于|受益于){_NAME}(?:的)?(?:光|东风|福|便车|带动|启动|建成|开通)"
    rf"|(?:参照|借鉴|学习|仿照|比照|对标|沿用|照搬){_NAME}(?:的)?(?:做法|模式|经验|标准|办法|样子|样板|路子|打法)"
    rf"|等(?:到|着)?[一二三四五1-5]期[^,。;\d]{{0,8}}(?:再|之后|以后|后)"
    rf"|(?:不像|不同于|有别于){_NAME}(?=[,。;那这]|$)"
)
_ASKS = re.compile(r"(?:请|盼|望|求|麻烦|建议|希望|提请|协调|商请)$")


def backgrounds(text: str) -> Iterator[tuple[int, int]]:
    """Where these stand in a message, in order."""
    return (found.span() for found in _BACKGROUND.finditer(text))


def addressed(text: str, units: Iterable[UnitMention]) -> Iterator[tuple[int, int]]:
    """Where units stand of whom something is asked: 请河湾街道协助 names no task of that street."""
    return ((m.start, m.end) for m in units if _ASKS.search(text, max(m.start - 2, 0), m.start))
