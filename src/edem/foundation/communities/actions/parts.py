"""The community's own districts and the organisations that work in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from edem.foundation.communities.actions.locking import lock_community
from edem.foundation.communities.models import District, Organisation
from edem.foundation.communities.recording import Record
from edem.foundation.places.models import Unit
from edem.kernel.errors import Conflict, Invalid, Missing
from edem.kernel.ukrainian import normalise, sort_key


@dataclass(frozen=True, kw_only=True)
class DistrictFacts:
    name: str
    settlement_codes: Sequence[str] = ()
    position: int = 0


@dataclass(frozen=True, kw_only=True)
class OrganisationFacts:
    name: str
    kind: str = Organisation.Kind.DEPARTMENT
    edrpou: str = ""
    email: str = ""


@transaction.atomic(durable=True)
def add_district(community_id: int, facts: DistrictFacts, *, record: Record, now: datetime) -> District:
    community = lock_community(community_id)

    district = District(community=community)
    _check_district(district, facts)

    _write_district(district, facts)

    record("communities.district_added", community_id=community_id, subject=district, now=now)
    return district


@transaction.atomic(durable=True)
def change_district(
    community_id: int, district_id: int, facts: DistrictFacts, *, record: Record, now: datetime
) -> District:
    lock_community(community_id)
    district = _district(community_id, district_id)

    _check_district(district, facts)

    _write_district(district, facts)

    record("communities.district_changed", community_id=community_id, subject=district, now=now)
    return district


@transaction.atomic(durable=True)
def remove_district(community_id: int, district_id: int, *, record: Record, now: datetime) -> None:
    lock_community(community_id)
    district = _district(community_id, district_id)

    record("communities.district_removed", community_id=community_id, subject=district, now=now)

    district.delete()


@transaction.atomic(durable=True)
def add_organisation(community_id: int, facts: OrganisationFacts, *, record: Record, now: datetime) -> Organisation:
    community = lock_community(community_id)

    organisation = Organisation(community=community)
    _check_organisation(organisation, facts)

    _write_organisation(organisation, facts)

    record("communities.organisation_added", community_id=community_id, subject=organisation, now=now)
    return organisation


@transaction.atomic(durable=True)
def change_organisation(
    community_id: int, organisation_id: int, facts: OrganisationFacts, *, record: Record, now: datetime
) -> Organisation:
    lock_community(community_id)
    organisation = _organisation(community_id, organisation_id)

    _check_organisation(organisation, facts)

    _write_organisation(organisation, facts)

    record("communities.organisation_changed", community_id=community_id, subject=organisation, now=now)
    return organisation


@transaction.atomic(durable=True)
def close_organisation(community_id: int, organisation_id: int, *, record: Record, now: datetime) -> None:
    """It keeps its cases in sight and gets no new ones."""
    lock_community(community_id)
    organisation = _organisation(community_id, organisation_id)

    organisation.closed_at = organisation.closed_at or now
    organisation.save(update_fields=["closed_at"])

    record("communities.organisation_closed", community_id=community_id, subject=organisation, now=now)


@transaction.atomic(durable=True)
def reopen_organisation(community_id: int, organisation_id: int, *, record: Record, now: datetime) -> None:
    lock_community(community_id)
    organisation = _organisation(community_id, organisation_id)

    organisation.closed_at = None
    organisation.save(update_fields=["closed_at"])

    record("communities.organisation_reopened", community_id=community_id, subject=organisation, now=now)


def _district(community_id: int, district_id: int) -> District:
    found = District.objects.filter(community_id=community_id, pk=district_id).order_by("pk").first()
    if found is None:
        raise Missing("communities.district_none")
    return found


def _organisation(community_id: int, organisation_id: int) -> Organisation:
    found = Organisation.objects.filter(community_id=community_id, pk=organisation_id).order_by("pk").first()
    if found is None:
        raise Missing("communities.organisation_none")
    return found


def _check_district(district: District, facts: DistrictFacts) -> None:
    """Named once; each settlement lies in this community and in no other of its districts."""
    others = District.objects.filter(community=district.community).exclude(pk=district.pk).order_by("pk")
    if others.filter(name=normalise(facts.name)).exists():
        raise Conflict("communities.district_taken", name=facts.name, field="name")
    inside = Unit.objects.filter(community_code=district.community.katottg, code__in=facts.settlement_codes)
    known = set(inside.order_by("code").values_list("code", flat=True))
    for katottg in facts.settlement_codes:
        if katottg not in known:
            raise Invalid("communities.settlement_foreign", katottg=katottg, field="settlement_codes")
    for other in others:
        for katottg in sorted(set(other.settlement_codes) & set(facts.settlement_codes)):
            raise Conflict(
                "communities.settlement_twice", katottg=katottg, district=other.name, field="settlement_codes"
            )


def _write_district(district: District, facts: DistrictFacts) -> None:
    district.name, district.position = normalise(facts.name), facts.position
    district.settlement_codes = sorted(set(facts.settlement_codes))
    district.save()


def _check_organisation(organisation: Organisation, facts: OrganisationFacts) -> None:
    others = Organisation.objects.filter(community=organisation.community).exclude(pk=organisation.pk)
    if others.filter(name=normalise(facts.name)).exists():
        raise Conflict("communities.organisation_taken", name=facts.name, field="name")


def _write_organisation(organisation: Organisation, facts: OrganisationFacts) -> None:
    organisation.name, organisation.name_key = normalise(facts.name), sort_key(facts.name)
    organisation.kind, organisation.edrpou, organisation.email = facts.kind, facts.edrpou, facts.email
    organisation.save()
