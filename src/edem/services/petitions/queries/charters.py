"""The charter version a petition lives under."""

from functools import lru_cache

from edem.foundation.communities.models import CharterVersion
from edem.services.petitions.charter import PetitionCharter
from edem.services.petitions.models import Petition

CODE = "petitions"


def charter_of(petition: Petition) -> PetitionCharter:
    return read_version(petition.charter_id)


@lru_cache(maxsize=512)
def read_version(version_id: int) -> PetitionCharter:
    """A version never changes once adopted, so each process reads it once."""
    values = CharterVersion.objects.values_list("values", flat=True).get(pk=version_id)
    return PetitionCharter.model_validate(values)
