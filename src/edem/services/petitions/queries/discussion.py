"""The conversation under a petition, where the charter it lives under allows one."""

from edem.foundation.discussions.rules import Thread
from edem.services.petitions.charter import CommentsModeration
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.charters import CODE, charter_of
from edem.services.petitions.queries.withheld import hides_text
from edem.services.petitions.rules.lifecycle import BEFORE_PUBLICATION, State

_SILENT = BEFORE_PUBLICATION | {State.REJECTED}


def thread_of(petition: Petition) -> Thread | None:
    """None where people do not talk: no charter's leave, nothing public to talk of, a text that the law hides."""
    charter, state = charter_of(petition), State(petition.state)
    if not charter.comments or state in _SILENT or petition.published_at is None or hides_text(petition):
        return None
    return Thread(
        community_id=petition.community_id,
        service=CODE,
        kind="petition",
        subject_id=str(petition.pk),
        title=petition.title,
        path=f"/petitions/{petition.pk}/",
        kept_tag=f"petition:{petition.pk}",
        is_open=state is not State.WITHDRAWN,
        is_read_first=charter.comments_moderation is CommentsModeration.BEFORE,
    )
