"""Places of petitions as open data: one row a place."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from edem.foundation.catalog.manifest import Dataset
from edem.foundation.communities.models import Community
from edem.kernel.ukrainian import N_
from edem.services.petitions.queries.lists import public_petitions
from edem.services.petitions.queries.places import settlement_names, told_places

CHUNK: Final = 2_000
COLUMNS: Final = ("petitionUid", "settlementCattutc", "settlement", "place", "lat", "lon")


def place_rows(community: Community, _now: datetime) -> Iterator[Mapping[str, object]]:
    names: dict[str, str] = {}
    for petition in public_petitions(community).iterator(chunk_size=CHUNK):
        places = told_places(petition)
        unknown = {str(each["settlement"]) for each in places} - {"", *names}
        if unknown:
            names |= dict.fromkeys(unknown, "") | settlement_names(community, unknown)
        for each in places:
            yield {
                "petitionUid": petition.source_uid or f"{community.slug}-{petition.number}",
                "settlementCattutc": each["settlement"],
                "settlement": names.get(str(each["settlement"]), ""),
                "place": each["words"],
                "lat": each["lat"],
                "lon": each["lon"],
            }


DATASET: Final = Dataset(
    code="petition-places",
    title=N_("Місця петицій"),
    description=N_("Населені пункти, адреси й позначки на мапі, яких стосуються петиції."),
    basis=N_("Закон «Про доступ до публічної інформації», ст. 10-1"),
    columns=COLUMNS,
    rows=place_rows,
    schema={},
)
