"""A liaison goes on leave, another stands in, and tasks are handed over."""

from bot.demo.stage import DINGTALK, Stage
from reporting.liaison import Liaison, Rung
from reporting.overseer import Post
from reporting.plan import Directory
from tests.scenarios.chat import Chat
from tests.scenarios.test_inquiry import bind


async def person(stage: Stage, key: str) -> Liaison:
    """A liaison of the directory."""
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        found = await work.people.by_key(stage.office_id, key)
    assert found is not None
    return found.liaison


async def add_person(stage: Stage, name: str, of: str, duty: Rung, user_id: str) -> None:
    """Somebody more in a liaison's unit, on WeCom with the account of a leader of the sample."""
    units = (await person(stage, of)).units
    added = Liaison(key=user_id, name=name, units=units, duty=duty, wecom=user_id)
    async with stage.bot.store.unit_of_work(stage.clock.now()) as work:
        await work.registry.save_directory(stage.office_id, Directory(liaisons=(added,)))
        await work.channels.bind_all(stage.office_id)


async def test_a_named_stand_in_is_reminded_and_reports_until_the_leave_is_over(
    chat: Chat, stage: Stage
) -> None:
    name, own = (await person(stage, "l26")).name, (await person(stage, "l35")).name
    await chat.play(
        f"""
        == 06-12 10:00
        l35：我15号到23号休假，找{name}
          → 已登记休假：6月15日（周一）至6月23日（周二） … 发给{name} … 6月24日（周三）起恢复
        l26 ← {own} … 6月15日（周一）至6月23日（周二）休假，期间由您代报
        l26：42号完成30%
          → 没有记录 … 第42项
        == 06-17 09:01
        l35 ← （无）
        l26 ← 还有3项未报 … 第42项 … 第107项 … 第108项
        l26：42号完成70%，107号完成50%，108号完成60%
          → 已记录3项 … 第42项 … 已全部报齐
        == 06-24 09:01
        l26 ← （无）
        l35：我的任务
          → 未报0项 … 已报 … 第42项 … 70%
        l26：42号完成75%
          → 没有记录
        """
    )


async def test_without_a_name_the_deputy_is_asked_and_a_return_goes_to_him(
    chat: Chat, stage: Stage
) -> None:
    await bind(stage, Post.STAFF, "王敏", DINGTALK, "duban")
    await add_person(stage, "赵副", "l35", Rung.DEPUTY, "leader03")
    await chat.play(
        """
        == 06-12 10:00
        leader03：42号完成40%
          → 已记录1项
        l35：我休假
          → 请写明休到哪天
        l35：我15号到30号休假，找孙悟空
          → 休假没有登记：通讯录里没有“孙悟空”
        l35：我15号到30号休假
          → 发给赵副
        leader03 ← 休假，期间由您代报
        == 06-17 10:00
        duban：退回 42 数据不实
          → 已通知：赵副
        leader03 ← 第42项 … 已退回
        l35 ← （无）
        == 06-22 09:01
        leader03 ← 还有1项未报 … 第42项
        l35 ← （无）
        l35：提前回来上班了
          → 已销假
        l35：销假
          → 没有登记您的休假
        == 06-24 09:01
        l35 ← 还有1项未报 … 第42项
        leader03 ← （无）
        """
    )


async def test_a_liaison_away_without_anybody_is_not_counted_late(chat: Chat, stage: Stage) -> None:
    await chat.play(
        """
        == 06-12 10:00
        l35：我15号到30号休假
          → 本单位没有登记B角 … 请尽快回复
        == 06-17 09:01
        l35 ← （无）
        == 06-25 18:01
        群 ← 通知未送达，不计迟报（1个单位 … 第42项
        == 06-29 09:01
        l35 ← （无）
        """
    )


async def test_the_office_enters_a_leave_and_ends_it(chat: Chat, stage: Stage) -> None:
    await bind(stage, Post.STAFF, "王敏", DINGTALK, "duban")
    away, other = await person(stage, "l35"), await person(stage, "l26")
    await chat.play(
        f"""
        == 06-12 10:00
        duban：{away.units[0]}{away.name}15号到23号休假，由{other.name}代报
          → 已登记{away.name}（{away.units[0]}）休假：6月15日 … {other.name}代报
        l35 ← 督查室已为您登记休假 … 期间由{other.name}代报
        l26 ← {away.name} … 休假，期间由您代报
        duban：谁在休假
          → {away.name}：6月15日
        == 06-17 09:01
        l35 ← （无）
        l26 ← 还有3项未报 … 第42项
        duban：{away.name}销假
          → 已为{away.name}销假
        l35 ← 督查室已为您销假
        duban：{away.name}销假
          → 没有登记{away.name}的休假
        duban：孙悟空15号到23号休假
          → 休假没有登记：请写明是哪位联络员
        """
    )


async def test_the_office_hands_tasks_over_and_both_are_told(chat: Chat, stage: Stage) -> None:
    await bind(stage, Post.STAFF, "王敏", DINGTALK, "duban")
    giver, taker = await person(stage, "l35"), await person(stage, "l26")
    await chat.play(
        f"""
        == 06-12 10:00
        duban：把{giver.name}的任务交给诸葛亮
          → 请写明由谁移交给谁
        duban：把{giver.name}的任务交给{taker.name}
          → 已移交：{giver.name} → {taker.name}（{giver.units[0]}）
        l35 ← 已移交给{taker.name}
        l26 ← {giver.name}负责的 … 本月还有1项未报： … 第42项
        l35：42号完成30%
          → 没有记录
        l26：42号完成30%
          → 已记录1项 … 第42项
        == 06-17 09:01
        l35 ← （无）
        """
    )
