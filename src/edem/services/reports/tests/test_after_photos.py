"""Photos of the work are drawn by a job; only a closing draws them at once, because it hangs on them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from edem.foundation.events.testing import run_jobs
from edem.foundation.files.models import StoredFile
from edem.foundation.notices.models import Notice
from edem.foundation.people.tests.factories import PersonFactory
from edem.services.reports.actions.accepting import accept_report
from edem.services.reports.actions.after_photos import add_work_photos
from edem.services.reports.actions.doing_tasks import send_task
from edem.services.reports.actions.self_help import decide_self_help, propose_self_help, report_self_help
from edem.services.reports.models import Category, Photo
from edem.services.reports.tests.cabinet import photo
from edem.services.reports.tests.factories import MARCH_2, staff
from edem.services.reports.tests.test_drawing import truncated

pytestmark = pytest.mark.django_db
SOLVED = {"result": "solved", "text": "Залатали гарячим асфальтом."}
SPOILED = "reports/mail/organisation/photo_spoiled.html"


@pytest.fixture
def asked(report):
    """Of a category that asks for a photo of the work."""
    Category.objects.filter(community=report.community, code="3.8").update(photo_required_on_closing=True)
    return report


def scrap():
    return SimpleUploadedFile("обрізок.jpg", truncated())


def test_the_executor_does_not_wait_for_the_drawing_and_sees_that_it_goes_on(report, executor, client, read, now):
    accept_report(report.pk, by=staff_of(report), now=now)
    send_task(report.pk, text="", photos=[photo(), photo()], by=executor, now=now)
    assert set(StoredFile.objects.order_by("pk").values_list("drawing", flat=True)) == {"waiting"}
    client.sign_in(executor)
    page = read(f"{report.pk}/task/")
    assert "Готуються 2 фото" in page
    assert "small.webp" not in page
    run_jobs(now=now)
    page = read(f"{report.pk}/task/")
    assert "Готуються" not in page
    assert page.count("small.webp") == Photo.objects.filter(hidden=False).count() == 2


def staff_of(report):
    return staff(report.community, "responsible_worker", organisation=report.organisation)


def test_whoever_closes_waits_neither_for_their_own_photo_nor_for_the_executor_s(
    asked, come, executor, read, send, now
):
    accept_report(asked.pk, by=come(), now=now)
    send_task(asked.pk, text="Залатали.", photos=[photo()], by=executor, now=now)
    send(f"{asked.pk}/job/close/", SOLVED)
    asked.refresh_from_db()
    assert (asked.state, Photo.objects.get().hidden, Photo.objects.get().file.is_public) == ("closed", False, True)


def test_a_photo_that_nothing_opens_closes_nothing_and_the_worker_reads_why(asked, come, read, send, now):
    accept_report(asked.pk, by=come(), now=now)
    page = send(f"{asked.pk}/job/close/", SOLVED | {"photos_sent": scrap()}, status=422)
    assert "Не вдалося відкрити зображення." in page
    asked.refresh_from_db()
    assert asked.state == "accepted"
    assert "Не вдалося відкрити обрізок.jpg" in read(f"{asked.pk}/job/")
    assert "обов’язкове" in send(f"{asked.pk}/job/close/", SOLVED, status=422), "a scrap is no photo of the work"
    send(f"{asked.pk}/job/close/", SOLVED | {"photos_sent": photo()})


def test_somebody_else_s_spoiled_photo_keeps_nobody_from_closing(asked, come, executor, send, now):
    accept_report(asked.pk, by=come(), now=now)
    send_task(asked.pk, text="Залатали.", photos=[scrap(), photo()], by=executor, now=now)
    send(f"{asked.pk}/job/close/", SOLVED)
    asked.refresh_from_db()
    assert asked.state == "closed"


def test_the_control_body_s_own_check_is_drawn_with_the_closing_and_a_bad_one_is_refused(asked, client, send, now):
    asked.state, asked.reopened_at = "reopened", MARCH_2
    asked.save()
    client.sign_in(staff(asked.community, "control_body"))
    send(f"{asked.pk}/case/close/", SOLVED | {"photos_sent": scrap()}, status=422)
    assert not Photo.objects.exists()
    send(f"{asked.pk}/case/close/", SOLVED | {"photos_sent": photo()})
    assert not Photo.objects.get().hidden


def test_whoever_sent_what_nothing_opens_and_their_workers_hear_so_once(report, worker, executor, head, now):
    accept_report(report.pk, by=worker, now=now)
    add_work_photos(report.pk, [scrap()], by=executor, now=now)
    for _ in range(2):
        run_jobs(now=now)
    told = Notice.objects.filter(template=SPOILED).order_by("pk").values_list("person_id", flat=True)
    assert set(told) == {worker.pk, executor.pk}
    assert len(told) == 2


def test_a_neighbour_whose_photo_of_the_work_nothing_opens_hears_so_on_a_page_that_they_may_open(report, now, worker):
    leader = PersonFactory()
    propose_self_help(report.pk, plan="Фарбуємо лавки самі.", meets_at=None, by=leader, now=MARCH_2)
    decide_self_help(report.pk, agrees=True, note="", by=staff(report.community, "moderator"), now=MARCH_2)
    report_self_help(report.pk, text="Пофарбували лавки.", photos=[scrap()], by=leader, now=MARCH_2)
    run_jobs(now=now)
    [notice] = Notice.objects.filter(template__endswith="_spoiled.html").order_by("pk")
    assert (notice.person_id, notice.path) == (leader.pk, f"/reports/{report.pk}/")
