"""What a provider answers over HTTP: OCSP, lists of revoked certificates, its root."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.making.revocation import Issue, asked_in, crl, ocsp_answer, ocsp_refusal
from simulators.kep_provider.provider import Provider

MALFORMED = 1
AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Answers:
    provider: Provider

    async def ocsp(self, request: Request) -> Response:
        return Response(self._about(await request.body()), media_type="application/ocsp-response")

    async def revoked(self, request: Request) -> Response:
        name = request.path_params["name"]
        for authority in (self.provider.root, self.provider.authority):
            if authority.crl_address.endswith(f"/{name}"):
                issue = Issue(at=datetime.now(UTC) - timedelta(minutes=1), lasts=AN_HOUR)
                return Response(crl(authority, issue), media_type="application/pkix-crl")
        return Response(status_code=404)

    async def root(self, _request: Request) -> Response:
        return Response(self.provider.root.certificate.der, media_type="application/pkix-cert")

    def _about(self, question: bytes) -> bytes:
        try:
            asked, nonce = asked_in(question)
        except Unreadable:
            return ocsp_refusal(MALFORMED)
        if len(asked) != 1:
            return ocsp_refusal(MALFORMED)
        return ocsp_answer(
            self.provider.authority,
            asked[0],
            by=self.provider.responder,
            at=datetime.now(UTC),
            lasts=AN_HOUR,
            nonce=nonce,
            is_known=self.provider.has_issued(asked[0].serial),
        )


def provider_routes(provider: Provider) -> list[Route]:
    answers = Answers(provider)
    return [
        Route("/services/ocsp/", answers.ocsp, methods=["POST"]),
        Route("/download/crls/{name}", answers.revoked),
        Route("/root.cer", answers.root),
    ]
