"""Settings come from the environment, are frozen, and never show a secret."""

import stat
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.settings import Settings, load_secret_key, read_settings
from bot.tracing import Untraced, open_tracing
from reporting.errors import NotReady
from storage.seal import Seal

PASSWORD = "s3cret-password"
KEY = "k" * 40


def test_without_any_variable_everything_is_embedded() -> None:
    settings = read_settings(env_file=None)
    assert settings.database_url is None
    assert settings.redis_url is None
    assert settings.port == 8080
    assert str(settings.timezone) == "Asia/Shanghai"


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg"])
def test_both_spellings_of_the_database_address_are_taken(
    monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://bot@db/liaison")
    assert read_settings(env_file=None).database_url == f"{scheme}://bot@db/liaison"


def test_our_own_variables_have_a_prefix(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LIAISON_PORT", "9000")
    monkeypatch.setenv("LIAISON_LOG_LEVEL", "debug")
    monkeypatch.setenv("LIAISON_CLOCK_FILE", str(tmp_path / "clock"))
    settings = read_settings(env_file=None)
    assert (settings.port, settings.log_level) == (9000, "DEBUG")
    assert settings.clock_file == tmp_path / "clock"


def test_no_text_goes_to_a_model_unless_an_address_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings(env_file=None).opinion is None
    monkeypatch.setenv("LIAISON_OPINION_URL", "https://model.example/v1?key=hidden")
    monkeypatch.setenv("LIAISON_OPINION_MODEL", "m")
    monkeypatch.setenv("LIAISON_OPINION_KEY", PASSWORD)
    settings = read_settings(env_file=None)
    assert settings.opinion is not None
    assert (settings.opinion.kind, settings.opinion.timeout) == ("chat", 1.5)
    for shown in (repr(settings), repr(settings.opinion), str(settings)):
        assert PASSWORD not in shown
        assert "hidden" not in shown


@pytest.mark.parametrize(
    ("name", "value", "address"),
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318/", "http://c:4318/v1/traces"),
        ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://c:4318/x", "http://c:4318/x"),
    ],
)
def test_traces_go_where_the_usual_variables_say_and_else_nowhere(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, address: str
) -> None:
    off = read_settings(env_file=None)
    assert off.traces_address is None
    assert isinstance(open_tracing(off, str), Untraced)
    monkeypatch.setenv(name, value)
    assert read_settings(env_file=None).traces_address == address


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LIAISON_OPINION_URL", "model.example"),
        ("LIAISON_OPINION_URL", "ftp://model.example"),
        ("LIAISON_OPINION_URL", "https://"),
        ("LIAISON_OPINION_MODEL", ""),
        ("LIAISON_OPINION_KIND", "guess"),
        ("LIAISON_OPINION_TIMEOUT", "60"),
        ("LIAISON_OPINION_TIMEOUT", "soon"),
    ],
)
def test_a_wrong_setting_of_the_second_opinion_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv("LIAISON_OPINION_URL", "https://model.example/v1")
    monkeypatch.setenv("LIAISON_OPINION_MODEL", "m")
    monkeypatch.setenv(name, value)
    with pytest.raises(NotReady, match=name):
        read_settings(env_file=None)


def test_an_empty_variable_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDIS_URL", "")
    assert read_settings(env_file=None).redis_url is None


def test_a_file_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("LIAISON_PORT=9001\nREDIS_URL=redis://cache:6379/0\nOTHER=1\n")
    monkeypatch.setenv("LIAISON_PORT", "9002")
    settings = read_settings(env_file=env_file)
    assert (settings.port, settings.redis_url) == (9002, "redis://cache:6379/0")


def test_settings_do_not_change() -> None:
    settings = Settings()
    with pytest.raises(ValidationError):
        settings.port = 1


def test_nothing_secret_is_printed() -> None:
    settings = Settings(
        database_url=f"postgresql://bot:{PASSWORD}@db/liaison",
        redis_url=f"redis://:{PASSWORD}@cache",
        secret_key=SecretStr(KEY),
    )
    shown = f"{settings!r} {settings}"
    assert PASSWORD not in shown
    assert KEY not in shown


@pytest.mark.parametrize(
    ("variable", "value", "named"),
    [
        ("DATABASE_URL", f"mysql://bot:{PASSWORD}@db/x", "DATABASE_URL：应以"),
        ("REDIS_URL", f"http://:{PASSWORD}@cache", "REDIS_URL：应以"),
        ("LIAISON_PORT", PASSWORD, "LIAISON_PORT"),
        ("LIAISON_LOG_LEVEL", PASSWORD, "LIAISON_LOG_LEVEL"),
        ("LIAISON_TIMEZONE", PASSWORD, "LIAISON_TIMEZONE"),
    ],
)
def test_a_wrong_value_is_named_but_not_shown(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, named: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(NotReady, match=named) as refused:
        read_settings(env_file=None)
    assert PASSWORD not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_given_key_is_used() -> None:
    assert load_secret_key(Settings(secret_key=SecretStr(KEY))) == KEY


def test_the_embedded_database_keeps_a_key_of_its_own(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path / "data")
    key = load_secret_key(settings)
    assert Seal(key).open(Seal(key).close({"a": 1})) == {"a": 1}
    assert load_secret_key(settings) == key
    files = list((tmp_path / "data").iterdir())
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600]


def test_a_real_database_needs_a_given_key() -> None:
    settings = Settings(database_url="postgresql://db/liaison")
    with pytest.raises(NotReady, match="LIAISON_SECRET_KEY"):
        load_secret_key(settings)
