"""What an office may ask of its people, whom it must ring, what they complain about."""

from typing import Annotated

import typer
from rich.table import Table

from bot.app import choose_clock
from bot.commands.administration import OfficeName, office_id_of
from bot.commands.terminal import TROUBLE, run, screen, settings_and_logs, show, with_store
from reporting.guards import check_guards
from reporting.policy import change_policy, policy_as_json
from reporting.round import round_of
from storage.unit_of_work import Store

_MEANINGS = {
    "reminder_budget": "每人每月提醒上限",
    "rounds_a_month": "每月报送轮数",
    "asks_known_data": "索要台账已有的数据",
    "asks_forms_as_well": "另要填表",
    "check_in": "打卡签到",
    "counts_online_time": "统计在线时长",
    "must_install": "强制安装使用",
    "reports_install_rate": "通报安装率",
    "login_every_days": "要求每几天登录",
    "requires_photos": "必须传照片",
    "requires_videos": "必须传视频",
    "requires_tracks": "必须传轨迹",
    "evidence_need": "索要佐证的理由",
    "replaces_site_checks": "以线上代替实地核查",
    "score_sources": "评分依据",
    "ranking_to": "排名向谁公布",
    "publishes_names": "点名通报",
    "approved_by": "公布的批准人",
    "complaints_open": "投诉渠道开放",
    "advertises": "推送广告",
    "escalation_grace": "截止后几个工作日起逐级提醒",
    "escalation_waits": "每层等几个工作日",
    "escalates_to": "逐级提醒止于",
    "escalation_approved_by": "更高层级的批准人",
    "notice_at_opening": "每轮开始自动下发通知",
    "signing_days": "几个工作日后提醒签收",
    "preview_digests": "摘要先审后发",
    "quarter_digest": "季末另发季度摘要",
    "keep_months": "闲聊消息保留月数",
}


def set_policy(
    office: OfficeName,
    settings_given: Annotated[
        list[str] | None, typer.Argument(metavar="[设置=值]...", help="如 reminder_budget=6")
    ] = None,
    by: Annotated[str, typer.Option(help="经办人姓名，记入留痕")] = "operator",
) -> None:
    """查看或修改督查室的规矩；减负规定禁止的设置会被拒绝，并指出条款。

    例：liaison-bot office set reminder_budget=6 --by 王敏 --office 青河县人民政府督查室
    """
    settings = settings_and_logs()
    wanted = dict(_pair(text) for text in settings_given or ())

    async def work(store: Store) -> None:
        table = Table("设置", "含义", "值")
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            office_id = await office_id_of(unit, office)
            policy = (await unit.plans.office(office_id)).policy
            if wanted:
                policy = change_policy(policy, wanted)
                await unit.registry.save_policy(office_id, policy)
                subject = f"office:{office_id}"
                await unit.audit.note(office_id, by, "policy_changed", subject, wanted)
        for name, value in policy_as_json(policy).items():
            told = value if isinstance(value, list) else [value]
            table.add_row(name, _MEANINGS.get(name, ""), "、".join(map(_value_words, told)))
        screen().print(table)

    run(with_store(settings, work))


def check_policy(office: OfficeName) -> None:
    """减负自查：逐条列出禁止情形、条款和现状，供备案和检查时出具；有违反的退出码为 1。

    例：liaison-bot office self-check --office 青河县人民政府督查室
    """
    settings = settings_and_logs()

    async def work(store: Store) -> bool:
        table = Table("禁止的设置", "条款", "现状")
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            office_id = await office_id_of(unit, office)
            policy = (await unit.plans.office(office_id)).policy
            complaints = len(await unit.complaints.all(office_id))
        guards = check_guards(policy)
        for one in guards:
            table.add_row(one.setting, one.article.value, "未设置" if one.holds else "[red]违反[/]")
        screen().print(table)
        screen().print(
            f"每人每月提醒上限{policy.reminder_budget}条；"
            f"投诉建议随时可发“投诉 加内容”，已收到{complaints}条。"
        )
        return all(one.holds for one in guards)

    if not run(with_store(settings, work)):
        raise typer.Exit(TROUBLE)


def _value_words(value: object) -> str:
    """A value as it may be written back: 是, 否, 不限, a number or words."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return "不限" if value is None else str(value)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise typer.BadParameter(f"“{text}”应写作 设置=值")
    return name.strip(), value


def list_phones(office: OfficeName) -> None:
    """列出消息送不到、需要打电话的联络员：没有可用账号，或本轮消息都没送达。

    例：liaison-bot phones --office 青河县人民政府督查室
    """
    settings = settings_and_logs()

    async def work(store: Store) -> None:
        table = Table("编号", "姓名", "单位", "电话")
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            held = await unit.plans.office(await office_id_of(unit, office))
            month = round_of(unit.now, held.rules, held.calendar)
            for one in await unit.reach.unreached(held.id, month.opens_at):
                table.add_row(one.key, one.name, "、".join(one.units), one.phone or "未登记")
        show(table, "没有需要打电话的联络员。")

    run(with_store(settings, work))


def list_complaints(office: OfficeName) -> None:
    """列出投诉建议；只在这里看得到，不转给被投诉的人。

    例：liaison-bot complaints --office 青河县人民政府督查室
    """
    settings = settings_and_logs()

    async def work(store: Store) -> None:
        table = Table("时间", "单位", "姓名", "内容")
        async with store.unit_of_work(choose_clock(settings).now()) as unit:
            office_id = await office_id_of(unit, office)
            for one in await unit.complaints.all(office_id):
                made = one.made_at.astimezone(settings.timezone).strftime("%Y-%m-%d %H:%M")
                table.add_row(made, "、".join(one.units), one.name, one.words)
        show(table, "没有投诉建议。")

    run(with_store(settings, work))
