"""The keys on the SIM cards: what they make of a text, rightly or wrongly."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from edem.kernel.kep.making.authority import Issued
from edem.kernel.kep.making.subjects import Person
from simulators.kep_provider.provider import Provider
from simulators.kep_provider.signing import signed
from simulators.mobile_id.mischief import Deed
from simulators.mobile_id.phones import Ringing

STRANGER = Person(surname="Чужинець", given_name="Семен Іванович", tax_number="3184710691")


def signing_by(provider: Provider) -> Callable[[Ringing, Deed], str]:
    cards: Mapping[Deed, Callable[[Person], Issued]] = {
        Deed.OTHER_PERSON: lambda _: provider.card_of(STRANGER),
        Deed.EXPIRED_CERTIFICATE: provider.expired_card_of,
        Deed.UNKNOWN_ROOT: provider.strange_card_of,
        Deed.SEAL: lambda _: provider.office,
    }

    def sign(ringing: Ringing, deed: Deed) -> str:
        if deed is Deed.BROKEN:
            return b64encode(b"this is no signature").decode()
        card = cards.get(deed, provider.card_of)(ringing.subscriber.person)
        text = "Зовсім інший текст" if deed is Deed.OTHER_TEXT else ringing.asked.to_sign
        return b64encode(signed(text.encode(), card, provider, now=datetime.now(UTC))).decode()

    return sign
