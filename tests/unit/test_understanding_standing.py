"""Where a task stands as its own words say: not those of a part, a test, a payment or a goal."""

import pytest

from reporting.understanding.parts.extract import extract_facts

CLINIC, HOUSES, GROWTH = "修建镇中心卫生院", "完成危房拆除38栋", "固定资产投资增长7%"
SCHOOL, ROADS, AIR = "改扩建第三幼儿园", "农村公路改造120公里", "PM2.5控制在38微克以下"
STANDINGS = {
    (CLINIC, "done"): (
        "卫生院已经对外开门|剪彩了，可以销了|早就弄好了嘛|卫生院完了哈|完工[庆祝]|都好了|"
        "项目done✅|首批招了12个医生，任务完成✅|"
        "完成全部工程量|圆满收官|完成（附验收单）|卫生院✔|是否完成：是|"
        "整完了|搞完哒|验收通过|昨天正式开诊了"
    ),
    (HOUSES, "done"): (
        "危房三十八栋一栋不剩|剩的几栋上周也拆了，清零✔|拆除工作已于8月全面完成：38栋全部拆除"
    ),
    (SCHOOL, "on_track"): (
        "幼儿园没问题|年底开园稳当|9月底前开园的目标能够实现|节点没丢|按timeline走|这个好着|稳步有序|"
        "木得问题|进度提前|没耽搁|没落后|年底开园跑不脱|工期无虞|"
        "是否按期：是|序时达标|还算顺利|没有滞后风险|"
        "三个楼栋无一滞后|工程进度总体符合要求"
    ),
    (GROWTH, "on_track"): "增长7.3%，好于预期|增长7.8%，高于年度目标",
    (GROWTH, "behind"): (
        "+2.1%，低于7%的target|+2.1%，below target|增5.1%，低1.9个点|增2.1%，比目标差4.9个点|"
        "增5.1%，不及目标"
    ),
    (ROADS, "behind"): (
        "路基慢一点(雨多)|慢着呢|跟计划差了大概二十天|原计划10月通车，因批复晚推迟到12月|"
        "要拖到十一月了|得往后拖一个月|没有完成，还差20公里|进度上不去|节点丢了|序时差5个点|"
        "台风耽误了半个月|进度掉下来了|"
        "晚于计划8天|较原定稍迟|没到序时|6月底的节点没完成|延到明年|局部略慢|是否滞后：是|"
        "是否按期：否|进度靠后"
    ),
    (ROADS, "not_started"): "没动起来|等图审，开不了工|not started|因征迁未开工|未曾动土|"
    "因征地滞后，工程未开工",
    (CLINIC, None): (
        "前期工作全部结束|征地工作全面完成，主体在建|本月工作完成|墙都刷好了，床还没到|"
        "图纸没问题，等施工许可|供应商没有完成备货|设备要拖到下月才来|没来得及验收|水压稳得住，装修收尾|"
        "我司已按进度拨付工程款2000万元|风险可控|室外没动|"
        "滞后的进度已经追回|存在滞后风险|扭转滞后局面|征地滞后影响进场|初验通过||难以按期完成|"
        "按期完成有难度|再不解决就要延期|若再下雨将滞后|不存在推进不力的情况|全部完成，仅剩绿化|是否滞后：否"
    ),
    ("招聘教师120名", "done"): "120名全部到岗",
    ("创建省级示范区", "done"): "授牌了|通过省级验收",
    (AIR, None): "均值36，低于控制目标",
    ("新建路灯1100盏", None): "600盏亮了，离目标还差500盏",
}


@pytest.mark.parametrize(
    ("title", "status", "words"),
    [(*key, words) for key, told in STANDINGS.items() for words in told.split("|")],
)
def test_the_status_is_what_is_said_of_the_task(title: str, status: str | None, words: str) -> None:
    assert extract_facts(words, title=title).status == status
