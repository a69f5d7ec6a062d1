"""What the clock does with petitions, run through the real job queue at chosen moments."""

from datetime import timedelta

import pytest

from edem.foundation.events.testing import run_jobs
from edem.foundation.notices.models import Notice
from edem.services.petitions.actions.considering import announce_consideration, hand_over
from edem.services.petitions.actions.drafting import submit_petition
from edem.services.petitions.actions.moderating import publish_petition
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.jobs import close_ended_petitions
from edem.services.petitions.models import Petition
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import MARCH_1, PetitionFactory, new_signature, staff

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def submitted():
    """A petition that its author sent this minute, with its moderator."""
    petition = PetitionFactory()
    petition.moderator = staff(petition.community, "moderator")
    submit_petition(petition.pk, by=petition.author, now=MARCH_1)
    petition.refresh_from_db()
    return petition


@pytest.fixture
def published(submitted):
    publish_petition(submitted.pk, by=submitted.moderator, now=MARCH_1)
    submitted.refresh_from_db()
    return submitted


def state_of(petition):
    return Petition.objects.values_list("state", flat=True).get(pk=petition.pk)


def told(template):
    rows = Notice.objects.filter(template=f"petitions/mail/{template}.html").order_by("id")
    return {row.person_id for row in rows}


def test_the_announced_job_closes_a_petition_at_its_stroke_and_not_before(published):
    run_jobs(now=published.closes_at - SECOND)
    assert state_of(published) == State.COLLECTING
    run_jobs(now=published.closes_at)
    assert state_of(published) == State.APPEAL
    assert told("fell_short") == {published.author_id}


def test_one_that_gathered_its_signatures_is_not_closed(published):
    add_signatures([new_signature(published, arrived_at=MARCH_1 + SECOND) for _ in range(10)])
    run_jobs(now=published.closes_at)
    assert state_of(published) == State.REACHED


def test_the_sweep_closes_what_no_job_closed_and_nothing_else():
    missed = PetitionFactory(collecting=True, closes_at=MARCH_1)
    running = PetitionFactory(collecting=True, closes_at=MARCH_1 + 2 * SECOND)
    reached = PetitionFactory(collecting=True, closes_at=MARCH_1, state=State.REACHED, reached_at=MARCH_1)
    close_ended_petitions(MARCH_1 + SECOND)
    assert [state_of(each) for each in (missed, running, reached)] == [State.APPEAL, State.COLLECTING, State.REACHED]
    close_ended_petitions(MARCH_1 + SECOND)
    assert missed.steps.count() == 2


def test_the_moderator_is_reminded_before_the_term_ends(submitted):
    run_jobs(now=MARCH_1 + SECOND)
    assert told("reminder") == set()
    run_jobs(now=submitted.due_at - SECOND)
    assert told("reminder") == {submitted.moderator.pk}
    assert told("overdue") == set()


def test_nobody_is_reminded_of_what_is_done(published):
    run_jobs(now=published.closes_at - SECOND)
    assert told("reminder") == set()
    assert told("overdue") == set()


def test_the_control_body_is_told_when_the_term_has_run_out(submitted):
    control = staff(submitted.community, "control_body")
    outsider = staff(PetitionFactory().community, "control_body")
    run_jobs(now=submitted.due_at)
    assert told("overdue") == {control.pk, submitted.moderator.pk}
    assert outsider.pk not in told("overdue")


def test_a_reminder_that_comes_too_late_is_kept_to_itself(submitted):
    run_jobs(now=submitted.due_at + SECOND)
    assert told("reminder") == set()


def test_each_state_has_a_clock_of_its_own(published):
    officer, mayor = staff(published.community, "officer"), staff(published.community, "mayor")
    add_signatures([new_signature(published, arrived_at=MARCH_1 + SECOND) for _ in range(10)])
    hand_over(published.pk, by=officer, now=MARCH_1 + 2 * SECOND)
    announce_consideration(published.pk, by=mayor, now=MARCH_1 + 3 * SECOND)
    published.refresh_from_db()
    run_jobs(now=published.due_at - SECOND)
    assert told("reminder") == {mayor.pk}
    run_jobs(now=published.due_at)
    assert told("overdue") == {mayor.pk}
