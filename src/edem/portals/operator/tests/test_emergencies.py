"""Access in an emergency: who may open it, for how long, who hears of it, how it ends, who judges it."""

import html
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.config.testing.clients import PlatformClient
from edem.foundation.audit.models import AuditEntry
from edem.foundation.audit.recording import record_staff_act
from edem.foundation.communities.models import Organisation
from edem.foundation.communities.tests.factories import OrganisationFactory
from edem.foundation.notices.models import Notice
from edem.foundation.people.actions import end_role, grant_role
from edem.foundation.people.emergency.actions import (
    close_emergency,
    close_ended_emergencies,
    open_emergency,
    review_emergency,
)
from edem.foundation.people.emergency.queries import figures_of
from edem.foundation.people.emergency.rules import LONGEST, check_request
from edem.foundation.people.events import EmergencyClosed, EmergencyOpened
from edem.foundation.people.models import EmergencyAccess, RoleGrant
from edem.foundation.people.queries import roles_of
from edem.foundation.people.roles import IN_EMERGENCY, Role
from edem.foundation.people.second_factor import record_second_factor
from edem.foundation.people.tests.factories import CommunityFactory, GrantFactory
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from edem.portals.operator.reactions import tell_closed, tell_opened

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
REASON = "Модератор у лікарні, а в черзі погроза життю людини."


@pytest.fixture
def now():
    return datetime.now(UTC)  # roles end by the database's own clock


@pytest.fixture
def community(db):
    return CommunityFactory(slug="zhytomyr", contact_email="rada@zhytomyr.example")


@pytest.fixture
def on_call(community):
    return GrantFactory(community=community, role=Role.ON_CALL, person__display_name="Ірина Чергова").person


def holder_of(role, community):
    return GrantFactory(community=community, role=role).person


def opened(person, community, *, now, **more):
    asked = {"role": Role.MODERATOR, "reason": REASON, "until": now + 2 * HOUR}
    pen = partial(record_staff_act, person)
    return open_emergency(person, community_id=community.pk, record=pen, now=now, **asked | more)


def closed(access, by, *, now):
    close_emergency(access.pk, community_id=access.community_id, by=by, record=partial(record_staff_act, by), now=now)


def reviewed(access, by, *, now, finding="justified"):
    review_emergency(
        access.pk, community_id=access.community_id, by=by, record=partial(record_staff_act, by), now=now,
        finding=EmergencyAccess.Finding(finding), conclusion="Перевірено за журналом.",
    )  # fmt: skip


def test_the_right_alone_opens_nothing_and_the_role_comes_for_hours(on_call, community, now):
    assert roles_of(on_call, community.pk) == {"on_call"}
    access = opened(on_call, community, now=now)
    assert roles_of(on_call, community.pk) == {"on_call", "moderator"}
    assert roles_of(on_call, CommunityFactory().pk) == frozenset()
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.subject_id, entry.facts["role"]) == (
        "people.emergency_opened",
        f"{access.pk}",
        "moderator",
    )


def test_nobody_without_the_right_opens_it(community, now):
    for role in (Role.MODERATOR, Role.COMMUNITY_ADMIN, Role.MAYOR):
        with pytest.raises(NotAllowed, match=r"people\.not_on_call"):
            opened(holder_of(role, community), community, now=now, role=Role.OFFICER)
    elsewhere = GrantFactory(role=Role.ON_CALL).person
    with pytest.raises(NotAllowed):
        opened(elsewhere, community, now=now)
    assert not EmergencyAccess.objects.exists()


@given(st.sampled_from(Role), st.text(max_size=60), st.integers(min_value=-60, max_value=600))
def test_only_some_roles_with_a_reason_and_for_four_hours_at_most(role, reason, minutes):
    moment = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
    until = moment + timedelta(minutes=minutes)
    may = role in IN_EMERGENCY and len(reason.strip()) >= 20 and timedelta(0) < until - moment <= LONGEST
    try:
        check_request(role=role, reason=reason, until=until, now=moment)
    except Invalid:
        assert not may
    else:
        assert may


def test_it_ends_by_the_databases_clock_even_if_no_job_comes(on_call, community, now):
    access = opened(on_call, community, now=now)
    RoleGrant.objects.filter(pk=access.grant_id).update(until=now - timedelta(seconds=1))
    assert roles_of(on_call, community.pk) == {"on_call"}


