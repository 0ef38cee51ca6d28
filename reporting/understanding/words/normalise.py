"""One form for what people type, character for character, so every place maps back to the text.

On top of `spans.fold` (half width, simplified): small letters, one form of each mark, and blanks
for emoji, stickers and mentions. Nothing changes length: `plain(text)[a:b]` is `text[a:b]`.
"""

import re
import unicodedata

from reporting.understanding.words.spans import fold

_MARKS = dict(
    zip(
        map(ord, "｡､“”「」『』‘’【】〔〕—–―〜•・✅✔☑\t\r"),
        '。、""""""\'\'[]()---~··√√√  ',
        strict=True,
    )
)
_MENTION = re.compile(r"@[^\s@,。:;!?]{1,20}(?=[\s,:]|$)")
_KEYCAP = re.compile("([0-9])\ufe0f?\u20e3")  # 1️⃣ numbers a line
_STICKER = re.compile(
    r"\[(?:(?:图片|文件|语音|视频|通话|位置|链接|名片|红包|转账|聊天记录|小程序|接龙|未接|收藏)[^\[\]\n]{0,20}"
    r"|动画表情|表情|微笑|强|抱拳|玫瑰|ok|合十|握手|赞|呲牙|憨笑|捂脸|偷笑|苦涩|流泪|大哭|爱心|加油|鼓掌"
    r"|撇嘴|叹气|奸笑|旺柴|发呆|庆祝|礼物|咖啡|太阳|愉快|胜利|得意|害羞|调皮|笑哭|破涕为笑|尴尬|抓狂)\]"
)


class _Kept(dict[int, str]):
    """What is kept of each character: a blank for emoji, controls and lone marks."""

    def __missing__(self, code: int) -> str:
        self[code] = _kept(chr(code))
        return self[code]


def _kept(character: str) -> str:
    lowered = character.lower()
    if character.isdecimal():
        return str(unicodedata.decimal(character))  # of any script
    if character == "\n" or character.isalnum():
        return lowered if len(lowered) == 1 else character
    category = unicodedata.category(character)
    return " " if category[0] in "CZM" or category in {"So", "Sk"} else character


_KEPT = _Kept((code, _kept(mark)) for code, mark in _MARKS.items())

# Nobody groups thousands with a wide comma: 301 98，303 60.
_BETWEEN_NUMBERS = re.compile("(?<=[0-9])，(?=[0-9]{3}(?![0-9]))")


def plain(text: str) -> str:
    """The text in one form, of the same length."""
    numbered = _KEYCAP.sub(lambda key: key[1] + "、".ljust(len(key[0]) - 1), text)
    numbered = _BETWEEN_NUMBERS.sub("；", numbered)
    folded = fold(numbered).translate(_KEPT)
    for artefact in (_MENTION, _STICKER):
        folded = artefact.sub(lambda found: " " * len(found[0]), folded)
    return folded
