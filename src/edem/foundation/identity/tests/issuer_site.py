"""An issuer's web server for tests: it answers by OCSP and gives lists, well or badly."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from edem.kernel.kep.making.authority import Authority, Issued
from edem.kernel.kep.making.certificates import Term
from edem.kernel.kep.making.keys import ECDSA
from edem.kernel.kep.making.revocation import Issue, asked_in, crl, ocsp_answer, ocsp_refusal
from edem.kernel.kep.making.subjects import Person


@dataclass(kw_only=True)
class Site:
    """`mood` is how it behaves."""

    server: ThreadingHTTPServer
    now: datetime
    asked: list[str] = field(default_factory=list)
    mood: str = "well"
    authorities: list[Authority] = field(default_factory=list)
    issuers: dict[int, Authority] = field(default_factory=dict)
    """By serial number of what they issued."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def authority(self) -> tuple[Authority, bytes]:
        """One whose certificates name this site, and the certificate of the root above it."""
        root = Authority.root(seed="asking root", kind=ECDSA, site=self.address)
        made = root.authority(seed="asking", kind=ECDSA)
        self.authorities = [root, made]
        self.issuers[made.certificate.serial] = root
        return made, root.certificate.der

    def card(self, person: Person, term: Term) -> Issued:
        issuer = self.authorities[-1]
        issued = issuer.person(person, kind=ECDSA, term=term)
        self.issuers[issued.certificate.serial] = issuer
        return issued

    def answer(self, path: str, body: bytes) -> bytes:
        self.asked.append(path)
        return self.ocsp(body) if body else self.listed(path)

    def ocsp(self, body: bytes) -> bytes:
        if self.mood == "silent about ocsp":
            return ocsp_refusal(3)
        (cert_id,), _ = asked_in(body)
        issuer = self.issuers[cert_id.serial]
        return ocsp_answer(issuer, cert_id, by=issuer.responder(kind=ECDSA), at=self.now)

    def listed(self, path: str) -> bytes:
        found = [each for each in self.authorities if each.crl_address.endswith(path)]
        return crl(found[0], Issue(at=self.now)) if found else b""


@contextmanager
def running_site(*, now: datetime) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply(b"")

        def do_POST(self) -> None:
            self.reply(self.rfile.read(int(self.headers["Content-Length"])))

        def reply(self, body: bytes) -> None:
            if found.mood == "redirecting":
                found.asked.append(self.path)
                self.send_response(302)
                self.send_header("Location", "/elsewhere/")
                self.end_headers()
                return
            answer = bytes(3 * 2**20) if found.mood == "endless" else found.answer(self.path, body)
            self.send_response(200)
            self.end_headers()
            try:
                self.wfile.write(answer)
            except OSError:
                return

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Site(server=server, now=now)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
