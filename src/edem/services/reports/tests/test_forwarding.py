"""A report goes to its organisation's own server once, whatever that server does; what is done there comes back."""

from datetime import timedelta
from urllib.parse import parse_qsl

import pytest

from edem.foundation.communities.tests.factories import OrganisationFactory
from edem.foundation.people.resealing import reseal_secrets, secrets_left_behind
from edem.foundation.people.roles import Role
from edem.kernel.errors import Conflict, Invalid, NotAllowed
from edem.services.reports.actions.forwarding import forward_due, queue_forwarding
from edem.services.reports.actions.landing import pull_updates
from edem.services.reports.actions.receivers import send_again
from edem.services.reports.events import ReportAssigned
from edem.services.reports.jobs import send_to_their_own_server
from edem.services.reports.models import Answer, Forwarding, WorkReport
from edem.services.reports.queries.receivers import key_of_receiver
from edem.services.reports.rules.forwarding import Fate, Stage, fate_of, next_try, service_for
from edem.services.reports.rules.open311.outgoing import Told, form_of
from edem.services.reports.tests.factories import ReportFactory, held, staff
from edem.services.reports.tests.receiving import queued, settled
from simulators.open311_receiver.mischief import Mischief
from simulators.open311_receiver.running import KEY, behave, heard_by, say

pytestmark = pytest.mark.django_db
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
WHO = {"display_name": "Ольга Ткачук"}


@pytest.fixture(params=["xml", "json"])
def form(request):
    return request.param


def test_a_report_arrives_with_its_place_and_its_card_and_comes_once(receiver, assignment, server, now):
    for _ in range(3):
        send_to_their_own_server(ReportAssigned(report_id=assignment.report_id, assignment_id=assignment.pk), now=now)
        forward_due(now=now + DAY)
    [taken] = heard_by(server)["taken"]
    assert (taken["form"]["service_code"], taken["form"]["lat"]) == ("roads", "50.2547000")
    assert taken["form"]["description"].endswith(f"/zhytomyr/reports/{assignment.report_id}/")
    forwarding = Forwarding.objects.get()
    assert (forwarding.stage, forwarding.outside_id) == (Stage.SENT, taken["number"])
    receiver.refresh_from_db()
    assert (receiver.fault, receiver.heard_at) == ("", now)


def test_nothing_of_the_author_goes_over_the_wire(receiver, assignment, server, now):
    queued(assignment, now)
    forward_due(now=now)
    pull_updates(receiver.pk, now=now)
    wire = "\n".join(heard_by(server)["heard"])
    words = " ".join(value for _, value in parse_qsl(wire.rpartition("api_key")[2]))
    assert "requests." in wire
    for secret in ("Ткачук", "%D0%A2%D0%BA%D0%B0%D1%87", str(assignment.report.author_id), "email", "phone", "name="):
        assert secret not in wire
        assert secret not in words
    names = {name for name, _ in parse_qsl(heard_by(server)["heard"][0].rpartition("\n\n")[2])}
    assert names == {"api_key", "service_code", "lat", "long", "address_string", "description"}


def test_a_server_that_is_down_for_a_day_gets_it_later_and_once(receiver, assignment, server, now):
    settled(receiver.community, receiver.organisation, receiver.made_by, "http://127.0.0.1:9", now)
    forwarding = queued(assignment, now)
    for minutes in range(0, 24 * 60, 30):
        forward_due(now=now + minutes * MINUTE)
    forwarding.refresh_from_db()
    receiver.refresh_from_db()
    assert (forwarding.stage, forwarding.tries > 10, receiver.silent_since) == (Stage.WAITING, True, now)
    assert receiver.fault == "ConnectError"

    settled(receiver.community, receiver.organisation, receiver.made_by, server, now)
    for hours in range(24, 30):
        forward_due(now=now + hours * 60 * MINUTE)
    assert len(heard_by(server)["taken"]) == 1
    receiver.refresh_from_db()
    assert receiver.silent_since is None


