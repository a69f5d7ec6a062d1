"""«Вирішено? так / ні»: from a letter without signing in, on the card, and what «ні» leads to."""

import html
from datetime import timedelta

import pytest

from edem.foundation.notices.models import Notice
from edem.foundation.people.tests.factories import PersonFactory
from edem.services.reports.actions.following import follow_lead
from edem.services.reports.actions.telling import tell_everybody
from edem.services.reports.models import Incident, Report
from edem.services.reports.queries.solved_links import solved_address
from edem.services.reports.tests.factories import ReportFactory, held

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(community, roads, now):
    report = ReportFactory(
        community=community,
        closed=True,
        published_at=now - timedelta(days=5),
        closed_at=now - timedelta(days=1),
        archives_at=now + timedelta(days=19),
    )
    held(report, organisation=roads, now=now - timedelta(days=5), closed_at=now - timedelta(days=1))
    return report


def link_of(report):
    address = solved_address(report, report.author_id)
    return address[address.index("/reports/") + len("/reports/") :]


def anew(report):
    return Report.objects.get(pk=report.pk)


def test_a_link_opened_by_a_mail_program_answers_nothing(closed, read):
    for said in ("yes", "no", ""):
        assert "Проблему вирішено?" in read(link_of(closed), solved=said)
    assert anew(closed).confirmed is None


@pytest.mark.parametrize("sign", [{"HTTP_PURPOSE": "prefetch"}, {"HTTP_SEC_PURPOSE": "prefetch;prerender"}, {}])
def test_no_robot_s_request_answers_whatever_it_says_of_itself(closed, client, sign):
    for said in ("yes", "no"):
        address = f"/zhytomyr/reports/{link_of(closed)}?solved={said}"
        client.get(address, **sign)
        client.head(address, **sign)
        client.options(address, **sign)
    assert anew(closed).confirmed is None


def test_what_was_said_by_letter_may_be_changed_by_it(closed, client):
    address = f"/zhytomyr/reports/{link_of(closed)}"
    for said, kept, other in (("yes", True, "Насправді не вирішено"), ("no", False, "Насправді вирішено")):
        answer = client.post(address, {"solved": said})
        assert other in html.unescape(answer.content.decode())
        assert anew(closed).confirmed is kept


@pytest.mark.parametrize(("said", "kept", "words"), [("yes", True, "враховано"), ("no", False, "Повернути в роботу")])
def test_one_press_answers_without_signing_in(closed, client, said, kept, words):
    answer = client.post(f"/zhytomyr/reports/{link_of(closed)}", {"solved": said})
    assert words in html.unescape(answer.content.decode())
    assert anew(closed).confirmed is kept


def test_an_old_letter_does_not_answer_for_a_new_closing(closed, read, client):
    link = link_of(closed)
    Report.objects.filter(pk=closed.pk).update(closed_at=closed.closed_at + timedelta(hours=3))
    read(link, status=404)
    assert client.post(f"/zhytomyr/reports/{link}", {"solved": "yes"}).status_code == 404
    read(link[:-3] + "xx/", status=404)
    assert anew(closed).confirmed is None


def test_each_author_is_asked_of_their_own_report(closed, community, now, client):
    """Of two that were merged too: perhaps another pit was mended."""
    other = ReportFactory(community=community)
    incident = Incident.objects.create(community=community, lead=closed, started_at=now)
    Report.objects.filter(pk__in=[closed.pk, other.pk]).update(incident=incident)
    Report.objects.filter(pk=other.pk).update(follows=closed)
    tell_everybody(closed.pk, "closed", now=now, occasion="1")
    asked = {notice.person_id: notice.facts["solved_address"] for notice in Notice.objects.order_by("pk")}
    assert asked[closed.author_id] != asked[other.author_id]

    follow_lead(closed.pk, now=now)
    address = asked[other.author_id]["text"] if isinstance(asked[other.author_id], dict) else asked[other.author_id]
    path = address[address.index("/zhytomyr/") :]
    assert client.post(path, {"solved": "no"}).status_code == 200
    assert (anew(other).confirmed, anew(closed).confirmed) == (False, None)


def test_on_the_card_the_author_says_no_and_opens_it_again(closed, client, read, send):
    client.sign_in(closed.author)
    assert "Вирішено?" in read(f"{closed.pk}/")
    assert send(f"{closed.pk}/confirm/", {"solved": "no"}).endswith("/reopen/")
    assert "лише модератор або орган контролю" in read(f"{closed.pk}/reopen/")
    send(f"{closed.pk}/reopen/", {"reason": "Яму засипали щебенем, він уже вимився."})
    assert (anew(closed).state, anew(closed).reopened_count) == ("reopened", 1)


def test_where_the_charter_admits_the_worker_nobody_is_told_otherwise(closed, client, read, under):
    under(worker_closes_reopened=True)
    client.sign_in(closed.author)
    assert "лише модератор" not in read(f"{closed.pk}/reopen/")


def test_nobody_else_confirms(closed, client, send, read):
    client.sign_in(PersonFactory())
    assert "Організація каже, що так" not in read(f"{closed.pk}/")
    assert client.post(f"/zhytomyr/reports/{closed.pk}/confirm/", {"solved": "yes"}).status_code == 403
    assert anew(closed).confirmed is None
