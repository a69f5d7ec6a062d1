"""Neighbours cannot after all, or say «done» too early: the problem never stays with nobody."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from edem.foundation.events.testing import run_jobs
from edem.foundation.files.tests.contents import picture
from edem.foundation.notices.models import Notice
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.errors import Conflict, Invalid, NotAllowed
from edem.services.reports.actions.closing import close_report
from edem.services.reports.actions.ending_self_help import return_self_help, stop_self_help
from edem.services.reports.actions.self_help import (
    decide_self_help,
    join_self_help,
    propose_self_help,
    report_self_help,
)
from edem.services.reports.models import Report, SelfHelp
from edem.services.reports.queries.self_help import self_help_queue
from edem.services.reports.rules.results import Closing, Result
from edem.services.reports.tests.factories import MARCH_2, ReportFactory, staff

pytestmark = pytest.mark.django_db
PLAN = "Збираємося в суботу, фарбуємо лавки. Фарбу маємо, потрібні руки."
DONE = "Пофарбували шість лавок, замінили дві дошки."
WHY = "Немає чим: дошки коштують дорожче, ніж ми зібрали."
LATER = MARCH_2 + timedelta(days=3)
SOLVED = Closing(result=Result.SOLVED, text="Мешканці зробили самі.")


@pytest.fixture
def moderator(community):
    return staff(community, "moderator")


@pytest.fixture
def leader():
    return PersonFactory(display_name="Іван Гончар")


@pytest.fixture
def agreed(report, leader, moderator):
    propose_self_help(report.pk, plan=PLAN, meets_at=LATER, by=leader, now=MARCH_2)
    decide_self_help(report.pk, agrees=True, note="", by=moderator, now=MARCH_2)
    return report


def a_shot():
    return SimpleUploadedFile("лавка.jpg", picture())


def anew(report):
    return Report.objects.get(pk=report.pk)


def test_whoever_leads_gives_it_back_and_says_why(agreed, leader, roads, worker):
    helper = PersonFactory()
    join_self_help(agreed.pk, by=helper, now=MARCH_2)
    stop_self_help(agreed.pk, reason=WHY, by=leader, now=LATER)
    report = anew(agreed)
    assert (report.self_organised, report.state, report.organisation) == (False, "accepted", roads)
    [step] = report.steps.filter(step="self_help")
    assert (WHY in step.note, step.public, step.actor) == (True, True, "author")
    run_jobs(now=LATER)
    told = Notice.objects.filter(template="reports/mail/self_help_stopped.html").order_by("pk")
    assert set(told.values_list("person_id", flat=True)) >= {report.author_id, helper.pk, worker.pk, leader.pk}
    with pytest.raises(Conflict, match="self_help_over"):
        stop_self_help(agreed.pk, reason=WHY, by=leader, now=LATER)
    propose_self_help(agreed.pk, plan=PLAN, meets_at=None, by=helper, now=LATER)
    assert SelfHelp.objects.get().leader == helper, "somebody else may take it on"


def test_what_nobody_held_goes_to_whom_the_matrix_names(community, roads, leader, moderator):
    report = ReportFactory(community=community)
    propose_self_help(report.pk, plan=PLAN, meets_at=None, by=leader, now=MARCH_2)
    decide_self_help(report.pk, agrees=True, note="", by=moderator, now=MARCH_2)
    stop_self_help(report.pk, reason=WHY, by=moderator, now=LATER)
    assert anew(report).organisation == roads


def test_done_too_early_goes_back_to_the_neighbours(agreed, leader, moderator):
    with pytest.raises(Conflict, match="self_help_over"):
        return_self_help(agreed.pk, reason=WHY, by=moderator, now=LATER)
    report_self_help(agreed.pk, text=DONE, photos=[a_shot()], by=leader, now=LATER)
    with pytest.raises(Conflict, match="self_help_done"):
        stop_self_help(agreed.pk, reason=WHY, by=leader, now=LATER)
    return_self_help(agreed.pk, reason="Дві лавки ще без дощок.", by=moderator, now=LATER)
    report_self_help(agreed.pk, text=DONE, photos=[], by=leader, now=LATER + timedelta(days=1))
    run_jobs(now=LATER)
    close_report(agreed.pk, SOLVED, by=moderator, now=LATER)
    assert anew(agreed).state == "closed"


def test_nobody_else_ends_it_and_nobody_without_a_word(agreed, community, leader):
    for who in (PersonFactory(), staff(community, "control_body"), agreed.author):
        with pytest.raises(NotAllowed, match="self_help_stops"):
            stop_self_help(agreed.pk, reason=WHY, by=who, now=LATER)
        with pytest.raises(NotAllowed, match="of_moderator"):
            return_self_help(agreed.pk, reason=WHY, by=who, now=LATER)
    with pytest.raises(Invalid, match="self_help_plan"):
        stop_self_help(agreed.pk, reason="ні", by=leader, now=LATER)


def test_the_moderator_s_queue_has_what_is_proposed_and_what_is_done(report, community, leader, moderator):
    def states():
        return [item.state for item in self_help_queue(community, MARCH_2)]

    propose_self_help(report.pk, plan=PLAN, meets_at=None, by=leader, now=MARCH_2)
    assert states() == ["Мешканці хочуть зробити самі"]
    decide_self_help(report.pk, agrees=True, note="", by=moderator, now=MARCH_2)
    assert states() == []
    report_self_help(report.pk, text=DONE, photos=[a_shot()], by=leader, now=LATER)
    assert states() == ["Мешканці кажуть: зроблено"]
    run_jobs(now=LATER)
    close_report(report.pk, SOLVED, by=moderator, now=LATER)
    assert states() == []


def test_what_no_moderator_has_read_is_not_shown_where_they_read_first(report, under, leader, read, client, moderator):
    under(moderation="pre")
    propose_self_help(report.pk, plan=PLAN, meets_at=None, by=leader, now=MARCH_2)
    assert PLAN not in read(f"{report.pk}/")
    client.sign_in(leader)
    assert PLAN in read(f"{report.pk}/")
    client.logout()
    client.sign_in(moderator)
    assert PLAN in read(f"{report.pk}/case/")


def test_the_pages_of_ending(agreed, leader, moderator, client, read, send):
    client.sign_in(leader)
    page = read(f"{agreed.pk}/")
    assert f"/reports/{agreed.pk}/self-help/stop/" in page
    assert "Покликати сусідів" in page
    assert "від 10 до" in send(f"{agreed.pk}/self-help/stop/", {"note": "ні"}, status=422)
    assert client.get(f"/zhytomyr/reports/{agreed.pk}/self-help/end/").status_code in {302, 403}
    report_self_help(agreed.pk, text=DONE, photos=[], by=leader, now=LATER)
    client.logout()
    client.sign_in(moderator)
    assert f"/reports/{agreed.pk}/self-help/end/" in read(f"{agreed.pk}/case/")
    assert DONE in read(f"{agreed.pk}/self-help/end/")
    send(f"{agreed.pk}/self-help/end/", {"note": "Дві лавки ще без дощок.", "what": "return"})
    assert SelfHelp.objects.get().done_at is None
    send(f"{agreed.pk}/self-help/end/", {"note": "Минув місяць, ніхто не прийшов.", "what": "stop"})
    assert not anew(agreed).self_organised
    assert "Знову справа організації" in read(f"{agreed.pk}/")
