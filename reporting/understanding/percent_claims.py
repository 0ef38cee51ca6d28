"""How strongly a share claims to be the completion of the whole, by the words before it."""

from enum import IntEnum

from reporting.understanding import percent_words as say


class Claim(IntEnum):
    """How strongly a share claims to be the overall completion."""

    NONE = 0
    VAGUE = 1
    MONTH = 2
    PLAIN = 3
    MONEY = 4
    PROGRESS = 5
    TASK = 6
    RATIO = 7
    OVERALL = 8


def claim_of(before: str, value: float, title: str) -> Claim:
    """The claim of a share of this value behind these words."""
    rates = (say.GROWTH, say.FALL, say.CHANGE, say.OWN_RATE)
    of_part = say.OF_PART_TOTAL.search(before)
    if any(rate.search(before) for rate in rates) or (
        of_part and (of_part[1] or of_part[2]) not in title
    ):
        return Claim.NONE
    if say.OF_MONTH.search(before):
        return Claim.MONTH
    if say.OVERALL.search(before):
        whole = say.OF_WORK.search(before) or not say.TITLE_RATE.search(title)
        return Claim.OVERALL if whole else Claim.NONE
    if say.OF_TASK.search(before):
        return Claim.MONEY if say.INVESTED.search(before) else Claim.TASK
    return _claim_of_words(before, value, title)


def _claim_of_words(before: str, value: float, title: str) -> Claim:
    """The claim of a share that is not said to be that of the task."""
    whole = any(say_so.search(before) for say_so in say.OF_WHOLE)
    parts = () if whole else say.PARTS.finditer(before)
    if any(part[0] not in title for part in parts):
        return Claim.NONE
    if say.OF_MONEY.search(before):
        return Claim.MONEY
    if _is_indicator_value(before, value, title):
        return Claim.NONE
    if say.PROGRESS.search(before):
        return Claim.PROGRESS
    return Claim.NONE if _is_of_group(before, title) else Claim.PLAIN


def _is_of_group(before: str, title: str) -> bool:
    """Whether the share is that of one group in the whole, which the title does not name."""
    group = say.GROUP.search(before)
    if say.OF_PART.search(before) or not group:
        return bool(say.OF_PART.search(before))
    words = group[1]
    named = any(words[i : i + 2] in title for i in range(len(words) - 1))
    return not named and not say.OWN_WORDS.search(words)


def _is_indicator_value(before: str, value: float, title: str) -> bool:
    """Whether a bare share is the indicator itself: "72.3%" for a ratio to be kept above 72%."""
    rate = say.TITLE_RATE.search(title)
    if not rate:
        return False
    if say.GROWTH_TITLE.search(title) and (
        say.SAID_DONE.search(before) or value > 3 * float(rate[1]) > 0
    ):
        return before.endswith("占")
    return True
