"""The command line as an operator uses it, on real servers."""

import json
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from typer.testing import CliRunner, Result

from bot.cli import build
from storage.seal import new_key

PLANS = Path(__file__).parent.parent / "plans"
CORPUS = Path(__file__).parent.parent / "corpus"
OFFICE = "青河县人民政府督查室"

Command = Callable[..., Result]


@pytest.fixture
def command(database_url: str, redis_url: str, tmp_path: Path) -> Command:
    """Runs `liaison-bot` with these arguments."""
    environment = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "LIAISON_SECRET_KEY": new_key(),
        "LIAISON_DATA_FOLDER": str(tmp_path / "data"),
        "COLUMNS": "200",
    }
    return lambda *words: CliRunner().invoke(build(), [str(w) for w in words], env=environment)


@pytest.mark.parametrize(
    ("office", "file", "directory"),
    [
        ("qinghe", "qinghe.xlsx", None),
        ("qinghe", "qinghe.txt", "qinghe.xlsx"),
        ("linhu", "linhu.docx", "linhu-directory.xlsx"),
    ],
)
def test_a_table_is_imported_task_for_task(
    command: Command, office: str, file: str, directory: str | None
) -> None:
    given = ["--directory", PLANS / directory] if directory else []
    done = command("import", PLANS / file, "--office", office, *given, "--json")
    assert done.exit_code == 0, done.stderr
    expected = json.loads((CORPUS / office / "office.json").read_text("utf-8"))
    got = json.loads(done.stdout)
    stated = ("code", "title", "leads", "supports", "leader", "due")
    assert [[t[name] for name in stated] for t in got["tasks"]] == [
        [t[name] for name in stated] for t in expected["tasks"]
    ]
    assert len(got["liaisons"]) == len(expected["liaisons"])
    assert not got["warnings"]


def test_a_table_with_a_row_removed_is_refused_naming_the_part(
    command: Command, tmp_path: Path
) -> None:
    document = docx.Document(str(PLANS / "linhu.docx"))
    row = document.tables[2].rows[3]._tr
    row.getparent().remove(row)
    document.save(str(tmp_path / "short.docx"))
    words = ("import", tmp_path / "short.docx", "--office", "临湖区人民政府督查室")
    done = command(*words, "--directory", PLANS / "linhu-directory.xlsx")
    assert done.exit_code == 2
    assert "三、重大项目和要素保障" in done.stderr
    assert "没有导入" in done.stderr
    assert "临湖区" not in command("office", "list").stdout
    assert command(*words, "--directory", PLANS / "linhu-directory.xlsx", "--force").exit_code == 0


def test_a_second_import_makes_a_new_version_only_where_something_changed(
    command: Command, tmp_path: Path
) -> None:
    assert "第1版：《" in command("import", PLANS / "qinghe.xlsx", "--office", OFFICE).stderr
    again = command("import", PLANS / "qinghe.xlsx", "--office", OFFICE).stderr
    assert "第1版（与上一次相同，没有新版本）" in again
    workbook = openpyxl.load_workbook(PLANS / "qinghe.xlsx")
    cell = next(
        cell
        for row in workbook.worksheets[0].iter_rows()
        for cell in row
        if cell.value == "改造城镇老旧小区26个"
    )
    cell.value = "改造城镇老旧小区28个"
    workbook.save(tmp_path / "changed.xlsx")
    done = command("import", tmp_path / "changed.xlsx", "--office", OFFICE)
    assert "第2版" in done.stderr
    assert "26个" in done.stderr
    assert "28个" in done.stderr


def test_a_dry_run_writes_nothing(command: Command) -> None:
    done = command("import", PLANS / "qinghe.xlsx", "--office", OFFICE, "--dry-run")
    assert done.exit_code == 0
    assert "110项任务" in done.stderr
    assert OFFICE not in command("office", "list").stdout


def test_a_known_directory_serves_when_none_is_given(command: Command) -> None:
    command("import", PLANS / "qinghe.xlsx", "--office", OFFICE)
    done = command("import", PLANS / "qinghe.txt", "--office", OFFICE, "--json", "--dry-run")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["tasks"][4]["supports"] == ["县统计局", "县市场监督管理局"]


def test_replies_are_understood_a_line_each(command: Command) -> None:
    folder = CORPUS / "qinghe"
    done = command("understand", folder / "office.json", folder / "messages.jsonl")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == len((folder / "messages.jsonl").read_text("utf-8").splitlines())
    assert {"id", "ms", "outcome"} == set(lines[0])


