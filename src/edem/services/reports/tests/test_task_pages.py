"""The task on a telephone: by a contractor's link without an account, and with one."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from edem.services.reports.actions.assigning import appoint_executor
from edem.services.reports.models import Photo, TaskLink, WorkReport
from edem.services.reports.tests.cabinet import hold, photo
from edem.services.reports.tests.factories import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(come, report, send):
    """The path of a contractor's task, as the worker's page shows it once."""
    come()
    page = send(f"{report.pk}/job/link/", {"name": "ТОВ «Ремдор»", "days": "7"}, status=200)
    [address] = set(re.findall(r"/zhytomyr/reports/(task/[a-z2-7]{45}/)", page))
    return address


def test_a_contractor_works_by_a_link_without_an_account(link, client, report, read, send):
    client.logout()
    answer = client.get(f"/zhytomyr/reports/{link}")
    page = answer.content.decode()
    assert (answer["Cache-Control"], answer["X-Robots-Tag"], answer["Referrer-Policy"]) == (
        "no-store",
        "noindex",
        "no-referrer",
    )
    for words in (report.title, report.text, 'href="geo:50.254700,28.658700?q=50.254700,28.658700"', "ТОВ «Ремдор»"):
        assert words in page, words
    for secret in (report.author_name, "/desk/", "/job/"):
        assert secret not in page
    send(link, {"photos_sent": photo()})
    assert not WorkReport.objects.exists(), "photos alone report nothing"
    send(link, {"text": "Залатали."})
    assert (WorkReport.objects.get().name, Photo.objects.count()) == ("ТОВ «Ремдор»", 1)
    assert "Додайте фото або напишіть" in send(link, {}, status=422)


def test_what_waited_in_the_telephone_comes_by_script_and_is_answered_to_it(link, client):
    client.logout()
    sent = {"text": "Залатали.", "sending": "6f1d3c1e-6f60-4c39-9c7c-1d5c8a1f2b3c"}
    for _ in range(2):
        answer = client.post(f"/zhytomyr/reports/{link}", sent, headers={"accept": "application/json"})
        assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert WorkReport.objects.count() == 1
    empty = client.post(f"/zhytomyr/reports/{link}", {}, headers={"accept": "application/json"})
    assert (empty.status_code, "Додайте фото" in empty.json()["message"]) == (422, True)


def test_a_link_that_was_cancelled_shows_nothing(link, client, report, read, send):
    assert "ще не відкривали" in read(f"{report.pk}/job/")
    made = TaskLink.objects.get()
    send(f"{report.pk}/job/link/{made.pk}/cancel/")
    assert "скасовано" in read(f"{report.pk}/job/")
    client.logout()
    assert "вже не діє" in read(link, status=404)
    send(link, {"text": "Готово"}, status=404)


def test_hostile_files_by_a_link_are_refused_and_the_words_stay(link, client, send):
    client.logout()
    svg = SimpleUploadedFile("1.jpg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    page = send(link, {"photos_sent": svg, "text": "Зробили."}, status=422)
    assert "Зробили." in page
    assert not Photo.objects.exists()
    assert not WorkReport.objects.exists()


def test_the_executor_has_the_task_on_the_telephone(come, community, roads, report, read, send, now):
    head = staff(community, "head_of_organisation", organisation=roads)
    executor = come("executor")
    assert "Завдань немає" in read("tasks/")
    appoint_executor(report.pk, executor_id=executor.pk, name="", by=head, now=now)
    assert f"/reports/{report.pk}/task/" in read("tasks/")
    assert "Прокласти шлях" in read(f"{report.pk}/task/")
    send(f"{report.pk}/task/", {"photos_sent": [photo("1.jpg"), photo("2.jpg")], "text": "Засипали."})
    assert (Photo.objects.count(), hold(report).reported_at is not None) == (2, True)
    assert "доповіли" in read("tasks/")
