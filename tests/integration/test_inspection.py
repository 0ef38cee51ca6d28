"""The commonest set-up failures, produced by the simulator: each is told with its remedy."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from typer.testing import CliRunner

from bot.cli import build
from bot.inspection import Finding, Inspection, open_outside
from reporting.messages import Platform
from simulator.fault import Endpoint, Fault, FaultKind
from storage.channels import ChannelRow
from storage.seal import Json, new_key
from tests.support.simulated import DINGTALK, WECOM, Scene, a_scene, served

W, D = Platform.WECOM, Platform.DINGTALK
SENDING = {W: Endpoint.WECOM_MESSAGE, D: Endpoint.DINGTALK_PERSON}
FETCHING = {W: Endpoint.WECOM_TOKEN, D: Endpoint.DINGTALK_TOKEN}
TEMPLATE = "liaison-question.schema"
BOTH = pytest.mark.parametrize("platform", [W, D])


def right_settings(base: str) -> dict[Platform, dict[str, Json]]:
    """What an operator sets who makes no mistake."""
    return {
        W: {
            "corp_id": WECOM.corp_id,
            "agent_id": WECOM.agent_id,
            "secret": WECOM.secret,
            "token": WECOM.token,
            "encoding_aes_key": WECOM.encoding_aes_key,
            "api_base": f"{base}/wecom",
        },
        D: {
            "app_key": DINGTALK.app_key,
            "app_secret": DINGTALK.app_secret,
            "robot_code": DINGTALK.robot_code,
            "api_base": f"{base}/dingtalk",
        },
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An operator who sets up channels between two simulated platforms."""

    scene: Scene

    async def look(
        self,
        platform: Platform,
        changed: Mapping[str, Json] | None = None,
        *,
        to: str = "",
        url: str = "",
    ) -> list[Finding]:
        """What an inspection finds when these settings are changed."""
        settings = {**right_settings(self.scene.base)[platform], **(changed or {})}
        row = ChannelRow(name="qinghe", office_id=1, platform=platform, settings=settings)
        async with open_outside(self.scene.clock) as outside:
            return await Inspection(row=row, outside=outside).look(to, url)

    def refuse(self, platform: Platform, code: str, message: str = "") -> None:
        """Let the platform refuse the next message."""
        fault = Fault(
            kind=FaultKind.REFUSED, endpoint=SENDING[platform], code=code, message=message
        )
        self.scene.simulator.misbehave(fault)


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    async with a_scene() as scene:
        yield Office(scene=scene)


def troubles(findings: list[Finding]) -> str:
    """What is to be mended, joined."""
    return "\n".join(f"{one.subject}：{one.words}" for one in findings if not one.well)


@BOTH
async def test_a_channel_set_up_rightly_has_nothing_to_mend(
    office: Office, platform: Platform
) -> None:
    findings = await office.look(platform, to="ZhangSan")
    assert not troubles(findings)
    assert [one.subject for one in findings] == [
        "通道qinghe设置",
        "通道qinghe凭证",
        "通道qinghe时钟",
        "通道qinghe发给ZhangSan",
    ]


@pytest.mark.parametrize(
    ("platform", "setting", "value", "remedy"),
    [
        (W, "corp_id", "wwother", "企业 ID（CorpID）不正确"),
        (W, "secret", "stale", "Secret 不正确"),
        (W, "encoding_aes_key", "too-short", "EncodingAESKey"),
        (W, "agent_id", 1000999, "AgentId"),
        (D, "app_key", "dingother", "AppKey 或 AppSecret 不正确"),
        (D, "app_secret", "stale", "AppKey 或 AppSecret 不正确"),
        (D, "robot_code", "dingother", "请核对 robotCode"),
        (W, "api_base", "http://127.0.0.1:9", "连不上平台服务器"),
        (D, "api_base", "http://127.0.0.1:9", "连不上平台服务器"),
        (W, "api_base", "qyapi.weixin.qq.com", "不是有效的网址"),
        (W, "ca_file", "/nowhere.pem", "证书文件 /nowhere.pem 不存在"),
    ],
)
async def test_a_wrong_setting_is_named_with_its_remedy(
    office: Office, platform: Platform, setting: str, value: Json, remedy: str
) -> None:
    assert remedy in troubles(await office.look(platform, {setting: value}, to="ZhangSan"))


