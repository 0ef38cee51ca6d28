"""Complaints (投诉建议): anybody may make one at any time (国办函〔2026〕12号)."""

import re

_BARE = re.compile(r"\W*(?:我要)?投诉(?:建议)?\W*")
# “投诉率3%” and “投诉处理完成” are reports about complaints.
_COMPLAINT = re.compile(r"^\W*(?:我要)?投诉(?:建议)?(?![率量件案办\d]|处理|化解|工单|举报)")


def complains_of_nothing(text: str) -> bool:
    """Whether a complaint says no more than that it is one."""
    return _BARE.fullmatch(text) is not None


def is_complaint(text: str) -> bool:
    """Whether a message says by its first word that it is a complaint."""
    return _COMPLAINT.match(text) is not None
