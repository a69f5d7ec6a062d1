"""The sandbox's own trust: one root made from a seed, an authority under it for each stand, lists and OCSP answers.

`python -m simulators.authority --seed … --into FOLDER` writes the root's certificate where the platform trusts it.
"""

import argparse
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from edem.kernel.kep.certificates.cert_id import HASHES, CertId
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.making.authority import Authority, Issued
from edem.kernel.kep.making.certificates import BEGINNING, Term
from edem.kernel.kep.making.revocation import Issue, asked_in, crl, ocsp_answer, ocsp_refusal

TERM = Term(begins=BEGINNING, ends=BEGINNING + timedelta(days=20 * 365))
ROOT_FILE = "sandbox-root.cer"
LISTS = "/download/crls/"
MALFORMED, UNAUTHORIZED = 1, 6
A_MOMENT = timedelta(minutes=1)
"""The stand's clock and the platform's are the same, but an answer must not come from the future."""


def sandbox_root(seed: str, *, site: str = "") -> Authority:
    return Authority.root("Корінь тестових стендів", seed=f"{seed}|root", term=TERM, site=site)


def stand_authority(seed: str, *, name: str, site: str) -> Authority:
    """Whoever has the seed has the same root; what the stand issues is checked at the stand's own `site`."""
    root = sandbox_root(seed, site=site)
    return root.authority(f"Тестовий надавач «{name}»", seed=f"{seed}|{name}", term=TERM)


def write_root(seed: str, *, into: Path) -> Path:
    into.mkdir(parents=True, exist_ok=True)
    file = into / ROOT_FILE
    file.write_bytes(sandbox_root(seed).certificate.der)
    return file


def authority_routes(authority: Authority) -> list[Route]:
    """What certificates of this authority point to: lists of the revoked, and OCSP."""
    known = [Answering.of(each) for each in (authority, authority.above) if each is not None]

    async def revocations(request: Request) -> Response:
        path = f"{LISTS}{request.path_params['name']}"
        listed = next((each.authority for each in known if each.authority.crl_address.endswith(path)), None)
        if listed is None:
            return PlainTextResponse("Not Found", status_code=404)
        made = await run_in_threadpool(crl, listed, Issue(at=_moment()))
        return Response(made, media_type="application/pkix-crl")

    async def ocsp(request: Request) -> Response:
        answer = await run_in_threadpool(_ocsp, known, await request.body())
        return Response(answer, media_type="application/ocsp-response")

    return [Route(f"{LISTS}{{name}}", revocations), Route("/services/ocsp/", ocsp, methods=["POST"])]


@dataclass(frozen=True, kw_only=True)
class Answering:
    """An authority with its OCSP responder."""

    authority: Authority
    responder: Issued

    @classmethod
    def of(cls, authority: Authority) -> "Answering":
        return cls(authority=authority, responder=authority.responder(term=TERM))

    def has_issued(self, asked: CertId) -> bool:
        hashed = HASHES.get(asked.hash_oid)
        return hashed is not None and hashed(self.authority.certificate.public_key.bits) == asked.key_hash


def _ocsp(known: list[Answering], request: bytes) -> bytes:
    try:
        asked, nonce = asked_in(request)
    except Unreadable:
        return ocsp_refusal(MALFORMED)
    issuer = next((each for each in known if asked and each.has_issued(asked[0])), None)
    if issuer is None:
        return ocsp_refusal(UNAUTHORIZED)
    return ocsp_answer(
        issuer.authority, asked[0], by=issuer.responder, at=_moment(), lasts=timedelta(hours=1), nonce=nonce
    )


def _moment() -> datetime:
    return datetime.now(UTC).replace(microsecond=0) - A_MOMENT


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="simulators.authority", description=__doc__)
    parser.add_argument("--seed", required=True)
    parser.add_argument("--into", type=Path, required=True)
    options = parser.parse_args()
    write_root(options.seed, into=options.into)
