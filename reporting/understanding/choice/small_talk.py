"""How likely a text only talks: what its words do, and whether the plan knows any of them.

A logistic model over a few numbers, fitted by `benchmarks/fit_matching.py`. It settles what
`chatter.py` cannot: where some words are unknown, talk and reports differ by degrees.
"""

import math
import re

from reporting.understanding.choice.evidence import Asker
from reporting.understanding.choice.reading import Hit, Reading, letters
from reporting.understanding.choice.trust import chance
from reporting.understanding.naming.index import PlanIndex
from reporting.understanding.talk.chatter import (
    only_says_how_it_stands,
    states_something,
    without_hours,
)
from reporting.understanding.talk.emptiness import is_many_slogans, is_slogan
from reporting.understanding.talk.wish import reports, talks
from reporting.understanding.values.stated import says_plainly
from reporting.understanding.words.speech import Does, all_of, words_of

_TALK = all_of(
    "ack greet thank later busy paper social rules penalty broken filekind photo unread people"
    " asks person holiday"
)
_TELLING = ("name", "kind", "talk", "life", "others", "work", "fact", "report", "amount")
_UNTOLD = 0.5
_LONGEST = 30  # letters: talk that goes on longer asks something, or tells something
_NAMING = 1.0  # the least weight of a part of a title that names a task
_MANY = 6  # letters
_NAMED = 4 / _MANY  # so many letters name a task of his: 对接大会打算5月发邀请函
_AMOUNT = re.compile(
    r"\d[\d.]*\s*(?:%|[万亿元亩米吨方度]|[平公][方里]|[个家户座台处套辆名人所栋宗件场次层条根块片](?!月|小时))|分之|过半|一半|大半|多半|[一二两三四五六七八九几十\d][十百千万]+[多来余]?(?![月号])"
    r"|[一二三四五六七八九两几]成|[二三四五六七八九十百两几][家户座台套栋亩所处个层条](?!月|小时)"
)
_DONE = re.compile(
    r"[建修装铺做种拆挖盖浇搭砌干弄搞安调封签批拨用收清改换喷刷架吊焊拓打办]\S{0,2}[好完了掉齐通]|完成|完工|竣工|封顶"
    r"|开工|动工|到位|正常|推进|验收|通过|滞后|没动|没开|未|[在正][建修装铺拆挖盖浇砌调]|通[电水气车]"
)
_SELF = re.compile(r"我(?:[妈爸老媳儿女家孩娃先头腿车]|请假|手机|电脑|这就)|俩|老[婆公妈爸]")
_MOOD = re.compile(r"哈哈|太\S{1,5}了|真\S{1,4}|好\S了|啦|呀|哎|唉|哟|嘻|呜|嘛|死了|得很")
_PLANS = re.compile(r"打算|计划|拟|准备|预计|争取|\d{1,2}月")
_ASKS = re.compile(r"[?吗么呢呀吧几谁啥]|多少|怎|什么|为何|咋")
_ADDRESS = re.compile("[您你]|大家|各位|领导|老师")
_WISH = re.compile("请|注意|记得|别|帮|麻烦|发我|给我|求|捎|谁|祝|欢迎")


def talk_chance(reading: Reading, index: PlanIndex, asker: Asker) -> float:
    """How likely a text only talks; as likely as not, where no word of it is known."""
    too_long = sum(map(str.isalnum, reading.text)) > _LONGEST
    if too_long or only_says_how_it_stands(reading.text):
        return 0.0
    if reports(reading.text) or is_many_slogans(reading.text):
        return 0.0
    values = talk_values(reading, index, asker)
    plans = values["name"] >= _NAMED and _PLANS.search(reading.text)
    if talks(reading.text) and (not plans or _ASKS.search(reading.text)):
        return 1.0
    if values["named"] and (values["amount"] or values["states"] or says_plainly(reading.text)):
        return 0.0  # how something of his own stands, whatever courtesy is around it
    return chance(values, index.model.talk) if any(map(values.get, _TELLING)) else _UNTOLD


