"""When an organisation's own system says no, people hear of it; what its form has room for goes there, and comes back."""

from datetime import timedelta
from urllib.parse import parse_qsl

import pytest

from edem.foundation.events.testing import run_jobs
from edem.foundation.notices.models import Notice
from edem.kernel.errors import NotAllowed
from edem.services.reports.actions.forwarding import forward_due
from edem.services.reports.actions.joining import merge_reports
from edem.services.reports.actions.landing import pull_updates
from edem.services.reports.actions.parting import part_report
from edem.services.reports.actions.receivers import send_again
from edem.services.reports.models import Answer, Assignment, Category, Forwarding, Report
from edem.services.reports.queries.receivers import refused_queue
from edem.services.reports.rules.forwarding import Stage
from edem.services.reports.rules.open311.outgoing import Told, form_of
from edem.services.reports.tests.factories import OrganisationFactory, ReportFactory, held, staff
from edem.services.reports.tests.receiving import queued
from simulators.open311_receiver.mischief import Mischief
from simulators.open311_receiver.running import behave, heard_by, say

pytestmark = pytest.mark.django_db
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
REFUSED = "reports/mail/refused_there.html"


@pytest.fixture
def refused(receiver, assignment, server, now):
    forwarding = queued(assignment, now)
    behave(server, Mischief.REFUSING)
    forward_due(now=now)
    behave(server, Mischief.NONE)
    forwarding.refresh_from_db()
    return forwarding


def told():
    return set(Notice.objects.filter(template=REFUSED).order_by("person_id").values_list("person_id", flat=True))


def test_its_worker_and_the_control_body_hear_of_it_once(community, worker, refused, now):
    control, other = staff(community, "control_body"), OrganisationFactory(community=community)
    stranger = staff(community, "responsible_worker", organisation=other)
    for _ in range(2):
        run_jobs(now=now)
    assert told() == {worker.pk, control.pk}
    assert stranger.pk not in told()
    [facts] = Notice.objects.filter(template=REFUSED, person_id=control.pk).values_list("facts", flat=True)
    assert "400" in str(facts)


def test_it_stands_in_the_control_body_s_queue_till_a_person_sends_it_again(community, worker, refused, server, now):
    [item] = refused_queue(community, now)
    assert (item.path, item.holder) == (f"/reports/{refused.report_id}/case/", "КП «Дороги громади»")
    for hours in range(48):
        forward_due(now=now + hours * 60 * MINUTE)
    assert heard_by(server)["taken"] == [], "nothing is sent anew by itself"

    send_again(community, refused.pk, by=worker, now=now + DAY)
    assert refused_queue(community, now) == []
    forward_due(now=now + DAY)
    assert (Forwarding.objects.get().stage, len(heard_by(server)["taken"])) == (Stage.SENT, 1)


def test_only_its_own_worker_or_the_administrator_sends_it_again(community, refused, now):
    elsewhere = OrganisationFactory(community=community)
    for who in (staff(community, "control_body"), staff(community, "responsible_worker", organisation=elsewhere)):
        with pytest.raises(NotAllowed):
            send_again(community, refused.pk, by=who, now=now)


def test_the_worker_reads_what_was_answered_and_presses(refused, read, send, come):
    come()
    page = read(f"{refused.report_id}/job/")
    assert "Ваша система не прийняла це повідомлення" in page
    assert "400 Не прийнято" in page
    assert send(f"receivers/again/{refused.pk}/", {"from_work": "yes"}).endswith(f"/{refused.report_id}/job/")
    assert "Ваша система не прийняла" not in read(f"{refused.report_id}/job/")


def test_everybody_sees_it_in_the_chain(refused, read):
    assert "система організації не прийняла" in read(f"{refused.report_id}/")


def test_answers_to_a_category_s_questions_go_as_attributes_and_as_words(receiver, assignment, server, now):
    asked = [
        {"code": "depth", "label": "Яка глибина, см?", "kind": "number"},
        {"code": "near", "label": "Що поруч?", "kind": "choices", "options": ["школа", "зупинка"]},
    ]
    Category.objects.filter(code="3.8").update(questions=asked)
    Report.objects.filter(pk=assignment.report_id).update(answers={"depth": 20, "near": ["школа", "зупинка"]})
    queued(assignment, now)
    forward_due(now=now)
    [post] = [each for each in heard_by(server)["heard"] if each.startswith("POST")]
    sent = parse_qsl(post.rpartition("\n\n")[2])
    assert [value for name, value in sent if name == "attribute[depth]"] == ["20"]
    assert [value for name, value in sent if name == "attribute[near][]"] == ["школа", "зупинка"]
    [description] = [value for name, value in sent if name == "description"]
    assert "Яка глибина, см? 20" in description
    assert "Що поруч? школа, зупинка" in description


def test_an_empty_answer_is_no_attribute():
    bare = Told(service_code="x", title="Яма", text="", address="", lat=None, lon=None, card="https://a.test/5/")
    names = set(form_of(bare, jurisdiction="", api_key=""))
    assert not any(name.startswith("attribute") for name in names)


def test_a_later_refusal_and_a_closing_there_land_on_the_card(receiver, assignment, server, now):
    queued(assignment, now)
    forward_due(now=now)
    say(server, "KP-0001", "rejected", "Це не наша ділянка дороги.")
    pull_updates(receiver.pk, now=now + 60 * MINUTE)
    [answer] = Answer.objects.order_by("pk")
    assert answer.public
    assert answer.text == "Стан у системі організації: rejected.\n\nЦе не наша ділянка дороги."
    say(server, "KP-0001", "closed", "Передано дорожній службі області.")
    pull_updates(receiver.pk, now=now + 120 * MINUTE)
    assert Assignment.objects.get().reported_at is not None
    assert Report.objects.get(pk=assignment.report_id).state == "open", "a machine closes nothing: the worker does"


def test_a_report_that_was_merged_and_parted_is_not_sent_a_second_time(receiver, assignment, server, now):
    report, community = assignment.report, receiver.community
    queued(assignment, now)
    forward_due(now=now)
    lead, moderator = ReportFactory(community=community), staff(community, "moderator")
    held(lead)
    merge_reports(lead.pk, [report.pk], by=moderator, now=now)
    part_report(report.pk, by=moderator, reason="Це зовсім різні проблеми.", now=now + DAY)
    run_jobs(now=now + DAY)
    forward_due(now=now + DAY)
    ours = [each for each in heard_by(server)["taken"] if f"/{report.pk}/" in each["form"]["description"]]
    assert len(ours) == 1
    say(server, "KP-0001", "open", "Бригада виїде в четвер.")
    pull_updates(receiver.pk, now=now + DAY)
    assert Answer.objects.get(report=report).text == "Бригада виїде в четвер."
