"""WeCom callbacks: encrypted XML and the verification of a URL (documents 90238, 90239, 90930).

Encryption is that of wechatpy, so that the bot's own codec is checked against somebody else's.
"""

import secrets
from collections.abc import Mapping, Sequence
from xml.parsers.expat import ExpatError

import xmltodict
from wechatpy.enterprise.crypto import WeChatCrypto
from wechatpy.exceptions import WeChatException

from reporting.messages import Platform
from simulator.chat import ChatMessage, Direction
from simulator.courier import Courier, Letter, Spoken
from simulator.fault import Endpoint, Fault, FaultKind
from simulator.press import Press
from simulator.stage import Outgoing, Stage
from simulator.world import SimulatedWeCom, find_person

_VERIFY_SECONDS = 1.0
_QUOTE_RULE = "- - - - - - - - - - - - - - -"


def element(name: str, value: object) -> str:
    """One XML element: text in CDATA, numbers bare, mappings nested, sequences repeated."""
    match value:
        case str():
            safe = value.replace("]]>", "]]]]><![CDATA[>")
            return f"<{name}><![CDATA[{safe}]]></{name}>"
        case Mapping():
            inner = "".join(element(str(key), item) for key, item in value.items())
            return f"<{name}>{inner}</{name}>"
        case Sequence():
            return "".join(element(name, item) for item in value)
        case _:
            return f"<{name}>{value}</{name}>"


class WeComCallbacks:
    """Plays the WeCom server towards the bot."""

    def __init__(self, world: SimulatedWeCom, stage: Stage, courier: Courier) -> None:
        self._world = world
        self._stage = stage
        self._courier = courier
        self._crypto = WeChatCrypto(world.token, world.encoding_aes_key, world.corp_id)
        self.url = world.callback_url

    async def say(self, user_id: str, text: str, quoted: ChatMessage | None) -> Spoken:
        """A member writes to the app; a quote precedes his words, as the client writes it."""
        content = text if quoted is None else self._with_quote(text, quoted)
        key = str(secrets.randbits(62))
        message = self._stage.chat.add(
            ChatMessage(
                id=self._stage.chat.next_id(),
                platform=Platform.WECOM,
                direction=Direction.TO_BOT,
                user_id=user_id,
                text=text,
                at=self._stage.now(),
                reference=key,
                quoted=quoted.id if quoted else None,
            )
        )
        spoken = await self.send(user_id, "text", {"Content": content, "MsgId": int(key)})
        return _of_message(spoken, key, message.id)

    async def press(self, message: ChatMessage, keys: Sequence[str]) -> Spoken:
        """A member presses a button of a card, or ticks options of its lists and submits."""
        lists = {one.key: one.of for one in message.buttons if one.of}
        press = Press(message_id=message.id, user_id=message.user_id, at=self._stage.now())
        fields: dict[str, object] = {
            "Event": "template_card_event",
            "EventKey": "submit" if lists else keys[0],
            "TaskId": message.card_key,
            "CardType": "multiple_interaction" if lists else "button_interaction",
            "ResponseCode": self._stage.presses.permit(press),
        }
        if lists:
            ticked = [{"QuestionKey": lists[key], "OptionIds": {"OptionId": [key]}} for key in keys]
            fields["SelectedItems"] = {"SelectedItem": ticked}
        return await self.send(message.user_id, "event", fields)

    async def send(self, user_id: str, kind: str, fields: Mapping[str, object]) -> Spoken:
        """Deliver any message or event: the common fields are added to `fields`."""
        common = {
            "ToUserName": self._world.corp_id,
            "FromUserName": user_id,
            "CreateTime": int(self._stage.now().timestamp()),
            "MsgType": kind,
        }
        # Contact changes concern the corporation, not the app, and name none.
        agent = {} if "ChangeType" in fields else {"AgentID": self._world.agent_id}
        plain = element("xml", {**common, **fields, **agent})
        fault = self._stage.faults.take(Endpoint.WECOM_CALLBACK)
        self._stage.calls[Endpoint.WECOM_CALLBACK] += 1
        spoken = await self._courier.deliver(
            lambda: self._seal(plain, fault), self._world.patience, fault
        )
        self._read_passive_reply(user_id, spoken)
        return spoken

    async def verify(self) -> bool:
        """Verify the callback URL: the decrypted echo must come back bare within a second."""
        echo = str(secrets.randbits(62))
        nonce, timestamp = secrets.token_hex(5), str(int(self._stage.now().timestamp()))
        sealed = self._encrypt(echo, nonce, timestamp)
        query = {
            "msg_signature": sealed["MsgSignature"],
            "timestamp": timestamp,
            "nonce": nonce,
            "echostr": sealed["Encrypt"],
        }
        letter = Letter(url=self.url, body=b"", query=query, method="GET")
        spoken = await self._courier.post(letter, _VERIFY_SECONDS)
        return spoken.acknowledged and spoken.body == echo.encode()

    def _seal(self, plain: str, fault: Fault | None) -> Letter:
        """Encrypt for one attempt: the plaintext stays, nonce and ciphertext are fresh."""
        skew = fault.seconds if fault and fault.kind is FaultKind.CLOCK_SKEW else 0.0
        nonce = secrets.token_hex(5)
        timestamp = str(int(self._stage.now().timestamp() + skew))
        sealed = self._encrypt(plain, nonce, timestamp)
        signature = sealed["MsgSignature"]
        if fault and fault.kind is FaultKind.BAD_SIGNATURE:
            signature = signature[::-1]
        envelope = {
            "ToUserName": self._world.corp_id,
            "Encrypt": sealed["Encrypt"],
            "AgentID": str(self._world.agent_id),
        }
        return Letter(
            url=self.url,
            body=element("xml", envelope).encode(),
            query={"msg_signature": signature, "timestamp": timestamp, "nonce": nonce},
            headers={"Content-Type": "text/xml"},
        )

    def _encrypt(self, plain: str, nonce: str, timestamp: str) -> dict[str, str]:
        sealed: dict[str, dict[str, str]] = xmltodict.parse(
            self._crypto.encrypt_message(plain, nonce, timestamp)
        )
        return sealed["xml"]

    def _read_passive_reply(self, user_id: str, spoken: Spoken) -> None:
        """Show an encrypted reply that came with the acknowledgement (document 90241)."""
        if not spoken.acknowledged or not spoken.body.startswith(b"<"):
            return
        try:
            sealed = xmltodict.parse(spoken.body)["xml"]
            plain = self._crypto.decrypt_message(
                sealed, sealed["MsgSignature"], sealed["TimeStamp"], sealed["Nonce"]
            )
            text = xmltodict.parse(plain)["xml"].get("Content", "")
        except (WeChatException, ExpatError, KeyError, TypeError, ValueError):
            return
        self._stage.show(Platform.WECOM, Outgoing(text=str(text), user_id=user_id))

    def _with_quote(self, text: str, quoted: ChatMessage) -> str:
        person = find_person(self._world.members, quoted.user_id)
        own = quoted.direction is Direction.TO_BOT and person is not None
        author = person.name if own and person else self._world.app_name
        return f"「{author}：{quoted.text}」\n{_QUOTE_RULE}\n{text}"


def _of_message(spoken: Spoken, key: str, chat_id: str) -> Spoken:
    return Spoken(
        status=spoken.status,
        attempts=spoken.attempts,
        body=spoken.body,
        message_key=key,
        chat_id=chat_id,
    )
