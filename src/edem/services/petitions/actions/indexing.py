"""Puts a petition where it can be found."""

from edem.foundation.search.indexing import SearchDocument, index_documents
from edem.services.petitions.models import Petition


def index(*petitions: Petition) -> None:
    index_documents([document_of(each) for each in petitions])


def document_of(petition: Petition) -> SearchDocument:
    return SearchDocument(
        community_id=petition.community_id,
        service="petitions",
        kind="petition",
        subject_id=str(petition.pk),
        title=petition.title,
        summary=f"{petition.demand}\n{petition.essence}",
        url=f"/petitions/{petition.pk}/",
        state=petition.state,
        at=petition.published_at or petition.created_at,
        public=True,
    )
