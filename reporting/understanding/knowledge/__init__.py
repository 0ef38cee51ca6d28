"""What the reader knows, kept as data: words by what they do or name, and fitted weights."""

import json
from importlib.resources import files
from typing import Any


def words_of(name: str) -> str:
    """A file of words (`lexicon.txt`, `speech.txt` …) as it stands, remarks and all."""
    return files(__package__).joinpath(name).read_text("utf-8")


def weights_of(name: str) -> dict[str, Any]:
    """A file of weights (`matching.json`, `roles.json` …), written by the script that fits them."""
    weights: dict[str, Any] = json.loads(words_of(name))
    return weights
