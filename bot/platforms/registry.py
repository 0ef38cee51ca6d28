"""Opens the right codec and sender for a channel's settings."""

from bot.platforms.channel import (
    AibotSettings,
    CallbackCodec,
    ChannelSender,
    ChannelSettings,
    Outside,
    PagedSettings,
    WeComSettings,
)
from bot.platforms.dingtalk.client import DingTalkSender
from bot.platforms.dingtalk.codec import DingTalkCodec
from bot.platforms.dingtalk.login import DingTalkLogin
from bot.platforms.login import Login
from bot.platforms.wecom.aibot_client import AibotSender
from bot.platforms.wecom.aibot_codec import AibotCodec
from bot.platforms.wecom.client import WeComSender
from bot.platforms.wecom.codec import WeComCodec
from bot.platforms.wecom.login import WeComLogin


def open_codec(settings: ChannelSettings) -> CallbackCodec:
    """The codec of this channel's platform."""
    if isinstance(settings, WeComSettings):
        return WeComCodec(settings)
    if isinstance(settings, AibotSettings):
        return AibotCodec(settings)
    return DingTalkCodec(settings)


def open_login(settings: PagedSettings, outside: Outside) -> Login:
    """The login of this channel's platform."""
    if isinstance(settings, WeComSettings):
        return WeComLogin(settings, outside)
    return DingTalkLogin(settings, outside)


def open_sender(settings: ChannelSettings, outside: Outside) -> ChannelSender:
    """The sender of this channel's platform; the clock says when a session address ends."""
    session, tokens, budget = outside.session, outside.tokens, outside.budget
    if isinstance(settings, WeComSettings):
        return WeComSender(settings, session, tokens, budget)
    if isinstance(settings, AibotSettings):
        return AibotSender(settings, outside)
    return DingTalkSender(settings, session, tokens, budget, outside.clock)
