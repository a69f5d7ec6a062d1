"""Neighbours take a problem on themselves: propose, the moderator agrees, they come, report, the moderator closes."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.audit.models import AuditEntry
from edem.foundation.events.testing import run_jobs
from edem.foundation.files.tests.contents import picture
from edem.foundation.notices.models import Notice
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.errors import Conflict, Invalid, NotAllowed, Refused
from edem.services.reports.actions.accepting import accept_report
from edem.services.reports.actions.closing import close_report
from edem.services.reports.actions.resident_telling import tell_self_help
from edem.services.reports.actions.self_help import (
    decide_self_help,
    join_self_help,
    leave_self_help,
    propose_self_help,
    report_self_help,
)
from edem.services.reports.actions.warning import ring_alarms
from edem.services.reports.models import HelpingHand, Report, SelfHelp
from edem.services.reports.queries.self_help import self_help_queue
from edem.services.reports.rules.results import Closing, Result
from edem.services.reports.rules.self_help import Standing, check_may_help, check_may_tell
from edem.services.reports.tests.factories import MARCH_2, ReportFactory, staff

database = pytest.mark.django_db
PLAN = "Збираємося в суботу, фарбуємо лавки. Фарбу маємо, потрібні руки."
DONE = "Пофарбували шість лавок, замінили дві дошки."
LATER = MARCH_2 + timedelta(days=3)

standings = st.builds(Standing, is_agreed=st.booleans(), is_declined=st.booleans(), is_done=st.booleans())


@given(standings, st.booleans())
def test_only_who_leads_tells_and_only_of_what_was_agreed(standing, leads):
    try:
        check_may_tell(standing, leads=leads)
    except Refused:
        assert not leads or not standing.is_agreed or standing.is_done
    else:
        assert leads
        assert standing.is_agreed


@given(standings)
def test_nobody_is_invited_to_what_is_over(standing):
    if standing.is_done or standing.is_declined:
        with pytest.raises(Conflict):
            check_may_help(standing)


@pytest.fixture
def moderator(community):
    return staff(community, "moderator")


@pytest.fixture
def leader():
    return PersonFactory(display_name="Іван Гончар")


@pytest.fixture
def proposed(report, leader):
    propose_self_help(report.pk, plan=PLAN, meets_at=LATER, by=leader, now=MARCH_2)
    return report


@database
def test_from_the_idea_to_the_moderator_s_closing(proposed, leader, moderator, community):
    neighbour = PersonFactory()
    with pytest.raises(Conflict, match="not_agreed"):
        report_self_help(proposed.pk, text=DONE, photos=[], by=leader, now=LATER)
    decide_self_help(proposed.pk, agrees=True, note="", by=moderator, now=MARCH_2)
    for _ in range(2):
        join_self_help(proposed.pk, by=neighbour, now=MARCH_2)
    assert HelpingHand.objects.count() == 2
    photo = SimpleUploadedFile("лавка.jpg", picture())
    report_self_help(proposed.pk, text=DONE, photos=[photo], by=leader, now=LATER)
    run_jobs(now=LATER)
    after = proposed.photos.get()
    assert (after.stage, after.file.is_public) == ("after", True)
    assert Report.objects.get(pk=proposed.pk).state == "accepted", "agreeing is the act's step (§3.2)"
    close_report(proposed.pk, Closing(result=Result.SOLVED, text="Мешканці зробили самі."), by=moderator, now=LATER)
    report = Report.objects.get(pk=proposed.pk)
    assert (report.state, report.result, report.self_organised) == ("closed", "solved", True)
    assert AuditEntry.objects.filter(act="report.self_help_agreed").count() == 1


@database
def test_what_was_declined_may_be_proposed_anew_by_anybody(proposed, moderator):
    with pytest.raises(Invalid, match="self_help_plan"):
        decide_self_help(proposed.pk, agrees=False, note="", by=moderator, now=MARCH_2)
    decide_self_help(proposed.pk, agrees=False, note="Там газопровід, копати небезпечно.", by=moderator, now=MARCH_2)
    with pytest.raises(Conflict, match="self_help_decided"):
        decide_self_help(proposed.pk, agrees=True, note="", by=moderator, now=MARCH_2)
    other = PersonFactory()
    propose_self_help(proposed.pk, plan=PLAN, meets_at=None, by=other, now=MARCH_2)
    assert SelfHelp.objects.get().leader == other


@database
def test_what_is_taken_already_or_over_is_not_taken_on(proposed, community, leader, report):
    with pytest.raises(Conflict, match="self_help_known"):
        propose_self_help(proposed.pk, plan=PLAN, meets_at=None, by=PersonFactory(), now=MARCH_2)
    with pytest.raises(NotAllowed, match="of_moderator"):
        decide_self_help(proposed.pk, agrees=True, note="", by=staff(community, "control_body"), now=MARCH_2)
    closed = ReportFactory(community=community, closed=True)
    with pytest.raises(Conflict, match="not_now"):
        propose_self_help(closed.pk, plan=PLAN, meets_at=None, by=leader, now=MARCH_2)
    fresh = ReportFactory(community=community)
    with pytest.raises(Invalid, match="self_help_past"):
        propose_self_help(fresh.pk, plan=PLAN, meets_at=MARCH_2, by=leader, now=MARCH_2)
    leave_self_help(proposed.pk, by=leader)
    assert HelpingHand.objects.filter(person=leader).exists(), "whoever leads does not leave by the helpers' door"


@database
def test_those_who_decide_come_work_and_follow_hear_of_it(proposed, moderator, leader, worker):
    neighbour = PersonFactory()
    join_self_help(proposed.pk, by=neighbour, now=MARCH_2)
    tell_self_help(proposed.pk, "proposed", at=MARCH_2, now=MARCH_2)
    assert set(Notice.objects.values_list("person_id", flat=True).order_by("pk")) == {moderator.pk}
    decide_self_help(proposed.pk, agrees=True, note="", by=moderator, now=MARCH_2)
    for _ in range(2):
        tell_self_help(proposed.pk, "agreed", at=LATER, now=LATER)
    told = Notice.objects.filter(person_id=proposed.author_id).order_by("pk")
    assert [notice.template for notice in told] == ["reports/mail/self_help_agreed.html"]
    told = Notice.objects.filter(template="reports/mail/self_help_agreed.html").order_by("pk")
    assert set(told.values_list("person_id", flat=True)) >= {proposed.author_id, leader.pk, worker.pk, neighbour.pk}
    assert told.count() == len(set(told.values_list("person_id", flat=True))), "nobody twice"


@database
def test_the_pages_lead_through_it(proposed, leader, moderator, client, read, send):
    neighbour = PersonFactory()
    client.sign_in(neighbour)
    assert PLAN in read(f"{proposed.pk}/")
    assert "За це вже взялися" in read(f"{proposed.pk}/self-help/")
    read(f"{proposed.pk}/self-help/decide/", status=403)
    send(f"{proposed.pk}/self-help/come/", {"comes": "yes"})
    card = read(f"{proposed.pk}/")
    assert "Прийдуть 2 людини." in card
    assert "Не зможу прийти" in card
    client.logout()
    client.sign_in(moderator)
    assert "Іван Гончар" in read(f"{proposed.pk}/self-help/decide/")
    assert "від 10 до" in send(f"{proposed.pk}/self-help/decide/", {"agrees": "no", "note": ""}, status=422)
    send(f"{proposed.pk}/self-help/decide/", {"agrees": "yes", "note": ""})
    client.logout()
    client.sign_in(leader)
    assert "Розповісти, що зроблено" in read(f"{proposed.pk}/")
    send(f"{proposed.pk}/self-help/done/", {"text": DONE, "photos": SimpleUploadedFile("лавка.jpg", picture())})
    assert DONE in read(f"{proposed.pk}/")
    client.logout()
    client.sign_in(moderator)
    assert f"/reports/{proposed.pk}/case/close/" in read(f"{proposed.pk}/case/")
    send(f"{proposed.pk}/case/close/", {"result": "solved", "text": "Мешканці зробили самі."})
    client.logout()
    card = read(f"{proposed.pk}/")
    assert "Закрита" in card
    assert "Мешканці зробили самі." in card


@database
@pytest.mark.parametrize(("agrees", "state", "warned"), [(True, "accepted", 0), (False, "open", 1)])
def test_agreeing_is_the_act_s_step_and_stops_the_clock_of_acceptance(proposed, moderator, agrees, state, warned):
    """§3.2, «Відкрита – Прийнята»: the moderator, «при вирішенні шляхом самоорганізації». Nobody presses twice."""
    decide_self_help(proposed.pk, agrees=agrees, note="Там газопровід, копати не можна.", by=moderator, now=MARCH_2)
    report = Report.objects.get(pk=proposed.pk)
    assert (report.state, report.self_organised) == (state, agrees)
    actors = [each.actor for each in report.steps.filter(step="accept").order_by("pk")]
    assert actors == ["moderator"] * agrees
    Report.objects.update(alarm_at=report.accept_due_at)
    ring_alarms(now=report.accept_due_at)
    assert report.replies.filter(kind="warning").count() == warned, "it was accepted: nobody is warned that it was not"


@database
def test_the_step_taken_from_the_case_agrees_to_what_was_proposed(proposed, leader, moderator, community):
    accept_report(proposed.pk, by=moderator, now=MARCH_2, self_organised=True)
    assert SelfHelp.objects.get().agreed_at == MARCH_2
    assert self_help_queue(community, MARCH_2) == [], "the same is not asked of the moderator twice"
    report_self_help(proposed.pk, text=DONE, photos=[], by=leader, now=LATER)
