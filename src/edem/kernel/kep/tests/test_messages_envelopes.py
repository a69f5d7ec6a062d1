"""Envelopes: opened by whom they are for, with each agreement; spoilt and foreign ones are refused."""

import random
from contextlib import suppress

import pytest

from edem.kernel.kep import oids, write
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.making.enveloping import Post, enveloped
from edem.kernel.kep.making.keys import GOST_M257, DstuKind
from edem.kernel.kep.making.signing import Hand, signed_message
from edem.kernel.kep.messages.enveloped import derivation_context, open_with
from edem.kernel.kep.messages.signed import SignedMessage
from edem.kernel.kep.tests import hierarchy
from edem.kernel.kep.tests.hierarchy import COUNCIL, NOW, OLENA

TEXT = '{"lastName": "Коваль", "middleName": "n/a"}'.encode()
KIND = DstuKind(curve="m163")
AGREEMENTS = [oids.DH_COFACTOR_GOST, oids.DH_GOST, oids.DH_COFACTOR_KUPYNA, oids.DH_KUPYNA]


@pytest.fixture(scope="module")
def bank():
    return hierarchy.authority(KIND).seal(COUNCIL, kind=KIND, is_for_agreement=True)


@pytest.fixture(scope="module")
def platform():
    return hierarchy.authority(KIND).person(OLENA, kind=KIND, is_for_agreement=True)


def opened(message, recipient, **kwargs):
    return open_with(message, key=recipient.key, certificate=recipient.certificate, **kwargs)


@pytest.mark.parametrize("agreement", AGREEMENTS)
@pytest.mark.parametrize("has_key_alone", [False, True])
def test_an_envelope_is_opened_by_whom_it_is_for(bank, platform, agreement, has_key_alone):
    post = Post(agreement=agreement, has_key_alone=has_key_alone, names_key=has_key_alone)
    found = opened(enveloped(TEXT, sender=bank, recipient=platform.certificate, post=post), platform)
    assert (found.content, found.content_type) == (TEXT, oids.CMS_DATA)
    assert found.originator == (None if has_key_alone else bank.certificate)


def test_keys_of_two_curves_do_not_agree(bank, platform):
    message = enveloped(TEXT, sender=bank, recipient=platform.certificate)
    with pytest.raises(Unreadable, match=r"envelope\.other_curve"):
        open_with(message, key=hierarchy.signer(GOST_M257).key, certificate=platform.certificate)


def test_whom_it_is_not_for_cannot_open_it(bank, platform):
    message = enveloped(TEXT, sender=bank, recipient=platform.certificate)
    with pytest.raises(Unreadable, match=r"envelope\.for_somebody_else"):
        opened(message, bank)
    # The right name with the wrong key: the wrap's MAC does not agree.
    with pytest.raises(Unreadable, match=r"key_wrap\.mac"):
        open_with(message, key=bank.key, certificate=platform.certificate)


def test_a_signed_message_travels_inside(bank, platform):
    """As BankID does it: what is inside is signed by the bank."""
    signed = signed_message(TEXT, Hand(issued=hierarchy.signer(KIND), at=NOW))
    post = Post(content_type=oids.CMS_SIGNED)
    found = opened(enveloped(signed, sender=bank, recipient=platform.certificate, post=post), platform)
    assert SignedMessage.parse(found.content).content == TEXT


def test_what_the_key_is_for_is_told_to_the_derivation():
    """SharedInfo of ISO/IEC 15946-3: the wrap's name, the sender's random bytes, 256 bits."""
    assert derivation_context(oids.GOST28147_WRAP, b"\x01\x02").hex() == (
        "301f300f060b2a862402010101010101050500a00404020102a206040400000100"
    )
    assert derivation_context(oids.GOST28147_WRAP, None).endswith(write.explicit(2, write.octets(b"\0\0\1\0")))


def test_a_touched_envelope_raises_nothing_but_its_refusal(bank, platform):
    message = enveloped(TEXT, sender=bank, recipient=platform.certificate)
    chance = random.Random(20260301)
    for place in chance.sample(range(len(message)), 120):
        spoilt = bytearray(message)
        spoilt[place] ^= chance.randrange(1, 256)
        with suppress(Unreadable):
            opened(bytes(spoilt), platform)


def test_an_envelope_to_nobody_is_refused(bank, platform):
    message = enveloped(TEXT, sender=bank, recipient=platform.certificate, post=Post(agreement=oids.DH_GOST))
    unknown = message.replace(write.oid(oids.DH_GOST), write.oid(f"{oids.UA}.1.3.9"))
    with pytest.raises(Unreadable, match=r"envelope\.unknown_agreement"):
        opened(unknown, platform)
