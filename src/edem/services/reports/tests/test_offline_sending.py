"""What a phone kept without a network comes in by one request; whatever is broken, it is taken once or stays there."""

import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.templatetags.static import static

from edem.foundation.files.tests.contents import photo_with_place, picture
from edem.foundation.people.tests.factories import PersonFactory
from edem.services.reports.actions.drafting import start_report
from edem.services.reports.models import Category, DraftShot, Report, ReportDraft

pytestmark = pytest.mark.django_db
TEXT = "Яма на дорозі біля мосту"


@pytest.fixture
def post(client):
    def post(status=200, **typed):
        usual = {"client_uuid": str(uuid.uuid4()), "text": TEXT}
        answer = client.post("/zhytomyr/reports/outbox/", usual | typed, headers={"Accept": "application/json"})
        assert answer.status_code == status, answer.content.decode()[:2000]
        assert status == 409 or answer["Cache-Control"] == "no-store"
        return json.loads(answer.content)

    return post


def photo(content=None, name="яма.jpg"):
    return SimpleUploadedFile(name, picture() if content is None else content)


def test_everything_comes_in_at_once_and_the_second_time_changes_nothing(author, post):
    typed = {"client_uuid": str(uuid.uuid4()), "lat": "50.2547", "lon": "28.6587", "accuracy_m": "15"}
    first = post(**typed, photos=[photo(), photo()])
    again = post(**typed, photos=[photo(), photo()])
    report = Report.objects.get()
    assert first["number"] == again["number"] == report.number
    assert (report.photos.count(), report.category_codes, report.author) == (2, ["3.8"], author)
    assert not ReportDraft.objects.exists()


def test_a_try_that_broke_off_leaves_nothing_twice(author, community, post, now):
    number = uuid.uuid4()
    draft = start_report(number, community, by=author, now=now)
    post(client_uuid=str(number), photos=[photo()])
    assert Report.objects.get().photos.count() == 1
    assert not DraftShot.objects.filter(draft=draft.pk).exists()


def test_the_photo_s_place_stands_in_for_a_device_that_did_not_know(author, post):
    post(photos=[photo(photo_with_place())])
    assert Report.objects.get().lat == 50.25


def test_a_wrong_place_or_photo_is_left_out_and_the_report_is_not(author, post):
    said = post(lat="0", lon="0", photos=[photo(b"<svg/>", "знак.svg"), photo()])
    report = Report.objects.get()
    assert (report.lat, report.photos.count()) == (None, 1)
    assert "знак.svg" in said["left_out"][0]


def test_words_that_name_no_category_come_under_other(author, post):
    post(text="Зробіть щось, будь ласка")
    assert Report.objects.get().category_codes == ["8"]


def test_what_lacks_an_answer_goes_on_as_a_draft(author, community, post):
    question = {"code": "depth", "label": "Глибина", "kind": "number", "required": True, "options": []}
    Category.objects.filter(community=community, code="3.8").update(questions=[question])
    said = post()
    assert not Report.objects.exists()
    draft = ReportDraft.objects.get()
    assert (draft.typed["text"], str(draft.pk) in said["url"]) == (TEXT, True)


@pytest.mark.parametrize(
    "typed", [{"client_uuid": "не число"}, {"text": ""}, {"text": "я" * 5001}, {"lat": "nan", "lon": "1"}]
)
def test_nonsense_is_refused_in_words(author, post, typed):
    assert post(422, **typed)["message"]
    assert not Report.objects.exists()


def test_another_s_number_is_not_taken_over(author, post, client):
    number = str(uuid.uuid4())
    post(client_uuid=number)
    client.logout()
    client.sign_in(PersonFactory())
    assert post(409, client_uuid=number)["code"] == "report.uuid_of_another"


def test_an_expired_sign_in_is_said_before_photos_are_sent(client, community, post):
    asked = json.loads(client.get("/zhytomyr/reports/outbox/").content)
    assert asked["signed_in"] is False
    assert asked["token"]
    assert post(401)["code"] == "sign_in"


def test_the_app_can_be_installed_and_its_worker_kept(client, community):
    app = json.loads(client.get("/zhytomyr/reports/app.webmanifest").content)
    assert (app["start_url"], app["scope"], app["display"]) == (
        "/zhytomyr/reports/start/",
        "/zhytomyr/reports/",
        "standalone",
    )
    icon = client.get(app["icons"][0]["src"])
    assert (icon["Content-Type"], icon.content[:4]) == ("image/svg+xml", b"<svg")
    worker = client.get("/zhytomyr/reports/worker.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert '"/zhytomyr/reports/offline/"' in worker.content.decode()
    assert "export " not in worker.content.decode()
    for script in ("app", "outbox", "task-outbox", "shelf"):  # what the pages that open without a network run
        assert f'"{static(f"reports/js/{script}.js")}"' in worker.content.decode()
    assert "Яма" not in client.get("/zhytomyr/reports/offline/").content.decode()
