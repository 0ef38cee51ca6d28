"""What a clause says is for others to report: 另报, 由街道填报, 没有我们的任务."""

import re

_DISOWNED = re.compile(
    r"(?:我[局委办镇乡]|我们|咱们?)(?:没有?|无)(?:具体)?(?:承担|牵头|负责|配合|涉及)?(?:的)?(?:事项|任务|工作|份)$|(?:我[局委办镇乡]|我们)(?:不|未|没有?)(?:涉及|承担|参与)|另报|归\S{1,6}报|再对$|另行(?:上报|报|说明|汇报)|另文|单独(?:报|说明|汇报)|不归(?:我|咱)|不是(?:我|咱)\S{0,4}(?:牵头|负责|主办|的)|(?:我|咱)\S{0,4}(?:没|无)(?:有)?数|不算(?:我|咱)|不在(?:我[局委办镇乡院司]|我们|咱们?|本[局镇乡])[^,。;]{0,6}(?:任务|清单|职责|范围|计划)|不(?:再|另行?|重复|单独)+(?:填|上)?报|以\S{2,12}(?:报送?|填报|数据|口径)的?为准|由\S{2,10}(?:局|委|办|镇|街道|中心)(?:来)?(?:上)?报"
    r"|(?:牵头|负责|主办|管|报)的?,?(?:我|咱)\S{0,2}不(?:掌握|清楚|了解)|[\u4e00-\u9fff]{2}下(?:个月|月|次|期)(?:再|一起|一并|统一)+[上填补]?报$"
)
_OURSELVES = r"(?:[给向跟与和同对把])?(?:我(?:[局委办镇乡院司处]|们)?|咱们?|俺们?|本[局委办镇乡])"
# What is none of his: 外资那块没有我们的任务, 西门征收跟我们没关系, 没给我局下指标.
_NOT_OURS = re.compile(
    rf"(?:没有?|无){_OURSELVES}(?:这边)?(?:的|什么|啥|多少)*(?:任务|指标|目标|内容|份儿?|事儿?|活儿?)$"
    rf"|(?:跟|与|和|同){_OURSELVES}(?:这边)?(?:没|无|不)(?:有|啥|什么|任何|多大|太大|搭)*(?:关系|相干|相关|关联|干系|瓜葛|界|关)$"
    rf"|不[关干]{_OURSELVES}的?事儿?$|(?:没|未)有?{_OURSELVES}(?:单独)?(?:下达|下|分解|分配|分|派|安排)过?(?:具体)?(?:任务|指标|目标|活儿?)$"
    r"|(?:[我俺咱本](?:[局委办镇乡街区村庄]|们)?(?:这[边里块])?)(?:倒是|是|就|都)?没有$"
    r"|(?:我[局委办镇乡]|我们|咱们?)(?:也|都|并|就)?(?:没有?|未)(?:下达|分解|分到|分得|领到?|接到?|摊上|背)过?(?:具体)?(?:任务|份儿?|活儿?)$"
)
_PARTICLES = re.compile(r"[了的哈啊呢吧哦呀嘛哒\s]+$")
_THAT = re.compile(r"^\W*(?:[这那](?:一)?[块项个边里头件]?)?(?:本来|压根|根本|也|就|都|是)*")
# Who is not to blame, or was given no land or money, has the task all the same: 停了跟我们没关系.
_GOES_BADLY = re.compile(
    r"慢|停|拖|没(?!有?[我咱俺本给])|未|滞后|卡|坏|出了|延|涨|晚|用地|林地|能耗|编制|债|资金|额度|名额"
)
REPORTS = re.compile(r"(?:那边|那头|自己|单独|统一|来|去|会|要|上)*报(?:的|了|吧|过)?$")
_LEFT_TO = re.compile(
    r"(?<![往向给到跟送对])(?:(?:由|归|让|等|是|请|该)?(?:镇上|镇里|乡里|乡镇|街道|局里|县里|市里|区里|省里|上面|企业|业主|代建|社区|村里|医院|学校|兄弟单位|别的科室|别人|人家|他们|对方)"
    r"|(?:由|归|是|等)[\u4e00-\u9fff]{2,5})(?:那边|那头|自己|单独|统一|来|去|会|要)*(?:上报|报送|填报|(?<![年季月日快通公简预])报)(?:的|吧)?$"
)
_OURS = re.compile(r"我|咱|本[局委办镇乡]|已|每[月天]|[按及]时|[给让叫请](?:我|咱)")
_SHORT = 5  # letters that disown what was said before them


def says_no_name(words: str, before: str) -> bool:
    """Whether what is disowned was named before: 新院区不是一家在干,另报; 5-7在修,我们没数."""
    own = _THAT.sub("", _PARTICLES.sub("", words), count=1)
    if _NOT_OURS.match(own):
        return not _GOES_BADLY.search(before)
    return len(words) <= _SHORT or words[0] in "我咱"


def is_disowned(words: str) -> bool:
    """Whether a clause says that something is not for him to report."""
    found = _NOT_OURS.search(_PARTICLES.sub("", words))
    if found and not _GOES_BADLY.search(words, 0, found.start()):
        return True
    return bool(_DISOWNED.search(words))


def is_left_to_others(words: str) -> bool:
    """Whether a clause ends in somebody else who reports: 游客数由镇上报."""
    return bool(_LEFT_TO.search(words)) and not _OURS.search(words)
