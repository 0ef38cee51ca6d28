"""Whether a number with its unit can be a value reached, rather than a route, a phase or a goal."""

from reporting.understanding.values import figures_words as say
from reporting.understanding.values.figures_scan import LASTING, Quantity
from reporting.understanding.values.figures_units import AMBIGUOUS, PLACES, SPANS_OF_TIME

_FEW = 10  # written out, no more than that may be no count at all: 一个, 两地
_CHANNELS = 100  # no town has as many bus routes
SPANS = frozenset({"天", "小时", "度", "层", "号", "节"})
_MANY = 1_000  # nor as many phases, storeys or days


def counts(quantity: Quantity, units: frozenset[str]) -> bool:
    """Whether the number can be a value of a task that is counted in `units`."""
    expected = quantity.unit in units or any(
        quantity.unit in kin and not kin.isdisjoint(units) for kin in (PLACES, SPANS_OF_TIME)
    )
    if _is_no_value(quantity, expected):
        return False
    if say.TOTAL_BEFORE.search(quantity.before):
        owed = quantity.unit == "元" and say.OWED.search(quantity.before)
        return bool(owed) or _goes_on(quantity)
    large = quantity.arabic or quantity.value > _FEW
    if quantity.unit in AMBIGUOUS and not expected:
        told = quantity.value > 1 and _is_done_with(quantity)
        return told or (large and _is_counted_so(quantity))
    return bool(large or quantity.value % 1 or _is_worth_telling(quantity, expected))


def is_first_of_few(quantity: Quantity, units: frozenset[str]) -> bool:
    """Whether one of what the task counts is done: 一个已经揭牌,另一个在装修; 做好了一个园."""
    if quantity.value != 1 or quantity.unit not in units - LASTING:
        return False
    return quantity.did or bool(quantity.first and say.ALREADY_AFTER.match(quantity.after))


def _is_no_value(quantity: Quantity, expected: bool) -> bool:
    """Whether the words beside it deny it, set it, ask for it or make it a label or a size."""
    labelled = quantity.first and quantity.unit in {"项", "条"} and not expected
    divided = quantity.before == "共" and quantity.start > 1  # 4万平方米共12栋
    missing = say.ASKED_AFTER if quantity.unit == "元" else say.NOT_YET
    lacked = quantity.unit in PLACES and quantity.before.endswith("缺口")
    return (
        labelled
        or divided
        or lacked
        or any(word.search(quantity.before) for word in say.NO_VALUE_BEFORE)
        or any(word.match(quantity.after) for word in (say.AMONG, missing))
    )


def _is_counted_so(quantity: Quantity) -> bool:
    """Whether a unit that may be a label is one of measure here: 超标12天, 视频4200路."""
    if quantity.unit == "层" and say.PLACE.search(quantity.before):
        return False
    line = quantity.unit == "路"  # 2路和6路换了走向
    many = quantity.value >= (_CHANNELS if line else _MANY)
    reached = quantity.reached_before if line else quantity.reached
    return reached or many or bool(say.NAMES_COUNT.search(quantity.before))


def _is_done_with(quantity: Quantity) -> bool:
    """Whether something was done with so many, whatever it is: 换了两组, 各开了两期."""
    return bool(say.DID.search(quantity.before)) and quantity.unit not in SPANS


def _is_worth_telling(quantity: Quantity, expected: bool) -> bool:
    """Whether a small number, written out, counts what was done: 验了六座, 三家开门了."""
    if quantity.value <= 1 or (quantity.unit in {"项", "件"} and not expected):
        return False
    if quantity.reached_before or quantity.did:
        return True
    done = say.SMALL_AFTER.match(quantity.after) or say.ALL.match(quantity.after)
    if quantity.unit not in LASTING and say.SMALL_DONE.match(quantity.after):
        return True
    return bool(expected and quantity.unit not in LASTING and done)


def _goes_on(quantity: Quantity) -> bool:
    """Whether something is being done with what is left or added: 其余62户已入户, 另有3个在装."""
    left = "剩" in quantity.before[-4:]
    more = quantity.value > 1 and say.MORE_BEFORE.search(quantity.before)
    return bool(
        say.ESTIMATED.search(quantity.before)
        or say.FINISHED.match(quantity.after)
        or (not left and say.UNDER_WAY.match(quantity.after))
        or (more and say.MORE_UNDER_WAY.match(quantity.after))
    )
