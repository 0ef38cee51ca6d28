"""Classes of shares, each in sentences of unrelated fields: of the task or of something else."""

import pytest

from reporting.understanding.extract import extract_facts

OF_ANOTHER = [
    # of something that the title does not speak of
    ("芯片封装线投产", "芯片线试产了,良率做到91%"),
    ("新建城北实验小学", "小学教学楼封顶,室内粉刷完成75%"),
    ("建设粮油码头", "码头沉箱装了34个,后方陆域吹填86%"),
    ("举办龙舟文化节", "江边的看台搭了四成"),
    ("建成创业园3个", "8万平备案了,厂房卖掉七成"),
    ("创建垃圾分类小区30个", "创了19个,投放准确率又掉到71%"),
    ("营造防护林900亩", "春季种植410亩,成活率抽查83%"),
    ("认定高新企业20家", "高企报了25家,听说水利那边灌区完成一半"),
    ("粮食播种面积24万亩", "大春栽插完成93%,长势好"),
    ("智慧教育平台上线", "机房综合布线做了70%"),
    # of another whole
    ("东街片区征收800户", "安置房封顶9栋,占安置楼栋的64.3%"),
    ("实施湿地修复15公里", "用地确权3宗412亩,占应确权面积的86%"),
    ("清理拖欠账款12亿元", "调度资金1.7亿,占政府欠款部分的三成一"),
    ("妇幼医院新院建设", "桩基完成210根,占桩基总量35%"),
    ("工业投资增长8%", "民企投资占固投的57.8%"),
    ("引进亿元项目220个", "签了83个,里头制造业的占了六成二"),
    ("东街片区征收800户", "还剩40户,占5%"),
    ("全年新引进项目60个,协议投资200亿元", "协议投资120亿元,占60%;项目个数33个,占55%"),
]
OF_THE_TASK = [
    # as many as were counted of as many as the title sets, whatever the share is called
    ("污水零直排问题整改320个", "320个问题销了178个,销号率55.6%", 55.6),
    ("建设便民驿站40个", "驿站已建成17个,建成率42.5%", 42.5),
    ("电采暖改造6000户", "设备装了4236户,安装率70.6%", 70.6),
    ("兑现助企资金8亿元", "兑付4.86亿元,完成60.75%,其中免申3.12亿元,占兑付额64.2%", 60.75),
    ("新签约工业项目220个", "新签约项目147个(66.8%),10亿元以上16个(64%)", 66.8),
    # the same without a sign
    ("新增残疾人就业5800人", "就业4563人，78.7", 78.7),
    ("新建公共充电桩300个", "冲电桩一百四十二个 占四十七点三", 47.3),
    ("码头片征迁380户", "征迁签了318户,占83.7", 83.7),
    ("完成技术改造投资32亿元", "上半年十六点八亿,科长讲52.5", 52.5),
    ("地方税收增长4%", "70.5", 70.5),
    # said in pieces, corrected, set apart
    ("改造老旧小区96个", "完工了35个,占三成六五", 36.5),
    ("乡道改造38公里", "做了24公里了百分63吧", 63),
    ("跨江大桥建设", "形象进度31.5%，投资完成率34%", 31.5),
    ("加装电梯40部", "刚才那个不是55，是65", 65),
    ("风电场二期建设", "前次所报“41%”系6月数据，现更正为49%", 49),
    ("风电场二期建设", "吊装9/24台 36%", 36),
    ("标准厂房二期", "桩基完成 18%", 18),
]


@pytest.mark.parametrize(("title", "words"), OF_ANOTHER)
def test_a_share_of_something_else_is_no_completion(title: str, words: str) -> None:
    assert extract_facts(words, title=title).percent is None


@pytest.mark.parametrize(("title", "words", "percent"), OF_THE_TASK)
def test_what_was_counted_over_the_goal_is_the_completion(
    title: str, words: str, percent: float
) -> None:
    assert extract_facts(words, title=title).percent == percent
