"""Certificates and the edges of one HTTP exchange."""

import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import aiohttp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.platforms.exchange import Call, Exchange, unreadable
from bot.platforms.outcome import Action
from reporting.errors import DeliveryFailed, UserMistake
from tests.support.callbacks import DINGTALK, WECOM
from tests.support.platform_server import Reply, running


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for this machine that no authority signed, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    address = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = tmp_path / "private-ca.pem"
    path.write_bytes(built.public_bytes(serialization.Encoding.PEM) + secret)
    return path


async def test_w15_a_private_deployments_certificate_is_trusted_only_when_named(
    certificate: Path,
) -> None:
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(certificate)
    async with running(trust) as server, aiohttp.ClientSession() as session:
        server.answer("/x", {"errcode": 0})
        call = Call(url=f"{server.url}/x")
        named = Exchange(session, replace(WECOM, ca_file=str(certificate)))
        assert (await named.perform(call)).body == {"errcode": 0}
        with pytest.raises(DeliveryFailed, match="证书") as failure:
            await Exchange(session, WECOM).perform(call)
        assert failure.value.__suppress_context__


@pytest.mark.parametrize("write", [None, "not a certificate"])
async def test_a_certificate_file_that_is_none_is_explained(
    tmp_path: Path, write: str | None
) -> None:
    path = tmp_path / "ca.pem"
    if write is not None:
        path.write_text(write)
    async with aiohttp.ClientSession() as session:
        with pytest.raises(UserMistake, match="证书文件"):
            Exchange(session, replace(DINGTALK, ca_file=str(path)))


async def test_an_endless_answer_is_read_only_so_far() -> None:
    async with running() as server, aiohttp.ClientSession() as session:
        server.answer("/x", Reply(text="<" + "x" * 3_000_000))
        answer = await Exchange(session, WECOM).perform(Call(url=f"{server.url}/x"))
        assert (answer.body, answer.is_page) == (None, True)


@pytest.mark.parametrize(
    ("asked", "wait"), [("120", 120), ("", None), ("99999", None), ("Mon, 22 Jun 2026", None)]
)
async def test_a_server_that_asks_for_patience_gets_it(asked: str, wait: float | None) -> None:
    async with running() as server, aiohttp.ClientSession() as session:
        server.answer("/x", Reply(text="busy", status=503, headers={"Retry-After": asked}))
        answer = await Exchange(session, WECOM).perform(Call(url=f"{server.url}/x"))
        reading = unreadable(answer)
        assert (reading.action, reading.wait) == (Action.BACK_OFF, wait)


async def test_a_redirect_is_not_followed_for_it_would_carry_the_token_away() -> None:
    async with running() as server, aiohttp.ClientSession() as session:
        server.answer("/x", Reply(status=302))
        answer = await Exchange(session, WECOM).perform(Call(url=f"{server.url}/x"))
        assert answer.status == 302
        assert len(server.received) == 1


@pytest.mark.parametrize("make", [repr, str])
def test_w12_a_call_shows_neither_address_nor_payload(make: Callable[[object], str]) -> None:
    call = Call(
        url="https://x.example/?key=SECRET",
        query={"access_token": "SECRET"},
        headers={"x-acs-dingtalk-access-token": "SECRET"},
        payload={"appSecret": "SECRET"},
    )
    assert "SECRET" not in make(call)
