"""Wrapping of a content key by GOST 28147 (identifier 1.2.804.2.1.1.1.1.1.1.5), as Ukrainian enveloped messages do it.

«Вимоги до форматів криптографічних повідомлень» (Держспецзв’язку, order № 739 of 18.12.2012): the key and its
MAC are encrypted with feedback from a chance initial value, all is turned end to end and encrypted once more.
"""

from hmac import compare_digest

from edem.kernel.kep.algorithms.gost28147 import BLOCK, KEY_SIZE, MAC_SIZE, Gost28147
from edem.kernel.kep.algorithms.sbox import DKE_1
from edem.kernel.kep.errors import Unreadable

# The initial value of the second pass, fixed by the specification (and by RFC 3217).
SECOND_START = bytes.fromhex("4adda22c79e82105")
WRAPPED_SIZE = BLOCK + KEY_SIZE + MAC_SIZE


def wrap_key(content_key: bytes, key: bytes, *, start: bytes, sbox: bytes = DKE_1) -> bytes:
    """For fixtures and simulators: `start` is eight bytes of chance."""
    if len(content_key) != KEY_SIZE:
        raise ValueError("a content key has 32 bytes")
    cipher = Gost28147(key, sbox=sbox)
    inner = start + cipher.encrypt_feedback(content_key + cipher.mac(content_key), start=start)
    return cipher.encrypt_feedback(inner[::-1], start=SECOND_START)


def unwrap_key(wrapped: bytes, key: bytes, *, sbox: bytes = DKE_1) -> bytes:
    """The content key; refused when its MAC does not agree."""
    if len(wrapped) != WRAPPED_SIZE:
        raise Unreadable("key_wrap.size", size=len(wrapped))
    cipher = Gost28147(key, sbox=sbox)
    inner = cipher.decrypt_feedback(wrapped, start=SECOND_START)[::-1]
    opened = cipher.decrypt_feedback(inner[BLOCK:], start=inner[:BLOCK])
    content_key, mac = opened[:KEY_SIZE], opened[KEY_SIZE:]
    if not compare_digest(mac, cipher.mac(content_key)):
        raise Unreadable("key_wrap.mac")
    return content_key
