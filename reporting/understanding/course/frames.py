"""What stands around a report and is none of it: who wrote when, who filled it in, courtesies."""

import re

LONGEST_CLOSING = 60

_CLOCK = r"(?:[上下中]午|早上|晚上|凌晨)?\s?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?![\d.%])"
_DATE = r"(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?"
# 王工 9:12; 水利局-刘 2026-08-12 09:15:22; [2026/8/12 9:15] 小周:
_SENT = re.compile(
    rf"^[^\S\n]{{0,4}}(?:\[?{_DATE}[^\S\n]{{1,4}}{_CLOCK}\]?[^\d\n:：，。,;；]{{0,16}}[:：]?"
    rf"|\S[^\d\n:：，。,;；]{{0,14}}[^\S\n](?:{_DATE}[^\S\n]{{0,4}})?{_CLOCK}[:：]?)[^\S\n]{{0,4}}$\n?",
    re.MULTILINE,
)
_LOG = re.compile(
    r"^[^\w\n]{0,4}(?:\S{0,12}的?聊天记录|以下(?:是|为)(?:\S{0,8})?(?:转发|聊天记录)\S{0,4}|转发|转)"
    r"[^\w\n]{0,4}$\n?",
    re.MULTILINE,
)
_FOOT = re.compile(
    r"^[^\w\n]{0,4}(?:(?:填[报表]|报送|联系|经办|审核|制表|汇报)(?:人员?|单位|部门|科室|时间|日期|电话|方式)|电话|手机)"
    r"\s?[:：][^\n:：]{0,24}(?:\s[^\s:：]{2,4}[:：][^\n:：]{0,24})?$\n?",
    re.MULTILINE,
)
_CLOSING = re.compile(
    r"(?<=[。；;！!\n])\W{0,4}(?:(?:妥否|当否|可否)[，,]?\s?请\S{0,6}|特此(?:报告|汇报|说明|函告)|以上(?:情况|内容)?[，,]?\s?(?:请|特此|汇报|报告)\S{0,8}"
    r"|(?:敬?请)?(?:领导|督查室)?(?:审阅|阅示|批示|审示|知悉|查收)|(?:谢谢|感谢|辛苦)\S{0,8})\W{0,8}$"
)
# 区水利局8月12日; 投资增11.8 and 改到10月12日 are no signatures.
_SIGNED = re.compile(
    r"(?<=[。；;！!\n])[^\S\n]{0,4}"
    r"(?:[\u4e00-\u9fff]{1,11}(?:[局委办镇乡司团心院校部科室处站所村组会]|街道|社区)[，,\s]{0,2}|[\u4e00-\u9fff]{2,4}[，,\s]{1,2})?"
    r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}月\d{1,2}日)[。\s]{0,4}$"
)
# Pictures but no ticks and crosses, which say how something stands.
_PICTURES = (
    "(?:[\u2600-\u2704\u2706-\u2713\u2715\u2717-\u274b\u2753-\u2767\u2794-\u27bf"
    "\U0001f000-\U0001faff][\ufe0f\u200d]?)+"
)
_BETWEEN = re.compile(f"(?<=[^\\W_]) ?{_PICTURES} ?(?=[^\\W_])")
_LEADING = re.compile(f"(?:(?<=[。；;，,！!\n])|^) ?{_PICTURES} ?(?=[^\\W_])")


def unframed(text: str) -> str:
    """The text without what stands around it; as it is if nothing else is there."""
    bare = text
    for frame in (_SENT, _LOG, _FOOT):
        bare = frame.sub("", bare)
    bare = _without_closing(_without_pictures(bare).rstrip())
    return bare if re.search(r"\w", bare) else text


def _without_closing(text: str) -> str:
    """The text without the courtesies, name and date at its end."""
    told, closing = text[:-LONGEST_CLOSING], text[-LONGEST_CLOSING:]
    for _ in range(2):
        closing = _SIGNED.sub("", _CLOSING.sub("", closing))
    return (told + closing).rstrip()


def _without_pictures(text: str) -> str:
    """The text with marks where pictures stand for them: 一期封顶🎉二期开工💪."""
    text = _LEADING.sub("", text)
    return _BETWEEN.sub("；", text) if len(_BETWEEN.findall(text)) > 1 else text
