"""Classes of words about where a task stands, each in sentences of unrelated fields of work."""

import pytest

from reporting.report import Status
from reporting.understanding.parts.extract import extract_facts

DONE = [
    # as many as the title sets, all of them, whatever they are called
    ("新增灌溉机井120眼", "机井齐了，120眼"),
    ("更新出租车300辆", "300辆新车全部换好了"),
    ("安装智能井盖500套", "500套感应盖全都装完了"),
    ("购置图书流动车6台", "6台书车都装好了"),
    ("发展中药材种植2.4万亩", "中药材2.45万亩超额完成"),
    ("新增公益林3万亩", "公益林3.1万亩，超额"),
    ("城镇困难人员就业900人", "困难人员就业918人，已经超额"),
    ("新开夜市8个", "夜市8个都开了"),
    ("开通定制校车12条", "定制校车已全部开通"),
    ("设立妇女儿童维权站15个", "维权站15个全部到位"),
    ("改造文化礼堂9个", "我街道9个文化礼堂改造全部收官"),
    ("新改建国省道养护80公里", "完成80公里任务完成"),
    ("接种流感疫苗5万剂", "接种5.1万剂,提前一个月完成全年任务"),
    ("选派科技特派员60名", "选派61名,提前半个月完成年度目标"),
    # the task is closed whatever it is called
    ("校园食堂明厨亮灶改造", "这个好了"),
    ("殡仪馆迁建", "搬过去了，这件事done了"),
    ("修订城市防洪预案", "预案印发下去了，这个事就算完了哈"),
    ("水产种苗场改造", "验收也过了"),
    ("水产种苗场改造", "池子换利索了，验收也过了这个可以消号了"),
    ("社区矫正中心建设", "可以结掉了"),
    ("老城停车楼项目", "停车楼竣工验收了，钥匙交了"),
    ("南湖水库除险加固", "已通过投入使用验收"),
    ("民生实事母婴室建设", "本项民生实事已完成"),
    # what the title sets out to do came about
    ("体育馆主体完工", "体育馆封顶啦"),
    ("职教中心实训楼主体结构竣工", "实训楼9月2日封顶"),
    ("饲料加工一期建成达产", "饲料一期达产了"),
    ("农产品交易中心建成投用", "交易中心交付投用了"),
    ("古镇创建国家5A级旅游景区", "5A牌子拿到啦"),
]
NOT_DONE = [
    # a step, an object or a part of its own was completed
    ("改造户厕600户", "600户改造已全部完成招投标"),
    ("建设乡村驿站10个", "10个驿站全部完成规划设计"),
    ("整治排污口40个", "排污口40个的溯源全部完成"),
    ("农村幸福院提升20个", "幸福院厨房改好了"),
    ("人才公寓三期开工建设", "人才公寓三期地勘做完了"),
    ("商贸城征收200户", "我局负责合规审查，该审查已于3月6日完成"),
    ("智能仓储项目完成设备安装", "智能仓储基本装完了"),
    ("创建星级驿站5个", "五个星级驿站的门头全部更换完毕"),
    # the rest is told beside it
    ("推进锦绣园等3个项目保交房", "锦绣园交付完毕，剩余两个项目在做消防"),
    ("建设粮食应急保障库", "库建好了，只等验收"),
]
ON_TRACK = [
    "占78%，顺利",
    "完成120户，序时",
    "较序时快2个百分点",
    "进度符合合同约定",
    "进度基本匹配时间节点",
    "今年的节点完成了",
    "按照工期安排，9月交付",
    "可确保8月底通车",
    "年底搞得完",
    "产量稳定在3万吨以上没有问题",
    "线路80%没问题",
    "进度还可以没有啥大问题",
    "完工14个村；其余按计划推进",
    "剩余3家正按时限推进",
]
BEHIND = [
    "原计划10月投用，估计要到明年1月",
    "施工图得重画，六月进场的计划推到十月",
    "原定的节点推迟到年底",
    "进度拖到起了",
    "那个工地慢咧",
    "培训有点慢(人叫不齐)",
]
SILENT = [
    # a lag of what the work waits for, a loss of days, and one that is being made up
    "批复晚了两个月",
    "幕墙玻璃供货慢了",
    "吊装检测耽误了四天",
    "雨多耽误了几天",
    "雨天多开挖慢一点下个月抢回来",
    "要求9月5日前补足，逾期按合同扣款",
    "照这样怕要拖到12月",
    "晚上干白天停",
    # what runs is a machine or a supply
    "塔吊运行正常",
    "石料供应正常",
    # others than those in trouble
    "一处征地受阻停工，其余正常",
]
PARTS = [
    ("水库除险加固", "帷幕灌浆做了40%，放空管还没弄"),
    ("改建公厕10座", "公厕改了4座，铁道口那个还没动"),
    ("老旧小区改造12个", "进场7个，未进场5个；未进场原因是表决没过"),
    ("河道综合治理", "下游段这个月没动静"),
    ("整治雨污混接口72个", "封了就冒水，没法整"),
]


@pytest.mark.parametrize(("title", "words"), DONE)
def test_all_of_the_task_is_done(title: str, words: str) -> None:
    assert extract_facts(words, title=title).status == Status.DONE


@pytest.mark.parametrize(("title", "words"), NOT_DONE)
def test_a_step_or_part_that_is_done_is_not_the_task(title: str, words: str) -> None:
    assert extract_facts(words, title=title).status is None


@pytest.mark.parametrize("words", ON_TRACK)
def test_what_goes_as_planned_is_on_track(words: str) -> None:
    assert extract_facts(words).status == Status.ON_TRACK


@pytest.mark.parametrize("words", BEHIND)
def test_what_is_put_off_is_behind(words: str) -> None:
    assert extract_facts(words).status == Status.BEHIND


@pytest.mark.parametrize("words", SILENT)
def test_what_others_are_late_with_says_nothing_of_the_task(words: str) -> None:
    assert extract_facts(words).status is None


@pytest.mark.parametrize(("title", "words"), PARTS)
def test_a_part_not_begun_is_not_the_task(title: str, words: str) -> None:
    assert extract_facts(words, title=title).status is None


@pytest.mark.parametrize(
    ("title", "words", "status"),
    [
        ("居民消费增长6%", "消费1-7月增5.4%（差0.6个点）", Status.BEHIND),
        ("PM2.5年均浓度控制在36以内", "PM2.5累计37.8，超目标1.8微克", Status.BEHIND),
        ("动物疫病监测", "疫病监测正常", Status.ON_TRACK),
        ("生猪存栏稳定在20万头", "生猪存栏呒没问题", Status.ON_TRACK),
        ("启动棚改二期征收", "棚改二期还没弄嘞，评估公司刚定", Status.NOT_STARTED),
        ("加装电梯40部", "完成初审18部、公示11部，尚未开工", Status.NOT_STARTED),
    ],
)
def test_the_title_tells_what_the_words_mean(title: str, words: str, status: Status) -> None:
    assert extract_facts(words, title=title).status == status
