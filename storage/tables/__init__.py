"""The tables. Every row belongs to an office; PostgreSQL only."""

from storage.tables.account import alarms, binding_codes, binding_failures
from storage.tables.attachment import attachments
from storage.tables.columns import metadata
from storage.tables.directory import (
    accounts,
    channels,
    leaders,
    leadership_groups,
    leaves,
    liaisons,
    offices,
    overseers,
    units,
)
from storage.tables.learning import aliases
from storage.tables.ledger import (
    complaints,
    follow_ups,
    inbox,
    instructions,
    questions,
    reports,
    reviews,
)
from storage.tables.plan import amendments, extensions, plan_versions, plans, rounds, tasks
from storage.tables.post import (
    audit,
    audit_heads,
    deliveries,
    digests,
    escalations,
    outbox,
    reminders,
    signings,
)
from storage.tables.supervision import concerns, merged_drafts, previews

__all__ = [
    "accounts",
    "alarms",
    "aliases",
    "amendments",
    "attachments",
    "audit",
    "audit_heads",
    "binding_codes",
    "binding_failures",
    "channels",
    "complaints",
    "concerns",
    "deliveries",
    "digests",
    "escalations",
    "extensions",
    "follow_ups",
    "inbox",
    "instructions",
    "leaders",
    "leadership_groups",
    "leaves",
    "liaisons",
    "merged_drafts",
    "metadata",
    "offices",
    "outbox",
    "overseers",
    "plan_versions",
    "plans",
    "previews",
    "questions",
    "reminders",
    "reports",
    "reviews",
    "rounds",
    "signings",
    "tasks",
    "units",
]
