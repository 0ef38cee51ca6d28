"""Channels and accounts taken away on the command line, with a line in the audit."""

import json
from pathlib import Path

import pytest

from reporting.messages import Platform
from tests.integration.test_binding_commands import OFFICE, Command, command
from tests.integration.test_inspection import right_settings

__all__ = ["command"]


@pytest.fixture
def channel(command: Command, tmp_path: Path) -> Command:
    """The commands, with a channel on which one liaison is bound."""
    file = tmp_path / "wx.json"
    file.write_text(json.dumps(right_settings("http://127.0.0.1:9")[Platform.WECOM]), "utf-8")
    named = ("channel", "add", "wx", "--office", OFFICE, "--platform", "wecom")
    assert command(*named, "--settings", file).exit_code == 0
    assert command("liaison", "bind", "l01", "wx", "ZhangSan", "--office", OFFICE).exit_code == 0
    return command


def test_a_bound_account_is_unbound_once_and_noted(channel: Command) -> None:
    done = channel("liaison", "unbind", "wx", "zhangsan", "--office", OFFICE)
    assert "已解除wx上zhangsan的绑定" in done.stdout
    assert "ZhangSan" not in channel("liaison", "list", "--office", OFFICE).stdout
    again = channel("liaison", "unbind", "wx", "zhangsan", "--office", OFFICE)
    assert again.exit_code == 2
    assert "没有绑定账号" in again.stderr


def test_staff_who_left_and_leaders_lose_their_accounts(channel: Command) -> None:
    of_staff, of_leader = ("wx", "WangMin", "--office", OFFICE), ("wx", "chief", "--office", OFFICE)
    assert channel("office", "staff", "add", "王敏", *of_staff).exit_code == 0
    assert channel("leader", "unbind", *of_staff).exit_code == 2
    assert "已解除wx上WangMin的绑定" in channel("office", "staff", "remove", *of_staff).stdout
    assert "王敏" not in channel("office", "staff", "list", "--office", OFFICE).stdout
    assert "leader list" in channel("leader", "unbind", *of_leader).stderr


def test_a_removed_channel_takes_its_bindings_with_it(channel: Command) -> None:
    done = channel("channel", "remove", "wx", "--yes")
    assert "已删除通道wx" in done.stdout
    assert "wx" not in channel("channel", "list").stdout
    assert "ZhangSan" not in channel("liaison", "list", "--office", OFFICE).stdout
    assert channel("channel", "remove", "wx", "--yes").exit_code == 2
    assert channel("audit", "verify", "--office", OFFICE).exit_code == 0


def test_without_a_yes_nothing_is_removed(channel: Command) -> None:
    assert channel("channel", "remove", "wx").exit_code != 0
    assert "wx" in channel("channel", "list").stdout


def test_a_file_is_posted_by_hand_and_its_outcome_told(channel: Command, tmp_path: Path) -> None:
    file = tmp_path / "六月通报.txt"
    file.write_text("通报全文", "utf-8")
    done = channel("channel", "post", "wx", file, "--to", "zhangsan")
    assert done.exit_code == 1
    assert "没有确认送达：连不上平台服务器" in done.stdout
    assert channel("channel", "post", "wx", file).exit_code == 2
    assert "没有名为“没有”的通道" in channel("channel", "post", "没有", file, "--to", "a").stderr


def test_a_channel_is_named_for_an_address_and_its_file_is_json(
    channel: Command, tmp_path: Path
) -> None:
    file = tmp_path / "坏.json"
    file.write_text('{"corp_id": "ww",}', "utf-8")
    named = ("--office", OFFICE, "--platform", "wecom", "--settings", file)
    assert channel("channel", "add", "督查 通道", *named).exit_code == 2
    assert "第1行第18个字附近" in channel("channel", "add", "wx2", *named).stderr
