"""Where a member of an organisation stands in a report's chain: the beginning of everything the cabinet does."""

from edem.foundation.people.models import Person
from edem.foundation.people.roles import Role
from edem.kernel.errors import NotAllowed
from edem.services.reports.actions.holding import held_by
from edem.services.reports.models import Assignment, Report
from edem.services.reports.queries.actors import organisations_of


def own_assignment(report: Report, by: Person, *roles: Role) -> Assignment:
    """The hold of their own organisation, in one of these roles; whoever's does not hold it has no say."""
    own = organisations_of(by, report.community_id, *roles)
    held = held_by(report, own) if own else None
    if held is None:
        raise NotAllowed("report.not_held_by_you")
    return held
