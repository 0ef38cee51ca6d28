"""Groups with a custom robot (自定义机器人) of their own: a webhook with a signature, no app."""

from dataclasses import replace

from bot.platforms.channel import DingTalkSettings, GroupWebhook
from bot.platforms.dingtalk.answer import read_answer
from bot.platforms.dingtalk.api import DingTalkApi
from bot.platforms.dingtalk.body import Body
from bot.platforms.dingtalk.codec import sign
from bot.platforms.exchange import Call
from bot.platforms.outcome import Action, Reading
from reporting.ports import Clock

GONE = "群机器人已被移除或 token 不对：请在群里重新添加自定义机器人，更新设置里的 webhooks。"


class Webhooks:
    """Posts to groups by the webhooks of their robots."""

    def __init__(self, settings: DingTalkSettings, api: DingTalkApi, clock: Clock) -> None:
        self._settings, self._api, self._clock = settings, api, clock

    async def post(self, group: str, body: Body) -> Reading:
        """Post to a group whose webhook is known."""
        limits = self._settings.webhook_limits
        waiting = await self._api.over_budget(f"webhook:{group}", limits)
        if waiting:
            return waiting
        webhook = self._settings.webhooks[group]
        call = Call(
            url=f"{self._settings.oapi_base.rstrip('/')}/robot/send",
            query={"access_token": webhook.token, **self._signature(webhook)},
            payload=_with_keyword(webhook, body).webhook(),
        )
        reading = read_answer(await self._api.exchange.perform(call), "")
        if reading.action is Action.RECIPIENT:
            return replace(reading, action=Action.OPERATOR, detail=GONE)
        return reading

    def _signature(self, webhook: GroupWebhook) -> dict[str, str]:
        """The time and its signature (加签), where the robot asks for one."""
        if not webhook.secret:
            return {}
        timestamp = str(int(self._clock.now().timestamp() * 1000))
        return {"timestamp": timestamp, "sign": sign(timestamp, webhook.secret)}


def _with_keyword(webhook: GroupWebhook, body: Body) -> Body:
    """Every message must hold the keyword, where the robot asks for one."""
    if not webhook.keyword or webhook.keyword in body.text:
        return body
    return replace(body, text=f"{body.text}\n{webhook.keyword}")
