"""Things to be found, for tests."""

from datetime import UTC, datetime
from typing import Any

from edem.foundation.search.indexing import SearchDocument, index_document

MARCH_1 = datetime(2026, 3, 1, 12, tzinfo=UTC)


def document(subject_id: int | str, title: str, **changes: Any) -> SearchDocument:
    usual = {
        "community_id": None,
        "service": "petitions",
        "kind": "petition",
        "url": f"/petitions/{subject_id}/",
        "at": MARCH_1,
        "public": True,
    }
    return SearchDocument(subject_id=str(subject_id), title=title, **(usual | changes))


def indexed(*titles: str, **changes: Any) -> None:
    """Things numbered from one, with these titles."""
    for number, title in enumerate(titles, start=1):
        index_document(document(number, title, **changes))
