"""`doctor`: says in plain words what is missing or unreachable, and how to mend it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlsplit

import typer
from redis.asyncio import Redis
from redis.exceptions import RedisError
from rich.markup import escape

from bot.app import choose_clock
from bot.attachments import open_files
from bot.commands.terminal import run, screen, settings_and_logs, with_store
from bot.embedded import Servers, open_servers
from bot.inspection import Finding, Inspection, open_outside
from bot.settings import OpinionSettings, Settings, load_secret_key
from reporting.calendar import unknown_year_warning
from reporting.errors import LiaisonBotError, UserMistake
from reporting.office import Office
from reporting.ports import Clock
from storage.cache import open_cache
from storage.channels import ChannelRow
from storage.database import open_engine
from storage.health import feel_pulse
from storage.jobs import Jobs
from storage.migrate import is_current
from storage.rejections import Rejections
from storage.seal import Seal
from storage.unit_of_work import PostgresUnitOfWork, Store

HEARTBEAT_AT_MOST = 30.0


def examine() -> None:
    """体检：数据库、缓存、密钥、时钟、通道、名单、任务，缺什么说什么。

    例：liaison-bot doctor
    """
    report(run(_examine(settings_and_logs())))


def inspect_channel(
    name: Annotated[str, typer.Argument(help="通道名")],
    recipient: Annotated[
        str, typer.Option("--to", help="给此账号发一条自检消息，查权限、可信IP和可见范围")
    ] = "",
    public_url: Annotated[
        str, typer.Option("--url", help="回调的公网地址（https://域名），查平台能否访问到")
    ] = "",
) -> None:
    """检查一个通道：设置、密钥、凭证、时钟，可加发自检消息、探测回调地址。

    例：liaison-bot channel check qinghe-wx-7f3a --to zhangsan --url https://bot.qinghe.gov.cn
    """
    settings = settings_and_logs()

    async def work(store: Store) -> list[Finding]:
        clock = choose_clock(settings)
        async with store.unit_of_work(clock.now()) as unit:
            rows = [row for row in await unit.channels.all() if row.name == name]
        if not rows:
            raise UserMistake(f"没有名为“{name}”的通道；用 liaison-bot channel list 查看")
        with open_servers(settings) as servers:
            rejected = await _rejected(servers.redis_url, rows)
        async with open_outside(clock) as outside:
            look = Inspection(row=rows[0], outside=outside, rejected=rejected[name])
            return await look.look(recipient, public_url)

    report(run(with_store(settings, work)))


async def _rejected(url: str, rows: Sequence[ChannelRow]) -> Mapping[str, Mapping[str, int]]:
    """The refused callbacks of the last hour, by channel."""
    cache: Redis = open_cache(url)
    try:
        rejections = Rejections(cache)
        return {row.name: await rejections.recent(row.name) for row in rows}
    finally:
        await cache.aclose()


def report(findings: Sequence[Finding]) -> None:
    """Say what was found; the exit code is 1 when anything is to be mended."""
    for finding in findings:
        mark = "[green]正常[/]" if finding.well else "[bold red]待处理[/]"
        screen().print(f"{mark} {escape(finding.subject)}：{escape(finding.words)}")
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)


async def _examine(settings: Settings) -> list[Finding]:
    with open_servers(settings) as servers:
        database = await _guarded("数据库", lambda: _database(servers.database_url))
        findings = [database, await _guarded("缓存", lambda: _cache(servers.redis_url))]
        findings.append(await _guarded("密钥", lambda: _key(settings)))
        findings.append(await _guarded("附件", lambda: _attachments(settings)))
        findings.append(_opinion(settings.opinion))
        if all(finding.well for finding in (database, findings[2])):
            findings += await _ledger(settings, servers)
    return findings


async def _guarded(subject: str, look: Callable[[], Awaitable[Finding]]) -> Finding:
    try:
        return await look()
    except LiaisonBotError as fault:
        return Finding(subject=subject, well=False, words=str(fault))


async def _database(url: str) -> Finding:
    current = await asyncio.to_thread(is_current, url)
    words = "可连接，结构为最新" if current else "结构不是最新，请运行 liaison-bot migrate"
    return Finding(subject="数据库", well=current, words=words)


async def _cache(url: str) -> Finding:
    cache: Redis = open_cache(url)
    try:
        await cache.ping()
    except (RedisError, OSError):
        words = "连接不上：请检查 REDIS_URL 与缓存服务（记录不受影响，发送会变慢）"
        return Finding(subject="缓存", well=False, words=words)
    finally:
        await cache.aclose()
    return Finding(subject="缓存", well=True, words="可连接")


async def _key(settings: Settings) -> Finding:
    Seal(load_secret_key(settings))
    return Finding(subject="密钥", well=True, words="已设置")


async def _attachments(settings: Settings) -> Finding:
    """Pictures and files that cannot be kept are lost: platforms have them for days at most."""
    await open_files(settings).check()
    where = f"桶 {settings.s3_bucket}" if settings.s3_bucket else "数据目录"
    return Finding(subject="附件", well=True, words=f"{where}可读写")


def _opinion(opinion: OpinionSettings | None) -> Finding:
    """Whether any text leaves this machine for a model, said plainly; no address but its host."""
    words = "未启用，报送内容不会发给任何模型"
    if opinion is not None:
        words = (
            f"已启用：说不准的原话和候选任务名称会发到 {urlsplit(opinion.url).hostname}，"
            "请确认符合保密规定；只用来选是哪一项，数字、进度、状态不采用；带密级标志或号码的内容不发"
        )
    return Finding(subject="第二意见", well=True, words=words)


async def _ledger(settings: Settings, servers: Servers) -> list[Finding]:
    """What can only be told from the database's content."""
    url = servers.database_url
    engine = open_engine(url, connections=2)
    store = Store(engine=engine, jobs=Jobs(url), seal=Seal(load_secret_key(settings)))
    clock = choose_clock(settings)
    try:
        findings = [await _worker(store)]
        async with store.unit_of_work(clock.now()) as work:
            findings.append(await _database_clock(work))
            findings += await _offices(work)
            rows = await work.channels.all()
        findings += await _channels(rows, clock, await _rejected(servers.redis_url, rows))
    except LiaisonBotError as fault:
        findings = [Finding(subject="台账", well=False, words=str(fault))]
    finally:
        await engine.dispose()
    return findings


