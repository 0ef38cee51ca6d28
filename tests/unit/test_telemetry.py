"""Logs are facts with names and hold no secret; metrics live in a registry of their own."""

import io
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot.telemetry import configure_logging, open_telemetry

SECRET = "abcdefghijklmnop"


@pytest.fixture
def output() -> Iterator[io.StringIO]:
    """Where the log goes; logging is put back as it was afterwards."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure_logging("INFO", "json", stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


def lines(output: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.getvalue().splitlines()]


def test_a_line_is_json_with_message_action_and_ids(output: io.StringIO) -> None:
    structlog.get_logger("handlers").info("reminder sent", action="reminder_sent", liaison="李明")
    [line] = lines(output)
    assert line["event"] == "reminder sent"
    assert (line["action"], line["liaison"], line["level"]) == ("reminder_sent", "李明", "info")
    assert line["timestamp"]


def test_what_libraries_log_takes_the_same_road(output: io.StringIO) -> None:
    logging.getLogger("procrastinate").warning("job failed", extra={"action": "job_failed"})
    [line] = lines(output)
    assert (line["event"], line["action"]) == ("job failed", "job_failed")
    assert line["logger"] == "procrastinate"


def test_what_is_below_the_level_or_merely_chatter_is_not_logged(output: io.StringIO) -> None:
    structlog.get_logger("handlers").debug("detail")
    logging.getLogger("aiohttp.access").info("GET /")
    assert lines(output) == []


def test_ids_bound_to_the_task_are_on_every_line(output: io.StringIO) -> None:
    with structlog.contextvars.bound_contextvars(office="qinghe"):
        structlog.get_logger("handlers").info("report recorded")
    assert lines(output)[0]["office"] == "qinghe"


@pytest.mark.parametrize(
    "name", ["access_token", "app_secret", "webhook", "session_url", "database_url", "api_key"]
)
def test_what_is_named_like_a_secret_is_masked(output: io.StringIO, name: str) -> None:
    structlog.get_logger("bot").info("sent", **{name: SECRET}, nested={name: {"deep": SECRET}})
    assert SECRET not in output.getvalue()
    assert lines(output)[0][name] == "***"


@pytest.mark.parametrize(
    "text",
    [
        f"POST https://qyapi.weixin.qq.com/cgi-bin/message/send?access_token={SECRET}&debug=1",
        f"https://qyapi.weixin.qq.com/cgi-bin/gettoken?corpid=ww1&corpsecret={SECRET}",
        f"https://oapi.dingtalk.com/robot/sendBySession?session={SECRET}",
        f"cannot reach postgresql+psycopg://bot:{SECRET}@db/liaison",
        f"redis://:{SECRET}@cache:6379/0",
    ],
)
def test_a_secret_inside_a_text_is_masked(output: io.StringIO, text: str) -> None:
    structlog.get_logger("bot").info("failed", reason=text, reasons=[text])
    logging.getLogger("aiohttp.client").error(text)
    assert SECRET not in output.getvalue()
    assert "***" in output.getvalue()


def test_a_secret_inside_a_traceback_is_masked(output: io.StringIO) -> None:
    try:
        raise ConnectionError(f"https://example.cn/send?key={SECRET}")
    except ConnectionError:
        structlog.get_logger("bot").exception("send failed", action="send_failed")
    assert SECRET not in output.getvalue()
    assert "ConnectionError" in str(lines(output)[0]["exception"])


def test_ordinary_facts_stay_readable(output: io.StringIO) -> None:
    structlog.get_logger("bot").info("sent", message_key="m-1", password="", count=3)
    line = lines(output)[0]
    assert (line["message_key"], line["password"], line["count"]) == ("m-1", "", 3)


def test_a_person_reads_plain_lines(output: io.StringIO) -> None:
    configure_logging("INFO", "console", output)
    structlog.get_logger("bot").info("ready", action="ready", token=SECRET)
    assert "ready" in output.getvalue()
    assert SECRET not in output.getvalue()


def test_a_person_reads_tracebacks_without_secrets(output: io.StringIO) -> None:
    configure_logging("INFO", "console", output)
    try:
        raise ConnectionError(f"https://example.cn/send?key={SECRET}")
    except ConnectionError:
        structlog.get_logger("bot").exception("send failed", action="send_failed")
    assert "ConnectionError" in output.getvalue()
    assert SECRET not in output.getvalue()


def test_the_operators_page_names_every_metric_and_no_other() -> None:
    page = (Path(__file__).parents[2] / "docs/operations.md").read_text("utf-8")
    named = set(re.findall(r"liaison_[a-z_]+", page))
    families = open_telemetry().registry.collect()
    known = {f"{one.name}_total" if one.type == "counter" else one.name for one in families}
    assert {name.removesuffix("_bucket") for name in named} == known


def test_two_processes_metrics_do_not_meet() -> None:
    one, other = open_telemetry(), open_telemetry()
    one.callbacks.labels(channel="wecom", outcome="accepted").inc()
    one.messages.labels(outcome="recorded").inc()
    one.deliveries.labels(channel="dingtalk", state="delivered").inc(2)
    one.queue_age.set(1.5)
    page = one.render().decode()
    assert 'liaison_callbacks_total{channel="wecom",outcome="accepted"} 1.0' in page
    assert 'liaison_deliveries_total{channel="dingtalk",state="delivered"} 2.0' in page
    assert "liaison_queue_age_seconds 1.5" in page
    assert "wecom" not in other.render().decode()
