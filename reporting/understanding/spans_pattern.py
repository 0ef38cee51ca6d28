"""Tables of phrases as text: one alternation out of blank-separated regular expressions."""


def any_of(*tables: str) -> str:
    """A group that matches any phrase of the tables; earlier phrases are tried first."""
    phrases = [phrase for table in tables for phrase in table.split()]
    return f"(?:{'|'.join(phrases)})"
