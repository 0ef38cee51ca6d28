"""The API of one WeCom app: calls under its access token, and the files it keeps for us."""

from collections.abc import Mapping

import aiohttp

from bot.platforms.access import Access
from bot.platforms.channel import WeComSettings
from bot.platforms.exchange import Answer, Call, Exchange, Upload, read_token
from bot.platforms.outcome import Action, Reading, require_done
from bot.platforms.reading import string
from bot.platforms.wecom.answer import read_answer
from bot.platforms.wecom.file import OutgoingFile
from reporting.ports import Token, TokenCache


class AppApi:
    """One app's secret, its token, and the calls made with them."""

    def __init__(
        self, settings: WeComSettings, session: aiohttp.ClientSession, tokens: TokenCache
    ) -> None:
        self._settings = settings
        self.name = f"wecom:{settings.corp_id}:{settings.agent_id}"
        self._exchange = Exchange(session, settings)
        self._access = Access(tokens, self.name, self.fetch_token)

    async def post(self, path: str, payload: Mapping[str, object]) -> Reading:
        """A call that does something, under the token."""

        async def attempt(token: str) -> Reading:
            query = {"access_token": token}
            call = Call(url=self._url(path), query=query, payload=payload)
            return read_answer(await self._exchange.perform(call))

        return await self._access.run(attempt)

    async def post_plainly(self, path: str, key: str, payload: Mapping[str, object]) -> Reading:
        """A call to a group's webhook, which needs its key and no token."""
        call = Call(url=self._url(path), query={"key": key}, payload=payload)
        return read_answer(await self._exchange.perform(call))

    async def fetch(self, path: str, query: Mapping[str, str], most: int) -> Answer:
        """The answer to a call that only asks, under the token; raises DeliveryRefused, -Failed."""
        taken: list[Answer] = []

        async def attempt(token: str) -> Reading:
            call = Call(url=self._url(path), query={"access_token": token, **query}, most=most)
            answer = await self._exchange.perform_idempotent(call)
            taken.append(answer)
            if answer.status == 200 and answer.file is not None:
                return Reading(action=Action.DONE)
            return read_answer(answer)

        require_done(await self._access.run(attempt))
        return taken[-1]

    async def look(self, path: str, query: Mapping[str, str]) -> Mapping[str, object]:
        """What the platform answers to a call that only asks; raises DeliveryRefused, -Failed."""
        answered: list[Answer] = []

        async def attempt(token: str) -> Reading:
            call = Call(url=self._url(path), query={"access_token": token, **query})
            answered.append(await self._exchange.perform_idempotent(call))
            return read_answer(answered[-1])

        require_done(await self._access.run(attempt))
        return answered[-1].body or {}

    async def upload(self, file: OutgoingFile) -> str:
        """Leave a file with the platform for three days; its media id."""
        taken: list[Answer] = []

        async def attempt(token: str) -> Reading:
            query = {"access_token": token, "type": file.kind}
            taken.append(await self._upload("media/upload", query, file))
            return read_answer(taken[-1])

        require_done(await self._access.run(attempt))
        return string(taken[-1].body or {}, "media_id")

    async def upload_to_webhook(self, key: str, file: OutgoingFile) -> str:
        """Leave a file for one group's webhook, for three days; its media id."""
        answer = await self._upload("webhook/upload_media", {"key": key, "type": file.kind}, file)
        require_done(read_answer(answer))
        return string(answer.body or {}, "media_id")

    async def _upload(self, path: str, query: Mapping[str, str], file: OutgoingFile) -> Answer:
        upload = Upload(name=file.name, data=file.data)
        call = Call(url=self._url(path), query=query, upload=upload)
        return await self._exchange.perform_idempotent(call)

    async def fetch_token(self) -> Token:
        """A new access token [D 91039]."""
        query = {"corpid": self._settings.corp_id, "corpsecret": self._settings.secret}
        answer = await self._exchange.perform_idempotent(
            Call(url=self._url("gettoken"), query=query)
        )
        require_done(read_answer(answer))
        return read_token(answer, "access_token", "expires_in")

    def _url(self, path: str) -> str:
        return f"{self._settings.api_base.rstrip('/')}/cgi-bin/{path}"
