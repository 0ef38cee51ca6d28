"""Work notifications (工作通知): for whom the robot cannot reach, through the old API.

The same words to the same person count once a day, yet an answer of success comes all the same:
so every notification bears its time, and its result is asked for, person by person.
"""

import asyncio
from collections.abc import Mapping

from bot.platforms.channel import DingTalkSettings
from bot.platforms.dingtalk.api import DingTalkApi, Request
from bot.platforms.dingtalk.body import Body
from bot.platforms.dingtalk.taxonomy import NO_PERSON
from bot.platforms.outcome import Action, Reading, Remedy, reading_of
from bot.platforms.reading import mapping
from reporting.errors import DeliveryFailed, DeliveryRefused
from reporting.ports import Clock

TOPIC = "topapi/message/corpconversation"
LOOKS, PAUSE = 6, 0.5  # how often the result is asked for, and the seconds between
FORBIDDEN = Remedy(
    action=Action.PAYLOAD, text="工作通知超过平台限制（同文一天一次、每人一天500条），没有送达。"
)
FAILED = Remedy(action=Action.BACK_OFF, text="工作通知没有发出，稍后自动重试。", wait=60)
PENDING = Remedy(
    action=Action.UNSURE, text="工作通知已受理，平台还没有给出结果，不能确定是否送达。"
)
# Where a person is named in the result, and what that means.
RESULTS = (
    ("invalid_user_id_list", NO_PERSON),
    ("forbidden_user_id_list", FORBIDDEN),
    ("failed_user_id_list", FAILED),
)
ARRIVED = ("read_user_id_list", "unread_user_id_list")


class Notifications:
    """Notifies people in the name of the app."""

    def __init__(self, settings: DingTalkSettings, api: DingTalkApi, clock: Clock) -> None:
        self._settings, self._api, self._clock = settings, api, clock

    async def send(self, person: str, body: Body) -> Reading:
        """Notify one person and see what became of it."""
        told = Body(text=f"{body.text}\n（{self._clock.now():%m-%d %H:%M}）", title=body.title)
        payload = {
            "agent_id": self._settings.agent_id,
            "userid_list": person,
            "to_all_user": False,
            "msg": told.webhook(),
        }
        taken = await self._api.call(
            Request(path=f"{TOPIC}/asyncsend_v2", payload=payload, success="task_id", old=True)
        )
        if taken.action is not Action.DONE:
            return taken
        return await self._follow(person, taken.reference)

    async def _follow(self, person: str, task: str) -> Reading:
        """The result for this person, as soon as there is one; the message is out all the while."""
        payload = {"agent_id": self._settings.agent_id, "task_id": int(task)}
        request = Request(
            path=f"{TOPIC}/getsendresult",
            payload=payload,
            success="send_result",
            repeatable=True,
            old=True,
        )
        for _ in range(LOOKS):
            found = await self._result(person, request)
            if found is not None:
                return found
            await asyncio.sleep(PAUSE)
        return reading_of("pending", PENDING)

    async def _result(self, person: str, request: Request) -> Reading | None:
        """What the platform says of this person, None for nothing yet.

        Asking in vain is no failure: a message that is out must not be sent once more for it.
        """
        try:
            reading, body = await self._api.look(request)
        except (DeliveryFailed, DeliveryRefused):
            return None
        if reading.action is not Action.DONE:
            return None
        result = mapping(body, "send_result")
        for name, remedy in RESULTS:
            if _names(result, name, person):
                return reading_of(name, remedy)
        if any(_names(result, name, person) for name in ARRIVED):
            return Reading(action=Action.DONE)
        return None


def _names(result: Mapping[str, object], name: str, person: str) -> bool:
    listed = result.get(name)
    return isinstance(listed, list) and person in listed
