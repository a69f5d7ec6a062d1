"""./edem bench kep: how many signatures of DSTU 4145 a core verifies a second, how fast both hashes are.

Beside them, in the same run, what OpenSSL needs for its own (ECDSA on P-256, SHA-256): machines and moods differ.
All is processor time of this one process, the best of several batches.
"""

import argparse
import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from time import process_time

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from edem.kernel.kep.algorithms.curve import Curve, Point
from edem.kernel.kep.algorithms.curves import NAMED
from edem.kernel.kep.algorithms.dstu4145 import Signature, is_usable, public_of, sign, verify
from edem.kernel.kep.algorithms.gost_hash import gost34311
from edem.kernel.kep.algorithms.kupyna import kupyna
from tests.load import report
from tools.progress import step

USUAL = ["m257", "m431"]
"""People's keys and authorities'; the other curves of the standard are measured when they are named."""
HASHED = 16 * 1024
HASHES: dict[str, Callable[[bytes], bytes]] = {
    "GOST 34.311": gost34311,
    "Kupyna-256": lambda octets: kupyna(octets, bits=256),
    "Kupyna-512": lambda octets: kupyna(octets, bits=512),
}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="./edem bench kep")
    parser.add_argument("--batches", type=int, default=8)
    parser.add_argument("--signatures", type=int, default=20, help="verified in each batch")
    parser.add_argument("--curves", nargs="+", choices=sorted(NAMED), default=USUAL)
    options = parser.parse_args(arguments)
    chance = random.Random(4145)  # the same keys every time
    figures: dict[str, object] = {}
    with step("OpenSSL verifies ECDSA on P-256"):
        openssl = 1 / best(openssl_verification(), batches=options.batches, times=options.signatures)
    figures["OpenSSL, ECDSA P-256, a second"] = openssl
    for name in options.curves:
        for title, keys in (("each key new", options.signatures), ("one known key", 1)):
            with step(f"Verifying on {name}, {title}"):
                work = verifications(NAMED[name], keys=keys, chance=chance)
                rate = 1 / best(work, batches=options.batches, times=options.signatures)
            figures[f"{name}, {title}, a second"] = rate
            figures[f"{name}, {title}, ms"] = 1000 / rate
            figures[f"{name}, {title}, OpenSSL is faster by"] = openssl / rate
    octets = chance.randbytes(HASHED)
    sha = HASHED / 1024 / best(cycle([lambda: hashlib.sha256(octets)]), batches=options.batches, times=50)
    figures["OpenSSL, SHA-256, KB a second"] = sha
    for title, digest in HASHES.items():
        with step(f"Hashing with {title}"):
            rate = HASHED / 1024 / best(cycle([lambda digest=digest: digest(octets)]), batches=options.batches, times=1)
        figures[f"{title}, KB a second"] = rate
    report.tell("kep", figures)


def best(work: Iterator[Callable[[], object]], *, batches: int, times: int) -> float:
    """Seconds for one piece of work, in the best batch; the tables are made in a batch before."""
    found = []
    for _ in range(batches + 1):
        pieces = [next(work) for _ in range(times)]
        began = process_time()
        for piece in pieces:
            piece()
        found.append((process_time() - began) / times)
    return min(found[1:])


def verifications(curve: Curve, *, keys: int, chance: random.Random) -> Iterator[Callable[[], object]]:
    def checked(public: Point, digest: bytes, signature: Signature) -> None:
        if not verify(public, digest, signature, curve):
            raise AssertionError("a right signature was refused")

    known = [secret(curve, chance) for _ in range(keys)]
    while True:
        for private in known:
            digest = chance.randbytes(32)
            public = public_of(private, curve)
            # A key is asked about when its certificate is read, once.
            is_usable(public, curve)
            signature = sign(private, digest, curve, nonce=secret(curve, chance))
            yield lambda public=public, digest=digest, signature=signature: checked(public, digest, signature)
        if keys > 1:
            known = [secret(curve, chance) for _ in range(keys)]


def secret(curve: Curve, chance: random.Random) -> int:
    return chance.randrange(1, curve.order)


def openssl_verification() -> Iterator[Callable[[], object]]:
    private = ec.generate_private_key(ec.SECP256R1())
    public, message = private.public_key(), b"a message"
    signature = private.sign(message, ec.ECDSA(SHA256()))
    return cycle([lambda: public.verify(signature, message, ec.ECDSA(SHA256()))])


if __name__ == "__main__":
    main()
