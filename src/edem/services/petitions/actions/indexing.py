"""Puts a petition where it can be found."""

from edem.foundation.search.indexing import SearchDocument, index_documents
from edem.services.petitions.models import Petition
from edem.services.petitions.queries.places import places_shown
from edem.services.petitions.queries.withheld import hides_text


def index(*petitions: Petition) -> None:
    index_documents([document_of(each) for each in petitions])


def document_of(petition: Petition) -> SearchDocument:
    return SearchDocument(
        community_id=petition.community_id,
        service="petitions",
        kind="petition",
        subject_id=str(petition.pk),
        title=petition.title,
        summary="\n".join(part for part in (petition.demand, petition.essence, where_of(petition)) if part),
        url=f"/petitions/{petition.pk}/",
        state=petition.state,
        at=petition.published_at or petition.created_at,
        public=True,
    )


def where_of(petition: Petition) -> str:
    if hides_text(petition):
        return ""
    return "; ".join(each.words for each in places_shown(petition) if each.words)
