"""Thanks and acknowledgement of a leader or the office (好的, 知道了): nothing to answer."""

import re

from reporting.understanding.words.normalise import plain
from reporting.understanding.words.speech import speech

_COURTESY = frozenset({"ack", "thank", "filler"})
_ENDS = " \n!。.~"
# 抓紧落实 is meant for somebody: he is told how to say for whom.
_BIDS = re.compile(r"落实|办|抓|执行")


def is_courtesy(text: str) -> bool:
    """Whether a text only thanks or acknowledges."""
    said = speech(plain(text).strip(_ENDS))
    courteous = bool(said.words) and not said.unknown and said.only(_COURTESY)
    return courteous and not _BIDS.search(text)
