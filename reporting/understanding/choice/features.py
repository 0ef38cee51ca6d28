"""What a stretch of text has in common with each task, as numbers the model weighs."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reporting.understanding.choice.evidence import Asker, Evidence
from reporting.understanding.choice.reading import Reading, letters
from reporting.understanding.naming.index import Entry, PlanIndex
from reporting.understanding.naming.petitions import speaks_of_handling
from reporting.understanding.naming.titles import phase
from reporting.understanding.values.measure import COMMON, GROWTH, RATE, Target, is_counted, wholes

_NAMED = 1.0  # naming letters of a title
_ROOM = 1.5  # how far over its target a value may lie and still be meant
_MORE = 1.005  # of its target; what is less is rounded
_OF_MONEY = 0.5  # income and trade exceed what was set out more often than building does
_HEAD = 4
_EXACT, _ROUNDED = 0.06, 0.51  # per cent
_OF_ANY = frozenset({"元", GROWTH, RATE})  # what may be told of any task
_DECADES = 2.0  # how far below its target, in powers of ten, a value tells nothing
# The words of one who has a part in another's task: 我们配合…, 环评我们批了, 只管….
_HELPS = re.compile(
    r"(?:^|[,。;\s])[^,。;\s请]{0,20}(?<!不)(?:配合|协助)(?![得度])|我[们局委][局委]?(?:这[边头])?(?:已)?(?:只|就|光|给|批|审|拨|核)"
    r"|(?:归|涉及)我[们局委]|我[们局委][局委]?这[边头]|我[们局委](?:发|办|出)了|帮着对接"
)
# Who comes back to what he has reported this month: 更正, 上条多算了, 再补充一下.
_AGAIN = re.compile(
    r"更正|订正|纠正|勘误|有误|[报写记填说发打]错|刚才|刚刚|方才|[上前]一?[条次面]|前头|(?:再|更|另)补充|补充(?:一下|说明|报告|汇报|\W)|补报(?!告)|追加|[多少漏][算报填写]|改[成为]|应该?[是为]"
)
_SILENT = dict.fromkeys(
    (
        *("telling", "talk", "cover", "explained", "skip", "sound", "number", "measure"),
        *("beyond", "outdone", "head", "first", "letter", "partner", "ratio", "near", "over"),
    ),
    0.0,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What a stretch of text says apart from words, and where its sender stands."""

    amounts: tuple[Target, ...] = ()
    wholes: tuple[Target, ...] = ()
    shares: tuple[float, ...] = ()
    counted: Mapping[str, int] = field(default_factory=dict)
    phase: str = ""
    things: frozenset[str] = frozenset()
    leads: frozenset[int] = frozenset()
    settled: frozenset[int] = frozenset()  # what has been reported this month
    content: int = 0
    partners: frozenset[str] = frozenset()
    head: int = 0  # a bit for each of its first letters that can name a task
    helps: bool = False  # of a part he has in another's task
    handles: bool = False  # a suggestion or a proposal


def spoken_in(reading: Reading, spans: Sequence[tuple[int, int]], standing: Spoken) -> Spoken:
    """The numbers and phase of these stretches, beside the sender's standing."""
    words = " ".join(reading.text[a:b] for a, b in spans)
    found = tuple((place, t) for place, t in reading.amounts if _is_in(place, spans))
    shares = tuple(share for place, share in reading.shares if _is_in(place, spans))
    content = reading.content & sum(letters(a, b) for a, b in spans)
    return Spoken(
        amounts=tuple(amount for _, amount in found),
        wholes=tuple(wholes(reading.text, found)),
        shares=shares,
        counted=standing.counted,
        phase=phase(words),
        things=frozenset(thing for place, thing in reading.things if _is_in(place, spans)),
        leads=standing.leads,
        settled=frozenset() if _AGAIN.search(words) else standing.settled,
        content=content,
        head=_first(content & ~reading.signatures, _HEAD),
        partners=_named(reading, spans),
        helps=bool(_HELPS.search(words)),
        handles=speaks_of_handling(words),
    )


