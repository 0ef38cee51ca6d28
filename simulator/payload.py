"""Reading JSON somebody else wrote, with types."""

import json
from collections.abc import Mapping


class Payload:
    """A JSON object whose fields are asked for by kind; a missing or wrong one is empty."""

    def __init__(self, fields: Mapping[str, object]) -> None:
        self._fields = fields

    def text(self, name: str) -> str:
        """A string field."""
        value = self._fields.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int | None:
        """A whole-number field; true and false are none."""
        value = self._fields.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def texts(self, name: str) -> tuple[str, ...]:
        """The strings of a list field."""
        value = self._fields.get(name)
        if not isinstance(value, list):
            return ()
        return tuple(item for item in value if isinstance(item, str))

    def children(self, name: str) -> tuple["Payload", ...]:
        """The objects of a list field."""
        value = self._fields.get(name)
        found = value if isinstance(value, list) else []
        return tuple(Payload(item) for item in found if isinstance(item, dict))

    def child(self, name: str) -> "Payload":
        """An object field."""
        value = self._fields.get(name)
        return Payload(value if isinstance(value, dict) else {})


def read_payload(body: bytes | str) -> Payload | None:
    """The JSON object in a body, or None if it holds none."""
    try:
        value = json.loads(body)
    except ValueError:
        return None
    return Payload(value) if isinstance(value, dict) else None
