"""What nobody but its author and the staff reads: a text that the law hides, and what was withdrawn unpublished."""

from django.db.models import Q
from django.utils.translation import gettext as _

from edem.services.petitions.models import Petition
from edem.services.petitions.rules.grounds import GROUNDS, Ground
from edem.services.petitions.rules.lifecycle import State

WITHDRAWN_UNSEEN = Q(state=State.WITHDRAWN, published_at=None, source_uid=None)


def hides_text(petition: Petition) -> bool:
    return bool(petition.ground) and GROUNDS[Ground(petition.ground)].hides_text


def was_public(petition: Petition) -> bool:
    return petition.published_at is not None or petition.source_uid is not None


def withhold(petition: Petition) -> Petition:
    """The same petition for a page, without the text that the law hides; it is never saved."""
    if hides_text(petition):
        petition.title, petition.essence, petition.demand = _("Текст не оприлюднено"), "", ""
    return petition
