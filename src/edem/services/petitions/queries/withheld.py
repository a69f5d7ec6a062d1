"""What nobody but its author and the staff reads: a text that the law hides, and what was withdrawn unpublished."""

from django.db.models import Q
from django.utils.translation import gettext as _

from edem.kernel.errors import Conflict
from edem.services.petitions.models import Petition
from edem.services.petitions.rules.grounds import GROUNDS, Ground
from edem.services.petitions.rules.lifecycle import IN_PUBLIC, State

WITHDRAWN_UNSEEN = Q(state=State.WITHDRAWN, published_at=None, source_uid=None)


def hides_text(petition: Petition) -> bool:
    if petition.text_hidden_at is not None:
        return True
    return bool(petition.ground) and GROUNDS[Ground(petition.ground)].hides_text


def was_public(petition: Petition) -> bool:
    return petition.published_at is not None or petition.source_uid is not None


def is_out(petition: Petition) -> bool:
    """Everybody reads it now."""
    return State(petition.state) in IN_PUBLIC and was_public(petition) and not hides_text(petition)


def withhold(petition: Petition) -> Petition:
    """The same petition for a page, without the text that the law hides; it is never saved."""
    if not hides_text(petition):
        return petition
    petition.place, petition.further_places = "", []
    if petition.text_hidden_at is None:
        petition.title, petition.essence, petition.demand = _("Текст не оприлюднено"), "", ""
    return petition


def check_text_is_shown(petition: Petition) -> None:
    """Nobody signs what they cannot read; whoever had read it and pressed the button meanwhile is counted."""
    if petition.text_hidden_at is not None:
        raise Conflict("petition.text_is_hidden")
