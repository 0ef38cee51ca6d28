"""Opens the right codec and sender for a channel's settings."""

import aiohttp

from bot.platforms.channel import CallbackCodec, ChannelSender, ChannelSettings, WeComSettings
from bot.platforms.dingtalk.client import DingTalkSender
from bot.platforms.dingtalk.codec import DingTalkCodec
from bot.platforms.wecom.client import WeComSender
from bot.platforms.wecom.codec import WeComCodec
from reporting.ports import Budget, Clock, TokenCache


def open_codec(settings: ChannelSettings) -> CallbackCodec:
    """The codec of this channel's platform."""
    if isinstance(settings, WeComSettings):
        return WeComCodec(settings)
    return DingTalkCodec(settings)


def open_sender(
    settings: ChannelSettings,
    session: aiohttp.ClientSession,
    tokens: TokenCache,
    budget: Budget,
    clock: Clock,
) -> ChannelSender:
    """The sender of this channel's platform; the clock says when a session address ends."""
    if isinstance(settings, WeComSettings):
        return WeComSender(settings, session, tokens, budget)
    return DingTalkSender(settings, session, tokens, budget, clock)
