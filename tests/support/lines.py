"""The sample town's long connections: DingTalk's stream, and a group robot one process holds."""

from reporting.messages import Platform
from simulator.world import SimulatedAibot
from storage.channels import ChannelRow
from storage.seal import Json
from tests.support.town import CHANNELS, GROUP, Town, channel_settings

ROBOT = SimulatedAibot(
    bot_id="aibot-qinghe",
    token="aibot-token",
    encoding_aes_key="jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
    secret="aibot-long-connection-secret",
    stream=True,
)


async def open_lines(town: Town) -> None:
    """Set DingTalk's channel to its stream, and give the office the robot."""
    base = town.simulator.base_url
    stream: dict[str, Json] = {**channel_settings(base)[Platform.DINGTALK], "stream": True}
    robot: dict[str, Json] = {
        "bot_id": ROBOT.bot_id,
        "secret": ROBOT.secret,
        "stream": True,
        "api_base": f"{base.replace('http', 'ws')}/aibot/connect",
        "timeout_seconds": 2.0,
    }
    async with town.bot.store.unit_of_work(town.clock.now()) as work:
        await work.channels.save(_row(town, Platform.DINGTALK, stream), [GROUP])
        await work.channels.save(_row(town, Platform.AIBOT, robot), [])


def _row(town: Town, platform: Platform, settings: dict[str, Json]) -> ChannelRow:
    return ChannelRow(
        name=CHANNELS.get(platform, "county-robot"),
        office_id=town.office_id,
        platform=platform,
        settings=settings,
    )
