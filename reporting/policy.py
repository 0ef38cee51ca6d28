"""Changing an office's policy: every setting is read here and none passes but a lawful one."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Any

from reporting.errors import UserMistake
from reporting.guards import Audience, Policy, ScoreSource, require_lawful
from reporting.liaison import Rung

Written = bool | int | str | list[str] | list[int] | None

# A year's work is looked back on as a whole, and the last month of it in the next year.
SHORTEST_KEPT = 13

_YES, _NO = frozenset({"是", "开", "true", "yes", "1"}), frozenset({"否", "关", "false", "no", "0"})
_NONE = frozenset({"不限", "无", "none", ""})


def change_policy(policy: Policy, settings: Mapping[str, str]) -> Policy:
    """The policy with these settings; UserMistake names a forbidden one with its article."""
    known = {field.name for field in fields(Policy)}
    unknown = sorted(set(settings) - known)
    if unknown:
        raise UserMistake(f"没有设置项“{'、'.join(unknown)}”；可用：{'、'.join(sorted(known))}")
    content = policy_as_json(policy) | {
        name: _written(name, value) for name, value in settings.items()
    }
    changed = policy_from_json(content)
    require_lawful(changed)
    if changed.keep_months is not None and changed.keep_months < SHORTEST_KEPT:
        raise UserMistake(f"keep_months 不能少于{SHORTEST_KEPT}：一年的督查还要用到，或写“不限”")
    return changed


def policy_as_json(policy: Policy) -> dict[str, Any]:
    """A policy as the office's row keeps it."""
    sources = sorted(source.value for source in policy.score_sources)
    return {
        **asdict(policy),
        "score_sources": sources,
        "ranking_to": policy.ranking_to.value,
        "escalates_to": policy.escalates_to.value,
        "escalation_waits": list(policy.escalation_waits),
    }


def policy_from_json(content: Mapping[str, Any]) -> Policy:
    """A policy from its row; what the row does not say keeps its lawful default."""
    known = {field.name for field in fields(Policy)}
    values = {name: value for name, value in content.items() if name in known}
    if "score_sources" in values:
        values["score_sources"] = frozenset(map(ScoreSource, values["score_sources"]))
    if "ranking_to" in values:
        values["ranking_to"] = Audience(values["ranking_to"])
    if "escalates_to" in values:
        values["escalates_to"] = Rung(values["escalates_to"])
    if "escalation_waits" in values:
        values["escalation_waits"] = tuple(values["escalation_waits"])
    return replace(Policy(), **values)


def _written(name: str, text: str) -> Written:
    """A value as a person wrote it, as the row keeps it."""
    default = getattr(Policy(), name)
    for kind, reader in _READERS:
        if isinstance(default, kind):
            return reader(name, text.strip())
    return _count(name, text.strip())


def _text(name: str, text: str) -> str:
    return text


def _switch(name: str, text: str) -> bool:
    if text.lower() in _YES | _NO:
        return text.lower() in _YES
    raise UserMistake(f"{name} 应写“是”或“否”")


def _count(name: str, text: str) -> int | None:
    if text.lower() in _NONE:
        return None
    if text.isdigit():
        return int(text)
    raise UserMistake(f"{name} 应写一个整数或“不限”")


def _audience(name: str, text: str) -> str:
    return _one_of(name, text, [audience.value for audience in Audience])


def _rung(name: str, text: str) -> str:
    return _one_of(name, text, [rung.value for rung in Rung])


def _one_of(name: str, text: str, allowed: Sequence[str]) -> str:
    if text in allowed:
        return text
    raise UserMistake(f"{name} 应为：{'、'.join(allowed)}")


def _waits(name: str, text: str) -> list[int]:
    """Working days on each rung: one number for all, or one for each."""
    known = Policy().escalation_waits
    days = [int(part) for part in re.split(r"[、,，\s]+", text) if part.isdigit()]
    if len(days) == 1:
        days *= len(known)
    if len(days) != len(known):
        raise UserMistake(f"{name} 应写一个整数，或{len(known)}个整数如“1、1、2、2”")
    return days


def _sources(name: str, text: str) -> list[str]:
    named = [part for part in text.replace(",", "、").replace("，", "、").split("、") if part]
    unknown = [part for part in named if part not in {source.value for source in ScoreSource}]
    if unknown:
        raise UserMistake(f"{name} 里没有“{'、'.join(unknown)}”；可用：{'、'.join(ScoreSource)}")
    return named


# In this order: a switch is an int to Python, and both enumerations are texts.
_READERS: tuple[tuple[type, Callable[[str, str], Written]], ...] = (
    (bool, _switch),
    (int, _count),
    (Audience, _audience),
    (Rung, _rung),
    (str, _text),
    (frozenset, _sources),
    (tuple, _waits),
)