def test_a_channel_with_a_missing_setting_is_refused_without_showing_secrets(
    command: Command, tmp_path: Path
) -> None:
    command("office", "add", OFFICE)
    settings = tmp_path / "wecom.json"
    settings.write_text(json.dumps({"corp_id": "ww1", "secret": "very-secret"}), "utf-8")
    words = ("channel", "add", "wx", "--office", OFFICE, "--platform", "wecom")
    done = command(*words, "--settings", settings)
    assert done.exit_code == 1
    assert "encoding_aes_key" in done.stderr
    assert "very-secret" not in done.output


def test_a_channel_binds_the_liaisons_of_its_platform_and_the_month_is_rehearsed(
    command: Command, tmp_path: Path
) -> None:
    command("import", PLANS / "qinghe.xlsx", "--office", OFFICE)
    settings = tmp_path / "wecom.json"
    content = {
        "corp_id": "ww1",
        "agent_id": 1000002,
        "secret": "s" * 40,
        "token": "t" * 12,
        "encoding_aes_key": "a" * 43,
        "groups": {"领导群": "key"},
    }
    settings.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    words = ("channel", "add", "wx", "--office", OFFICE, "--platform", "wecom")
    done = command(*words, "--settings", settings, "--leaders", "领导群")
    assert done.exit_code == 0, done.output
    assert "wx:l01" in command("liaison", "list", "--office", OFFICE).stdout
    rehearsed = command("rehearse", "--office", OFFICE, "--month", "2026-06", "--json")
    assert rehearsed.exit_code == 0, (rehearsed.output, repr(rehearsed.exception))
    messages = json.loads(rehearsed.stdout)
    assert {one["at"][:10] for one in messages} == {
        "2026-06-17",
        "2026-06-22",
        "2026-06-24",
        "2026-06-25",
        "2026-06-29",  # whoever has not answered by the cutoff is asked once more
    }
    assert [one["to"] for one in messages if one["kind"] == "digest"] == ["领导群"]
    assert (
        json.loads(command("rehearse", "--office", OFFICE, "--month", "2026-06", "--json").stdout)
        == messages
    )


def test_the_doctor_names_what_is_missing_and_how_to_mend_it(command: Command) -> None:
    done = command("doctor")
    assert done.exit_code == 1
    assert "liaison-bot run" in done.stdout
    assert "liaison-bot office add" in done.stdout
    assert "正常 数据库" in done.stdout
    assert "正常 附件：数据目录可读写" in done.stdout
    assert "第二意见：未启用，报送内容不会发给任何模型" in done.stdout


def test_the_doctor_says_where_text_goes_when_a_second_opinion_is_set(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIAISON_OPINION_URL", "https://user:hidden@model.example/v1")
    monkeypatch.setenv("LIAISON_OPINION_MODEL", "m")
    monkeypatch.setenv("LIAISON_S3_BUCKET", "b")
    said = command("doctor").stdout
    assert "待处理 附件：附件放对象存储还要设置 LIAISON_S3_ACCESS_KEY" in said
    assert "会发到 model.example，请确认符合保密规定" in said
    assert "hidden" not in said


def test_every_command_has_help_with_an_example(command: Command) -> None:
    names = ("run", "demo", "migrate", "import", "understand", "rehearse", "doctor")
    lines = [(name,) for name in names] + [("deliveries", "list"), ("deliveries", "resend")]
    for line in lines:
        assert "例：" in command(*line, "--help").stdout, line


def test_an_office_keeps_what_an_option_does_not_name(command: Command) -> None:
    command("office", "add", OFFICE, "--cutoff-day", "20", "--phone", "0539-1234567")
    command("office", "add", OFFICE, "--cutoff-time", "17:30")
    listed = command("office", "list").stdout
    assert "20日 17:30" in listed
    assert "0539-1234567" in listed


def test_an_unknown_office_is_named_with_the_remedy(command: Command) -> None:
    done = command("rehearse", "--office", "没有这个", "--month", "2026-06")
    assert done.exit_code == 2
    assert "没有名为“没有这个”的督查室" in done.stderr


def test_the_only_office_need_not_be_named_and_one_of_several_must(command: Command) -> None:
    assert "还没有督查室" in command("alias", "list").stderr
    command("office", "add", OFFICE)
    assert command("alias", "list").stdout == "还没有别名。\n"
    command("office", "add", "临湖区人民政府督查室")
    done = command("alias", "list")
    assert done.exit_code == 2
    assert "有2个督查室，请用 --office 写明是哪一个" in done.stderr
    assert OFFICE in done.stderr