@pytest.mark.parametrize(
    "mischief", [Mischief.BROKEN_JSON, Mischief.HTML, Mischief.HANG_UP, Mischief.FAILURE, Mischief.HUGE]
)
def test_an_answer_that_was_lost_is_looked_for_and_not_sent_again(receiver, assignment, server, now, mischief):
    forwarding = queued(assignment, now)
    behave(server, mischief)
    forward_due(now=now)
    forwarding.refresh_from_db()
    assert (forwarding.stage, forwarding.outside_id) == (Stage.SENDING, "")

    behave(server, Mischief.NONE)
    forward_due(now=now + MINUTE)  # too early: they may still be writing it down
    assert Forwarding.objects.get().stage == Stage.SENDING
    forward_due(now=now + 3 * MINUTE)
    forwarding.refresh_from_db()
    assert (forwarding.stage, forwarding.outside_id) == (Stage.SENT, "KP-0001")
    assert len(heard_by(server)["taken"]) == 1


def test_what_was_lost_before_it_came_is_sent_again(receiver, assignment, server, now):
    forwarding = queued(assignment, now)
    behave(server, Mischief.DOWN)
    forward_due(now=now)
    forward_due(now=now + 3 * MINUTE)
    forwarding.refresh_from_db()
    assert (forwarding.stage, heard_by(server)["taken"]) == (Stage.SENDING, [])
    behave(server, Mischief.NONE)
    forward_due(now=now + 60 * MINUTE)
    assert len(heard_by(server)["taken"]) == 1


def test_a_wrong_key_and_a_busy_server_are_waited_for(receiver, assignment, server, now):
    forwarding = queued(assignment, now)
    for mischief, minutes in ((Mischief.BAD_KEY, 0), (Mischief.BUSY, 2)):
        behave(server, mischief)
        forward_due(now=now + minutes * MINUTE)
        forwarding.refresh_from_db()
        assert forwarding.stage == Stage.WAITING
    behave(server, Mischief.NONE)
    forward_due(now=now + 60 * MINUTE)
    forwarding.refresh_from_db()
    assert forwarding.stage == Stage.SENT


def test_what_their_server_does_not_want_waits_for_a_person(receiver, assignment, server, admin, now):
    forwarding = queued(assignment, now)
    behave(server, Mischief.REFUSING)
    forward_due(now=now)
    forward_due(now=now + DAY)
    forwarding.refresh_from_db()
    assert (forwarding.stage, forwarding.next_at) == (Stage.REFUSED, None)
    assert forwarding.fault.startswith("400 Не прийнято")

    behave(server, Mischief.NONE)
    send_again(receiver.community, forwarding.pk, by=admin, now=now + DAY)
    forward_due(now=now + DAY)
    assert len(heard_by(server)["taken"]) == 1
    with pytest.raises(Conflict):
        send_again(receiver.community, forwarding.pk, by=admin, now=now + DAY)


def test_a_report_given_away_before_it_went_does_not_go(receiver, assignment, server, now):
    forwarding = queued(assignment, now)
    assignment.returned_at = now
    assignment.save()
    forward_due(now=now)
    forwarding.refresh_from_db()
    assert (forwarding.stage, heard_by(server)["taken"]) == (Stage.ENDED, [])


def test_an_organisation_without_a_server_gets_nothing_anywhere(community, now):
    elsewhere = held(ReportFactory(community=community), organisation=OrganisationFactory(community=community))
    assert queue_forwarding(elsewhere.pk, now=now) is None


def test_what_is_done_there_lands_on_the_card_once(community, roads, admin, server, assignment, now, form):
    receiver = settled(community, roads, admin, server, now, form=form)
    queued(assignment, now)
    forward_due(now=now)
    say(server, "KP-0001", "open", "Бригада виїде в четвер.")
    say(server, "KP-0001", "closed", "Засипано й ущільнено.")
    for hours in (1, 2):
        pull_updates(receiver.pk, now=now + hours * 60 * MINUTE)

    answers = Answer.objects.filter(report=assignment.report).order_by("pk")
    assert [(each.text, each.organisation, each.public) for each in answers] == [
        ("Бригада виїде в четвер.", roads, True),
        ("Засипано й ущільнено.", roads, True),
    ]
    done = WorkReport.objects.get()
    assert (done.assignment, done.text) == (assignment, "Засипано й ущільнено.")
    assignment.report.refresh_from_db()
    assert assignment.report.state == "open"  # the worker closes, with a result (§4.5)
    assert Forwarding.objects.get().outside_status == "closed"


