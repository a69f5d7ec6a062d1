"""In which capacities a person meets a report: as author, in the community, in an organisation that holds it."""

from django.db.models import Q, QuerySet

from edem.foundation.people.models import Person, RoleGrant
from edem.foundation.people.queries import IN_FORCE
from edem.kernel.lifecycle import AUTHOR
from edem.services.reports.models import Assignment, Report
from edem.services.reports.rules.lifecycle import IN_ORGANISATION


def actors_of(person: Person | None, report: Report) -> frozenset[str]:
    """A worker, a head and an executor only where their own organisation holds the report now."""
    if person is None:
        return frozenset()
    own = {AUTHOR} if report.author_id == person.pk else set()
    grants = RoleGrant.objects.filter(IN_FORCE, Q(community_id=None) | Q(community_id=report.community_id))
    held = set(holding(report))
    return frozenset(own) | frozenset(
        role
        for role, organisation in grants.filter(person=person).order_by("pk").values_list("role", "organisation_id")
        if role not in IN_ORGANISATION or organisation in held
    )


def holding(report: Report) -> list[int]:
    """The organisations that hold it now, the main one first."""
    return list(held_now(report).values_list("organisation_id", flat=True))


def held_now(report: Report) -> QuerySet[Assignment]:
    open_ones = Assignment.objects.filter(report=report, returned_at=None, closed_at=None)
    return open_ones.order_by("-is_main", "sent_at", "pk")


def organisations_of(person: Person, community_id: int, *roles: str) -> list[int]:
    """Where this person holds one of these roles."""
    grants = RoleGrant.objects.filter(IN_FORCE, person=person, community_id=community_id, role__in=roles)
    held = grants.filter(organisation__isnull=False).order_by("organisation_id")
    return [pk for pk in held.values_list("organisation_id", flat=True) if pk is not None]
