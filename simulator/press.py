"""Permissions to renew a card, for one use within 72 hours: one comes with the card itself, one
with each press on it."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

_LIVES = timedelta(hours=72)


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """Who got or pressed which message of the chat log."""

    message_id: str
    user_id: str
    at: datetime


@dataclass(slots=True)
class PressDesk:
    """All permissions not used yet."""

    open: dict[str, Press] = field(default_factory=dict, repr=False)

    def permit(self, press: Press) -> str:
        """A permission for this press."""
        code = secrets.token_urlsafe(32)
        self.open[code] = press
        return code

    def use(self, code: str, now: datetime) -> Press | None:
        """The press of this permission, which is used up; None for none or one too old."""
        press = self.open.pop(code, None)
        return press if press and now - press.at < _LIVES else None