def test_a_server_with_tokens_and_without_updates_is_understood_too(receiver, assignment, server, now):
    queued(assignment, now)
    behave(server, Mischief.TOKEN)
    forward_due(now=now)
    assert Forwarding.objects.get().outside_token == "tKP-0001"
    behave(server, Mischief.NO_UPDATES)
    say(server, "KP-0001", "closed", "Зроблено.")
    for hours in (1, 2):
        pull_updates(receiver.pk, now=now + hours * 60 * MINUTE)
    assert Forwarding.objects.get().outside_id == "KP-0001"
    assert [each.text for each in Answer.objects.order_by("pk")] == ["Зроблено."]


def test_a_server_that_is_silent_when_asked_is_noted(receiver, assignment, server, now):
    queued(assignment, now)
    forward_due(now=now)
    behave(server, Mischief.DOWN)
    pull_updates(receiver.pk, now=now + DAY)
    receiver.refresh_from_db()
    assert receiver.silent_since == now + DAY


def test_only_the_administrator_settles_a_server_and_only_a_safe_one(community, roads, admin, now):
    with pytest.raises(NotAllowed):
        settled(community, roads, staff(community, Role.MODERATOR), "https://a.test", now)
    for url in ("http://192.168.1.5", "ftp://a.test", "file:///etc", "https://a.test/?x="):
        with pytest.raises(Invalid):
            settled(community, roads, admin, url, now)
    with pytest.raises(Invalid):
        settled(community, roads, admin, "https://a.test", now, services={"9.9": "x"})
    kept = settled(community, roads, admin, "https://a.test", now)
    assert KEY not in kept.api_key
    assert settled(community, roads, admin, "https://a.test", now, api_key=None).api_key == kept.api_key


def test_a_category_goes_to_the_nearest_service_named():
    services = {"3": "roads", "3.8": "pits"}
    assert service_for(["3.8"], services, default="other") == "pits"
    assert service_for(["3.9", "3.8"], services, default="other") == "roads"
    assert service_for(["2.1.1"], services, default="other") == service_for([], services, default="other") == "other"


def test_an_answer_says_what_became_of_the_report(now):
    assert fate_of(201, {"service_request_id": "5"}).fate is Fate.SENT
    assert fate_of(200, {"token": "t"}).token == "t"
    assert [fate_of(status, None).fate for status in (200, 500, 502, 503, 403, 400, 404, 301)] == [
        Fate.UNKNOWN, Fate.UNKNOWN, Fate.UNKNOWN, Fate.LATER, Fate.LATER, Fate.REFUSED, Fate.REFUSED, Fate.REFUSED,
    ]  # fmt: skip
    assert fate_of(200, {"service_request_id": "9" * 101}).fate is Fate.UNKNOWN
    assert next_try(99, now=now) - now == timedelta(hours=1)


def test_a_long_description_keeps_the_address_of_the_card():
    told = Told(
        service_code="x", title="Яма", text="Щ" * 9_000, address="", lat=None, lon=None, card="https://a.test/5/"
    )
    form = form_of(told, jurisdiction="", api_key="")
    assert len(form["description"]) <= 4_000
    assert form["description"].endswith("…\n\nhttps://a.test/5/")
    assert form["address_string"] == told.card


def test_the_key_of_a_server_outlives_the_rotation_of_our_own(community, roads, admin, now, settings):
    old, new = "aa" * 32, "bb" * 32
    settings.EDEM = settings.EDEM.model_copy(update={"vault_key": old})
    receiver = settled(community, roads, admin, "https://a.test", now)
    settings.EDEM = settings.EDEM.model_copy(update={"vault_key": f"2:{new},1:{old}"})
    assert secrets_left_behind() == 1
    reseal_secrets(told=lambda table, done: None)
    settings.EDEM = settings.EDEM.model_copy(update={"vault_key": f"2:{new}"})
    receiver.refresh_from_db()
    assert (secrets_left_behind(), key_of_receiver(receiver)) == (0, KEY)