def test_the_clock_closes_it_and_signs_the_holder_out(on_call, community, now, client):
    access = opened(on_call, community, now=now)
    client.sign_in(on_call)
    close_ended_emergencies(now=access.until - timedelta(seconds=1))
    assert client.get("/sign-in/sessions/").status_code == 200
    close_ended_emergencies(now=access.until + HOUR)
    access.refresh_from_db()
    assert (access.closed_at, access.closed_by) == (access.until, None)
    assert RoleGrant.objects.get(pk=access.grant_id).ended_at == access.until
    assert client.get("/sign-in/sessions/").status_code == 302


def test_one_at_a_time_and_again_after_it_ended(on_call, community, now):
    access = opened(on_call, community, now=now)
    with pytest.raises(Conflict, match=r"people\.emergency_open_already"):
        opened(on_call, community, now=now, role=Role.OFFICER)
    again = opened(on_call, community, now=access.until, until=access.until + HOUR)
    assert again.pk != access.pk
    access.refresh_from_db()
    assert access.closed_at == access.until


def test_who_holds_the_role_already_needs_none(on_call, community, now):
    GrantFactory(person=on_call, community=community, role=Role.MODERATOR)
    with pytest.raises(Conflict, match=r"people\.emergency_not_needed"):
        opened(on_call, community, now=now)


def test_a_role_of_an_emergency_is_not_handed_on(on_call, community, now):
    opened(on_call, community, now=now, role=Role.COMMUNITY_ADMIN)
    with pytest.raises(NotAllowed, match=r"people\.may_not_grant"):
        grant_role(on_call.pk, role=Role.COMMUNITY_ADMIN, community_id=community.pk, by=on_call, now=now)


def test_the_holder_and_those_who_watch_close_it_and_nobody_else(on_call, community, now):
    access = opened(on_call, community, now=now)
    with pytest.raises(NotAllowed, match=r"people\.may_not_close_emergency"):
        closed(access, holder_of(Role.MODERATOR, community), now=now)
    closed(access, holder_of(Role.CONTROL, community), now=now + HOUR)
    assert roles_of(on_call, community.pk) == {"on_call"}
    with pytest.raises(Missing):
        closed(access, on_call, now=now)
    closed(opened(on_call, community, now=now + HOUR, until=now + 2 * HOUR), on_call, now=now + HOUR)


def test_an_administrator_who_takes_the_role_back_closes_the_access(on_call, community, now):
    access = opened(on_call, community, now=now)
    end_role(access.grant_id, by=holder_of(Role.COMMUNITY_ADMIN, community), now=now)
    access.refresh_from_db()
    assert access.closed_at == now


def test_another_one_reviews_it_once_it_is_closed(on_call, community, now):
    GrantFactory(person=on_call, community=community, role=Role.OFFICER)
    access, officer = opened(on_call, community, now=now), holder_of(Role.OFFICER, community)
    with pytest.raises(Conflict, match=r"people\.emergency_not_to_review"):
        reviewed(access, officer, now=now)
    closed(access, on_call, now=now + HOUR)
    for stranger in (on_call, holder_of(Role.MODERATOR, community), GrantFactory(role=Role.OFFICER).person):
        with pytest.raises(NotAllowed, match=r"people\.may_not_review"):
            reviewed(access, stranger, now=now)
    reviewed(access, officer, now=now, finding="unjustified")
    with pytest.raises(Conflict):
        reviewed(access, officer, now=now)
    [year] = figures_of(community.pk, now=now)
    assert (year.opened, year.minutes, year.unjustified, year.waiting) == (1, 60, 1, 0)


def test_opening_and_closing_are_announced(on_call, community, now, announced):
    access = opened(on_call, community, now=now)
    closed(access, on_call, now=now)
    told = [EmergencyOpened(emergency_id=access.pk, until=access.until), EmergencyClosed(emergency_id=access.pk)]
    assert announced == told


def test_the_control_body_the_auditor_and_the_administrator_are_written_to_at_once(on_call, community, now):
    watchers = {holder_of(role, community).pk for role in (Role.CONTROL, Role.AUDITOR, Role.COMMUNITY_ADMIN)}
    holder_of(Role.MODERATOR, community)
    OrganisationFactory(community=community, kind=Organisation.Kind.CONTROL, email="control@zhytomyr.example")
    access = opened(on_call, community, now=now)
    tell_opened(EmergencyOpened(emergency_id=access.pk, until=access.until), now)
    tell_opened(EmergencyOpened(emergency_id=access.pk, until=access.until), now)
    people = Notice.objects.filter(person_id__isnull=False)
    assert set(people.order_by("pk").values_list("person_id", flat=True)) == watchers
    mailboxes = Notice.objects.filter(person_id=None).order_by("address").values_list("address", flat=True)
    assert list(mailboxes) == ["control@zhytomyr.example", "rada@zhytomyr.example"]
    closed(access, on_call, now=now + HOUR)
    tell_closed(EmergencyClosed(emergency_id=access.pk), now + HOUR)
    assert Notice.objects.count() == 2 * (len(watchers) + 2)
    assert set(Notice.objects.order_by("subject").values_list("subject", flat=True)) == {
        "Відкрито аварійний доступ", "Аварійний доступ закрито: потрібна перевірка",
    }  # fmt: skip


