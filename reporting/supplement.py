"""A further word in the same month: what it does not speak of stands as it was reported (补充)."""

from dataclasses import replace

from reporting.report import Facts, Status

SUPPLEMENT = "supplement"


def supplements(said: Facts, before: Facts) -> bool:
    """Whether a reply adds to the report before it instead of telling the progress anew.

    A reason or a next step alone does; so does proof of another kind for what is done. A new value
    of the same unit does not: the percentage told beside the old one would be out of date.
    """
    if said.percent is not None or said.status is not None or before == Facts():
        return False
    if not said.figures:
        return True
    done = before.status is Status.DONE or (before.percent or 0) >= 100
    units = {figure.unit for figure in before.figures}
    return done and not any(figure.unit in units for figure in said.figures)


def supplemented(said: Facts, before: Facts) -> Facts:
    """The report before with what the reply adds to it."""
    return replace(
        before,
        problem=said.problem or before.problem,
        next_step=said.next_step or before.next_step,
        suggestion=said.suggestion or before.suggestion,
        figures=before.figures + said.figures,
    )
