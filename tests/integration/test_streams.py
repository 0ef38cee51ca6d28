"""A bot at work whose DingTalk channel is set to receive over a long connection."""

from dataclasses import replace

from bot.app import open_bot, working
from bot.clock import MovableClock
from reporting.messages import Platform
from simulator.server import Simulator
from simulator.world import Patience
from storage.channels import ChannelRow
from tests.support.town import CHANNELS, MORNING, channel_settings, found_office, platforms
from tests.support.town_at_work import Place, until

D = Platform.DINGTALK


async def test_d13_a_bot_at_work_follows_the_setting_and_answers_over_the_stream(
    place: Place,
) -> None:
    clock = MovableClock(place.folder / "clock")
    clock.begin(MORNING)
    world = replace(platforms(Patience())[1], stream=True)
    simulator = Simulator(wecom=None, dingtalk=world, clock=clock)
    base = await simulator.start()
    try:
        async with open_bot(place.settings, progress=lambda _: None) as bot, working(bot):
            office_id = await found_office(bot, "青河县人民政府督查室", base)
            row = ChannelRow(
                name=CHANNELS[D],
                office_id=office_id,
                platform=D,
                settings={**channel_settings(base)[D], "stream": True},
            )
            async with bot.store.unit_of_work(clock.now()) as work:
                await work.channels.save(row, [])
            spoken = await simulator.say(D, "Liaison01", "第5项完成50%")
            assert spoken.acknowledged

            async def is_answered() -> bool:
                return len(simulator.chat.with_person(D, "Liaison01")) == 2

            await until(is_answered)
        assert not simulator.gateway.lines, "a bot that stopped is connected no longer"
    finally:
        await simulator.stop()
