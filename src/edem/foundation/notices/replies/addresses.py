"""Where a letter is answered: the address names the letter under a seal of its own, apart from the way back's."""

from django.conf import settings

from edem.foundation.notices.return_path import LetterName, named_under_seal, sealed_address

_SEAL = b"notices.replies"


def reply_address_of(letter: LetterName) -> str:
    """«bounces+token@edem.ua»: the mailbox that returned mail comes to is read anyway; empty when there is none."""
    return sealed_address(settings.EDEM.bounces_address, letter, use=_SEAL)


def answered_letter(addresses: str) -> LetterName | None:
    return named_under_seal(addresses, use=_SEAL)