def talk_values(reading: Reading, index: PlanIndex, asker: Asker) -> dict[str, float]:
    """What speaks for a text being talk, and what for its being a report."""
    text = reading.text
    parts = _parts(reading, index, asker)
    all_letters = sum(map(str.isalnum, text)) or 1
    share = {name: bits.bit_count() / all_letters for name, bits in parts.items()}
    some = {name: min(bits.bit_count(), _MANY) / _MANY for name, bits in parts.items()}
    timeless = without_hours(text)
    bare = not any(parts[name] for name in ("name", "kind", "others", "work", "fact", "report"))
    return {
        "one": 1.0,
        "bare": float(bare),
        "name": some["name"],
        "named": float(parts["name"].bit_count() > 1),
        "kind": some["kind"],
        "talk": share["talk"],
        "talks": some["talk"],
        "life": share["life"],
        "lives": some["life"],
        "others": some["others"],
        "work": share["work"],
        "fact": some["fact"],
        "report": share["report"],
        "strange": min(parts["strange"].bit_count() / (2 * _MANY), 1.0),
        "amount": float(bool(_AMOUNT.search(timeless))),
        "states": float(states_something(timeless)),
        "done": float(bool(_DONE.search(text))),
        "address": float(bool(_ADDRESS.search(text))),
        "self": float(bool(_SELF.search(text))),
        "wish": float(bool(_WISH.search(text))),
        "mood": float(bool(_MOOD.search(text))),
        "long": math.log(all_letters) / 3,
        "slogan": float(is_slogan(text)),
    }


def _parts(reading: Reading, index: PlanIndex, asker: Asker) -> dict[str, int]:
    """A bit for each letter, under the first of these that it belongs to."""
    text = reading.text
    named, kind, others, work = _known(reading, index, asker)
    spoken = _spoken(text)
    left = sum(1 << place for place, letter in enumerate(text) if letter.isalnum())
    parts: dict[str, int] = {}
    for name, bits in (
        ("name", named),
        ("kind", kind),
        ("fact", spoken["fact"]),
        ("talk", spoken["talk"]),
        ("life", spoken["life"]),
        ("others", others),
        ("work", work),
        ("filler", spoken["filler"]),
        ("report", ~reading.content),  # its own little words (的, 都, 了) are filler already
        ("other", spoken["other"]),
        ("strange", left),
    ):
        parts[name] = left & bits
        left &= ~bits
    return parts


def _known(reading: Reading, index: PlanIndex, asker: Asker) -> tuple[int, int, int, int]:
    """The letters that name his tasks, those of their kinds, others' names, anybody's work."""
    named = kind = others = work = 0
    for hit in reading.hits:
        bits = letters(hit.start, hit.start + len(hit.key))
        if hit.kind == "talk":
            work |= bits
            kind |= bits if _is_of_his_kinds(hit, index, asker) else 0
        elif hit.kind in {"gram", "skip"}:
            telling = [number for number, weight in hit.pointing if weight >= _NAMING]
            others |= bits if telling else 0
            named |= bits if not asker.own.isdisjoint(telling) else 0
    return named, kind, others, work


def _is_of_his_kinds(hit: Hit, index: PlanIndex, asker: Asker) -> bool:
    """Whether a word of talk is of a kind that one of his tasks has."""
    kinds = index.kinds
    return any(not asker.own.isdisjoint(kinds.get(concept, ())) for concept, _ in hit.pointing)


def _spoken(text: str) -> dict[str, int]:
    """The letters of facts, of talk, of daily life, and little words of any text."""
    spoken = dict.fromkeys(("fact", "talk", "life", "filler", "other"), 0)
    for start, length, does in words_of(text):
        if does:
            manner = _manner(does)
            little = length == 1 and not text[start].isdigit()
            name = "filler" if manner == "other" and little else manner
            spoken[name] |= letters(start, start + length)
    return spoken


def _manner(does: Does) -> str:
    if "fact" in does:
        return "fact"
    if not does.isdisjoint(_TALK) and "sound" not in does:
        return "talk"
    return "life" if "life" in does else "other"
