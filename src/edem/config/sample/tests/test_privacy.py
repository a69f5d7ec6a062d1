"""What the sample's people find about their data: looks of the staff, and a request to correct in the queue."""

from datetime import UTC, datetime, timedelta

import pytest

from edem.config.sample.personas import personas
from edem.config.sample.reading import community_text
from edem.config.sample.seeding.privacy import ASKS, LOOKED_AT, leave_traces
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.identity.privacy.corrections import corrections_waiting, opened
from edem.foundation.identity.privacy.readings import readings_about
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory

NOW = datetime(2026, 11, 19, 10, 15, tzinfo=UTC)


def test_those_of_the_story_are_personas_and_somebody_is_on_call():
    assert {LOOKED_AT, ASKS} <= {each.id for each in personas() if each.member}
    assert Role.ON_CALL in {each.role for each in community_text("vyshnevohirsk").staff}


@pytest.mark.django_db
def test_a_resident_sees_who_looked_and_an_officer_has_a_request_to_correct():
    community = CommunityFactory()
    known = {key: identified_resident(community, since=NOW - timedelta(days=99)) for key in (LOOKED_AT, ASKS)}
    team = {role: GrantFactory(community=community, role=role).person for role in (Role.CLERK, Role.OFFICER)}
    leave_traces(community, known, team=team, now=NOW)

    by_staff = [each for each in readings_about(known[LOOKED_AT]) if each.reader is not None]
    assert {(each.purpose, each.roles) for each in by_staff} == {
        ("finding", Role.CLERK),
        ("correction", Role.OFFICER),
        ("paper_sheet", Role.CLERK),
    }
    assert all(each.at < NOW for each in by_staff)
    [asked] = corrections_waiting(community.pk)
    assert (asked.person, asked.due_at > NOW) == (known[ASKS], True)
    assert "паспорті" in opened(asked, by=team[Role.OFFICER], now=NOW).words
