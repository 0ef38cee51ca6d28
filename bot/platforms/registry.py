"""Opens the right codec and sender for a channel's settings."""

from bot.platforms.channel import CallbackCodec, ChannelSettings, WeComSettings
from bot.platforms.dingtalk.codec import DingTalkCodec
from bot.platforms.wecom.codec import WeComCodec


def open_codec(settings: ChannelSettings) -> CallbackCodec:
    """The codec of this channel's platform."""
    if isinstance(settings, WeComSettings):
        return WeComCodec(settings)
    return DingTalkCodec(settings)
