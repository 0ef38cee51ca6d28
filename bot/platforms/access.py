"""Calls under an access token, with one refresh and one retry and never a loop."""

from collections.abc import Awaitable, Callable

from bot.platforms.outcome import Action, Reading, settle_trouble
from reporting.errors import DeliveryFailed, DeliveryRefused
from reporting.messages import Delivery, DeliveryState
from reporting.ports import Budget, Limit, Token, TokenCache

OVER_BUDGET = "budget"  # the code of a message that waits for our own budget


class Access:
    """The access token of one app."""

    def __init__(
        self, tokens: TokenCache, name: str, fetch: Callable[[], Awaitable[Token]]
    ) -> None:
        self._tokens = tokens
        self._name = name
        self._fetch = fetch

    async def run(self, attempt: Callable[[str], Awaitable[Reading]]) -> Reading:
        """Make the call; a refused token is replaced once, for a wrong secret stays wrong.

        WeCom blocks an address for an hour after repeated failing token calls [D 90313].
        """
        token = await self._tokens.get(self._name, self._fetch)
        reading = await attempt(token)
        if reading.action is not Action.REFRESH:
            return reading
        await self._tokens.forget(self._name, token)
        return await attempt(await self._tokens.get(self._name, self._fetch))


async def check_access(fetch: Callable[[], Awaitable[Token]]) -> Delivery:
    """Fetch a token past the cache, for whoever wants to know whether the settings are right."""
    try:
        await fetch()
    except (DeliveryFailed, DeliveryRefused) as trouble:
        return settle_trouble(trouble)
    return Delivery(state=DeliveryState.DELIVERED)


async def over_budget(
    budget: Budget, claims: tuple[tuple[str, tuple[Limit, ...]], ...]
) -> Reading | None:
    """None if every named budget had one left, else the reading that says how long to wait."""
    for name, limits in claims:
        wait = await budget.take(name, limits)
        if wait > 0:
            detail = "为不超过平台的频率限制，本条稍后自动发送。"
            return Reading(action=Action.BACK_OFF, code=OVER_BUDGET, detail=detail, wait=wait)
    return None
