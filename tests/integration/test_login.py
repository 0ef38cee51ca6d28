"""Login by a platform in a browser: only our own state, only a fresh code, only members."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import pytest
from yarl import URL

from bot.app import working
from reporting.messages import Platform
from simulator.fault import Endpoint, Fault, FaultKind
from storage.channels import ChannelRow
from storage.seal import Json
from tests.support.leaks import logged
from tests.support.town import CHANNELS, D, Town, W, channel_settings
from tests.support.town_at_work import Place

WITHOUT = "plain-dingtalk"
PAGES = {platform: f"/login/{CHANNELS[platform]}" for platform in (W, D)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """A person's browser, the bot it visits and the platform that knows him."""

    town: Town
    address: str
    client: aiohttp.ClientSession

    async def get(self, url: URL | str) -> tuple[int, str, str]:
        """Status, text and where it is sent on to."""
        async with self.client.get(url, allow_redirects=False) as response:
            return response.status, await response.text(), response.headers.get("Location", "")

    async def come_back(self, person: str, platform: Platform = W) -> URL:
        """Begin here, be asked by the platform as this person; the way back with the code."""
        page = PAGES[platform]
        _, _, away = await self.get(f"{self.address}{page}")
        _, _, sent = await self.get(URL(away).update_query({"as": person}))
        back = URL(sent)
        assert (back.host, back.path) == ("bot.qinghe.example", f"{page}/back")
        return URL(self.address).with_path(back.path).with_query(back.query)


async def save(town: Town, name: str, platform: Platform, settings: dict[str, Json]) -> None:
    """Set up a channel of the town."""
    row = ChannelRow(name=name, office_id=town.office_id, platform=platform, settings=settings)
    async with town.bot.store.unit_of_work(town.clock.now()) as work:
        await work.channels.save(row, [])


@pytest.fixture
async def browser(place: Place) -> AsyncIterator[Browser]:
    async with place.at_rest() as town:
        base = town.simulator.base_url
        for platform in (W, D):
            hosts = {"oauth_base": f"{base}/{platform}", "public_url": "http://bot.qinghe.example"}
            await save(
                town, CHANNELS[platform], platform, {**channel_settings(base)[platform], **hosts}
            )
        await save(town, WITHOUT, D, channel_settings(base)[D])
        jar = aiohttp.CookieJar(unsafe=True)
        client = aiohttp.ClientSession(cookie_jar=jar)
        async with client, working(town.bot) as address:
            yield Browser(town=town, address=address, client=client)


async def test_w15_a_liaison_reads_his_account_and_unit(browser: Browser) -> None:
    status, text, _ = await browser.get(await browser.come_back("liaison00"))
    assert status == 200
    assert "您的账号：Liaison00" in text
    assert "青山镇人民政府" in text


async def test_a_code_is_good_once_and_the_state_with_it(browser: Browser) -> None:
    back = await browser.come_back("Liaison00")
    assert (await browser.get(back))[0] == 200
    assert (await browser.get(back))[0] == 403


async def test_a_state_that_is_not_this_browsers_is_refused(browser: Browser) -> None:
    back = await browser.come_back("Liaison00")
    browser.client.cookie_jar.clear()
    assert (await browser.get(back))[0] == 403
    other = await browser.come_back("Liaison00")
    assert (await browser.get(other.update_query({"state": "made.up.state"})))[0] == 403
    assert browser.town.simulator.stage.calls[Endpoint.WECOM_LOGIN] == 0


async def test_whoever_comes_back_late_begins_anew(browser: Browser) -> None:
    back = await browser.come_back("Liaison00")
    browser.town.clock.move(timedelta(minutes=11))
    assert (await browser.get(back))[0] == 403


async def test_somebody_outside_the_corporation_is_not_let_in(browser: Browser) -> None:
    status, text, _ = await browser.get(await browser.come_back("a-stranger"))
    assert (status, "没有认出您" in text) == (403, True)


async def test_a_platform_that_is_away_lets_nobody_in(browser: Browser) -> None:
    back = await browser.come_back("Liaison00")
    fault = Fault(kind=FaultKind.SERVER_ERROR, endpoint=Endpoint.WECOM_LOGIN, times=None)
    browser.town.simulator.misbehave(fault)
    assert (await browser.get(back))[0] == 403


async def test_a_channel_without_a_public_address_has_no_login(browser: Browser) -> None:
    for name in (WITHOUT, "nobody"):
        assert (await browser.get(f"{browser.address}/login/{name}"))[0] == 404


async def test_a_liaison_on_dingtalk_reads_his_account_once(browser: Browser) -> None:
    back = await browser.come_back("liaison01", D)
    status, text, _ = await browser.get(back)
    assert status == 200
    assert "您的账号：Liaison01" in text
    assert "已绑定" in text
    assert (await browser.get(back))[0] == 403


async def test_on_dingtalk_too_only_members_come_in(browser: Browser) -> None:
    for person in ("a-stranger", "partner"):
        status, text, _ = await browser.get(await browser.come_back(person, D))
        assert (status, "没有认出您" in text) == (403, True)
    refused = "Forbidden.AccessDenied.AccessTokenPermissionDenied"
    denied = Fault(kind=FaultKind.REFUSED, endpoint=Endpoint.DINGTALK_PROFILE, code=refused)
    browser.town.simulator.misbehave(denied)
    with logged() as log:
        assert (await browser.get(await browser.come_back("Liaison01", D)))[0] == 403
    assert "所需权限：Contact.User.Read" in log.getvalue()


async def test_a_dingtalk_code_is_good_for_five_minutes(browser: Browser) -> None:
    back = await browser.come_back("Liaison01", D)
    browser.town.clock.move(timedelta(minutes=6))
    assert (await browser.get(back))[0] == 403
    assert browser.town.simulator.stage.calls[Endpoint.DINGTALK_PROFILE] == 0
