"""The headers of 专有钉钉, held against the recipe's worked example."""

import base64
import hashlib
import hmac
import re
from datetime import timedelta

import pytest

from bot.platforms.dingtalk.dedicated import AppKey, SignedCall, hmac_headers
from tests.architecture.source import ROOT
from tests.support.callbacks import NOW

APP = AppKey(key="liaison-key", secret="liaison-secret", ip="10.1.2.3", mac="02:42:ac:11:00:02")
SEND = SignedCall(
    method="POST",
    path="/message/workNotification",
    at=NOW + timedelta(milliseconds=7),
    nonce="1750555800007001",
    fields={"tenantId": "1", "msg": '{"msgtype":"text"}', "bizMsgId": "reminder:3"},
)


def test_the_recipes_example_is_what_is_computed() -> None:
    page = (ROOT / "docs/dedicated-dingtalk.md").read_text("utf-8")
    for name, value in hmac_headers(APP, SEND).items():
        assert f"{name}: {value}\n" in page


def test_the_signature_covers_method_time_nonce_path_and_sorted_fields() -> None:
    text = (
        "POST\n2026-06-22T09:30:00.007+08:00\n1750555800007001\n/message/workNotification\n"
        'bizMsgId=reminder:3&msg={"msgtype":"text"}&tenantId=1'
    )
    digest = hmac.new(b"liaison-secret", text.encode(), hashlib.sha256).digest()
    found = hmac_headers(APP, SEND)["X-Hmac-Auth-Signature"]
    assert found == base64.b64encode(digest).decode()


@pytest.mark.parametrize("make", [repr, str])
def test_the_secret_is_never_shown(make: object) -> None:
    assert callable(make)
    assert not re.search("liaison-secret", make(APP))
