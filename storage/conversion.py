"""Between domain values and what JSON columns hold."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from reporting.messages import Card, CardDoubt, CardOption, IncomingKind, IncomingMessage
from reporting.report import Facts, Figure, Status
from reporting.secrecy import screen_text
from reporting.task import Horizon, Milestone, Task, TaskKind, TaskSource
from reporting.understanding.outcome import Doubt
from storage.seal import Json

# A row of JSON or of the driver is untyped by nature; it stays inside storage.
Row = Mapping[str, Any]


def facts_as_row(facts: Facts) -> dict[str, Any]:
    """The columns of a report that hold its facts."""
    return {
        "percent": facts.percent,
        "status": facts.status.value if facts.status else None,
        "problem": facts.problem,
        "next_step": facts.next_step,
        "suggestion": facts.suggestion,
        "figures": [asdict(figure) for figure in facts.figures],
    }


def facts_from_row(row: Row) -> Facts:
    """The facts of a report's columns."""
    return Facts(
        percent=row["percent"],
        status=Status(row["status"]) if row["status"] else None,
        problem=row["problem"],
        next_step=row["next_step"],
        suggestion=row["suggestion"],
        figures=tuple(Figure(**figure) for figure in row["figures"]),
    )


def doubt_as_json(doubt: Doubt) -> dict[str, Any]:
    """A doubt as a question's row keeps it."""
    return {
        "words": doubt.words,
        "facts": facts_as_row(doubt.facts),
        "candidates": list(doubt.candidates),
        "first": doubt.first,
        "rest": doubt.rest,
    }


def doubt_from_json(content: Row) -> Doubt:
    """A doubt from a question's row."""
    return Doubt(
        words=content["words"],
        facts=facts_from_row(content["facts"]),
        candidates=tuple(content["candidates"]),
        first=content.get("first"),
        rest=content.get("rest", ""),
    )


def card_as_json(card: Card) -> dict[str, Any]:
    """A card as the outbox keeps it, screened as its text is."""

    def screened(words: str) -> str:
        return screen_text(words).text or words

    return {
        "key": card.key,
        "doubts": [
            {
                "words": screened(doubt.words),
                "options": [
                    {**asdict(option), "text": screened(option.text)} for option in doubt.options
                ],
            }
            for doubt in card.doubts
        ],
    }


def card_from_json(content: Row) -> Card:
    """A card from the outbox."""
    doubts = tuple(
        CardDoubt(
            words=doubt["words"],
            options=tuple(CardOption(**option) for option in doubt["options"]),
        )
        for doubt in content["doubts"]
    )
    return Card(key=content["key"], doubts=doubts)


def message_secrets(message: IncomingMessage) -> dict[str, Json]:
    """What of a message is kept sealed: whoever has it can answer in our name."""
    secrets: dict[str, Json] = {"session_url": message.session_url, "card_code": message.card_code}
    if message.media_id.startswith("http"):
        # An address with its key, where other platforms give an id that is good with a token only.
        secrets |= {"media_id": message.media_id, "more_media": list(message.more_media)}
    return {name: value for name, value in secrets.items() if value}


def message_as_json(message: IncomingMessage) -> dict[str, Any]:
    """An incoming message without what is kept sealed."""
    sealed = message_secrets(message)
    return {
        "key": message.key,
        "kind": message.kind.value,
        "sender_id": message.sender_id,
        "sent_at": message.sent_at.isoformat(),
        "text": message.text,
        "sender_name": message.sender_name,
        "group_id": message.group_id,
        "quoted_key": message.quoted_key,
        "quoted_text": message.quoted_text,
        "event": message.event,
        "media_id": "" if "media_id" in sealed else message.media_id,
        "more_media": [] if "media_id" in sealed else list(message.more_media),
        "session_until": message.session_until.isoformat() if message.session_until else None,
    }


def message_from_json(content: Row, secrets: Mapping[str, object]) -> IncomingMessage:
    """An incoming message as it was remembered."""
    until = content["session_until"]
    fields = {**content, **secrets}
    fields |= {
        "kind": IncomingKind(content["kind"]),
        "sent_at": datetime.fromisoformat(content["sent_at"]),
        "more_media": tuple(fields["more_media"]),
        "session_until": datetime.fromisoformat(until) if until else None,
    }
    return IncomingMessage(**fields)


def task_as_row(task: Task) -> dict[str, Any]:
    """A task's own columns, but for its suspension: a table says nothing of that."""
    return {
        "code": task.code,
        "title": task.title,
        "section": task.section,
        "kind": task.kind.value if task.kind else None,
        "leads": list(task.leads),
        "supports": list(task.supports),
        "leader": task.leader,
        "due": task.due,
        "due_text": task.due_text,
        "milestones": [asdict(milestone) for milestone in task.milestones],
        "source": task.source.value if task.source else "",
        "programmes": list(task.programmes),
        "horizon": task.horizon.value if task.horizon else "",
        "department": task.department,
        "handler": task.handler,
    }


def task_from_row(row: Row) -> Task:
    """A task from its columns."""
    return Task(
        code=row["code"],
        title=row["title"],
        section=row["section"],
        kind=TaskKind(row["kind"]) if row["kind"] else None,
        leads=tuple(row["leads"]),
        supports=tuple(row["supports"]),
        leader=row["leader"],
        due=row["due"],
        due_text=row["due_text"],
        milestones=tuple(Milestone(**milestone) for milestone in row["milestones"]),
        halted=row["halted"],
        source=TaskSource(row["source"]) if row["source"] else None,
        programmes=tuple(row["programmes"]),
        horizon=Horizon(row["horizon"]) if row["horizon"] else None,
        department=row["department"],
        handler=row["handler"],
    )
