"""What the operator decides, read once from the environment and an optional .env, then frozen."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AliasChoices,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from reporting.errors import NotReady
from storage.seal import new_key

DATABASE_SCHEMES = ("postgresql://", "postgresql+psycopg://", "postgres://")
REDIS_SCHEMES = ("redis://", "rediss://", "unix://")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionSettings:
    """Where a second opinion is asked for: an OpenAI-compatible address, model and key."""

    url: str = field(repr=False)
    model: str
    kind: Literal["chat", "embeddings"]
    timeout: float
    key: SecretStr | None = None


class Settings(BaseSettings):
    """The settings of one process. No address of a server means: start it embedded."""

    model_config = SettingsConfigDict(
        env_prefix="LIAISON_",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        validate_by_name=True,
    )

    database_url: Annotated[
        str | None,
        Field(repr=False, validation_alias=AliasChoices("DATABASE_URL", "LIAISON_DATABASE_URL")),
    ] = None
    redis_url: Annotated[
        str | None,
        Field(repr=False, validation_alias=AliasChoices("REDIS_URL", "LIAISON_REDIS_URL")),
    ] = None
    data_folder: Path = Path("data")
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    # Health, readiness and metrics on a port of their own: for workers, who serve no callbacks.
    watch_port: Annotated[int | None, Field(ge=0, le=65535)] = None
    secret_key: Annotated[
        SecretStr | None, Field(validation_alias=AliasChoices("LIAISON_SECRET_KEY", "SECRET_KEY"))
    ] = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"
    clock_file: Path | None = None
    # A second opinion on doubtful replies; without an address no text leaves this machine.
    opinion_url: Annotated[str | None, Field(repr=False)] = None
    opinion_model: Annotated[str, Field(validate_default=True)] = ""
    opinion_kind: Literal["chat", "embeddings"] = "chat"
    opinion_key: SecretStr | None = None
    opinion_timeout: float = 1.5
    # Where traces go, by OpenTelemetry's own names; nowhere unless one is set.
    otlp_endpoint: Annotated[
        str | None, Field(repr=False, validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT")
    ] = None
    otlp_traces_endpoint: Annotated[
        str | None, Field(repr=False, validation_alias="OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
    ] = None
    # Attachments go into the data folder, or into a bucket where one is named.
    s3_bucket: str | None = None
    s3_endpoint: str | None = None
    s3_region: str = "us-east-1"
    s3_access_key: SecretStr = SecretStr("")
    s3_secret_key: SecretStr = SecretStr("")
    s3_prefix: str = ""
    s3_virtual_host: bool = False
    s3_proxy: Annotated[str | None, Field(repr=False)] = None
    s3_ca_file: Path | None = None
    timezone: ZoneInfo = ZoneInfo("Asia/Shanghai")

    @field_validator("database_url")
    @classmethod
    def _is_postgresql(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(DATABASE_SCHEMES):
            raise ValueError("应以 postgresql:// 或 postgresql+psycopg:// 开头")
        return url

    @field_validator("redis_url")
    @classmethod
    def _is_redis(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(REDIS_SCHEMES):
            raise ValueError("应以 redis://、rediss:// 或 unix:// 开头")
        return url

    @field_validator("opinion_url")
    @classmethod
    def _is_address(cls, url: str | None) -> str | None:
        if url is not None and not (
            url.startswith(("http://", "https://")) and urlsplit(url).hostname
        ):
            raise ValueError("应以 http:// 或 https:// 开头，如 https://主机/v1")
        return url

    @field_validator("opinion_model")
    @classmethod
    def _is_named(cls, model: str, others: ValidationInfo) -> str:
        if others.data.get("opinion_url") and not model:
            raise ValueError("设置了 LIAISON_OPINION_URL 时必填")
        return model

    @field_validator("opinion_timeout")
    @classmethod
    def _is_short(cls, seconds: float) -> float:
        if not 0.1 <= seconds <= 10:
            raise ValueError("应为 0.1 到 10 之间的秒数")
        return seconds

    @property
    def opinion(self) -> OpinionSettings | None:
        """Where to ask for a second opinion; None: nowhere."""
        if self.opinion_url is None:
            return None
        return OpinionSettings(
            url=self.opinion_url,
            model=self.opinion_model,
            kind=self.opinion_kind,
            timeout=self.opinion_timeout,
            key=self.opinion_key,
        )

    @property
    def traces_address(self) -> str | None:
        """The address traces are sent to, made as OTLP says; None: nowhere."""
        if self.otlp_traces_endpoint is not None or self.otlp_endpoint is None:
            return self.otlp_traces_endpoint
        return f"{self.otlp_endpoint.rstrip('/')}/v1/traces"

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_capitals(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level


def read_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Read the environment and the file; a wrong value is named, never shown."""
    # The file is an argument of the class, yet none of its fields: the type checker sees no such.
    read: Callable[..., Settings] = Settings
    try:
        return read(_env_file=env_file)
    except ValidationError as error:
        faults = "；".join(
            f"{_variable(fault['loc'])}：{_reason(fault['type'], fault['msg'])}"
            for fault in error.errors(include_input=False, include_context=False)
        )
        # The error's own text and cause may hold the value.
        raise NotReady(f"环境变量有误：{faults}") from None


def load_secret_key(settings: Settings) -> str:
    """The key that seals stored secrets; for the embedded database one kept beside the data."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    if settings.database_url is not None:
        raise NotReady(
            "请设置 LIAISON_SECRET_KEY（所有进程相同），可用 `liaison-bot new-key` 生成一个。"
        )
    path = settings.data_folder / "secret.key"
    if not path.exists():
        _create_key(path)
    return path.read_text()


def _create_key(path: Path) -> None:
    """Write the key whole, readable by us alone; of two processes the first one's key stays."""
    path.parent.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "w") as file:
        file.write(new_key())
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()


def _variable(place: tuple[int | str, ...]) -> str:
    name = str(place[0]).upper()
    if name in {"DATABASE_URL", "REDIS_URL"}:
        return name
    return f"LIAISON_{name.removeprefix('LIAISON_')}"


def _reason(kind: str, text: str) -> str:
    """Our own words as they are; the library's only where they hold no part of the value."""
    match kind:
        case "value_error":
            return text.removeprefix("Value error, ")
        case "int_parsing" | "less_than_equal" | "greater_than_equal":
            return "应为 0 到 65535 之间的整数"
        case "literal_error":
            return f"取值不对（{text}）"
        case _:
            return "值不能识别"
