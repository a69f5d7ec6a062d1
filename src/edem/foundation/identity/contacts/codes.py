"""Six digits that are kept nowhere: the row's number under a key outside the database gives them again and again.

A stored hash of six digits would be no secret: whoever has the table tries them all in a second.
"""

import hmac
from uuid import UUID

from edem.foundation.identity.contacts.rules import DIGITS
from edem.foundation.identity.keys import mark_keys, vault_keys
from edem.foundation.identity.models import Contact


def code_of(contact: Contact) -> str:
    key = vault_keys().derived("contact code", version=contact.key_version)
    number = int.from_bytes(hmac.digest(key, contact.pk.bytes, "sha256")[:8], "big")
    return f"{number % 10**DIGITS:0{DIGITS}}"


def is_code_of(contact: Contact, typed: str) -> bool:
    """What is around the digits and between them does not matter: people copy a space along."""
    digits = "".join(typed.split())
    return hmac.compare_digest(code_of(contact).encode(), digits.encode())


def current_version() -> int:
    return vault_keys().current


def mark_of_address(address: str) -> bytes:
    """A keyed hash: the same address is known again, and nothing else is known of it."""
    ring = mark_keys()
    return hmac.digest(ring.derived("mark contact", version=ring.current), address.lower().encode(), "sha256")


def name_of_lock(mark: bytes) -> int:
    """For an advisory lock: of two people who ask for one address at once, the second sees the first."""
    return int.from_bytes(mark[:8], "big", signed=True)


def place_of(contact_id: UUID) -> str:
    return f"identity_contact.address.{contact_id}"
