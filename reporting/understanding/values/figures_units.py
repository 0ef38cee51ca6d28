"""Units of measure, their one spelling, and which of them may also mean something else."""

import re

from reporting.understanding.words.phrases import words_of

_SAME = {
    "平方米": "平方米 平方 平米 平 ㎡ m2 m² 个平方 平方数",
    "平方公里": "平方公里 km2 km²",
    "立方米": "立方米 立方 方 m³ m3 方量 土方",
    "公里": "公里 千米 km KM Km",
    "元": "元 块钱 元人民币",
    "美元": "美元 美金 刀 USD usd",
    "欧元": "欧元",
    "米": "米 m",
    "吨": "吨 t",
    "吨标煤": "吨标煤 吨标准煤",
    "公顷": "公顷 ha",
    "人": "人 名 个人 余人",
    "人次": "人次 个人次 人此",
    "亩次": "亩次",
    "台件": "台件",
    "票": "票",
    "穴": "穴",
    "微克/立方米": "微克/立方米 μg/m³ ug/m3 微克每立方米 微克/m³ 微克",
    "毫克/升": "毫克/升 mg/L",
    "公斤/亩": "公斤/亩",
    "吨/亩": "吨/亩",
    "斤/亩": "斤/亩",
    "千瓦时": "千瓦时 度电",
    "千瓦": "千瓦 kW kw",
    "MW": "MW mw",
    "台(套)": "台(套)",
    "台套": "台套",
    "个工作日": "个工作日 工作日",
    "标箱": "标箱 TEU teu 个标箱",
    "‰": "‰",
}
_PLAIN = words_of(
    "人次 户次 批次 场次 家次 车次 件次 剂次 针次 班次 次 人 户 个 家 处 座 条 场 项 头 亩 台 "
    "辆 株 棵 起 孔 路 套 间 所 "
    "栋 幢 件 宗 本 支 张 份 只 羽 公斤 斤 米 眼 口 盏 根 基 组 艘 列 架 片 例 篇 部 期 批 门 "
    "对 册 笔 单 厘米 毫米 升 床 "
    "兆瓦 标箱 标准箱 餐次 头只 空方 部 副 扇 航次 架次 台次 趟 客位 病床 首 幅 顶 "
    "天 道 面 杆 枚 袋 节 堂 课时 学时 小时 尾 箱 桶 车位 泊位 床位 学位 托位 机位 颗 剂 针 "
    "个工作日 分钟 大卡 院 类 位 车 层 段 块 号 盘 村 标兵 艇 群 度 枪 桩 樘 棒 榀 延米 蔸 P 轮 把 "
    "班"
)
UNITS = {word: word for word in _PLAIN}
UNITS |= {
    f"元/{per}": f"元/{per}"
    for per in words_of("平方米 立方米 千瓦时 公斤 吨 斤 亩 人 户 头 度 天 月 件 平 台 株 米 只")
}
UNITS |= {spelling: unit for unit, spellings in _SAME.items() for spelling in spellings.split()}
UNIT = re.compile(
    "|".join(
        re.escape(word) + "(?![A-Za-z])" * word[-1:].isascii()
        for word in sorted(UNITS, key=len, reverse=True)
    )
)
# People count a place by any of these.
PLACES = frozenset(words_of("个 家 处 所 座"))
# 3路 may be a bus, 2期 a phase, 5号 a building, 3天 a span of time: such a unit counts only if the
# task counts in it or a word of completion stands right before the number.
# No office counts these in tens of thousands: 260万 beside them is money.
FEW = frozenset(words_of("公里 个 家 座 所 条 处 项 件 栋 幢 期 路 批 场 班 艘 支 部"))
AMBIGUOUS = frozenset(
    words_of("院 类 路 期 批 号 层 段 度 天 小时 村 员 单 门 面 节 对 位 组 P 轮 把")
)
SPANS_OF_TIME = frozenset(words_of("天 个工作日 小时"))  # a goal in one may be told in another
PEOPLE = re.compile(
    r"[个位]?(?:女?娃|孩子|病人|病号|患者|老乡|工友|血压|务工|老人|学生|群众|工人|女生|居民|职工|"
    r"人(?!才|工|民|大|均))"
)
OF_PEOPLE = re.compile(
    r"(?:病人|患者|老人|学生|孩子|娃娃?|工人|职工|群众)(?!之家|活动|"
    r"食堂)(?:[^,\d的额位]{0,4}[了到来])?$|(?:务工|收徒|招工|招人|用工)[^,\d额]{0,4}$|(?:到岗|上岗|[医教律]师|医生|网格员|技术员|"
    r"农技员)(?:了|约)?$"
)
# 块 is money only where one is paid, fined or charged; else boards, stones, plots.
PRICED = re.compile(r"(?:[补奖罚价费钱收交缴挣赚涨卖买]|每[^,]{1,3})[^,、地田牌板]{0,6}$")
# A digit behind such a unit is its tenths: 三公里四, 两米八.
SPLIT = frozenset(words_of("公里 米 亩 元 吨 斤 公斤 公顷"))
# A number in 万 or 亿 without a unit is money after such a word.
MONEY = re.compile(
    r"钱|放贷|出资|注资|投资|资金|收入|支出|贷款|放款|融资|额|补贴|补助|拨付|税|到位|产值|营收|"
    r"销售|缺口|垫付|投入|支付|兑付|补偿|尾款|"
    r"元|经费|认缴|代收|收缴|征收|[创房车]贷|[贷借]了|花了|拨了|款|值|债|回收|减免|规模|亿|价|金额"
)
# Right behind such a word it is money whatever follows: 补贴4200万我局已拨.
MONEY_OF = re.compile(r"(?:投资|资金|补贴|补助|经费|贷款|金额|[^房]价)[约近共为是:]*$")
CROWD = re.compile(r"(?:观众|游客|客流|人口|人流)[量]?[约近共为是达到有了:]*$")


def as_written(unit: str, written: str, goals: frozenset[str]) -> str:
    """How a unit is put down: as it was written, unless the task is counted in its like.

    15万方 of 30万平方米 are square metres, 17名 of 30人 people and 17名 of no such goal 名.
    """
    if written == "方" and "平方米" in goals and "立方米" not in goals:
        return "平方米"
    if (written == "名" and unit not in goals) or written in {"TEU", "teu"}:
        return written.upper()
    return "兆瓦" if unit == "MW" and "兆瓦" in goals else unit
