"""Looking a channel over before anybody relies on it: each fault told with its remedy."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp

from bot.channels import read_channel_settings
from bot.platforms.channel import ChannelSender, ChannelSettings, Outside, TemplateSender
from bot.platforms.exchange import Call, Exchange
from bot.platforms.registry import open_codec, open_sender
from reporting.errors import DeliveryFailed, DeliveryRefused, LiaisonBotError
from reporting.messages import Address, AddressKind, Delivery, DeliveryState
from reporting.ports import Clock, Limit, Token
from storage.channels import ChannelRow

CLOCK_SECONDS = 60  # further apart, a platform's signatures soon fall out of the window
PROBE_SECONDS = 10.0
# Set-up failures that only the platform's own callbacks can show.
REJECTED = {
    "forged": "签名不符：请核对 Token（钉钉为 AppSecret）；偶发而来源不明的是扫描，可不理会",
    "unsealed": "签名相符却解不开密：请核对 EncodingAESKey（钉钉为 aes_key）",
    "misdirected": "接收方不符：请核对 corp_id（企业 ID），或平台后台把别的企业的回调填成了本地址",
    "stale": "时间超出窗口：请启用时间同步（NTP）",
}
GREETING = "【联络通】这是一条通道自检消息，收到即表示发送正常，无须回复。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at: whether it is well, and what to do where it is not."""

    subject: str
    well: bool
    words: str


class Unbounded:
    """No budget: an inspection sends one message at most."""

    async def take(self, name: str, limits: tuple[Limit, ...]) -> float:
        """Always granted."""
        return 0.0


class Uncached:
    """No cache: an inspection asks the platform itself whether our secrets are good."""

    async def get(self, name: str, fetch: Callable[[], Awaitable[Token]]) -> str:
        """A token just fetched."""
        return (await fetch()).value

    async def forget(self, name: str, value: str) -> None:
        """Nothing was kept."""


@asynccontextmanager
async def open_outside(clock: Clock) -> AsyncIterator[Outside]:
    """What a sender stands on while its channel is inspected."""
    async with aiohttp.ClientSession() as session:
        yield Outside(session=session, tokens=Uncached(), budget=Unbounded(), clock=clock)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """One channel under inspection; `rejected` are its refused callbacks of the last hour."""

    row: ChannelRow
    outside: Outside = field(repr=False)
    rejected: Mapping[str, int] = field(default_factory=dict)

    async def look(self, recipient: str = "", public_url: str = "") -> list[Finding]:
        """Settings and keys, credentials, clock; then a message and the callback, if asked for."""
        try:
            settings = read_channel_settings(self.row.platform, self.row.name, self.row.settings)
            open_codec(settings)
            sender = self._sender(settings)
        except LiaisonBotError as fault:
            return [self._finding("设置", well=False, words=str(fault))]
        findings = [self._finding("设置", well=True, words="完整")]
        checked = await sender.check()
        findings.append(self._judge("凭证", checked, "平台已接受"))
        if isinstance(sender, TemplateSender) and checked.state is DeliveryState.DELIVERED:
            template = await sender.check_template()
            findings += [self._judge("卡片模板", template, "可用")] if template else []
        findings += await self._clock(settings)
        findings += [
            self._finding("回调", well=False, words=f"近一小时有{count}次{words}")
            for reason, words in REJECTED.items()
            if (count := self.rejected.get(reason, 0))
        ]
        if recipient:
            findings.append(await self._greet(sender, recipient))
        if public_url:
            findings.append(await self._callback(public_url))
        return findings

    def _sender(self, settings: ChannelSettings) -> ChannelSender:
        return open_sender(settings, self.outside)

    async def _clock(self, settings: ChannelSettings) -> list[Finding]:
        """Every HTTP answer tells the platform's time; none where it cannot be reached."""
        try:
            exchange = Exchange(self.outside.session, settings)
            told = (await exchange.perform_idempotent(Call(url=settings.api_base))).told_at
        except (DeliveryFailed, DeliveryRefused):
            return []
        if told is None:
            return []
        ahead = (self.outside.clock.now() - told).total_seconds()
        if abs(ahead) <= CLOCK_SECONDS:
            return [self._finding("时钟", well=True, words="与平台一致")]
        words = (
            f"本机比平台{'快' if ahead > 0 else '慢'}{abs(ahead):.0f}秒，"
            "回调会被判为过期：请启用时间同步（NTP）"
        )
        return [self._finding("时钟", well=False, words=words)]

    async def _greet(self, sender: ChannelSender, recipient: str) -> Finding:
        """Permissions, trusted addresses and visibility show only when something is sent."""
        address = Address(channel=self.row.name, kind=AddressKind.PERSON, target=recipient)
        delivery = await sender.send(address, GREETING, again=False, key="")
        return self._judge(f"发给{recipient}", delivery, "已送达")

    async def _callback(self, public_url: str) -> Finding:
        """Our bot refuses an unsigned callback with 400; whatever else answers is not our bot."""
        url = f"{public_url.rstrip('/')}/callbacks/{self.row.name}"
        try:
            async with self.outside.session.post(
                url,
                data=b"",
                timeout=aiohttp.ClientTimeout(total=PROBE_SECONDS),
                allow_redirects=False,
            ) as response:
                words = _callback_words(response.status)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            words = "连不上：请检查域名解析、防火墙、证书和反向代理，并确认 liaison-bot run 在运行"
        return self._finding(
            "回调地址", well=not words, words=words or "可从这里访问，由本机器人应答"
        )

    def _judge(self, subject: str, delivery: Delivery, good: str) -> Finding:
        well = delivery.state is DeliveryState.DELIVERED
        reason = f"{delivery.detail}（{delivery.code}）"
        return self._finding(subject, well=well, words=good if well else reason)

    def _finding(self, subject: str, *, well: bool, words: str) -> Finding:
        return Finding(subject=f"通道{self.row.name}{subject}", well=well, words=words)


def _callback_words(status: int) -> str:
    """What is wrong when this status answers an unsigned callback; empty when nothing is."""
    if status == 400:
        return ""
    if status == 404:
        return "没有这条路径：请检查反向代理的转发规则和通道名（保存通道后几秒生效）"
    if status in {502, 503, 504}:
        return f"反向代理后面没有应答（HTTP {status}）：请运行 liaison-bot run，并检查转发的端口"
    return f"应答的不是本机器人（HTTP {status}）：请检查域名和反向代理指向哪里"
