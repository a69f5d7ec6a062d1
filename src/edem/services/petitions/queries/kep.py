"""The text to sign, and the evidence of those who signed it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings

from edem.foundation.identity.providers.kept_evidence import unseal_evidence
from edem.services.petitions.models import KepEvidence, KepProof, KepText, Petition, Told
from edem.services.petitions.models.kep import place_of
from edem.services.petitions.queries.signatures import counted_on
from edem.services.petitions.rules.kep import CHANNEL, Worded, Wording, wording_of

_PORTION: Final = 500


@dataclass(frozen=True, kw_only=True)
class Signed:
    """One signature that holds, with its file opened."""

    person_id: UUID
    ordinal: int
    public_name: str
    text_sha256: str
    sha256: str
    algorithm: str
    issuer: str
    at: datetime
    content: bytes
    leans_on: Sequence[str]
    is_for_author: bool


def is_kep_offered() -> bool:
    """Without a root that the operator trusts no signature can be checked."""
    return settings.EDEM.trust_dir is not None


def wording_for(petition: Petition) -> Wording:
    """What stands now; each public correction is an edition more."""
    community = petition.community
    return wording_of(
        Worded(
            community=community.name,
            katottg=community.katottg,
            number=petition.number or petition.pk,
            edition=petition.editions.filter(state=Told.PUBLIC).count() + 1,
            title=petition.title,
            demand=petition.demand,
            essence=petition.essence,
        )
    )


def signed_files(petition: Petition) -> Iterator[Signed]:
    """Of the signatures that hold, in their order; opened one by one."""
    counted = counted_on(petition).filter(channel=CHANNEL).values_list("mark", "ordinal", "public_name")
    portion: list[tuple[bytes, int, str]] = []
    for mark, ordinal, name in counted.iterator(_PORTION):
        portion.append((bytes(mark), ordinal, name))
        if len(portion) == _PORTION:
            yield from _opened(petition, portion)
            portion = []
    yield from _opened(petition, portion)


def proofs_of(petition: Petition) -> Mapping[str, str]:
    """Checksum → the name of its file: what the checks of this petition's signatures stood on."""
    known = KepProof.objects.filter(petition=petition).order_by("sha256").values_list("sha256", "kind")
    return {sha256: f"{sha256[:32]}.{kind}" for sha256, kind in known}


def proofs_named(petition: Petition, sha256s: Collection[str]) -> Iterator[KepProof]:
    """Opened one by one: a list of the revoked may have a megabyte."""
    found = KepProof.objects.filter(petition=petition, sha256__in=sha256s)
    yield from found.order_by("kind", "sha256").iterator(chunk_size=50)


def texts_signed(petition: Petition) -> Sequence[KepText]:
    return list(KepText.objects.filter(petition=petition).order_by("edition", "sha256"))


def _opened(petition: Petition, portion: Sequence[tuple[bytes, int, str]]) -> Iterator[Signed]:
    marks = [mark for mark, _, _ in portion]
    rows = KepEvidence.objects.filter(community_id=petition.community_id, petition_id=petition.pk, mark__in=marks)
    kept = {bytes(row.mark): row for row in rows.order_by("at", "mark")}
    for mark, ordinal, name in portion:
        row = kept[mark]
        yield Signed(
            person_id=row.person_id,
            ordinal=ordinal,
            public_name=name,
            text_sha256=row.text_sha256,
            sha256=row.sha256,
            algorithm=row.algorithm,
            issuer=row.issuer,
            at=row.at,
            content=unseal_evidence(row.sealed, place=place_of(petition.pk, mark)),
            leans_on=row.leans_on,
            is_for_author=row.is_for_author,
        )
