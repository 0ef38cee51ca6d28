"""Commands, questions and chat in more wordings, dialects and slips, and reports like them."""

import pytest

from reporting.understanding.outcome import Command, CommandName
from reporting.understanding.talk.commands import read_command
from reporting.understanding.words.normalise import plain

COMMANDS = {
    CommandName.MY_TASKS: (
        "我们单位还欠几项没报 我头上有几个任务 还有啥没报 我报了哪些 还差哪个没填 把欠的列给我 "
        "我局的编号是哪几个 哪几项归我 我的任务编号是多少 清单发下 列下我的单子 我还有好多没报 "
        "我这还差么子没填 俺镇今年担了啥任务 我单位要报的是哪些 帮我看下还有哪项没交 欠账清单 "
        "水厂还剩么子没交 我名下都有什么 咱局牵头的有几件"
    ),
    CommandName.HELP: (
        "进度咋报 咋整啊这个 在哪里报 要附图吗 附件怎么传 支持图片吗 一次能报几个 要按格式吗 "
        "能不能一次报几项 要不要带编号 必须写编号吗 写错了咋改 语音能报不 填报入口在哪 "
        "页面上点哪里填进度，教下我 照片发哪里 从哪里进去填 不晓得咋个报 报的时候要不要写单位 "
        "教一下我怎么填 新接手的，怎么报"
    ),
    CommandName.DEADLINE: (
        "几点关网 最后期限是哪天 今天报算不算晚 到几号为止 哪一天之前交 这个月是不是提前了 "
        "还来得及不 迟一天扣分不 今晚12点前报行不 报到啥时候为止 周末还收不收 报送期限 "
        "截止时间是几点 是25号下班前还是24点前 20号是周三，截止是当晚零点还是下班？ 哪天锁表 "
        "最迟啷个时候交 过期还能报吗 什么时候停报 晚一天行不行 最晚哪天交？节假日算不算"
    ),
    CommandName.WITHDRAW: (
        "不作数 别记上 前一个数不对先撤了 当我没发 搞错咯，撤哒 莫记 才将发的不作数 先不报了，撤 "
        "前头那条不算 发错咯 发岔了，莫算 前面那条当我没说 弄错了，取消 报早了，先撤 撤一下 "
        "前头报的先作废，数据我再核一哈"
    ),
    CommandName.COMPLAIN: (
        "你认得不对 为啥给我记成别的 乱记 一天到黑催 催魂 莫再吵 烦得很 报了三遍了还没记上 "
        "我报过了怎么还说没报 重复问 瞎搞 我明明报了65你记成56 天天报天天催，哪有时间干活 "
        "这玩意真难用 识别率太低 总把我认成别的单位 你咋又听岔了 天天填表，负担重 "
        "半夜三更还发提醒 莫天天催 我报的桥你非要记成路 机器人把我报的渠道记成水库了 搞么子名堂"
    ),
    CommandName.BIND: (
        "换人了，我是新来的 帮我们单位加一个联络员 多绑一个单位 我不在这个单位了 给我绑到发改局 "
        "帮我登记一下，住建局的 我接手张姐的工作 认领单位 我是卫健委的小陈 "
        "原联络员调走了，由我负责"
    ),
}


@pytest.mark.parametrize("name", list(COMMANDS))
def test_a_command_is_understood_in_dialect_too(name: CommandName) -> None:
    read = {text: read_command(plain(text)) for text in COMMANDS[name].split()}
    wrong = {t: r for t, r in read.items() if not (isinstance(r, Command) and r.name is name)}
    assert wrong == {}
