"""The words that lead in a part of a reply: 存在问题:, 下一步, 建议; what follows them is told."""

import re

from reporting.understanding.spans_pattern import any_of

_ORDINAL = r"\s*(?:[(]?[\d一二三四五六七八九十]{1,2}[).、:是]\s*|[①-⑳]\s*|[-*·【]\s*)*"
_NAME = r"(?:[^,:]{1,16}:\s*)?"  # 户厕改造:下一步…
_HEAD = (
    any_of("但是? 不过 目前 当前 现在? 主要 另外 同时 其中 我[局县区市镇乡们] 本?单位")
    + "*(?:仍|还|尚)?"
)

_PROGRESS = any_of(
    r"(?:工作|目前|当前|任务|本月|项目|推进|完成|落实)*(?:进展|进度|完成|推进|落实)(?:情况)?",
    r"是否[^,:]{2,8} 状态 目前情况 任务(?:名称)? 事项(?:名称)? 项目(?:名称)? 总体情况",
)
_PROBLEM = any_of(
    "问题 困难 滞后原因 难点 难题 难处 堵点 卡点 短板 不足 瓶颈 制约因素 难度 风险 原因 障碍 老大难"
)
_PLAN = any_of("下一?步 接下来 下一?阶段 下步工作 整改措施 推进措施 工作打算 工作安排 下半年")
_LATER = any_of("下一?个?月 下一?周(?![一二三四五六日]) 后续 后面 措施 打算 计划 安排")
_KIND = any_of("打算 计划 安排 措施 思路 举措 工作")
_INTENT = any_of(
    r"[:,\s] 是 将(?!近) 拟 要(?!求) 会(?![同商签议]) 准备 打算 计划 我[局们] 重点(?:是|:)"
)
_ADVICE = any_of(
    "意见建议 意见和建议 工作建议 意见 建议 诉求 请求事项 有关建议 需要支持 请求(?:解决|支持|"
    "协调|帮助) 需要?(?:协调|解决|支持)"
)

LEADS = {
    "progress": re.compile(rf"{_ORDINAL}{_PROGRESS}】?\s*:\s*"),
    "problem": re.compile(
        rf"{_ORDINAL}{_NAME}(?:[^,:]{{1,14}}?(?=存在|面临|遇到|主要|突出|老大难))?{_HEAD}"
        rf"(?:存在|面临|遇到|突出|主要|最大)?[的着]?(?:主要|突出|一些)?的?{_PROBLEM}"
        rf"(?:[和及与、]{_PROBLEM})?】?\s*(?:主要|就|仍|还)*(?:是|在于|有|为|:)+\s*(?:主要)?是?"
    ),
    "next": re.compile(
        rf"{_ORDINAL}(?:{_NAME}{_HEAD}|"
        rf"[^,:\d]{{2,12}}?(?=下一?步)){_PLAN}的?{_KIND}*+】?\s*{_INTENT}*"
        rf"|{_ORDINAL}{_HEAD}{_LATER}的?{_KIND}*+】?\s*(?::\s*|,\s*|(?:是|将|要(?!求)))"
    ),
    "suggestion": re.compile(
        rf"{_ORDINAL}(?:{_ADVICE}|(?:需|要)[^,:]{{0,8}}(?:协调|支持|解决)[^,:]{{0,6}}"
        r"|请求[^,:]{0,6}(?:事项|问题))】?\s*:\s*"
    ),
}

_HELP = any_of(
    "协调 支持 配合 协助 拨付 调度 牵头 解决 帮 督促 加快 尽快 支付 统筹 提高 明确 出面 给予 "
    "安排 增加 组织 评估 仲裁 调剂 抽调 支援 约谈 列入 纳入 派",
    "研究 落实 下达 批复 调处 指导 关注 考虑 倾斜 追加 追补 核减 调整 延期 简化 出台 召开 "
    "推动 介入",
)
_ABOVE = any_of("县 市 区 省 州 上级 领导 政府 督查 尽快 协调 各 相关 有关 [^,]{1,6}[局办委厅部院]")
SUGGEST = re.compile(
    r"(?P<drop>(?<![号件表员项个条份的案类报])(?<![\u4e00-\u9fff]{3})建议(?!已|办|答|提案|案|人|的|书|[,、。;:]|$)"
    rf"|希望|(?<![希有愿盼指期无])望(?={_ABOVE}|抽调|支援|能|予以|帮)|(?<!期)盼(?!望))"
    r"|(?P<keep>恳请|请求|敬请|(?<![申邀聘报提呈约宴烦])请(?![示假教柬领导放心查收审知客了来])"
    rf"(?=[^,]{{0,20}}{_HELP}))"
)

CAUSE = re.compile(
    r"(?:但|其中|目前)?(?:(?P<drop>主要是|主要原因是|主要还是|原因是|因为|由于|是因为|"
    r"主要因为|主因是"
    r"|原因在于|主要在于|难在)|主要(?=[受因系由卡]))"
)
NOTHING = re.compile(
    r"(?:暂时?|目前|均)*(?:无|没有?|/|-+|不涉及|不需要|没啥)(?:问题|困难|建议|事项)?[。.]?"
)
_SELF = re.compile(r"\s*(?:我(?:[局县镇乡司办市区]|们|单位))?(?:将(?!近))?")


def own_start(words: str) -> int:
    """Where a clause that carries on a part begins to say it, after 我局将."""
    found = _SELF.match(words)
    return found.end() if found else 0


NEXT_POINT = re.compile(r"\s*(?:[二三四五六]是|[(]?[2-6二三四五六][)、.])")
# A new subject ends an open part that had no colon: 目前…, 已…, 垫付了46万元.
ENDS_PART = re.compile(
    r"^(?:目前|现已?|已|截至|本月|其余|其他)|[^\d]了\d|已(?:经|完成|挂|开|下|报|拨|签)"
)
