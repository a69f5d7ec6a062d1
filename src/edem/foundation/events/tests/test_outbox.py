from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from edem.foundation.events import announce, events_and_readers, running, scheduled_jobs
from edem.foundation.events.models import RefusalCount
from edem.foundation.events.testing import run_jobs
from edem.foundation.events.tests.happenings import LampBroken, LampLit

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def say(*events):
    with transaction.atomic():
        announce(*events)


def test_an_announcement_outside_a_transaction_is_a_bug():
    with pytest.raises(RuntimeError, match="inside the transaction"):
        announce(LampLit(1))


def test_what_is_no_event_cannot_be_announced():
    with pytest.raises(TypeError, match="@event"):
        say("hello")


def test_a_rolled_back_transaction_announces_nothing(announced, calls):
    with transaction.atomic():
        announce(LampLit(1))
        transaction.set_rollback(True)
    assert announced == []
    assert run_jobs(now=NOW) == 0
    assert calls == []


def test_one_job_carries_all_events_of_an_act(announced):
    say(LampLit(1), LampBroken(2))
    assert announced == [LampLit(1), LampBroken(2)]
    assert ProcrastinateJob.objects.count() == 1


def test_every_reader_is_told_once(calls):
    say(LampLit(7))
    run_jobs(now=NOW)
    assert calls == [("told", 7, NOW), ("counted", 7)]


def test_a_delivery_that_is_run_again_tells_nobody_twice(calls):
    say(LampLit(7))
    job = ProcrastinateJob.objects.get()
    running.deliver(job.pk, job.args["events"])
    running.deliver(job.pk, job.args["events"])
    run_jobs(now=NOW)
    assert calls == [("told", 7, NOW), ("counted", 7)]


def test_a_moment_is_kept_waiting_until_it_comes(calls):
    closes_at = NOW + timedelta(days=90)
    say(LampLit(3, closes_at))
    run_jobs(now=NOW)
    calls.clear()
    assert run_jobs(now=closes_at - timedelta(seconds=1)) == 0
    run_jobs(now=closes_at)
    assert calls == [("put out", 3, closes_at), ("swept", closes_at)]


def test_an_event_without_its_moment_waits_for_nothing():
    say(LampLit(3, None))
    assert ProcrastinateJob.objects.count() == 1


def test_a_refusal_is_counted_and_not_tried_again(calls):
    say(LampBroken(1), LampBroken(2))
    run_jobs(now=NOW)
    assert calls == [("tried", 1), ("tried", 2)]
    assert RefusalCount.objects.values_list("code", "count", "day").get() == ("lamp.gone", 2, NOW.date())
    assert run_jobs(now=NOW + timedelta(days=1)) == 0


def test_a_bug_in_a_reader_is_not_swallowed():
    with pytest.raises(KeyError):
        running.react("nobody", "tests.LampLit", {"lamp_id": 1}, now=NOW)


def test_scheduled_jobs_run_once_for_each_round(calls):
    running.send_out_due_rounds(now=NOW)
    running.send_out_due_rounds(now=NOW + timedelta(minutes=4))
    run_jobs(now=NOW)
    assert [call[0] for call in calls].count("looked") == 1
    assert [call[0] for call in calls].count("swept") == 1
    calls.clear()
    running.send_out_due_rounds(now=NOW + timedelta(minutes=5))
    run_jobs(now=NOW + timedelta(minutes=5))
    assert calls == [("looked", NOW + timedelta(minutes=5))]


def test_rounds_do_not_pile_up_while_nobody_works():
    for minute in range(0, 60, 5):
        running.send_out_due_rounds(now=NOW + timedelta(minutes=minute))
    waiting = ProcrastinateJob.objects.filter(args__job__endswith=".look_around")
    assert waiting.count() == 1


def test_the_registry_shows_who_reads_what_and_when():
    readers = events_and_readers()["tests.LampLit"]
    assert [reader.moment for reader in readers] == [None, None, "closes_at", "closes_at"]
    ours = [job.name.rpartition(".")[2] for job in scheduled_jobs() if "happenings" in job.name]
    assert ours == ["look_around", "sweep"]


def test_the_test_worker_marks_what_it_has_done():
    say(LampBroken(1))
    run_jobs(now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT status::text FROM procrastinate_jobs")
        assert cursor.fetchall() == [("succeeded",)]
