"""Words without substance: slogans that would suit any task, and names too wide for one."""

import re
from functools import lru_cache

_SLOGAN = re.compile(
    r"用心|用情|办好|如火如荼|获得感|幸福感|不断|热火朝天|蹄疾步稳|只争朝夕|高度重视|压实|扛起|扛牢|主动作为|持续|发力|部署|扎实|有序|强化|坚持|统筹|助力|高质量|氛围|要素保障|应保尽保|全力|向好"
    r"|回暖|积极|稳步|狠抓|抓好|抓实|挂图|倒排|多措并举|成效|凝聚|合力|加强|推动|落实|担当|一把手|专班推进|主责"
    r"|聚焦|久久为功|努力|奋[勇力发进]|踔厉|笃行|砥砺|勇毅|发扬|精神|初心|使命|决心|信心|干劲|实干|争[先创]|新局面|篇章|答卷|攻坚|克难"
    r"|快马加鞭|锚定|紧[盯扣抓密]|围绕|贯彻|牢记|嘱托|勇[争立]|一流|真抓|埋头|铆足|不折不扣|[夯筑守]实?牢?|绷紧|从[严细]|人民满意|群众满意"
    r"|更上|再上|新台阶|以人民|为民|美好|向着|前进|切实|突出|突破|谋划|抢抓|深入|勠力|齐心|同心|保驾|护航|提质增效|跑出|加速度"
)
_SUBSTANCE = re.compile(
    r"\d|[一二两三四五六七八九十百千万几][个家户套座台条处项次场批层栋成亩]|百分之|完成|竣工|封顶|完工|开工|动工|验收|招标|批复"
    r"|签|安装|施工|装修|浇筑|采购|公示|申报|资金|缺口|滞后|停|没|未|卡|拆|通车|交付|投用|慢|剩|差|难|不肯|不愿"
    r"|[调装修铺干打拆换铲焊砌浇吊挖弄做接搬种建]完"
)
_STATE = re.compile(
    r"进展|进度|正常|顺利|过半|一半|推进|开展|成了|好了|完了|过了|快了|差不多|还行|可以了|搞定|弄|做|在[办做弄搞推建装修干跑催对]|平稳|好于|走(?:程序|流程|手续)|初验|[慢快]得|太慢|硬骨头|都\S了"
)
_WIDE = re.compile(
    r"^\W*[\u4e00-\u9fff]{1,5}?(?:的事情?|方面|那摊子?|[这那]个?(?:项目|工程|任务|活儿?|事)|[这那]一?块儿?|[这那][边头]"
    r"|工作|的?完成|的[都正完])"
)


_MANY = 3  # different slogans


@lru_cache(maxsize=64)
def is_slogan(words: str) -> bool:
    """Whether a text only says how earnestly things are done."""
    return bool(_SLOGAN.search(words)) and not _SUBSTANCE.search(words)


def is_many_slogans(words: str) -> bool:
    """Whether a text is made of slogans, as a report is that says nothing, and no talk is."""
    return len({*_SLOGAN.findall(words)}) >= _MANY


def is_wide(words: str) -> bool:
    """Whether a text begins as if it named only a field: 土地的事, 养老这块, 医院那边."""
    return bool(_WIDE.match(words))


def says_something(words: str) -> bool:
    """Whether a text that names no task may still be a report."""
    return any(pattern.search(words) for pattern in (_SUBSTANCE, _SLOGAN, _STATE))
