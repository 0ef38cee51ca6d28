"""The many ways liaisons ask, complain, take back, chat: and reports that sound like them."""

import pytest

from reporting.understanding.outcome import Command, CommandName
from reporting.understanding.talk.commands import read_command
from reporting.understanding.words.normalise import plain

COMMANDS = {
    CommandName.MY_TASKS: (
        "我有哪些任务 我这个月要报啥 我还差几项 还有哪几个没报 咱单位还欠啥没报 列个清单给我 "
        "查一下我们镇的任务 我负责的事项有哪几个 把我的任务再发一遍 我都报齐了吗 还有没报的吗 "
        "本月我要填哪些 我们局今年牵头几项 有哪些归我们报 看下我们单位的台账 还剩几个没报 "
        "帮我看看漏了哪项 我报全了没 这个月该我报的有哪些 我们公司总共几项任务 "
        "我要报的都有哪几项呀 未报事项 查询任务 任务 待办 我的待办 没报的有哪几项"
    ),
    CommandName.HELP: (
        "怎么用 你会干啥 你能做什么 不会弄，教教我 进度怎么填 给个模板吧 报的话有格式吗 "
        "可以发语音吗 能不能发表格 你是谁 有没有操作手册 这个机器人怎么使用 报错了怎么改 咋报 "
        "要写多少字 说明书 怎么发给你 回复什么内容 是写百分比还是写文字 照片能传吗 帮助一下 "
        "新手求教 请问怎么上报进度 报进度有什么要求 需要填哪些内容"
    ),
    CommandName.WITHDRAW: (
        "撤回 撤销刚才的 上一条不算 刚刚那个删了吧 发错了不好意思 发错群了 刚才报的先别记 "
        "前面那条不要了 把刚才的删掉 麻烦撤一下 手滑了，撤 刚刚填错了，取消 昨天报的那条作废 "
        "不好意思看错行了，刚才那条撤掉 我上面说的不算 搞错了，撤回吧 上条删除 请撤销 "
        "收回刚发的 刚才数据不准，先撤回 那条当没看见 报串了，撤回 写错单位了，删掉吧 "
        "别记刚才那个 上一条信息有误，请删除 取消上次上报 重复了，删一条 这条不作数"
    ),
    CommandName.DEADLINE: (
        "什么时候截止 最迟什么时候报 几号前报 这个月报到哪天 截止日期是几号 本月截止时间 "
        "今天是最后一天吗 能不能晚两天报 25号是周末怎么办 过了25号还能报吗 还有几天截止 "
        "月报啥时候交 几号收 可以宽限几天吗 明天交来得及吗 最晚能拖到几号 什么时候前要报完 "
        "下周一报行不行 报送时限是多久 国庆要不要报 几号关 今天报还来得及不 DDL是哪天"
    ),
    CommandName.COMPLAIN: (
        "你们机器人太笨了 又认错了 你听不懂人话 天天催烦死了 别再提醒我了 投诉 一个数报三遍 "
        "怎么老给我记错 能不能少发点消息 我明明报了还催 都报过了还催 "
        "你把我的数填到别的任务上了 系统识别不准 这系统真难用 催命啊 半夜还发消息 "
        "每个月都报有意思吗 基层负担太重了 能不能不要天天@我 我说的是管网你给我记成道路 "
        "报过了怎么还提醒 这机器人啥也不懂 频繁催报影响工作 搞什么，又弄错 不要再发了 "
        "太频繁了吧 表太多了填不过来"
    ),
    CommandName.BIND: (
        "绑定市水利局 我是交通局的小王，绑定一下 我是新来的联络员 联络员换成李明 以后由我报 "
        "以后我们局的归我报 小张调走了，现在我接手 我接老王的班 把我加到住建局 "
        "我现在负责教育局的填报 联络员变更 解除绑定 我换单位了，现在在农业局 "
        "以后这块由小刘对接 我不负责这个了 我不管这块了，找小李 我姓陈，水务集团的，来登记一下 "
        "我是教育局张三 我是城管局的新联络员 申请绑定单位 重新绑定 我调到文旅局了 换成我来报 "
        "把我关联到港航公司 以后请联系王芳 我属于水务集团 我已离职，请换人"
    ),
}


@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_command_is_understood_however_it_is_worded(name: CommandName) -> None:
    read = {text: read_command(plain(text)) for text in COMMANDS[name].split()}
    wrong = {t: r for t, r in read.items() if not (isinstance(r, Command) and r.name is name)}
    assert wrong == {}
