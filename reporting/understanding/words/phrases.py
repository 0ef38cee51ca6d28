"""Tables of phrases as text: one alternation out of blank-separated regular expressions."""


def words_of(*tables: str) -> list[str]:
    """The blank-separated words of the tables."""
    return [word for table in tables for word in table.split()]


def any_of(*tables: str) -> str:
    """A group that matches any phrase of the tables; earlier phrases are tried first."""
    return f"(?:{'|'.join(words_of(*tables))})"
