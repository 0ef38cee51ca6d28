"""What the office orders, in chat and on the command line alike: the same words, the same rules."""

from collections.abc import Awaitable, Callable

from handlers.amendment import amend
from handlers.concern import order_concerns
from handlers.digest_approval import order_digest
from handlers.duty import tell_gaps
from handlers.extension import decide_extensions
from handlers.office_leave import order_leave
from handlers.redirection import move_report
from handlers.review import Bench, review
from reporting.review import compose_reviewed, read_review


async def carry_out(bench: Bench, words: str, by: str) -> str:
    """The receipt of an order, empty where the words give none; AnswerRefused says why not.

    An order is refused as a whole before anything is written.
    """
    for handle in _ORDERS:
        receipt = await handle(bench, words, by)
        if receipt:
            return receipt
    return ""


async def _review(bench: Bench, words: str, by: str) -> str:
    order = read_review(words, bench.states)
    return "" if order is None else compose_reviewed(await review(bench, order, by))


_ORDERS: tuple[Callable[[Bench, str, str], Awaitable[str]], ...] = (
    move_report,
    _review,
    decide_extensions,
    amend,
    order_concerns,
    order_digest,
    tell_gaps,
    order_leave,
)
