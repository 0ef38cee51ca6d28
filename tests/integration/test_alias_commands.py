"""Aliases on the command line, and their life through new versions of the plan."""

from tests.integration.test_binding_commands import OFFICE, PLANS, Command, command

__all__ = ["command"]


def listed(command: Command) -> str:
    return command("alias", "list", "--office", OFFICE).stdout


def test_an_alias_is_added_seen_and_removed(command: Command) -> None:
    done = command("alias", "add", "三道沟", "--task", "71", "--office", OFFICE)
    assert done.exit_code == 0, done.stderr
    assert "以后说“三道沟”，就记到第71项" in done.stdout
    assert "三道沟" in listed(command)
    assert "管理员添加" in listed(command)
    assert command("alias", "remove", "三道沟", "--task", "71", "--office", OFFICE).exit_code == 0
    assert "三道沟" not in listed(command)
    lines = command("audit", "export", "--office", OFFICE, "--task", "71").stdout
    assert "alias_learned" in lines
    assert "alias_removed" in lines


def test_an_alias_of_two_tasks_is_shown_as_one_that_is_asked_about(command: Command) -> None:
    for code in ("70", "71"):
        command("alias", "add", "三道沟", "--task", code, "--office", OFFICE)
    assert listed(command).count("指多项，仍会提问") == 2


def test_an_alias_outlives_a_new_import_of_the_plan(command: Command) -> None:
    command("alias", "add", "三道沟", "--task", "71", "--office", OFFICE)
    imported = command("import", PLANS / "qinghe.xlsx", "--office", OFFICE, "--force")
    assert imported.exit_code == 0, imported.stderr
    assert "三道沟" in listed(command)


def test_what_cannot_be_an_alias_or_is_none_is_refused(command: Command) -> None:
    for words in ("5", "123", "沟", "一个太长太长太长的别名"):
        assert command("alias", "add", words, "--task", "71", "--office", OFFICE).exit_code == 2
    unknown = command("alias", "add", "三道沟", "--task", "999", "--office", OFFICE)
    assert "没有编号为“999”的任务" in unknown.stderr
    missing = command("alias", "remove", "三道沟", "--task", "71", "--office", OFFICE)
    assert missing.exit_code == 2
    assert "没有别名" in missing.stderr


def test_the_reasons_of_a_task_not_reported_are_said_to_be_none(command: Command) -> None:
    done = command("audit", "why", "--office", OFFICE, "--task", "71")
    assert done.exit_code == 0, done.stderr
    assert done.stdout == "还没有填报。\n"
    assert "没有编号" in command("audit", "why", "--office", OFFICE, "--task", "999").stderr