async def _worker(store: Store) -> Finding:
    heartbeat = (await feel_pulse(store.engine)).heartbeat
    if heartbeat is None or heartbeat > HEARTBEAT_AT_MOST:
        words = "没有正在工作的进程：请运行 liaison-bot run（或 --role worker）"
        return Finding(subject="作业进程", well=False, words=words)
    return Finding(subject="作业进程", well=True, words=f"{heartbeat:.0f}秒前有心跳")


async def _database_clock(work: PostgresUnitOfWork) -> Finding:
    """Platforms refuse signatures of a clock that is off; so does our own window."""
    told = await work.database_time()
    apart = abs((datetime.now(UTC) - told).total_seconds())
    if apart > 60:
        words = f"本机与数据库相差{apart:.0f}秒：请在两台机器上启用时间同步（NTP）"
        return Finding(subject="时钟", well=False, words=words)
    return Finding(subject="时钟", well=True, words="本机与数据库一致")


async def _offices(work: PostgresUnitOfWork) -> list[Finding]:
    found = await work.plans.offices()
    if not found:
        words = "还没有督查室：请运行 liaison-bot office add 或 liaison-bot import"
        return [Finding(subject="督查室", well=False, words=words)]
    return [finding for office in found for finding in await _office(work, office)]


async def _office(work: PostgresUnitOfWork, office: Office) -> Sequence[Finding]:
    year = work.now.year
    findings = []
    try:
        plan_id, _ = await work.plans.plan(office.id, year)
        count = len(await work.plans.tasks(plan_id))
        findings.append(Finding(subject=office.name, well=True, words=f"{count}项任务"))
    except LookupError:
        words = f"没有{year}年的任务：请运行 liaison-bot import"
        findings.append(Finding(subject=office.name, well=False, words=words))
    bound = {account.liaison_id for account in await work.people.accounts(office.id)}
    people = await work.people.liaisons(office.id)
    unbound = [one.liaison.name for one in people if one.liaison_id not in bound]
    words = f"{len(people)}名联络员均已绑定账号"
    if unbound:
        more = "等" if len(unbound) > 10 else ""
        words = (
            f"{len(unbound)}名联络员没有账号，收不到提醒：{'、'.join(unbound[:10])}{more}；"
            "通讯录里有账号的，接入通道时自动绑定；其余用 liaison-bot liaison code 或 bind"
        )
    findings.append(Finding(subject=f"{office.name}联络员", well=not unbound, words=words))
    if not office.calendar.knows(year):
        words = unknown_year_warning(year)
        findings.append(Finding(subject="节假日", well=False, words=words))
    return findings


async def _channels(
    rows: Sequence[ChannelRow], clock: Clock, rejected: Mapping[str, Mapping[str, int]]
) -> list[Finding]:
    """Every channel, at the same time: one that hangs must not keep the others waiting."""
    if not rows:
        words = "还没有通道：请运行 liaison-bot channel add"
        return [Finding(subject="通道", well=False, words=words)]
    async with open_outside(clock) as outside:
        looks = [
            Inspection(row=row, outside=outside, rejected=rejected[row.name]).look() for row in rows
        ]
        return [finding for found in await asyncio.gather(*looks) for finding in found]
