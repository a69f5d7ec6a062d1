"""A push service for tests, on a real port, and a browser that reads what it is given."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


class Browser:
    """Holds the private half of a subscription."""

    def __init__(self):
        self.private, self.secret = ec.generate_private_key(ec.SECP256R1()), b"sixteen bytes ok"
        self.public = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def read(self, body: bytes) -> bytes:
        """RFC 8291 from the other end; raises when the message is not for this browser."""
        salt, size = body[:16], body[20]
        theirs, sealed = body[21 : 21 + size], body[21 + size :]
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        secret = self._derived(shared, self.secret, b"WebPush: info\0" + self.public + theirs, 32)
        key = self._derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = self._derived(secret, salt, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(key).decrypt(nonce, sealed, None)
        assert plain.endswith(b"\x02")
        return plain[:-1]

    def _derived(self, secret, salt, use, length):
        return HKDF(SHA256(), length, salt, use).derive(secret)

    @property
    def keys(self) -> dict[str, str]:
        return {"p256dh": text(self.public), "auth": text(self.secret)}


class Relay:
    """Remembers what it was given and answers as it is told to."""

    def __init__(self):
        self.taken, self.status = [], 201


@contextmanager
def push_service() -> Iterator[tuple[Relay, str]]:
    service = Relay()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):  # the library calls it so
            service.taken.append((self.path, dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            if service.status:
                self.send_response(service.status)
                self.send_header("Content-Length", "0")
                self.end_headers()
            else:
                self.connection.close()

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
