"""A contractor's link: sealed, for one report, till its day; what a telephone sends again is taken once."""

import uuid
from datetime import timedelta

import pytest

from edem.foundation.events.testing import run_jobs
from edem.kernel.errors import Conflict, Invalid, Missing
from edem.services.reports.actions.accepting import accept_report
from edem.services.reports.actions.closing import close_report
from edem.services.reports.actions.doing_tasks import send_task, send_task_by_link
from edem.services.reports.actions.refusing import refuse_report
from edem.services.reports.actions.task_links import make_link, revoke_link
from edem.services.reports.models import Photo, TaskLink, WorkReport
from edem.services.reports.queries.task_links import open_task, token_of
from edem.services.reports.rules.results import Closing, Result
from edem.services.reports.tests.cabinet import hold, photo
from edem.services.reports.tests.factories import MARCH_2, ReportFactory, held

pytestmark = pytest.mark.django_db
NOW = MARCH_2 + timedelta(hours=3)
DAY = timedelta(days=1)
ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"


def test_a_link_is_for_one_report_till_its_day_and_no_longer(report, worker, community):
    token = make_link(report.pk, name="ТОВ «Ремдор»", days=7, by=worker, now=NOW)
    link = TaskLink.objects.get()
    assert (token, hold(report).executor_name) == (token_of(link), "ТОВ «Ремдор»")
    assert open_task(token, community_id=community.pk, now=NOW + 6 * DAY).report == report
    for at, where, what in (
        (NOW + 7 * DAY, community.pk, token),
        (NOW, community.pk + 1, token),
        (NOW, community.pk, token[:-1] + twin_of(token[-1])),
        (NOW, community.pk, "x" * len(token)),
        (NOW, community.pk, ""),
        (NOW, community.pk, "ї" * 45),
    ):
        with pytest.raises(Missing):
            open_task(what, community_id=where, now=at)
    revoke_link(report.pk, link.pk, by=worker, now=NOW + DAY)
    with pytest.raises(Missing):
        send_task_by_link(token, text="Готово.", photos=[], community_id=community.pk, now=NOW + 2 * DAY)


def twin_of(letter: str) -> str:
    """The last letter's last bit means nothing in base32: this one is read as the same bytes."""
    return ALPHABET[ALPHABET.index(letter) ^ 1]


@pytest.mark.parametrize("days", [0, 61, -1])
def test_no_link_lasts_for_ever(report, worker, days):
    with pytest.raises(Invalid):
        make_link(report.pk, name="ТОВ", days=days, by=worker, now=NOW)


def test_a_contractor_reports_with_photos_and_the_worker_closes_with_them(community, worker, roads):
    report = ReportFactory(community=community, category_codes=["3.8"])
    held(report, organisation=roads)
    accept_report(report.pk, by=worker, now=NOW)
    token = make_link(report.pk, name="ТОВ «Ремдор»", days=7, by=worker, now=NOW)
    send_task_by_link(token, text="Залатали.", photos=[photo()], community_id=community.pk, now=NOW)
    done = WorkReport.objects.get()
    assert (done.by, done.name, done.link_id is not None) == (None, "ТОВ «Ремдор»", True)
    run_jobs(now=NOW)
    after = Photo.objects.get()
    assert (after.stage, after.added_by, after.hidden, after.file.is_public) == ("after", None, False, True)
    close_report(report.pk, Closing(result=Result.SOLVED, text="Залатали гарячим асфальтом."), by=worker, now=NOW)
    with pytest.raises(Conflict):
        send_task_by_link(token, text="Ще.", photos=[], community_id=community.pk, now=NOW)


def test_a_link_dies_with_the_hold_it_was_made_for(community, report, worker):
    token = make_link(report.pk, name="ТОВ", days=7, by=worker, now=NOW)
    refuse_report(report.pk, by=worker, reason="Це приватна дорога садівничого товариства.", passed_to=None, now=NOW)
    with pytest.raises(Missing):
        open_task(token, community_id=community.pk, now=NOW)


def test_what_a_telephone_sends_again_is_taken_once(community, report, worker, executor):
    accept_report(report.pk, by=worker, now=NOW)
    token = make_link(report.pk, name="ТОВ", days=7, by=worker, now=NOW)
    for number, send in (
        (uuid.uuid4(), lambda **facts: send_task(report.pk, by=executor, now=NOW, **facts)),
        (uuid.uuid4(), lambda **facts: send_task_by_link(token, community_id=community.pk, now=NOW, **facts)),
    ):
        for _ in range(3):
            send(text="Готово.", photos=[photo()], sending=number)
    assert (WorkReport.objects.count(), Photo.objects.count()) == (2, 2)
    with pytest.raises(Conflict):
        send_task(report.pk, by=executor, now=NOW, text="  ", photos=[])
