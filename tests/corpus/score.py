#!/usr/bin/env python3
"""Score what `liaison-bot understand` said about a corpus folder.

usage: score.py FOLDER OUTCOMES.jsonl [--wrong]     (FOLDER holds office.json and messages.jsonl, see FORMAT.md)

OUTCOMES.jsonl has a line a message: {"id": "m001", "ms": 1.8, "outcome": {...}} with an outcome in the form of "expect" in FORMAT.md;
a "record" may carry "ask": ["12", "13"] as well, for items that it asks about while it records the others.
Prints one JSON object. Shares are 0..1; "ms" is milliseconds.
"""

import collections
import json
import pathlib
import statistics
import sys


def lines(path):
    return [
        json.loads(line)
        for line in pathlib.Path(path).read_text("utf-8").splitlines()
        if line.strip()
    ]


def characters_f1(expected, got):
    """Overlap of two spans as bags of characters; two nulls agree fully."""
    if not expected and not got:
        return 1.0
    if not expected or not got:
        return 0.0
    a, b = collections.Counter(expected), collections.Counter(got)
    same = sum((a & b).values())
    return 2 * same / (sum(a.values()) + sum(b.values()))


def figures_f1(expected, got):
    a = collections.Counter(
        (round(float(f["value"]), 4), f.get("unit") or "") for f in expected or []
    )
    b = collections.Counter((round(float(f["value"]), 4), f.get("unit") or "") for f in got or [])
    if not a and not b:
        return 1.0
    return 2 * sum((a & b).values()) / (sum(a.values()) + sum(b.values()))


def share(part, whole):
    return round(part / whole, 4) if whole else None


def score(folder, outcomes):
    office = json.loads((pathlib.Path(folder) / "office.json").read_text("utf-8"))
    tasks = {t["code"]: t for t in office["tasks"]}
    units = {person["id"]: set(person["units"]) for person in office["liaisons"]}
    said = {o["id"]: o for o in outcomes}
    n = collections.Counter()
    fields = collections.defaultdict(list)
    wrong, milliseconds = [], []
    by_style = collections.defaultdict(lambda: [0, 0])
    for message in lines(pathlib.Path(folder) / "messages.jsonl"):
        expect = message["expect"]
        answer = said.get(message["id"])
        outcome = answer["outcome"] if answer else {"kind": "missing"}
        if answer and "ms" in answer:
            milliseconds.append(answer["ms"])
        n["messages"] += 1
        recorded = outcome.get("items", []) if outcome["kind"] == "record" else []
        expected = (
            {item["task"]: item for item in expect.get("items", [])}
            if expect["kind"] == "record"
            else {}
        )
        n["expected_items"] += len(expected)
        good = 0
        for item in recorded:
            n["recorded"] += 1
            task = tasks.get(item["task"])
            if not task or not units[message["sender"]] & set(task["leads"] + task["supports"]):
                n["other_unit_writes"] += 1
            gold = expected.pop(item["task"], None)
            if gold is None:
                n["wrong_records"] += 1
                continue
            good += 1
            n["right_records"] += 1
            fields["percent"].append(gold.get("percent") == item.get("percent"))
            if gold.get("percent") is not None:
                fields["percent_when_stated"].append(gold["percent"] == item.get("percent"))
            fields["status"].append(gold.get("status") == item.get("status"))
            for name in ("problem", "next_step", "suggestion"):
                if gold.get(name) or item.get(name):
                    fields[name].append(characters_f1(gold.get(name), item.get(name)))
            if gold.get("figures") or item.get("figures"):
                fields["figures"].append(figures_f1(gold.get("figures"), item.get("figures")))
        kind_right = outcome["kind"] == expect["kind"]
        if expect["kind"] == "record":
            kind_right = kind_right and not expected and good == len(recorded)
            n["record_messages"] += 1
            n["needless_asks"] += outcome["kind"] == "ask"
        elif expect["kind"] == "ask":
            n["ask_messages"] += 1
            asked = outcome["kind"] == "ask" and bool(
                set(expect["candidates"]) & set(outcome.get("candidates", []))
            )
            n["asked_rightly"] += asked
            kind_right = asked
        elif expect["kind"] == "refuse":
            n["refuse_messages"] += 1
            n["refused_rightly"] += outcome["kind"] == "refuse"
        elif expect["kind"] == "command":
            n["command_messages"] += 1
            kind_right = kind_right and outcome.get("name") == expect["name"]
            n["commands_right"] += kind_right
        else:
            n["none_messages"] += 1
            n["none_right"] += kind_right
        n["messages_right"] += kind_right
        by_style[message.get("style", "?")][0] += kind_right
        by_style[message.get("style", "?")][1] += 1
        if not kind_right:
            wrong.append(
                {
                    "id": message["id"],
                    "style": message.get("style"),
                    "text": message["text"],
                    "expect": expect,
                    "outcome": outcome,
                }
            )
    report = {
        "messages": n["messages"],
        "messages_right": share(n["messages_right"], n["messages"]),
        "record_precision": share(n["right_records"], n["recorded"]),
        "record_coverage": share(n["right_records"], n["expected_items"]),
        "other_unit_writes": n["other_unit_writes"],
        "needless_ask_share": share(n["needless_asks"], n["record_messages"]),
        "asked_rightly": share(n["asked_rightly"], n["ask_messages"]),
        "refused_rightly": share(n["refused_rightly"], n["refuse_messages"]),
        "commands_right": share(n["commands_right"], n["command_messages"]),
        "chatter_right": share(n["none_right"], n["none_messages"]),
        **{
            name: round(statistics.fmean(map(float, values)), 4)
            for name, values in sorted(fields.items())
        },
        "median_ms": round(statistics.median(milliseconds), 3) if milliseconds else None,
        "p99_ms": round(sorted(milliseconds)[int(len(milliseconds) * 0.99)], 3)
        if milliseconds
        else None,
        "by_style": {
            style: f"{right}/{total}" for style, (right, total) in sorted(by_style.items())
        },
    }
    return report, wrong


def main(arguments):
    if len(arguments) < 2:
        sys.exit(__doc__)
    report, wrong = score(arguments[0], lines(arguments[1]))
    if "--wrong" in arguments:
        for row in wrong:
            print(json.dumps(row, ensure_ascii=False))
    print(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
