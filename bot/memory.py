"""The collector's pauses: a full collection of all that was imported would stop us for 0.1 s."""

import gc

# The default, 700, is for programs that allocate less than a web request does.
YOUNG_AT_MOST = 10_000


def settle() -> None:
    """What stands after the start stays: the collector need not look at it again."""
    gc.freeze()
    gc.set_threshold(YOUNG_AT_MOST)
