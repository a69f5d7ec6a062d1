"""Identified residents for the tests of the whole house."""

from datetime import date, datetime
from itertools import count

from edem.foundation.communities.models import Community
from edem.foundation.identity.actions import admit_person
from edem.foundation.identity.claims import Claims
from edem.foundation.identity.models import MembershipFact
from edem.foundation.people.models import Person
from edem.foundation.people.tests.factories import MARCH_1

_series = count(1)


def tax_number_of(born: date, series: int) -> str:
    nine = f"{(born - date(1899, 12, 31)).days:05}{series:04}"
    weights = (-1, 5, 7, 9, 4, 6, 10, 5, 7)
    return f"{nine}{sum(w * int(d) for w, d in zip(weights, nine, strict=True)) % 11 % 10}"


def claims_of(*, born: date = date(1984, 3, 12), **more: str) -> Claims:
    """Each call is another person, unless `tax_number` says who."""
    given = {"method": "bank_id", "last_name": "Коваленко", "given_name": "Олена", "middle_name": "Петрівна"}
    given |= {"tax_number": tax_number_of(born, next(_series) % 10_000), "born_on": born.isoformat()}
    return Claims(**(given | more))


def identified_resident(
    community: Community | None = None, *, since: datetime = MARCH_1, settlement_code: str = "", **more: object
) -> Person:
    """A resident who has come through id.gov.ua; a member of the community when one is given."""
    person = admit_person(claims_of(**more), consents=True, now=since)  # type: ignore[arg-type]
    if community is not None:
        MembershipFact.objects.create(
            person=person, community=community, settlement_code=settlement_code or community.katottg, since=since,
            basis=MembershipFact.Basis.ADDRESS, evidence="адреса", decided_at=since,
        )  # fmt: skip
    return person
