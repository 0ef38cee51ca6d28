"""Every row of DingTalk's error tables, read from an answer as the platform gives it."""

import pytest

from bot.platforms.dingtalk.answer import read_answer
from bot.platforms.dingtalk.taxonomy import ERRORS, WORDS
from bot.platforms.exchange import Answer
from bot.platforms.outcome import Action, Remedy, settle
from reporting.messages import DeliveryState

PERMISSION = "Forbidden.AccessDenied.AccessTokenPermissionDenied"


def read(status: int = 200, **body: object) -> tuple[Action, str, float | None]:
    reading = read_answer(Answer(status=status, body=body), "processQueryKey")
    return reading.action, reading.detail, reading.wait


@pytest.mark.parametrize(
    ("status", "code", "action"),
    [
        (400, "InvalidAuthentication", Action.REFRESH),
        (400, "invalidClientIdOrSecret", Action.OPERATOR),
        (403, PERMISSION, Action.OPERATOR),
        (403, "Forbidden.AccessDenied.IpNotInWhiteList", Action.OPERATOR),
        (403, "Forbidden.AccessDenied.ApiCountLimitForOrg", Action.REST),
        (403, "QpsLimit.ExceedRealQps", Action.BACK_OFF),
        (403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", Action.BACK_OFF),
        (400, "staffId.notExisted", Action.RECIPIENT),
        (400, "resource.not.found", Action.OPERATOR),
        (400, "invalidParameter.msgParam.invalid", Action.PAYLOAD),
        (400, "brand.new.code", Action.OPERATOR),
        (503, "ServiceUnavailable", Action.BACK_OFF),
        (500, "InternalError", Action.BACK_OFF),
        (504, "GatewayTimeout", Action.UNSURE),
    ],
)
def test_each_code_of_the_new_api_has_its_action(status: int, code: str, action: Action) -> None:
    found, detail, _ = read(status, code=code, message="token SECRET")
    assert found is action
    assert "SECRET" not in detail


@pytest.mark.parametrize(
    ("code", "action", "wait"),
    [
        (-1, Action.BACK_OFF, None),
        (15, Action.UNSURE, None),
        (33001, Action.REFRESH, None),
        (40014, Action.REFRESH, None),
        (42001, Action.REFRESH, None),
        (90002, Action.BACK_OFF, 2),
        (90019, Action.BACK_OFF, 2),
        (90020, Action.REST, 3600),
        (90030, Action.REST, 3600),
        (130101, Action.BACK_OFF, 600),
        (300001, Action.RECIPIENT, None),
        (300005, Action.RECIPIENT, None),
        (460101, Action.PAYLOAD, None),
        (987654, Action.OPERATOR, None),
    ],
)
def test_each_code_of_the_old_api_has_its_action(
    code: int, action: Action, wait: float | None
) -> None:
    found, detail, waits = read(errcode=code, errmsg="x")
    assert (found, waits) == (action, wait)
    assert detail


@pytest.mark.parametrize(
    ("inner", "action"),
    [("40014", Action.REFRESH), ("", Action.UNSURE), ("isv.unheard-of", Action.OPERATOR)],
)
def test_d8_the_umbrella_code_is_judged_by_what_is_under_it(inner: str, action: Action) -> None:
    assert read(errcode=88, sub_code=inner)[0] is action
    assert read(error_response={"code": 88, "sub_code": inner})[0] is action


@pytest.mark.parametrize(
    ("message", "word"),
    [
        ("keywords not in content", "关键词"),
        ("sign not match", "加签密钥"),
        ("invalid timestamp", "时钟"),
        ("ip 203.0.113.7 not in whitelist", "IP"),
        ("something else", "安全设置"),
    ],
)
def test_d15_one_code_with_three_causes_is_told_apart_by_its_text(message: str, word: str) -> None:
    action, detail, _ = read(errcode=310000, errmsg=f"{message}, more: [SECRET]")
    assert action is Action.OPERATOR
    assert word in detail
    assert "SECRET" not in detail


def test_d9_the_blocking_page_is_a_failure_though_it_says_200() -> None:
    assert read(status=1111, source="x5", punish="deny")[0] is Action.REST
    assert (
        read_answer(
            Answer(status=200, body={"status": 1111, "source": "x5", "punish": "deny"}), ""
        ).wait
        == 300
    )


def test_d9_used_up_quota_stops_and_says_so() -> None:
    action, detail, wait = read(403, code="Forbidden.AccessDenied.ApiCountLimitForOrg")
    assert (action, wait) == (Action.REST, 3600)
    assert "额度" in detail


def test_a_missing_permission_names_its_scopes() -> None:
    _, detail, _ = read(403, code=PERMISSION, accessdenieddetail={"requiredScopes": ["qyapi_x"]})
    assert "qyapi_x" in detail
    _, detail, _ = read(403, code=PERMISSION, accessdenieddetail={"requiredScopes": "junk"})
    assert "权限管理" in detail


def test_a_success_needs_its_reference() -> None:
    assert read(processQueryKey="k")[0] is Action.DONE
    assert read(processQueryKey=[7])[0] is Action.UNSURE
    assert read_answer(Answer(status=200, body={"errcode": 0}), "").action is Action.DONE


def test_d7_a_person_not_sent_to_is_missed() -> None:
    body = {"processQueryKey": "k", "invalidStaffIdList": ["0123"]}
    reading = read_answer(Answer(status=200, body=body), "processQueryKey")
    delivery = settle(reading, "0123")
    assert (delivery.state, delivery.missed) == (DeliveryState.REFUSED, ("0123",))


def test_every_remedy_is_chinese() -> None:
    for remedy in (*ERRORS.values(), *(remedy for _, remedy in WORDS)):
        assert any("\u4e00" <= character <= "\u9fff" for character in remedy.text)


@pytest.mark.parametrize(("code", "remedy"), sorted(ERRORS.items()))
def test_every_row_of_the_old_table_is_found_wherever_the_code_stands(
    code: str, remedy: Remedy
) -> None:
    for body in ({"errcode": int(code)}, {"error_response": {"code": 88, "sub_code": code}}):
        reading = read_answer(Answer(status=200, body=body), "")
        assert (reading.action, reading.detail) == (remedy.action, remedy.text)
        assert reading.wait == remedy.wait


@pytest.mark.parametrize(("word", "remedy"), WORDS)
def test_every_row_of_the_new_table_is_found_by_its_beginning(word: str, remedy: Remedy) -> None:
    reading = read_answer(Answer(status=403, body={"code": word}), "")
    assert (reading.action, reading.detail) == (remedy.action, remedy.text)
