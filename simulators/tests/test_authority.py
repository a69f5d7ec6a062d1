"""The stands' authority, asked as the platform asks any issuer: over HTTP, by OCSP and by lists."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from starlette.applications import Starlette

from edem.kernel.kep.certificates.crl import RevocationList, status_by_list
from edem.kernel.kep.certificates.ocsp import ocsp_request, status_by_ocsp
from edem.kernel.kep.certificates.ocsp_answer import OcspAnswer
from edem.kernel.kep.making.authority import Authority, Issued
from edem.kernel.kep.making.subjects import Organisation
from edem.kernel.kep.verdict import Result
from simulators.authority import TERM, authority_routes, sandbox_root, stand_authority

SITE = "http://stand.example"


@pytest.fixture(scope="module")
def authority() -> Authority:
    return stand_authority("tests", name="tried", site=SITE)


@pytest.fixture(scope="module")
def seal(authority: Authority) -> Issued:
    return authority.seal(Organisation(title="ТОВ «Приклад»", edrpou="37485912"), term=TERM)


class Stand:
    """Asked without a port: the addresses in its certificates are those it answers at."""

    def __init__(self, authority: Authority) -> None:
        self.app = Starlette(routes=authority_routes(authority))

    def ask(self, method: str, address: str, content: bytes = b"") -> httpx.Response:
        async def asked() -> httpx.Response:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app)) as client:
                return await client.request(method, address, content=content)

        return asyncio.run(asked())


@pytest.fixture(scope="module")
def stand(authority: Authority) -> Stand:
    return Stand(authority)


def test_whoever_has_the_seed_has_the_same_root(authority: Authority) -> None:
    assert sandbox_root("tests").certificate == authority.trusted_root
    assert sandbox_root("others").certificate != authority.trusted_root


def test_ocsp_speaks_of_a_seal_and_of_the_authority_itself(stand: Stand, authority: Authority, seal: Issued) -> None:
    root = authority.above
    assert root is not None
    now = datetime.now(UTC)
    for certificate, issuer in ((seal.certificate, authority), (authority.certificate, root)):
        asked = ocsp_request(certificate, issuer=issuer.certificate, nonce=b"once")
        answer = OcspAnswer.parse(stand.ask("POST", issuer.ocsp_address, asked).content)
        status = status_by_ocsp(
            certificate, issuer=issuer.certificate, answer=answer, at=now - timedelta(hours=1), now=now, nonce=b"once"
        )
        assert status.result is Result.PASSED, status


def test_the_lists_are_where_the_certificates_say(stand: Stand, authority: Authority, seal: Issued) -> None:
    now = datetime.now(UTC)
    listed = RevocationList.parse(stand.ask("GET", authority.crl_address).content)
    status = status_by_list(
        seal.certificate, issuer=authority.certificate, full=listed, at=now - timedelta(hours=1), now=now
    )
    assert status.result is Result.PASSED, status
    assert stand.ask("GET", f"{SITE}/download/crls/other.crl").status_code == 404


def test_nothing_is_said_of_strangers_certificates(stand: Stand, authority: Authority) -> None:
    stranger = stand_authority("others", name="tried", site=SITE)
    asked = ocsp_request(stranger.certificate, issuer=stranger.trusted_root)
    assert stand.ask("POST", authority.ocsp_address, asked).content == bytes.fromhex("30030a0106")
