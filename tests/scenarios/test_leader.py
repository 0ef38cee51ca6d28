"""A leader gets his own portfolio, instructs a unit in chat, and is answered."""

from bot.demo.stage import WECOM, Stage
from reporting.overseer import Post
from reporting.task import Task
from tests.scenarios.chat import Chat
from tests.scenarios.test_inquiry import bind


async def tasks_of(stage: Stage) -> list[Task]:
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        plan_id, _ = await work.plans.plan(stage.office_id, 2026)
        return [one.task for one in await work.plans.tasks(plan_id)]


async def test_a_leader_gets_his_portfolio_once_after_the_cutoff(chat: Chat, stage: Stage) -> None:
    tasks = await tasks_of(stage)
    charge = next(task for task in tasks if task.code == "42").leader or ""
    own = [task for task in tasks if task.leader == charge]
    await bind(stage, Post.LEADER, charge, WECOM, "leader01")
    await chat.play(
        f"""
        == 06-24 10:00
        l35：42号 牛棚已建成，因贷款审批慢进度滞后，完成70%
          → 已记录1项
        == 06-25 17:59
        leader01 ← （无）
        == 06-25 18:01
        leader01 ← 2026年6月分管任务】{charge} … 分管{len(own)}项，本月未报{len(own) - 1}项
        leader01 ← 1. 第42项 … 滞后
        == 06-25 18:05
        leader01 ← （无）
        """
    )


async def test_an_instruction_reaches_the_unit_and_its_answer_returns(
    chat: Chat, stage: Stage
) -> None:
    tasks = await tasks_of(stage)
    task = next(task for task in tasks if task.code == "42")
    other = next(one for one in tasks if one.leader != task.leader)
    await bind(stage, Post.LEADER, task.leader or "", WECOM, "leader01")
    # 19 June 2026, a Friday, is the Dragon Boat Festival: its day moves to Thursday.
    await chat.play(
        f"""
        == 06-15 10:00
        leader01：第{other.code}项请周五前说明
          → 不在您可查看的范围内
        leader01：辛苦了
          → （不回）
        leader01：帮助
          → 作批示：
        leader01：42号请{task.leads[0]}周五前说明滞后原因
          → 已登记批示：第42项，{task.leads[0]}，6月18日（周四）前答复，已通知
        l35 ← 领导批示】{task.leader} … 周五前说明滞后原因 … 第42项 … 6月18日（周四）前
        l35「领导批示」：因贷款审批慢，已协调银行，6月底前放款
          → 已记录1项 … 第42项
        leader01 ← 6月15日（周一）的批示 … 第42项 … {task.leads[0]}：因贷款审批慢
        l35：42号完成75%
          → 已记录1项
        """
    )
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        assert await work.instructions.all_open(stage.office_id) == []