def _is_in(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _first(bits: int, count: int) -> int:
    """The lowest of these bits."""
    kept = 0
    for _ in range(count):
        kept |= (bits ^ kept) & -(bits ^ kept)
    return kept


def _named(reading: Reading, spans: Sequence[tuple[int, int]]) -> frozenset[str]:
    there = (m.units for m in reading.units if _is_in(m.start, spans))
    return frozenset[str]().union(*there)


def features(
    number: int, evidence: Mapping[int, Evidence], index: PlanIndex, asker: Asker, spoken: Spoken
) -> dict[str, float]:
    """The evidence for one task as numbers."""
    entry, found = index.entries[number], evidence.get(number)
    leads = number in spoken.leads
    standing = {
        "lead": float(leads),
        "aside": float(leads and spoken.helps),
        "settled": float(
            number in spoken.settled and not _is_named_alone(found, evidence, asker, spoken)
        ),
        "petition": float(entry.petition),
        "handled": float(entry.petition and spoken.handles),
        "unfit": _unfit(entry.targets, spoken),
    }
    values = _SILENT | standing
    if found is not None:
        values |= _by_words(found, entry, spoken)
        values["outdone"] = _outdone(number, evidence, asker)
    if spoken.amounts and entry.targets:
        values |= _by_numbers(entry.targets, spoken)
    if _contradicts(entry.phase, spoken.phase) or _is_another(entry.things, spoken.things):
        values["outdone"] = 1.0
    if spoken.partners:
        others = spoken.partners.difference(asker.units)
        values["partner"] = float(not others.isdisjoint(entry.task.units))
    return values


def _by_words(found: Evidence, entry: Entry, spoken: Spoken) -> dict[str, float]:
    """What the words have in common with the task."""
    return {
        "telling": math.sqrt(found.telling),
        "talk": math.sqrt(found.rare_talk),
        "cover": min(found.gram / entry.weight, 1.0),
        "explained": _explained(found.covered, spoken.content),
        "skip": math.log1p(found.skip),
        "sound": math.log1p(max(found.sound - found.gram, 0.0)),
        "head": ((found.covered | found.single) & spoken.head).bit_count() / _HEAD,
        "first": float(bool(found.claimed & spoken.head & -spoken.head)),
        "letter": math.sqrt(found.letter),
    }


def _by_numbers(targets: tuple[Target, ...], spoken: Spoken) -> dict[str, float]:
    """How the numbers said fit the targets."""
    same, alike, beyond = _measures(targets, spoken)
    return {
        "number": same,
        "measure": alike,
        "beyond": beyond,
        "near": max(_near(target, spoken) for target in targets),
        "over": max(_over(target, spoken) for target in _largest(targets)),
        "ratio": float(any(_adds_up(target, spoken) for target in targets)),
    }


def _explained(covered: int, content: int) -> float:
    """The share of the text's own words that speak for the task."""
    return (covered & content).bit_count() / max(content.bit_count(), 2)


def _outdone(number: int, evidence: Mapping[int, Evidence], asker: Asker) -> float:
    """Whether another of the sender's tasks has all it has and a name more."""
    found = evidence.get(number)
    if found is None or not found.gram + found.skip:
        return 0.0
    rivals = (evidence[rival] for rival in asker.own if rival != number and rival in evidence)
    return float(any(rival.outdoes(found) for rival in rivals))


def _is_named_alone(
    found: Evidence | None, evidence: Mapping[int, Evidence], asker: Asker, spoken: Spoken
) -> bool:
    """Whether it has a name there that none of what is still owed has: 石桥养老服务中心."""
    owed = (evidence[n] for n in asker.own - spoken.settled if n in evidence)
    return found is not None and found.naming() >= _NAMED and all(map(found.outdoes, owed))


def _adds_up(target: Target, spoken: Spoken) -> bool:
    """Whether the numbers said make the target: 1598户, 72.6% of 2200户; 完工11个,还有4个 of 15."""
    if target in spoken.wholes:
        return True
    values = (
        [a.value for a in spoken.amounts if is_counted(target, a.unit)] if spoken.shares else ()
    )
    return any(_is_share(value, share, target.value) for value in values for share in spoken.shares)


def _near(target: Target, spoken: Spoken) -> float:
    """How near a value said comes to the target from below: 1 at the target, 0 at a hundredth."""
    reached = (amount.value for amount in spoken.amounts if is_counted(target, amount.unit))
    shares = (value / target.value for value in reached if 0 < value <= _ROOM * target.value)
    nearest = max((1 - abs(math.log10(share)) / _DECADES for share in shares), default=0.0)
    return max(nearest, 0.0)


def _largest(targets: tuple[Target, ...]) -> Iterable[Target]:
    """The largest target of each unit: 1600 is not over 其中1500人次 where 6000 are set."""
    return {target.unit: target for target in reversed(targets)}.values()


def _over(target: Target, spoken: Spoken) -> float:
    """Whether more is said than the target sets out, as may be, but seldom: 41公里 of 38公里."""
    if target.unit in (GROWTH, RATE):
        return 0.0
    reached = [a.value for a in spoken.amounts if is_counted(target, a.unit)]
    much = bool(reached) and target.value * _MORE < max(reached) <= _ROOM * target.value
    return float(much) * (_OF_MONEY if target.unit == "元" else 1.0)


def _unfit(targets: tuple[Target, ...], spoken: Spoken) -> float:
    """Whether things are counted, and the target counts no such thing; money tells nothing."""
    if not spoken.amounts:
        return 0.0
    said = {amount.unit for amount in spoken.amounts} - _OF_ANY
    return float(bool(said) and not any(is_counted(t, unit) for t in targets for unit in said))


def _is_share(value: float, share: float, whole: float) -> bool:
    """Whether a value is such a share of the whole, or what is left of it is, to the decimal."""
    if value == whole or not whole:
        return False
    exact = share % 1
    done = abs(value / whole * 100 - share) < (_EXACT if exact else _ROUNDED)
    return done or bool(exact and abs((1 - value / whole) * 100 - share) < _EXACT)


def _measures(targets: tuple[Target, ...], spoken: Spoken) -> tuple[float, float, float]:
    """Whether a target's own number is said, less of its unit, or far more than it can hold.

    What is more than one of several targets holds is of another: 6150人次 of 6000, 其中1500人次.
    """
    same = alike = beyond = 0.0
    held = {GROWTH, RATE}
    for target in targets:
        rarity = 0.3 if target.unit in COMMON else 1.0
        reached = [a.value for a in spoken.amounts if is_counted(target, a.unit)]
        sharing = max(spoken.counted.get(target.unit, 1), 1) ** 0.5
        if target.value in reached:
            same = max(same, rarity if target.value < 10 else 1.0)
        if any(0 < value <= _ROOM * target.value and value != target.value for value in reached):
            alike = max(alike, rarity / sharing)
            held.add(target.unit)
        elif target.unit not in held and reached and target.value not in reached:
            beyond = max(beyond, rarity)
    return same, alike, beyond


def _is_another(titled: frozenset[str], said: frozenset[str]) -> bool:
    """Whether the text names another thing of that kind by its number: 3号泊位, not 5号泊位."""
    kinds = {thing[-1] for thing in titled}
    return bool(titled) and titled.isdisjoint(said) and any(thing[-1] in kinds for thing in said)


def _contradicts(titled: str, said: str) -> float:
    """Whether the text speaks of another phase (期, 标段) than the title."""
    return float(bool(titled and said and titled[-1] == said[-1] and titled != said))
