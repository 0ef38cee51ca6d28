"""Slips in the words of any report: what a pinyin keyboard or a telephone makes of them.

Each is as long as the word meant, so every place still maps back to what was written; what may
stand in another word as well (落石, 年低, 资进) is no slip.
"""

import re

_MEANT = {
    "已经": "以经",
    "完成": "万成 玩成 完程 完呈 完乘",
    "完工": "玩工",
    "竣工": "俊工 峻工 竣公",
    "正常": "正长 正场 正藏 正偿 正尝",
    "推进": "推近 退进 推劲",
    "进度": "进渡 进肚",
    "总工程": "总工呈",
    "形象进": "形像进 型象进",
    "总体": "总题",
    "总体完": "总提完",
    "按计划": "按计化 按记划 按机划 按计画",
    "月底": "月低",
    "序时": "序食",
    "滞后": "滞厚 滞候",
    "验收": "验守 严收 验手 验首",
    "招标": "招表 招彪 昭标",
    "流标": "流表",
    "封顶": "封定 封丁",
    "动工": "冻工",
    "签约率": "签月率",
    "交付": "交富",
    "调试": "调式",
    "安装": "按装",
    "设备": "社备 设被",
    "资金": "自金",
    "拨付": "拔付 播付",
    "征收": "征守",
    "拆迁": "拆牵",
    "审批": "审皮",
    "批复": "批富",
    "协调": "协条 斜调",
    "困难": "困南 困男",
    "问题": "问提 文题",
    "措施": "错施 措失",
    "累计": "累记",
    "任务": "任物 任误",
    "剩余": "胜余",
    "公里": "公理",
    "百分": "百份 百纷",
    "亿元": "亿圆 亿员",
    "万元": "万圆 万员",
    "预计": "预记",
    "争取": "争去 真取",
    "确保": "却保",
    "超额": "超鄂",
}
_KNOWN = {slip: word for word, slips in _MEANT.items() for slip in slips.split()}
_KNOWN |= {"己": "已", "坐": "座", "抬": "台", "母": "亩", "正产": "正常"}
_SLIP = re.compile(  # each begins with a letter, by which it is found
    "|".join(sorted((slip for slip in _KNOWN if len(slip) > 1 and slip != "正产"), key=len)[::-1])
    + "|己(?<!自己)(?=[完开竣投达签下经全封批到发建验拨报启累覆拔万玩])"
    "|坐(?<=[\\d一二两三四五六七八九十百千万].)|抬(?<=[\\d一二两三四五六七八九十百千万].)"
    "|母(?<=[百千万].)|正产(?![生出业能品量值])"
)


def without_slips(text: str) -> str:
    """The text with the words that were meant, position by position."""
    return _SLIP.sub(lambda slip: _KNOWN[slip[0]], text)
