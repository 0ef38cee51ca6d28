"""Plays a chat written down as people write it, and checks every answer of the bot.

== 06-08 10:00              the clock moves to this time (2026)
l01：第1项增长5.8%           a person writes to the bot, on the platform he is on
l01「未报」：都正常           he quotes the bot's last message that has this word in it
  → 已记录1项 … 第1项        the bot answers, with these words in this order
  → （不回）                 the bot says nothing
l01 ← 还有6项未报            what the bot pushed to him last, with these words in this order
l01 ← （无）                 nothing was pushed to him since the clock moved
群 ← 应报110项 … 第18项      what every leadership group got last, all its parts
"""

import re
from dataclasses import dataclass, field
from datetime import datetime

from bot.demo.month import Player
from bot.demo.stage import CHANNELS, GROUP, Stage
from reporting.calendar import OFFICE_ZONE
from reporting.messages import Platform
from simulator.chat import ChatMessage, Direction

_MOVE = re.compile(r"== (\d\d-\d\d \d\d:\d\d)$")
_SAY = re.compile(r"(\w+)(?:「(.+?)」)?：(.+)$", re.DOTALL)
_PUSHED = re.compile(r"(\w+) ← (.+)$")
NOTHING, NO_ANSWER = "（无）", "（不回）"


@dataclass(slots=True)
class Chat:
    """A stage on which a written chat is played."""

    stage: Stage
    speaker: str = ""
    heard: int = 0
    moved: int = 0
    player: Player = field(init=False)

    def __post_init__(self) -> None:
        """Learn who is on which platform."""
        self.player = Player(stage=self.stage)

    async def play(self, script: str) -> None:
        """Play line by line; an answer that is not as written fails with both."""
        for line in _lines(script):
            if found := _MOVE.match(line):
                await self._move(found[1])
            elif line.startswith("→ "):
                self._check_answer(line[2:])
            elif found := _PUSHED.match(line):
                self._check_pushed(found[1], found[2])
            elif found := _SAY.match(line):
                await self._say(found[1], found[2], found[3].replace("\\n", "\n"))
            else:
                raise AssertionError(f"cannot read this line: {line}")

    async def _move(self, moment: str) -> None:
        self.moved = len(self.stage.simulator.chat.messages)
        at = datetime.strptime(f"2026-{moment}", "%Y-%m-%d %H:%M").replace(tzinfo=OFFICE_ZONE)
        await self.stage.move_clock_to(at)
        await self.player.settle()

    async def _say(self, person: str, quoting: str | None, text: str) -> None:
        platform = self.home(person)
        quote = self._last_with(platform, person, quoting).id if quoting else None
        self.heard = len(self.stage.simulator.chat.messages)
        self.speaker = person
        spoken = await self.stage.simulator.say(platform, person, text, quote=quote)
        assert spoken.acknowledged, f"{person}：{text}: not acknowledged ({spoken.status})"
        await self.player.settle()

    def home(self, person: str) -> Platform:
        """The platform somebody is on; DingTalk for who is on neither."""
        for platform in CHANNELS:
            if any(one.user_id == person for one in self.stage.simulator.people(platform)):
                return platform
        return Platform.DINGTALK

    def _last_with(self, platform: Platform, person: str, word: str) -> ChatMessage:
        for message in reversed(self.stage.simulator.chat.with_person(platform, person)):
            if message.direction is Direction.FROM_BOT and word in message.text:
                return message
        raise AssertionError(f"{person} has no message from the bot with {word}")

    def _said_since(self, mark: int, person: str) -> list[str]:
        return [
            message.text
            for message in self.stage.simulator.chat.messages[mark:]
            if message.direction is Direction.FROM_BOT
            and message.group is None
            and message.user_id.lower() == person.lower()
        ]

    def last_answer(self) -> str:
        """What the bot said last to whoever spoke last."""
        return self._said_since(self.heard, self.speaker)[-1]

    def _check_answer(self, expected: str) -> None:
        answers = self._said_since(self.heard, self.speaker)
        if expected == NO_ANSWER:
            assert not answers, f"{self.speaker} was answered: {answers}"
            return
        assert len(answers) == 1, f"{self.speaker} got {len(answers)} answers: {answers}"
        _assert_in_order(expected, answers[0])

    def _check_pushed(self, person: str, expected: str) -> None:
        if person == "群":
            for platform in CHANNELS:
                _assert_in_order(expected, self._last_post(platform))
            return
        pushed = self._said_since(self.moved, person)
        if expected == NOTHING:
            assert not pushed, f"{person} was sent: {pushed}"
            return
        assert pushed, f"{person} was sent nothing"
        _assert_in_order(expected, pushed[-1])

    def _last_post(self, platform: Platform) -> str:
        """What came into the group since the clock moved, all parts of it, or else the last."""
        posts = list(self.stage.simulator.chat.in_group(platform, GROUP))
        new = [m.text for m in posts if m in self.stage.simulator.chat.messages[self.moved :]]
        return "\n".join(new or [m.text for m in posts[-1:]])


def _lines(script: str) -> list[str]:
    return [line.strip() for line in script.splitlines() if line.strip()]


def _assert_in_order(expected: str, text: str) -> None:
    place = 0
    for fragment in (part.strip() for part in expected.split("…")):
        found = text.find(fragment, place)
        assert found >= 0, f"expected “{fragment}” in:\n{text}"
        place = found + len(fragment)
