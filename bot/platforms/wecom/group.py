"""Groups as a WeCom app reaches them: by a webhook, or in a chat it has created itself.

An app whose visible range is the whole corporation may create chats (appchat [D 90244, 90248]);
any group may have a webhook (消息推送 [D 91770]), whose key is the only thing it needs.
"""

from collections.abc import Mapping

from bot.platforms.access import over_budget
from bot.platforms.channel import WeComSettings
from bot.platforms.outcome import Action, Reading
from bot.platforms.splitting import split_text, utf8
from bot.platforms.wecom.api import AppApi
from bot.platforms.wecom.card import compose_markdown
from bot.platforms.wecom.file import (
    OutgoingFile,
    Way,
    as_picture,
    as_uploaded,
    check_file,
    text_file,
)
from reporting.ports import Budget

Message = Mapping[str, object]

REST_AS_FILE = "\n……全文见下面的文件。"


class GroupDesk:
    """Writes to one app's groups."""

    def __init__(self, settings: WeComSettings, api: AppApi, budget: Budget) -> None:
        self._settings, self._api, self._budget = settings, api, budget

    def parts(self, group: str, text: str) -> tuple[str, ...]:
        """The text in messages; where it is set, the beginning and then the whole as a file.

        A part longer than a message is the one that goes as a file.
        """
        most = self._settings.text_bytes
        parts = split_text(text, most)
        if len(parts) == 1 or not self._settings.long_as_file or group in self._settings.chats:
            return parts
        head = split_text(text, most - utf8(REST_AS_FILE))[0]
        return (head.split("）", 1)[-1] + REST_AS_FILE, text)

    async def send(self, group: str, part: str) -> Reading:
        """One part in the form that is set; where that is surely refused, as text."""
        if utf8(part) > self._settings.text_bytes:
            return await self.send_file(group, *text_file(part))
        form = self._settings.group_form
        if form != "text" and group not in self._settings.chats:
            marked = {"msgtype": form, form: {"content": compose_markdown(part)}}
            reading = await self._post(group, marked)
            if reading.action is not Action.PAYLOAD:
                return reading
        return await self._post(group, {"msgtype": "text", "text": {"content": part}})

    async def send_file(self, group: str, name: str, data: bytes) -> Reading:
        """A picture or file; raises DeliveryRefused for one too large."""
        chat, key = self._settings.chats.get(group), self._settings.groups.get(group)
        file = check_file(name, data, Way.APP if chat else Way.WEBHOOK)
        if chat or key is None:
            return await self._post(group, {}, file)
        if file.kind == "image":
            return await self._post(group, as_picture(file))
        media_id = await self._api.upload_to_webhook(key, file)
        return await self._post(group, as_uploaded(file, media_id))

    async def _post(
        self, group: str, message: Message, file: OutgoingFile | None = None
    ) -> Reading:
        chat, key = self._settings.chats.get(group), self._settings.groups.get(group)
        if chat is None and key is None:
            detail = f"没有为群“{group}”设置 webhook，请先添加。"
            return Reading(action=Action.OPERATOR, code="no_group", detail=detail)
        claims = ((f"{self._api.name}:group:{group}", self._settings.group_limits),)
        waiting = await over_budget(self._budget, claims)
        if waiting:
            return waiting
        if chat is None:
            return await self._api.post_plainly("webhook/send", key or "", message)
        if file is not None:
            message = as_uploaded(file, await self._api.upload(file))
        return await self._api.post("appchat/send", {"chatid": chat, **message, "safe": 0})
