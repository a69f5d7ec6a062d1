"""Our algorithms against BouncyCastle's, an independent implementation: chance keys and messages, both ways."""

import random
import secrets
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from edem.kernel.kep.algorithms.agreement import cofactor_secret, plain_secret
from edem.kernel.kep.algorithms.curve import Curve
from edem.kernel.kep.algorithms.curves import RECOMMENDED
from edem.kernel.kep.algorithms.dstu4145 import (
    Signature,
    compress_point,
    expand_point,
    public_of,
    read_signature,
    sign,
    verify,
    write_signature,
)
from edem.kernel.kep.algorithms.gost28147 import Gost28147
from edem.kernel.kep.algorithms.gost_hash import gost34311
from edem.kernel.kep.algorithms.key_wrap import unwrap_key, wrap_key
from edem.kernel.kep.algorithms.kupyna import kupyna
from tools import bouncy_castle

PROGRAM = Path(__file__).parent / "BouncyCastle.java"
JAR = bouncy_castle.found()
# Around every border of the blocks of both hashes.
SIZES = (0, 1, 31, 32, 33, 50, 51, 52, 63, 64, 65, 115, 116, 127, 128, 129, 256, 1000)
ROUNDS = 6

pytestmark = [pytest.mark.full, pytest.mark.skipif(JAR is None, reason=bouncy_castle.HOW)]


@dataclass
class Other:
    """The other implementation: one virtual machine answers everything, because it starts slowly."""

    program: subprocess.Popen[str]
    chance: random.Random

    def says(self, *words: object) -> str:
        question = " ".join(word.hex() if isinstance(word, bytes) else str(word) for word in words)
        print(question, file=self.program.stdin, flush=True)
        return self.program.stdout.readline().removesuffix("\n")

    def octets(self, size: int) -> bytes:
        return self.chance.randbytes(size)

    def number(self, curve: Curve) -> int:
        return self.chance.randrange(1, curve.order)


@pytest.fixture(scope="module")
def program() -> Iterator[subprocess.Popen[str]]:
    command = ["java", "-cp", str(JAR), str(PROGRAM)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        yield running
        running.stdin.close()


@pytest.fixture
def other(program):
    seed = secrets.randbits(64)
    print(f"seed {seed}")  # pytest shows it when the test fails
    return Other(program, random.Random(seed))  # chance that can be had again, no secrets


def test_the_hashes_are_the_same(other):
    for size in SIZES:
        message = other.octets(size)
        assert other.says("gost", message) == gost34311(message).hex()
        for bits in (256, 384, 512):
            assert other.says("kupyna", bits, message) == kupyna(message, bits=bits).hex()


def test_the_ciphers_are_the_same(other):
    for size in (8, 9, 16, 31, 64, 1024, 1500):
        key, start, data = other.octets(32), other.octets(8), other.octets(size)
        cipher = Gost28147(key)
        whole = data[: size // 8 * 8]
        assert other.says("simple", key, whole) == cipher.encrypt(whole).hex()
        assert other.says("feedback", key, start, data) == cipher.encrypt_feedback(data, start=start).hex()
        assert other.says("gamma", key, start, data) == cipher.add_gamma(data, start=start).hex()
        # A message of one block gets a second one of zeros there; ours are longer.
        longer = data + other.octets(8)
        assert other.says("mac", key, longer) == cipher.mac(longer).hex()


def test_keys_are_wrapped_the_same_way(other):
    for _ in range(ROUNDS):
        key, start, content_key = other.octets(32), other.octets(8), other.octets(32)
        wrapped = wrap_key(content_key, key, start=start)
        assert other.says("wrap", key, start, content_key) == wrapped.hex()
        assert unwrap_key(wrapped, key) == content_key


def test_signatures_of_either_are_verified_by_the_other(other):
    for number, curve in enumerate(RECOMMENDED):
        secret, digest = other.number(curve), other.octets(32)
        public = public_of(secret, curve)
        x, y = f"{public.x:x}", f"{public.y:x}"
        assert other.says("public", number, f"{secret:x}") == f"{x} {y}"
        r, s = (int(word, 16) for word in other.says("sign", number, f"{secret:x}", digest).split())
        assert verify(public, digest, Signature(r, s), curve)
        ours = sign(secret, digest, curve, nonce=other.number(curve))
        assert other.says("verify", number, x, y, digest, f"{ours.r:x}", f"{ours.s:x}") == "true"
        assert other.says("verify", number, x, y, digest, f"{ours.r:x}", f"{ours.s ^ 2:x}") == "false"


def test_whole_messages_signed_by_either_are_verified_by_the_other(other):
    for number, curve in enumerate(RECOMMENDED):
        for size in (0, 32, 100):
            secret, message = other.number(curve), other.octets(size)
            public = public_of(secret, curve)
            digest = gost34311(message)
            theirs = bytes.fromhex(other.says("sign-message", number, f"{secret:x}", message))
            assert verify(public, digest, read_signature(theirs), curve)
            ours = write_signature(sign(secret, digest, curve, nonce=other.number(curve)), curve)
            key = (f"{public.x:x}", f"{public.y:x}")
            assert other.says("verify-message", number, *key, message, ours) == "true"
            assert other.says("verify-message", number, *key, message + b"!", ours) == "false"


def test_points_are_compressed_and_expanded_the_same_way(other):
    for number, curve in enumerate(RECOMMENDED):
        for _ in range(ROUNDS):
            public = public_of(other.number(curve), curve)
            packed = compress_point(public, curve, order="big")
            x, y = f"{public.x:x}", f"{public.y:x}"
            assert other.says("compress", number, x, y) == packed.hex()
            assert other.says("expand", number, packed) == f"{x} {y}"
            assert expand_point(packed, curve, order="big") == public


def test_the_same_secret_is_agreed(other):
    for number, curve in enumerate(RECOMMENDED):
        secret = other.number(curve)
        theirs = public_of(other.number(curve), curve)
        for kind, agreed in (("cofactor", cofactor_secret), ("plain", plain_secret)):
            answer = f"{int.from_bytes(agreed(secret, theirs, curve), 'big'):x}"
            assert other.says(kind, number, f"{secret:x}", f"{theirs.x:x}", f"{theirs.y:x}") == answer
