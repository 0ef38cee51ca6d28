"""The command line: every command by name."""

import typer

from bot.commands import (
    administration,
    alarm,
    aliasing,
    attaching,
    auditing,
    binding,
    deliveries,
    digesting,
    keeping,
    overseeing,
    people,
    planning,
    policies,
    posting,
    removing,
    reviewing,
    rounds,
    running,
    secrecy,
    timing,
)
from bot.commands.doctor import examine

HELP = "联络通：政府督查督办的聊天报送机器人。先试试：liaison-bot demo"


def build() -> typer.Typer:
    """All commands put together."""
    app = typer.Typer(help=HELP, no_args_is_help=True, add_completion=False)
    app.command("run")(running.serve)
    app.command("demo")(running.demo)
    app.command("migrate")(running.migrate_database)
    app.command("new-key")(running.print_new_key)
    app.command("import")(planning.import_table)
    app.command("understand")(planning.understand_messages)
    app.command("rehearse")(planning.rehearse)
    app.command("phones")(policies.list_phones)
    app.command("complaints")(policies.list_complaints)
    app.command("review")(reviewing.decide)
    app.command("digest")(digesting.print_digest)
    app.command("history")(digesting.print_history)
    app.command("concerns")(overseeing.list_concerns)
    app.command("instructions")(overseeing.list_instructions)
    app.command("doctor")(examine)
    app.command("backup")(keeping.back_up)
    app.command("restore")(keeping.restore)
    app.command("alarms")(alarm.show_alarms)
    app.add_typer(_offices(), name="office", help="督查室：建立、查看、改规则")
    app.add_typer(rounds.rounds(), name="round", help="本轮报送：通知、签收、送达、逐级提醒")
    app.add_typer(overseeing.leaders(), name="leader", help="分管领导的账号")
    app.add_typer(_channels(), name="channel", help="通道：接入企业微信、钉钉")
    app.add_typer(deliveries.deliveries(), name="deliveries", help="没有送达的消息：查看、重发")
    liaisons = administration.liaisons()
    liaisons.command("code")(binding.issue_code)
    liaisons.command("unbind")(removing.unbind)
    people.add_to(liaisons)
    app.add_typer(liaisons, name="liaison", help="联络员：名单、账号与绑定码")
    app.add_typer(attaching.attachments(), name="attachment", help="附件：查看、导出、照片地点")
    app.add_typer(auditing.audits(), name="audit", help="留痕：核验、按任务导出卷宗")
    app.add_typer(aliasing.aliases(), name="alias", help="任务别名：查看、添加、删除")
    return app


def _offices() -> typer.Typer:
    offices = administration.offices()
    offices.command("set")(policies.set_policy)
    offices.command("self-check")(policies.check_policy)
    offices.command("forget")(keeping.forget)
    offices.add_typer(overseeing.staff(), name="staff", help="督查室工作人员的账号")
    offices.command("ladder")(timing.set_ladder)
    offices.command("days")(timing.set_days)
    offices.command("numbers")(secrecy.set_number_rule)
    return offices


def _channels() -> typer.Typer:
    channels = administration.channels()
    channels.command("remove")(removing.remove_channel)
    channels.command("post")(posting.post_file)
    return channels


def main() -> None:
    """The entry point."""
    build()()