@pytest.mark.parametrize(
    ("platform", "code", "message", "remedy"),
    [
        (W, "60020", "not allow to access from your ip, from ip: 203.0.113.7", "203.0.113.7"),
        (W, "60011", "no privilege", "可见范围"),
        (W, "48002", "api forbidden", "没有调用此接口的权限"),
        (W, "50003", "app disabled", "重新启用"),
        (D, "Forbidden.AccessDenied.AccessTokenPermissionDenied", "", "权限管理"),
        (D, "Forbidden.AccessDenied.IpNotInWhiteList", "", "白名单"),
        (D, "Forbidden.AccessDenied.ApiCountLimitForOrg", "", "额度已用完"),
    ],
)
async def test_what_shows_only_in_sending_is_found_by_a_message(
    office: Office, platform: Platform, code: str, message: str, remedy: str
) -> None:
    office.refuse(platform, code, message)
    assert not troubles(await office.look(platform))
    assert remedy in troubles(await office.look(platform, to="ZhangSan"))


async def test_a_card_template_is_tried_without_sending_a_card() -> None:
    streamed: dict[str, Json] = {"card_template_id": TEMPLATE, "stream": True}
    async with a_scene(dingtalk=replace(DINGTALK, card_template_id=TEMPLATE)) as scene:
        office = Office(scene=scene)
        assert "卡片模板" not in str(await office.look(D))
        found = await office.look(D, streamed)
        assert (troubles(found), "通道qinghe卡片模板" in str(found)) == ("", True)
        wrong = troubles(await office.look(D, {**streamed, "card_template_id": "other.schema"}))
        assert "核对 card_template_id" in wrong
        assert "param.templateError" in wrong
        assert "card_callback_url" in troubles(await office.look(D, {"card_template_id": TEMPLATE}))
        assert not scene.simulator.chat.messages


@BOTH
async def test_a_person_the_app_cannot_see_is_told_apart(
    office: Office, platform: Platform
) -> None:
    found = troubles(await office.look(platform, to="nobody"))
    assert "通道qinghe发给nobody" in found
    assert "账号" in found


@BOTH
async def test_a_portal_in_between_is_told_from_the_platform(
    office: Office, platform: Platform
) -> None:
    fault = Fault(kind=FaultKind.HTML, endpoint=FETCHING[platform], times=None)
    office.scene.simulator.misbehave(fault)
    assert "上网认证页或代理拦截" in troubles(await office.look(platform))


@BOTH
@pytest.mark.parametrize(("minutes", "word"), [(20, "慢1200秒"), (-20, "快1200秒")])
async def test_a_clock_that_is_off_is_told_by_how_much(
    office: Office, platform: Platform, minutes: int, word: str
) -> None:
    office.scene.simulator.stage.ahead = timedelta(minutes=minutes)
    found = troubles(await office.look(platform))
    assert word in found
    assert "NTP" in found


@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        (400, ""),
        (404, "转发规则和通道名"),
        (502, "liaison-bot run"),
        (200, "应答的不是本机器人"),
        (302, "应答的不是本机器人"),
    ],
)
async def test_who_answers_at_the_callback_address_is_told(
    office: Office, status: int, remedy: str
) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status)

    async with served(answer, "/callbacks/qinghe") as url:
        found = troubles(await office.look(W, url=url.removesuffix("/callbacks/qinghe")))
    assert (remedy in found) if remedy else not found


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "bot.qinghe.example", ""])
async def test_a_callback_address_nobody_answers_at_is_told(office: Office, url: str) -> None:
    found = troubles(await office.look(W, url=url))
    assert ("防火墙" in found) == bool(url)


async def test_no_secret_is_told_with_a_finding(office: Office) -> None:
    findings = [
        *(await office.look(W, {"encoding_aes_key": "my-aes-secret"})),
        *(await office.look(W, {"secret": "my-wecom-secret"})),
        *(await office.look(D, {"app_secret": "my-app-secret"})),
    ]
    assert "my-" not in str(findings)


def test_an_operator_inspects_a_channel_by_name(
    database_url: str, redis_url: str, tmp_path: Path
) -> None:
    environment = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "LIAISON_SECRET_KEY": new_key(),
        "LIAISON_DATA_FOLDER": str(tmp_path / "data"),
        "COLUMNS": "200",
    }
    file = tmp_path / "wx.json"
    content = {**right_settings("http://127.0.0.1:9")[W], "secret": "[red]secret"}
    file.write_text(json.dumps(content), "utf-8")

    def command(*words: str) -> str:
        return CliRunner().invoke(build(), words, env=environment).output

    command("office", "add", "青河县督查室")
    named = ("channel", "add", "wx", "--office", "青河县督查室", "--platform", "wecom")
    command(*named, "--settings", str(file))
    assert "正常 通道wx设置：完整" in (told := command("channel", "check", "wx"))
    assert "待处理 通道wx凭证：连不上平台服务器" in told
    assert "待处理 通道wx凭证：连不上平台服务器" in command("doctor")
    assert "没有名为“没有”的通道" in command("channel", "check", "没有")
