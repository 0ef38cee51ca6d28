"""How to use the bot (帮助): what each of its people can write, with an example of his own."""

from collections.abc import Sequence

from reporting.ledger import Desk, TaskState
from reporting.overseer import Post
from reporting.task import Task
from reporting.wording import code_in_command, example_reply


def compose_help(example: Task | None, desk: Desk) -> str:
    """How to use the bot, with an example from the asker's own tasks."""
    task = example or Task(code="12", title="")
    code = code_in_command(task.code)
    return "\n".join(
        (
            "报进展：直接发一句话，写清哪一项、到什么程度、有什么问题，几项可以一起写。",
            f"例：{example_reply(task)}；问题：暂无。",
            f"改：更正 {code} 完成65%；记错了项：不是{code}，是……（写对的编号）",
            f"提前报：本月报齐后写明月份，如“提前报下月 {code} 完成60%”",
            f"撤：撤回 {code}（只写“撤回”则撤最近一次）",
            "查：我的任务、截止时间",
            "对机器人或报送要求有意见：投诉 加内容",
            f"找人工：{desk.words}",
        )
    )


def compose_overseer_help(states: Sequence[TaskState], post: Post) -> str:
    """What a leader or the office can write, with examples from the tasks he may see."""
    if not states:
        return "目前没有您可查看的任务。"
    task, unit = states[0].task, states[0].accountable or "某单位"
    code = code_in_command(task.code)
    lines = [
        f"您可查看{len(states)}项任务，可以这样问：",
        f"{code}什么情况",
        f"{unit}还有几项没报",
        "本月滞后的有哪些",
    ]
    if post is Post.LEADER:
        return "\n".join((*lines, f"作批示：{code} 请{unit}周五前说明"))
    return "\n".join(
        (
            *lines,
            "也可以直接写：",
            "总览、未办结问题、共性问题、缺项、送达情况、谁还没签收、谁在休假",
            f"审核：通过 {task.code}、退回 {task.code} 原因、追问 {task.code} 问题、"
            f"销号 {task.code} 依据……",
            f"延期：延期申请、同意延期 {task.code}、不同意延期 {task.code} 理由",
            f"变更：变更 {task.code} 完成时限 2026年12月31日 依据……；中止、恢复",
            "问题建议：办结 问题3 结果……、转办 问题3 单位 日期",
            "人员：张三12号到16号休假，找李四；把张三的任务交给李四",
            "通知：下发通知；摘要待审时：同意、缓发、修改 按语、预览",
        )
    )
