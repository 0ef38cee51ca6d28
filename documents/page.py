"""What a file holds once its format no longer matters: paragraphs and grids with their places."""

import re
import unicodedata
from dataclasses import dataclass

# A private-use character put before a bold run inside a cell that is not bold as a whole: some
# offices mark the lead unit that way and no visible character may be lost for it.
BOLD = "\ue000"

_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]")
_BLANK = re.compile(r"[^\S\n]+")
# 市 交 通 局, set wide to fill its cell: blanks between single characters are no word breaks.
_SPACED = re.compile(r"(?<![^\s、，,；;])[一-龥](?: [一-龥])+(?![^\s、，,；;：:])")
_WRAPPED = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong at one place of a file, and how to mend it, in Chinese."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}：{self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a grid; a merged cell's text stands in every cell it covers."""

    place: str
    cells: tuple[str, ...]

    def cell(self, at: int | None) -> str:
        """The text of a column; blank where the row is shorter or there is no such column."""
        return self.cells[at] if at is not None and at < len(self.cells) else ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The different texts of the row in order, blanks left out."""
        return tuple(dict.fromkeys(cell for cell in self.cells if cell))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A sheet or a table; `name` is the sheet's name where it has one."""

    place: str
    rows: tuple[Row, ...]
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A line of text outside any grid; `heading` says its style calls it one."""

    place: str
    text: str
    heading: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole file in reading order, with what could not be read of it."""

    blocks: tuple[Grid | Paragraph, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The grids alone."""
        return tuple(block for block in self.blocks if isinstance(block, Grid))


def tidy(text: str) -> str:
    """The text without invisible characters and doubled blanks; line breaks stay."""
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n"))
    lines = (_SPACED.sub(_closed, _BLANK.sub(" ", line).strip()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _closed(found: re.Match[str]) -> str:
    return found[0].replace(" ", "")


def one_line(text: str) -> str:
    """The text on one line, bold marks gone; a break between Chinese characters is no blank."""
    text = _WRAPPED.sub("\n", text.replace(BOLD, "").strip())
    return re.sub(r"\n", lambda found: _joint(text, found.start()), text)


def _joint(text: str, at: int) -> str:
    both_latin = text[at - 1].isascii() and text[at + 1].isascii()
    return " " if both_latin else ""


def plain(text: str) -> str:
    """The text as it is compared: full width to half width (NFKC), no blanks, lower case."""
    folded = unicodedata.normalize("NFKC", text.replace(BOLD, ""))
    return re.sub(r"\s+", "", folded).lower()
