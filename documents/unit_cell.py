"""The units of a cell or clause: who leads, who supports, each name resolved or unknown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from documents.page import BOLD, plain, tidy
from documents.unit_names import UnitBook, find_units, has_unit_ending

_MARKS = f"★☆▲△●◆◇■※*＊✦◎√☑{BOLD}"
_MARKED = re.compile(rf"[{re.escape(_MARKS)}]|[(（\[【](?:牵头(?:单位|部门)?|主办|主责)[)）\]】]")
_NOISE = re.compile(r"[(（\[【](?:配合|协办|协助|参与)(?:单位|部门)?[)）\]】]")
_SEPARATOR = re.compile(r"[、,，;；/|\n\t。]|(?<=[^\sA-Za-z]) +(?=[^\s])")
_AND = re.compile(r"以及|及|和|与|暨")
_LEAD = r"(?:第一)?(?:牵头|主办|主责|承办|主管|实施)"
_SUPPORT = r"(?:配合|协办|协助|参与|参加|会办|协同|支持)"
_LABEL = re.compile(
    rf"(?P<lead>{_LEAD}(?:责任)?(?:单位|部门)?\s*[:：])"
    rf"|(?P<support>{_SUPPORT}(?:责任)?(?:单位|部门)?\s*[:：])"
    r"|(?P<units>(?:责任|承担|落实)(?:单位|部门)\s*[:：])"
)
_LED = re.compile(rf"^(?:由)?(?P<units>.+?){_LEAD}(?:负责)?$")
_SUPPORTED = re.compile(rf"^(?:由)?(?P<units>.+?){_SUPPORT}$")
# 按职责分工负责 says nothing about who leads; beside a 牵头 it means the others.
_CHARGE = re.compile(
    r"(?:等(?:有关|相关)?(?:部门|单位)?)?(?:按(?:照)?(?:各自)?职责(?:分工)?|分别|共同|具体|分工)*"
    r"负责(?:落实|实施)?(?=$|[,，;；、。])"
)
_ALL = re.compile(
    r"各(?:有关|相关)?(?:县直|区直)?((?:乡|镇|街道?|\(|\)|、|和|及)+)(?:办事处|人民政府|政府|办|\(|\))*"
)
_ALSO_ALL = re.compile(r"各?(?:乡|镇|街道?)+(?:办事处|人民政府|政府|办)?")
_VAGUE = re.compile(
    r"^(?:各|全)?(?:县|区|市)?(?:直|级|各|其他|有关|相关|其它|责任|成员|部门|单位|职能|等)*"
    r"(?:部门|单位|成员单位)$|^[-—/无]+$"
)
_SHARED_ENDINGS = (
    "镇人民政府", "乡人民政府", "街道办事处", "人民政府", "镇政府", "乡政府", "街道", "街道办",
    "管理委员会", "管委会", "委员会", "镇", "乡", "局", "委", "办", "中心", "公司", "集团",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """Names as written: `leads`, `supports`, and `units` whose part is not said."""

    leads: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.leads or self.supports or self.units)

    def __add__(self, other: "Duties") -> "Duties":
        return Duties(
            leads=tuple(dict.fromkeys(self.leads + other.leads)),
            supports=tuple(dict.fromkeys(self.supports + other.supports)),
            units=tuple(dict.fromkeys(self.units + other.units)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundUnit:
    """A written name and the full names it may mean; `vague` names no unit at all (有关单位)."""

    written: str
    names: tuple[str, ...]
    vague: bool = False


def read_duties(text: str) -> Duties:
    """Who leads and who supports as a cell says it: by label, by verb, by mark, or not at all."""
    said = _labelled(text)
    said = _spoken(text) if said is None else said
    if said is not None:
        return said
    names = split_names(_CHARGE.sub("", text))
    marked = tuple(bare(name) for name in names if _MARKED.search(name))
    rest = tuple(bare(name) for name in names if not _MARKED.search(name))
    return Duties(leads=marked, supports=rest) if marked and rest else Duties(units=marked + rest)


def bare(name: str) -> str:
    """The name without lead marks."""
    return _NOISE.sub("", _MARKED.sub("", name)).strip(" :：")


def split_names(text: str) -> tuple[str, ...]:
    """The names of a list; what stands in brackets is not split."""
    guarded = re.sub(
        r"[(（][^()（）]*[)）]", lambda found: _SEPARATOR.sub("\ue001", found[0]), tidy(text)
    )
    pieces = (piece.replace("\ue001", "、").strip() for piece in _SEPARATOR.split(guarded))
    return tuple(piece for piece in pieces if piece and bare(piece))


def resolve(names: Iterable[str], book: UnitBook) -> tuple[FoundUnit, ...]:
    """Each written name with the units it may mean; endings shared over a list are filled in."""
    written = tuple(part for name in _joined(tuple(names), book) for part in _parted(name, book))
    found: list[FoundUnit] = []
    everyone = False
    for at, name in enumerate(written):
        # 各乡镇、街道: the 各 is said once for all that follow it.
        everyone = bool(_ALL.fullmatch(plain(name))) or (
            everyone and bool(_ALSO_ALL.fullmatch(plain(name)))
        )
        if everyone:
            written_in_full = name if name.startswith("各") else f"各{name}"
            towns = _all_towns(name, book)
            found.append(FoundUnit(written=written_in_full, names=towns, vague=not towns))
        elif _VAGUE.match(plain(name)):
            found.append(FoundUnit(written=name, names=(), vague=True))
        else:
            found.append(FoundUnit(written=name, names=_meanings(name, written[at + 1 :], book)))
    return tuple(found)


def _labelled(text: str) -> Duties | None:
    labels = list(_LABEL.finditer(text))
    if not labels:
        return None
    parts: dict[str, tuple[str, ...]] = {"lead": (), "support": (), "units": ()}
    head = split_names(text[: labels[0].start()])
    ends = [label.start() for label in labels[1:]] + [len(text)]
    for label, end in zip(labels, ends, strict=True):
        names = tuple(bare(name) for name in split_names(text[label.end() : end]))
        parts[label.lastgroup or "units"] += names
    return Duties(leads=parts["lead"], supports=parts["support"], units=head + parts["units"])


def _spoken(text: str) -> Duties | None:
    """A牵头，B、C配合: verbs after the names; None where no verb is used."""
    leads: list[str] = []
    supports: list[str] = []
    waiting: list[str] = []
    others = "配合" if re.search(_LEAD, text) else ""
    for name in split_names(_CHARGE.sub(others, text)):
        plain_name = _NOISE.sub("", name)
        led, supported = _LED.match(plain_name), _SUPPORTED.match(plain_name)
        verb = led or supported
        waiting.append(bare(verb["units"] if verb else name))
        if verb:
            (leads if led else supports).extend(waiting)
            waiting = []
    if not leads and not supports:
        return None
    (supports if leads else leads).extend(waiting)
    return Duties(leads=tuple(leads), supports=tuple(supports))


def _joined(names: tuple[str, ...], book: UnitBook) -> tuple[str, ...]:
    """Names broken over two lines are one again where only the whole is a known unit."""
    result: list[str] = []
    for name in names:
        whole = plain(result[-1] + name) if result else ""
        if whole in book.exact or whole in book.aliases:
            result[-1] = whole
        else:
            result.append(name)
    return tuple(result)


def _parted(name: str, book: UnitBook) -> tuple[str, ...]:
    """和 and 及 join two units only where the whole is no unit and both parts are."""
    if find_units(name, book) or not _AND.search(name):
        return (name,)
    for found in _AND.finditer(name):
        left, right = name[: found.start()], name[found.end() :]
        both = (
            find_units(left, book) and find_units(right, book)
            if book
            else (has_unit_ending(left) and has_unit_ending(right))
        )
        if both:
            return (left, right)
    return (name,)


def _meanings(name: str, after: tuple[str, ...], book: UnitBook) -> tuple[str, ...]:
    known = find_units(name, book)
    if len(known) == 1:
        return known
    for ending in _endings_after(name, after):
        longer = find_units(name + ending, book) if book else (name + ending,)
        if len(longer) == 1:
            return longer
    return known if book else (name,)


def _endings_after(name: str, after: tuple[str, ...]) -> tuple[str, ...]:
    """Endings a name may share with the first later name that has one (石桥、白马镇人民政府)."""
    if has_unit_ending(name) and not re.search(r"[镇乡]$|街道$", name):
        return ()
    for other in after:
        endings = tuple(ending for ending in _SHARED_ENDINGS if other.endswith(ending))
        if endings:
            return tuple(ending for ending in endings if _fits(name, ending))
    return ()


def _fits(name: str, ending: str) -> bool:
    if re.search(r"[镇乡]$", name):
        return ending == "人民政府"
    return (ending == "办事处") if name.endswith("街道") else ending != "人民政府"


def _all_towns(name: str, book: UnitBook) -> tuple[str, ...]:
    """各乡镇（街道）: every town and street of the directory that the words cover."""
    kinds = [kind for kind, word in (("镇", "镇"), ("乡", "乡"), ("街道", "街")) if word in name]
    pattern = re.compile("|".join(rf"{kind}(?:人民政府|办事处|政府)?$" for kind in kinds))
    return tuple(unit for unit in book.names if pattern.search(unit))
