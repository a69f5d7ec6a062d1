"""A petition's text and the earlier ones it took the place of."""

from collections.abc import Sequence
from datetime import datetime

from edem.services.petitions.models import Petition, PetitionEdition, Told
from edem.services.petitions.queries.charters import charter_of
from edem.services.petitions.queries.signatures import signatures_given
from edem.services.petitions.queries.withheld import hides_text
from edem.services.petitions.rules.authorship import may_correct
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.rules.text import Text


def text_of(petition: Petition) -> Text:
    return Text(title=petition.title, essence=petition.essence, demand=petition.demand)


def waiting_edition(petition: Petition) -> PetitionEdition | None:
    return petition.editions.filter(state=Told.WAITING).order_by("pk").first()


def earlier_editions(petition: Petition) -> Sequence[PetitionEdition]:
    """Those that were public once, the newest first; none where the law hides the text."""
    if hides_text(petition):
        return []
    return list(petition.editions.filter(state=Told.PUBLIC).order_by("-taken_at", "-pk"))


def changed_at(petition: Petition) -> datetime | None:
    """When the text that stands now took the place of an earlier one."""
    if hides_text(petition):
        return None
    taken = petition.editions.filter(state=Told.PUBLIC).order_by("-taken_at", "-pk")
    return taken.values_list("taken_at", flat=True).first()


def others_signed(petition: Petition) -> bool:
    """Whether anybody but the author ever signed it, here or where it was brought from."""
    given = signatures_given(petition)
    by_others = given.exclude(person_id=petition.author_id) if petition.author_id else given
    return petition.imported_count > 0 or by_others.exists()


def is_correctable(petition: Petition) -> bool:
    state = State(petition.state)
    if state is not State.COLLECTING:
        return False
    return may_correct(charter_of(petition), state=state, signed_by_others=others_signed(petition))