def text(client, path, *, status=200):
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[-1500:]
    return html.unescape(answer.content.decode())


def show_second_factor(client, person):
    """As the page of the second factor leaves it in the session."""
    request = client.get("/staff/second-factor/").wsgi_request
    record_second_factor(request, person, kind="totp")
    request.session.save()


ADDRESS = "/operator/emergency/zhytomyr/"
ASKED = {"role": "moderator", "hours": "2", "reason": REASON}


def test_the_page_asks_for_the_second_factor_once_more_and_then_opens(client, on_call, community):
    client.sign_in(on_call)
    assert "Аварійний доступ" in text(client, "/zhytomyr/desk/")
    assert "Підтвердити, що це я" in text(client, ADDRESS), "the one shown at the sign-in is not enough"
    client.post(ADDRESS, ASKED)
    assert not EmergencyAccess.objects.exists()

    show_second_factor(client, on_call)
    assert "Відкрити доступ" in text(client, ADDRESS)
    assert client.post(ADDRESS, ASKED | {"reason": "треба"}).status_code == 422
    assert client.post(ADDRESS, ASKED | {"hours": "9"}).status_code == 422
    assert client.post(ADDRESS, ASKED | {"role": "mayor"}).status_code == 422
    assert client.post(ADDRESS, ASKED).status_code == 302
    access = EmergencyAccess.objects.get()
    assert "Закрити зараз" in text(client, ADDRESS)
    assert client.post(f"{ADDRESS}{access.pk}/close/").status_code == 302
    assert "Підтвердити, що це я" in text(client, ADDRESS), "each time anew"


def test_only_who_is_on_call_sees_the_page(client, community):
    client.sign_in(holder_of(Role.COMMUNITY_ADMIN, community))
    text(client, ADDRESS, status=403)
    text(client, "/operator/emergency/nowhere/", status=404)


def test_every_worker_sees_it_on_the_desk_as_long_as_it_lasts(client, on_call, community, now):
    access = opened(on_call, community, now=now)
    client.sign_in(holder_of(Role.MODERATOR, community))
    assert "Відкрито аварійний доступ: Ірина Чергова" in text(client, "/zhytomyr/desk/")
    assert "Ірина Чергова" in text(client, "/zhytomyr/admin-desk/emergencies/")
    closed(access, on_call, now=now)
    assert "Відкрито аварійний доступ" not in text(client, "/zhytomyr/desk/")


def test_it_is_seen_on_every_page_that_is_the_staffs_and_on_no_other(client, on_call, community, now):
    opened(on_call, community, now=now)
    client.sign_in(holder_of(Role.CLERK, community))
    assert "Відкрито аварійний доступ" in text(client, "/zhytomyr/members/")
    assert "Відкрито аварійний доступ" in text(client, "/zhytomyr/petitions/paper/")
    for public in ("/zhytomyr/", "/zhytomyr/moderation/", "/zhytomyr/cabinet/"):
        assert "Відкрито аварійний доступ" not in text(client, public)


def test_the_review_is_a_queue_of_the_officers_desk(client, on_call, community, now):
    access = opened(on_call, community, now=now)
    closed(access, on_call, now=now)
    client.sign_in(holder_of(Role.OFFICER, community))
    assert "перевірити підставу" in text(client, "/zhytomyr/desk/")
    page = f"/zhytomyr/admin-desk/emergencies/{access.pk}/"
    assert REASON in text(client, page)
    assert client.post(page, {"finding": "justified", "conclusion": ""}).status_code == 422
    assert client.post(page, {"finding": "justified", "conclusion": "Так."}).status_code == 302
    assert "підстава була" in text(client, page)
    stranger = PlatformClient()
    stranger.sign_in(holder_of(Role.MODERATOR, community))
    text(stranger, page, status=403)


def test_the_figures_are_public_and_name_nobody(client, on_call, community, now):
    assert "Ще жодного разу" in text(client, "/zhytomyr/emergency-access/")
    opened(on_call, community, now=now)
    page = text(client, "/zhytomyr/emergency-access/")
    assert "модератор: 1" in page
    assert "Чергова" not in page
