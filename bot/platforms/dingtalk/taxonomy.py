"""DingTalk's error codes, of the new API (words) and the old one (numbers).

A word is matched by its beginning, so that "Forbidden.AccessDenied.QpsLimit…" needs one row.
"""

import re
from collections.abc import Mapping

from bot.platforms.outcome import Action, Reading, Remedy, reading_of
from bot.platforms.reading import mapping, string

BACK_OFF, OPERATOR, PAYLOAD = Action.BACK_OFF, Action.OPERATOR, Action.PAYLOAD
RECIPIENT, REFRESH, UNSURE = Action.RECIPIENT, Action.REFRESH, Action.UNSURE

TOKEN = Remedy(
    action=REFRESH, text="access_token 更新后仍被拒绝，请核对 AppKey、AppSecret 和服务器时间。"
)
CREDENTIALS = Remedy(action=OPERATOR, text="AppKey 或 AppSecret 不正确，请到开发者后台核对。")
FREQUENCY = Remedy(action=BACK_OFF, text="接口调用超过频率限制，稍后自动重试。", wait=2)
QUOTA = Remedy(
    action=Action.REST,
    text="本月接口调用额度已用完（标准版每月一万次）：已暂停发送，每小时试一次；请升级版本或购买额度。",
    wait=3600,
)
BLOCKED = Remedy(
    action=Action.REST, text="出口 IP 因请求过密被暂时封禁，五分钟后自动重试。", wait=300
)
NO_GROUP = Remedy(action=OPERATOR, text="群会话不存在或机器人不在群内，请把机器人重新加入群。")
NO_ROBOT = Remedy(action=OPERATOR, text="机器人不存在或已停用，请核对 robotCode 并发布机器人。")
NO_PERSON = Remedy(action=RECIPIENT, text="人员不存在或已离职，请核对联络员的账号。")
FILTERED = Remedy(action=RECIPIENT, text="消息被平台过滤，此人没有收到，请改用其他方式通知。")
SESSION_GONE = Remedy(action=RECIPIENT, text="会话回复地址已失效，请改发单聊。")
TOO_LONG = Remedy(action=PAYLOAD, text="消息内容超过长度限制。")
NO_CARD = Remedy(action=PAYLOAD, text="互动卡片没有投放成功：请核对卡片模板和机器人的卡片权限。")
SLOW = Remedy(action=UNSURE, text="平台处理超时，不能确定是否送达。")

ERRORS: dict[str, Remedy] = {
    "-1": Remedy(action=BACK_OFF, text="钉钉系统繁忙，稍后自动重试。"),
    "15": SLOW,
    "33001": TOKEN,
    "40001": TOKEN,
    "40014": TOKEN,
    "42001": TOKEN,
    "40089": CREDENTIALS,
    "41011": Remedy(action=OPERATOR, text="AgentId 不正确，请到开发者后台核对。"),
    "43004": NO_ROBOT,
    "50002": NO_PERSON,
    "90002": FREQUENCY,
    "90018": FREQUENCY,
    "90019": FREQUENCY,
    "90020": QUOTA,
    "90030": QUOTA,
    "130101": Remedy(action=BACK_OFF, text="群机器人发送过快，十分钟后自动重试。", wait=600),
    "300001": SESSION_GONE,
    "300005": SESSION_GONE,
    "460101": TOO_LONG,
}
WORDS: tuple[tuple[str, Remedy], ...] = (
    ("InvalidAuthentication", TOKEN),
    ("invalidClientIdOrSecret", CREDENTIALS),
    ("authFailed", CREDENTIALS),
    ("InvalidAppKey", CREDENTIALS),
    ("Forbidden.AccessDenied.ApiCountLimitForOrg", QUOTA),
    (
        "Forbidden.AccessDenied.IpNotInWhiteList",
        Remedy(action=OPERATOR, text="请把服务器出口 IP 加入应用的“服务器出口IP”白名单。"),
    ),
    ("Forbidden.AccessDenied.QpsLimit", FREQUENCY),
    ("QpsLimit", FREQUENCY),
    ("Throttling", FREQUENCY),
    (
        "Forbidden.AccessDenied",
        Remedy(action=OPERATOR, text="应用缺少接口权限，请在开发者后台“权限管理”中申请。"),
    ),
    ("staffId.notExisted", NO_PERSON),
    ("invalidParameter.userIds", NO_PERSON),
    ("robot", NO_ROBOT),
    ("resource.not.found", NO_GROUP),
    ("miss.openConversationId", NO_GROUP),
    ("invalidParameter.openConversationId", NO_GROUP),
    ("invalid.openConversationId", NO_GROUP),
    ("invalidParameter.msgParam", TOO_LONG),
    ("ServiceUnavailable", Remedy(action=BACK_OFF, text="钉钉服务暂不可用，稍后自动重试。")),
)
# 310000 has three causes and one code; only its message tells them apart.
REFUSED_BY_GROUP: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"keyword|关键词", re.IGNORECASE), "消息里没有机器人安全设置要求的关键词。"),
    (re.compile(r"timestamp|时间戳", re.IGNORECASE), "服务器时钟不准，请校准时间后重发。"),
    (re.compile(r"sign|签名", re.IGNORECASE), "机器人加签密钥不正确，请更新设置。"),
    (
        re.compile(r"\bip\b|whitelist|白名单", re.IGNORECASE),
        "请把服务器出口 IP 加入机器人安全设置。",
    ),
)
SCOPE = re.compile(r"[A-Za-z0-9._-]{1,60}")
# Codes are words or numbers; anything else, such as an echoed credential, is not passed on.
CODE = re.compile(r"-?[0-9]{1,9}|[A-Za-z]{1,40}(?:\.[A-Za-z]{1,40}){0,5}")


def read_error(code: str, body: Mapping[str, object]) -> Reading:
    """The reading of an error answer; its message is only ever looked at, never passed on."""
    code = code if CODE.fullmatch(code) else "unknown"
    if code == "310000":
        return Reading(action=OPERATOR, code=code, detail=_group_refusal(string(body, "errmsg")))
    remedy = _find(code, body)
    if remedy is None:
        text = f"钉钉返回未收录的错误码 {code}，请查阅开放平台的错误码说明。"
        return Reading(action=OPERATOR, code=code, detail=text)
    reading = reading_of(code, remedy)
    scopes = _scopes(body)
    if not scopes:
        return reading
    return Reading(action=OPERATOR, code=code, detail=f"{remedy.text}所需权限：{scopes}。")


def _find(code: str, body: Mapping[str, object]) -> Remedy | None:
    """The row of a code; 88 is an umbrella whose sub_code says what happened."""
    if code == "88":
        inner = str(body.get("sub_code") or "")
        return ERRORS.get(inner) if inner else SLOW
    if code in ERRORS:
        return ERRORS[code]
    if code.startswith("resource.not.found") and "robot" in string(body, "message").lower():
        return NO_ROBOT  # the same code stands for a group that is gone
    return next((remedy for word, remedy in WORDS if code.startswith(word)), None)


def _scopes(body: Mapping[str, object]) -> str:
    listed = mapping(body, "accessdenieddetail").get("requiredScopes")
    scopes = listed if isinstance(listed, list) else []
    return "、".join(word for word in map(str, scopes) if SCOPE.fullmatch(word))


def _group_refusal(message: str) -> str:
    for pattern, text in REFUSED_BY_GROUP:
        if pattern.search(message):
            return text
    return "群机器人的安全设置拒绝了消息：请核对关键词、加签密钥和服务器时间。"
