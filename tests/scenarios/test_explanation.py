"""Why a report stands under its task is told to the office, to leaders and to the liaison."""

from bot.demo.stage import DINGTALK, Stage
from reporting.overseer import Post
from storage.dossier import filed_reports
from tests.scenarios.chat import Chat
from tests.scenarios.test_inquiry import bind


async def test_the_office_and_the_liaison_ask_why(chat: Chat, stage: Stage) -> None:
    await bind(stage, Post.STAFF, "王敏", DINGTALK, "duban")
    await chat.play(
        """
        == 06-08 10:00
        l11：三道沟的加固完成60%
          → 说的是哪一项
        l11：2
          → 已记录1项 … 第71项
        duban：为什么记成71
          → 第71项 … 县水利局 … 第1版 … “三道沟的加固完成60%” … 依据：联络员回答提问选了2
        duban：70号依据是什么？
          → 第70项 … 本月没有填报记录
        duban：依据 999
          → 第999项不在您可查看的范围内
        l11：第71项为什么这么记？
          → 第71项 … 依据：联络员回答提问选了2
        l11：12号为什么这么记？
          → 第12项不在您可查看的范围内
        duban：71号历次
          → 第71项
        duban：总览
          → 2026年6月全部事项
        """
    )
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        lines = [line.entry for line in await work.audit.lines(stage.office_id)]
        seen = [one.details["topic"] for one in lines if one.action == "ledger_asked"]
        assert seen == ["why", "why", "why", "history", "overview"]
        plan_id, _ = await work.plans.plan(stage.office_id, 2026)
        ids = [one.id for one in await work.plans.tasks(plan_id) if one.task.code == "71"]
        filed = await filed_reports(work.connection, ids[0])
    assert [report.evidence for report in filed] == ["联络员回答提问选了2"]
