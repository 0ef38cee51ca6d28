"""The recipe for 专有钉钉: its worked example is what its own words lead to."""

import base64
import hmac

from tests.architecture.source import ROOT


def test_the_recipes_signature_covers_method_time_nonce_path_and_sorted_fields() -> None:
    page = (ROOT / "docs/dedicated-dingtalk.md").read_text("utf-8")
    time, nonce = "2026-06-22T09:30:00.007+08:00", "1750555800007001"
    fields = 'bizMsgId=reminder:3&msg={"msgtype":"text"}&tenantId=1'
    text = f"POST\n{time}\n{nonce}\n/message/workNotification\n{fields}"
    signature = base64.b64encode(hmac.digest(b"liaison-secret", text.encode(), "sha256")).decode()
    assert text in page
    for name, value in (("Timestamp", time), ("Nonce", nonce), ("Signature", signature)):
        assert f"X-Hmac-Auth-{name}: {value}\n" in page
