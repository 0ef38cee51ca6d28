"""What a column holds by its contents, where its header says nothing we know."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from documents.column import Role
from documents.due_text import is_due
from documents.fields import is_labelled
from documents.page import plain
from documents.task_code import is_code
from documents.unit_cell import read_duties
from documents.unit_names import UnitBook, find_units, has_unit_ending
from reporting.task import TaskKind

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭"
    "郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平"
    "黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜"
    "郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢"
    "裴陆荣翁荀羊惠甄曲家封芮储靳焦谷车侯宓全班仰秋仲伊宫宁仇祖武符刘景詹束龙叶幸司黎乔苍闻莘翟谭贡"
    "劳逄姬申冉桑桂牛寿通边燕冀尚农温庄晏瞿阎连茹习艾容向古易慎戈廖耿匡国文寇广东欧沃利师巩聂关荆游"
    "权盖益桓公上官诸葛司马欧阳肖闫付代谷佟涂岳"
)
_PERSON = re.compile(r"[一-龥]{2,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known before reading: the units and the leaders' names."""

    book: UnitBook = field(default_factory=UnitBook)
    leaders: frozenset[str] = frozenset()


def kind_of(text: str) -> TaskKind | None:
    """The kind of target a cell names; None where it names none."""
    words = plain(text)
    if not words or len(words) > 12:
        return None
    rules = (
        (r"民生|实事", TaskKind.LIVELIHOOD),
        (r"建议|提案", TaskKind.PROPOSAL),
        (r"指标|数据", TaskKind.INDICATOR),
        (r"任务|事项|工作类", TaskKind.MATTER),
    )
    return next((kind for pattern, kind in rules if re.search(pattern, words)), None)


def is_units(text: str, known: Known) -> bool:
    """Whether a cell lists units: known ones, or names that end as units' do."""
    if is_labelled(text):
        return True
    duties = read_duties(text)
    names = duties.leads + duties.supports + duties.units
    if not names or any(len(name) > 30 for name in names):
        return False
    if known.book:
        return sum(bool(find_units(name, known.book)) for name in names) >= 0.5 * len(names)
    return all(has_unit_ending(name) for name in names)


def is_leader(text: str, known: Known) -> bool:
    """Whether a cell is a person's name, of the known leaders where there are any."""
    name = plain(text)
    if known.leaders:
        return any(leader in name for leader in known.leaders)
    return bool(_PERSON.fullmatch(name)) and name[0] in _SURNAMES and not has_unit_ending(name)


def by_content(
    roles: Sequence[Role | None], values: Sequence[Sequence[str]], known: Known
) -> tuple[Role | None, ...]:
    """The roles with those columns filled in that the header left open."""
    found = list(roles)
    for at in (at for at, role in enumerate(found) if role is None and values[at]):
        found[at] = _role(values[at], known)
    _keep_best(found, roles, values)
    if Role.TITLE not in found:
        _longest_is_title(found, values)
    return tuple(_who_leads(found, roles))


def _role(values: Sequence[str], known: Known) -> Role | None:
    checks: tuple[tuple[Role, Callable[[str], bool], float], ...] = (
        (Role.DUE, is_due, 0.6),
        (Role.KIND, lambda text: kind_of(text) is not None and len(plain(text)) <= 6, 0.8),
        (Role.CODE, is_code, 0.8 if len(set(values)) >= 0.5 * len(values) else 2.0),
        (Role.UNITS, lambda text: is_units(text, known), 0.6),
        (Role.LEADER, lambda text: is_leader(text, known), 0.7),
    )
    for role, check, share in checks:
        if sum(map(check, values)) >= share * len(values):
            return role
    return None


def _keep_best(
    found: list[Role | None], stated: Sequence[Role | None], values: Sequence[Sequence[str]]
) -> None:
    """One code, kind, leader and due column are enough; what the header states comes first."""
    for role in (Role.CODE, Role.KIND, Role.LEADER, Role.DUE):
        columns = [at for at, known in enumerate(found) if known is role]
        columns.sort(key=lambda at: (stated[at] is not role, -len(set(values[at])), at))
        for at in columns[1:]:
            if stated[at] is not role:
                found[at] = None


def _longest_is_title(found: list[Role | None], values: Sequence[Sequence[str]]) -> None:
    lengths = {
        at: sum(map(len, values[at])) / len(values[at])
        for at, role in enumerate(found)
        if role is None and values[at]
    }
    if lengths:
        best = max(lengths, key=lambda at: lengths[at])
        if lengths[best] >= 4:
            found[best] = Role.TITLE


def _who_leads(found: list[Role | None], stated: Sequence[Role | None]) -> list[Role | None]:
    """Two columns of units found by content are leads and supports, from the left."""
    guessed = [at for at, role in enumerate(found) if role is Role.UNITS and stated[at] is None]
    has_lead = Role.LEAD in found or any(role is Role.UNITS for role in stated)
    if has_lead:
        for at in guessed:
            found[at] = Role.SUPPORT if Role.SUPPORT not in stated else None
    elif Role.SUPPORT in found:
        for at in guessed:
            found[at] = Role.LEAD
    elif len(guessed) > 1:
        found[guessed[0]] = Role.LEAD
        for at in guessed[1:]:
            found[at] = Role.SUPPORT
    return found
