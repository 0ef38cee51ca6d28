"""The small XML documents inside WeCom callbacks, read flat and without DTD or entities."""

from collections.abc import Mapping
from xml.parsers import expat

from reporting.errors import CallbackMalformed

MAX_DEPTH = 8
MAX_ELEMENTS = 500
# Control characters XML 1.0 forbids: a liaison's pasted text may hold one, and refusing the whole
# document for it would lose his report.
FORBIDDEN = bytes(set(range(32)) - {9, 10, 13})


def read_document(plain: bytes) -> Mapping[str, list[str]]:
    """The texts of all leaf elements by their path below the root ("BatchJob/JobId")."""
    reader = _Reader()
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.words.append
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        parser.Parse(plain.translate(None, FORBIDDEN), True)
    except (expat.ExpatError, ValueError):
        raise CallbackMalformed from None
    return reader.leaves


class _Reader:
    """Collects leaf texts while expat walks the document."""

    def __init__(self) -> None:
        self.leaves: dict[str, list[str]] = {}
        self.words: list[str] = []
        self._path: list[str] = []
        self._is_leaf = False
        self._seen = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """One element opens."""
        self._seen += 1
        if len(self._path) >= MAX_DEPTH or self._seen > MAX_ELEMENTS:
            raise CallbackMalformed
        self._path.append(name)
        self.words.clear()
        self._is_leaf = True

    def end(self, name: str) -> None:
        """One element closes."""
        if self._is_leaf:
            self.leaves.setdefault("/".join(self._path[1:]), []).append("".join(self.words))
        self._path.pop()
        self._is_leaf = False

    def refuse(self, *declaration: object) -> None:
        """No document type is ever declared by the platform."""
        raise CallbackMalformed
