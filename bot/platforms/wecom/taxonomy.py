"""WeCom's error codes: what to do about each, and what the operator is told [D 90313]."""

import re

from bot.platforms.outcome import Action, Reading, Remedy, reading_of

BACK_OFF, OPERATOR, PAYLOAD = Action.BACK_OFF, Action.OPERATOR, Action.PAYLOAD
RECIPIENT, REFRESH = Action.RECIPIENT, Action.REFRESH

ERRORS: dict[str, Remedy] = {
    # The token: fetched anew once; a second refusal means the secret or the app is wrong.
    "40001": Remedy(action=REFRESH, text="应用 Secret 不正确，请到管理后台重新复制并更新设置。"),
    "40014": Remedy(action=REFRESH, text="access_token 更新后仍被拒绝，请核对企业 ID 与 Secret。"),
    "42001": Remedy(
        action=REFRESH, text="access_token 更新后仍被判过期，请核对 Secret 和服务器时间。"
    ),
    # Later.
    "-1": Remedy(action=BACK_OFF, text="企业微信系统繁忙，稍后自动重试。"),
    "45009": Remedy(action=BACK_OFF, text="接口调用超过频率限制，一分钟后自动重试。", wait=60),
    "45033": Remedy(action=BACK_OFF, text="接口并发超过限制，稍后自动重试。", wait=5),
    # An operator must act.
    "60020": Remedy(
        action=OPERATOR,
        text="请把服务器出口 IP 加入应用的“企业可信IP”（约一分钟后生效）。",
    ),
    "48002": Remedy(action=OPERATOR, text="应用没有调用此接口的权限，请检查应用的权限和可见范围。"),
    "301002": Remedy(action=OPERATOR, text="AgentId 与 Secret 不属于同一个应用，请核对设置。"),
    "50001": Remedy(action=OPERATOR, text="回调或跳转域名未登记，请在应用的可信域名中登记。"),
    "50003": Remedy(action=OPERATOR, text="应用已被停用，请在管理后台重新启用。"),
    "60011": Remedy(action=OPERATOR, text="应用对此成员无权限，请把他加入应用的可见范围。"),
    "43012": Remedy(action=OPERATOR, text="发送交互卡片须先配置“接收消息”的回调地址。"),
    "40013": Remedy(action=OPERATOR, text="企业 ID（CorpID）不正确，请核对设置。"),
    "40056": Remedy(action=OPERATOR, text="AgentId 不正确，请核对设置。"),
    "93000": Remedy(
        action=OPERATOR, text="群消息推送的 webhook 地址无效或已删除，请重新添加并更新设置。"
    ),
    "86001": Remedy(action=OPERATOR, text="群会话（appchat）的 chatid 无效，请核对设置。"),
    "86003": Remedy(
        action=OPERATOR, text="群会话（appchat）不存在或不是本应用创建的，请核对设置。"
    ),
    "86008": Remedy(action=OPERATOR, text="应用无权操作此群会话，须由本应用创建且可见范围为全员。"),
    # This person.
    "40003": Remedy(action=RECIPIENT, text="成员的 UserID 不存在，请核对联络员的账号。"),
    "46004": Remedy(action=RECIPIENT, text="通讯录中没有此成员，请核对联络员的账号。"),
    "60111": Remedy(action=RECIPIENT, text="成员的 UserID 不存在，请核对联络员的账号。"),
    "81013": Remedy(
        action=RECIPIENT, text="成员不存在或不在应用可见范围内，请核对账号并加入可见范围。"
    ),
    "84014": Remedy(action=RECIPIENT, text="成员的授权凭证已失效，请他重新进入应用。"),
    # The message itself.
    "40007": Remedy(action=PAYLOAD, text="素材已过期（三天有效），须重新上传。"),
    "40008": Remedy(action=PAYLOAD, text="消息类型不被支持。"),
    "40058": Remedy(action=PAYLOAD, text="消息内容过长或参数不合规，整条被拒绝。"),
    "40029": Remedy(
        action=PAYLOAD, text="登录的 code 已用过或已过期（五分钟、一次），请重新登录。"
    ),
    "41001": Remedy(action=PAYLOAD, text="请求缺少 access_token 参数。"),
    "44001": Remedy(action=PAYLOAD, text="没有收到文件内容，或群 webhook 地址无效。"),
    "44004": Remedy(action=PAYLOAD, text="消息内容为空。"),
    "45002": Remedy(action=PAYLOAD, text="消息内容超过长度限制。"),
    "82001": Remedy(action=PAYLOAD, text="没有指定任何接收人。"),
}
UNLICENSED = "成员没有此应用的基础接口许可，请在管理后台为他激活许可。"
CODE = re.compile(r"-?[0-9]{1,9}")
FROM_ADDRESS = re.compile(r"from ip:\s*([0-9a-fA-F.:]{3,45})")


def read_error(code: str, message: str) -> Reading:
    """The reading of one error code; of its message only the address of 60020 is kept."""
    remedy = ERRORS.get(code)
    if remedy is None:
        code = code if CODE.fullmatch(code) else "unknown"
        text = f"企业微信返回未收录的错误码 {code}，请查阅“全局错误码”。"
        return Reading(action=OPERATOR, code=code, detail=text)
    reading = reading_of(code, remedy)
    found = FROM_ADDRESS.search(message) if code == "60020" else None
    if found is None:
        return reading
    detail = f"{remedy.text}本次出口 IP：{found.group(1)}。"
    return Reading(action=OPERATOR, code=code, detail=detail)
