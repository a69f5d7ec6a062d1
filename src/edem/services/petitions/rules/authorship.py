"""What the charter asks of an author: how many petitions at once, and when one may be taken back."""

from datetime import datetime, timedelta

from edem.kernel.errors import Conflict
from edem.services.petitions.charter import PetitionCharter, Withdrawal
from edem.services.petitions.rules.lifecycle import BEFORE_PUBLICATION, State


def check_may_submit(charter: PetitionCharter, *, open_now: int, last_at: datetime | None, now: datetime) -> None:
    if charter.open_per_author and open_now >= charter.open_per_author:
        raise Conflict("petition.too_many_open", most=charter.open_per_author)
    if charter.pause_days and last_at is not None:
        free_at = last_at + timedelta(days=charter.pause_days)
        if now < free_at:
            raise Conflict("petition.pause", until=free_at)


def check_may_withdraw(charter: PetitionCharter, *, state: State, signatures: int) -> None:
    """Once somebody has signed, the petition is no longer the author's alone."""
    if state in BEFORE_PUBLICATION:
        return
    if charter.withdrawal is Withdrawal.BEFORE_PUBLICATION:
        raise Conflict("petition.published_already")
    if signatures > 0:
        raise Conflict("petition.has_signatures")


def check_may_correct(charter: PetitionCharter, *, state: State, signed_by_others: bool) -> None:
    """Whoever signed, signed this text: from the first signature of another person it stands as it is (0010)."""
    if not charter.author_edits:
        raise Conflict("petition.text_stands")
    if state is not State.COLLECTING:
        raise Conflict("petition.not_collecting")
    if signed_by_others:
        raise Conflict("petition.signed_text_stands")


def may_correct(charter: PetitionCharter, *, state: State, signed_by_others: bool) -> bool:
    try:
        check_may_correct(charter, state=state, signed_by_others=signed_by_others)
    except Conflict:
        return False
    return True
