"""Set-up failures only a callback shows: a wrong Token, AES key or corp id, a clock that is off."""

import pytest

from bot.app import working
from bot.inspection import Inspection, open_outside
from reporting.messages import Platform
from simulator.fault import Endpoint, Fault, FaultKind
from storage.cache import open_cache
from storage.channels import ChannelRow
from storage.rejections import Rejections
from storage.seal import Json
from tests.support.servers import Opener
from tests.support.town import CHANNELS, W, channel_settings
from tests.support.town_at_work import Place

OTHER_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


@pytest.mark.parametrize(
    ("changed", "reason", "remedy"),
    [
        ({"token": "another"}, "forged", "签名不符：请核对 Token"),
        ({"encoding_aes_key": OTHER_KEY}, "unsealed", "请核对 EncodingAESKey"),
        ({"corp_id": "wwanother"}, "misdirected", "请核对 corp_id"),
        ({}, "stale", "时间同步"),
    ],
)
async def test_refused_callbacks_are_counted_and_told_with_the_remedy(
    place: Place, connect: Opener, changed: dict[str, Json], reason: str, remedy: str
) -> None:
    async with place.at_rest() as town:
        content = {**channel_settings(town.simulator.base_url)[W], **changed}
        row = ChannelRow(
            name=CHANNELS[W], office_id=town.office_id, platform=Platform.WECOM, settings=content
        )
        async with town.bot.store.unit_of_work(town.clock.now()) as work:
            await work.channels.save(row, [])
        async with working(town.bot) as address:
            town.point_to(address)
            if reason == "stale":
                skew = Fault(
                    kind=FaultKind.CLOCK_SKEW, endpoint=Endpoint.WECOM_CALLBACK, seconds=-7200
                )
                town.simulator.misbehave(skew)
            spoken = await town.simulator.say(W, "Liaison00", "第1项完成50%")
        rejected = await Rejections(connect()).recent(CHANNELS[W])
        assert rejected == {reason: spoken.attempts if reason != "stale" else 3}
        async with open_outside(town.clock) as outside:
            found = await Inspection(row=row, outside=outside, rejected=rejected).look()
    [told] = [one.words for one in found if "近一小时" in one.words]
    assert remedy in told


async def test_a_cache_that_is_away_counts_nothing() -> None:
    cache = open_cache("redis://127.0.0.1:9")
    rejections = Rejections(cache)
    await rejections.note("wx", "forged")
    assert await rejections.recent("wx") == {}
    await cache.aclose()
