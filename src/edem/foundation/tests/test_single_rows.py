"""A row read by SQL that is written once is the row that Django's own query reads."""

from datetime import UTC, datetime, timedelta

import pytest

from edem.foundation.communities.models import CharterVersion, Community
from edem.foundation.communities.queries import charter_in_force
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.people.models import Person, RoleGrant
from edem.foundation.people.queries import roles_of
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import PersonFactory
from edem.foundation.single_rows import SingleRow
from edem.kernel.errors import Missing

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def fields_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.parametrize(("model", "factory"), [(Person, PersonFactory), (Community, CommunityFactory)])
def test_every_field_is_as_django_reads_it(model, factory):
    made = factory()
    found = SingleRow(model, "id = %s").find(made.pk)
    known = model.objects.get(pk=made.pk)
    assert fields_of(found) == fields_of(known)
    assert [type(value) for value in fields_of(found).values()] == [type(value) for value in fields_of(known).values()]
    assert (found._state.adding, found._state.db) == (False, "default")
    assert SingleRow(model, "id = %s AND false").find(made.pk) is None


def test_what_was_read_may_be_saved():
    found = SingleRow(Person, "id = %s").find(PersonFactory().pk)
    found.display_name = "Інше ім’я"
    found.save(update_fields=["display_name"])
    assert Person.objects.get(pk=found.pk).display_name == "Інше ім’я"


def test_the_latest_charter_in_force_is_found_with_its_values():
    community = CommunityFactory()
    usual = {"community": community, "service": "petitions", "act_title": "Рішення", "act_date": NOW.date()}
    days = (NOW - timedelta(days=9), NOW - timedelta(days=2), NOW + timedelta(days=1))
    for number, day in enumerate(days, start=1):
        CharterVersion.objects.create(version=number, in_force_from=day, values={"threshold": number}, **usual)
    found = charter_in_force(community.pk, "petitions", now=NOW)
    assert (found.version, found.values) == (2, {"threshold": 2})
    with pytest.raises(Missing):
        charter_in_force(community.pk, "petitions", now=NOW - timedelta(days=99))


def test_roles_end_by_the_clock_and_by_hand_and_hold_in_their_community(db):
    person, here, there = PersonFactory(staff=True), CommunityFactory(), CommunityFactory()
    now = datetime.now(UTC)
    held = {
        Role.OFFICER: {"community": here},
        Role.PLATFORM_OPERATOR: {"community": None},
        Role.MAYOR: {"community": there},
        Role.AUDITOR: {"community": here, "until": now - timedelta(seconds=1)},
        Role.ON_CALL: {"community": here, "until": now + timedelta(hours=1)},
        Role.CLERK: {"community": here, "ended_at": now},
    }
    for role, facts in held.items():
        RoleGrant.objects.create(person=person, role=role, granted_at=NOW, **facts)
    assert roles_of(person, here.pk) == {Role.OFFICER, Role.PLATFORM_OPERATOR, Role.ON_CALL}
    assert roles_of(person.pk, None) == {Role.PLATFORM_OPERATOR}
    assert roles_of(PersonFactory(), here.pk) == frozenset()
