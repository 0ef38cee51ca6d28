"""The simulated platforms sign and encrypt as the official test vectors say."""

import asyncio
import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import TypedDict
from zoneinfo import ZoneInfo

import pytest
import xmltodict
from wechatpy.enterprise.crypto import WeChatCrypto

from simulator.courier import Courier, Letter, Spoken
from simulator.dingtalk_callback import sign
from simulator.fault import Fault
from simulator.meter import Meter
from simulator.stage import Stage
from simulator.wecom_callback import WeComCallbacks, element
from simulator.world import Patience, SimulatedWeCom


class Signature(TypedDict):
    secret: str
    timestamp: str
    sign: str


VECTORS = json.loads((Path(__file__).parents[1] / "support" / "vectors.json").read_text())
WECOM = VECTORS["wecom_callback"]
SIGNATURES: list[Signature] = VECTORS["dingtalk_sign"]


class StandingClock:
    def now(self) -> datetime:
        return datetime(2026, 6, 22, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


class ListeningCourier(Courier):
    def __init__(self) -> None:
        super().__init__()
        self.letters: list[Letter] = []

    async def deliver(self, write: object, patience: Patience, fault: Fault | None) -> Spoken:
        assert callable(write)
        self.letters += [write(), write()]
        return Spoken(status=200, attempts=1)


def a_crypto() -> WeChatCrypto:
    return WeChatCrypto(WECOM["token"], WECOM["encoding_aes_key"], WECOM["corpid"])


def sealed_twice(text: str) -> list[Letter]:
    world = SimulatedWeCom(
        corp_id=WECOM["corpid"],
        agent_id=218,
        secret="s",
        token=WECOM["token"],
        encoding_aes_key=WECOM["encoding_aes_key"],
    )
    courier = ListeningCourier()
    stage = Stage(clock=StandingClock(), meter=Meter(lambda: 0.0))
    asyncio.run(WeComCallbacks(world, stage, courier).say("mycreate", text, None))
    return courier.letters


def opened(letter: Letter) -> dict[str, str]:
    query = letter.query
    plain = a_crypto().decrypt_message(
        letter.body, query["msg_signature"], query["timestamp"], query["nonce"]
    )
    fields: dict[str, str] = xmltodict.parse(plain)["xml"]
    return fields


@pytest.mark.parametrize("vector", SIGNATURES)
def test_dingtalk_signs_as_the_vectors_say(vector: Signature) -> None:
    assert sign(vector["secret"], vector["timestamp"]) == vector["sign"]


def test_the_codec_that_encrypts_for_wecom_reads_the_official_message() -> None:
    message = WECOM["message"]
    plain = a_crypto().decrypt_message(
        message["body"], message["msg_signature"], message["timestamp"], message["nonce"]
    )
    assert dict(xmltodict.parse(plain)["xml"]) == message["expected_plain_fields"]


def test_a_sealed_message_has_the_fields_of_the_official_one() -> None:
    fields = opened(sealed_twice("hello")[0])
    assert set(fields) == set(WECOM["message"]["expected_plain_fields"])
    assert (fields["Content"], fields["FromUserName"]) == ("hello", "mycreate")


def test_each_attempt_is_sealed_afresh_around_the_same_plaintext() -> None:
    first, second = sealed_twice("完成80%")
    assert opened(first) == opened(second)
    assert first.query["nonce"] != second.query["nonce"]
    assert first.body != second.body


def test_the_signature_is_that_of_the_sorted_parts() -> None:
    letter = sealed_twice("hello")[0]
    encrypted = xmltodict.parse(letter.body)["xml"]["Encrypt"]
    parts = [WECOM["token"], letter.query["timestamp"], letter.query["nonce"], encrypted]
    digest = hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()
    assert letter.query["msg_signature"] == digest


def test_a_text_cannot_leave_its_cdata() -> None:
    text = "完成]]></Content><Content>假"
    assert opened(sealed_twice(text)[0])["Content"] == text


def test_an_element_may_nest_and_repeat() -> None:
    items = {"SelectedItem": [{"QuestionKey": "q1"}, {"QuestionKey": "q2"}]}
    parsed = xmltodict.parse(element("SelectedItems", items))
    assert [one["QuestionKey"] for one in parsed["SelectedItems"]["SelectedItem"]] == ["q1", "q2"]
