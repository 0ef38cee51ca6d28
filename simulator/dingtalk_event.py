"""DingTalk's event push: sealed over HTTP, in frames over Stream, answered with "success"."""

import base64
import binascii
import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from simulator.courier import Courier, Letter, Spoken
from simulator.dingtalk_callback import DingTalkCallbacks, encrypt
from simulator.dingtalk_stream import Push
from simulator.fault import Endpoint, Fault, FaultKind
from simulator.payload import Payload, read_payload
from simulator.stage import Stage
from simulator.world import Patience, SimulatedDingTalk

_ANSWER_WITHIN = 1.5  # seconds, as the developers' console demands


class DingTalkEvents:
    """Pushes the events of the organisation to the bot, where its callbacks go."""

    def __init__(
        self,
        world: SimulatedDingTalk,
        stage: Stage,
        courier: Courier,
        callbacks: DingTalkCallbacks,
    ) -> None:
        self._world, self._stage, self._courier = world, stage, courier
        self._callbacks = callbacks

    async def push(self, event: str, people: Sequence[str]) -> Spoken:
        """Tell the bot of an event; only a sealed "success" counts as received."""
        event_id, now = secrets.token_hex(16), int(self._stage.now().timestamp() * 1000)
        fault = self._stage.faults.take(Endpoint.DINGTALK_EVENT)
        self._stage.calls[Endpoint.DINGTALK_EVENT] += 1
        if self._world.stream:
            headers = {
                "eventType": event,
                "eventId": event_id,
                "eventBornTime": str(now),
                "eventCorpId": self._world.corp_id,
            }
            data = json.dumps({"userId": list(people), "timeStamp": str(now)})
            push = Push(kind="EVENT", topic="*", data=data, headers=headers)
            return await self._callbacks.gateway.deliver(push, self._world.patience, fault)
        body = {
            "EventType": event,
            "EventTime": now,
            "CorpId": self._world.corp_id,
            "UserId": list(people),
            "eventId": event_id,
        }
        return await self._post(body, self._world.patience, fault)

    async def check_url(self) -> bool:
        """Check the address as the developers' console does on saving it."""
        patience = Patience(timeout=_ANSWER_WITHIN, attempts=1)
        return (await self._post({"EventType": "check_url"}, patience, None)).acknowledged

    async def _post(
        self, body: Mapping[str, object], patience: Patience, fault: Fault | None
    ) -> Spoken:
        plain = json.dumps(body, ensure_ascii=False).encode()
        spoken = await self._courier.deliver(lambda: self._seal(plain, fault), patience, fault)
        received = spoken.status == 200 and self._is_success(spoken.body)
        return spoken if received or spoken.status != 200 else replace(spoken, status=None)

    def _seal(self, plain: bytes, fault: Fault | None) -> Letter:
        skew = fault.seconds if fault and fault.kind is FaultKind.CLOCK_SKEW else 0.0
        timestamp = str(int((self._stage.now().timestamp() + skew) * 1000))
        nonce = secrets.token_hex(8)
        world = self._world
        sealed = encrypt(plain, world.event_aes_key, world.app_key.encode())
        signature = self._sign(timestamp, nonce, sealed)
        if fault and fault.kind is FaultKind.BAD_SIGNATURE:
            signature = self._sign(timestamp, nonce, f"{sealed}?")
        query = {"signature": signature, "timestamp": timestamp, "nonce": nonce}
        return Letter(
            url=self._callbacks.url,
            query=query | {"msg_signature": signature},
            body=json.dumps({"encrypt": sealed}).encode(),
            headers={"Content-Type": "application/json"},
        )

    def _sign(self, timestamp: str, nonce: str, sealed: str) -> str:
        parts = sorted((self._world.event_token, timestamp, nonce, sealed))
        return hashlib.sha1("".join(parts).encode(), usedforsecurity=False).hexdigest()

    def _is_success(self, answered: bytes) -> bool:
        told = read_payload(answered) or Payload({})
        sealed = told.text("encrypt")
        expected = self._sign(told.text("timeStamp"), told.text("nonce"), sealed)
        if told.text("msg_signature") != expected:
            return False
        plain = _decrypt(sealed, self._world.event_aes_key)
        size = int.from_bytes(plain[16:20], "big")
        return (plain[20 : 20 + size], plain[20 + size :]) == (
            b"success",
            self._world.app_key.encode(),
        )


def _decrypt(sealed: str, aes_key: str) -> bytes:
    """The bytes inside, without their padding; nothing for what is no ciphertext."""
    key = base64.b64decode(f"{aes_key}=")
    try:
        data = base64.b64decode(sealed, validate=True)
    except binascii.Error:
        return b""
    if not data or len(data) % 16:
        return b""
    decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
    plain = decryptor.update(data) + decryptor.finalize()
    return plain[: -plain[-1]]
