"""Small Chinese numerals in codes, headings and dates: 十二, 二〇二六, ③, Ⅳ, iv."""

import re
import unicodedata

_DIGITS = {"〇": 0, "零": 0, "○": 0} | {word: n for n, word in enumerate("一二三四五六七八九", 1)}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


def small_number(text: str) -> int | None:
    """The number a short numeral stands for (to 99 in words, any length in digits), else None."""
    text = unicodedata.normalize("NFKC", text.strip()) if text.strip() not in {"〇", "○"} else "〇"
    if re.fullmatch(r"\d{1,6}", text):
        return int(text)
    if text and all(word in _DIGITS for word in text):
        return int("".join(str(_DIGITS[word]) for word in text))
    words = re.fullmatch(r"([一二三四五六七八九])?十([一二三四五六七八九])?", text)
    if words:
        return _DIGITS[words[1] or "一"] * 10 + _DIGITS[words[2] or "零"]
    hundreds = re.fullmatch(r"([一二三四五六七八九])百零?(.*)", text)
    if hundreds:
        return _DIGITS[hundreds[1]] * 100 + (small_number(hundreds[2]) or 0)
    return _roman(text.lower())


def _roman(text: str) -> int | None:
    if not re.fullmatch(r"(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})", text) or not text:
        return None
    values = [_ROMAN[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(v if v >= after else -v for v, after in zip(values, following, strict=True))
