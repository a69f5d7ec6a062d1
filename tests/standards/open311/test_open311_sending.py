"""Open311 as a program sends by it: reports, pictures, updates, and what is refused."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from edem.config.testing.clients import PlatformClient
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.files.models import StoredFile
from edem.foundation.people.roles import Role
from edem.portals.public_api.keys import KeyFacts, make_key
from edem.services.reports.models import Answer, Category, Photo, Report, WorkReport
from edem.services.reports.tests.factories import (
    HERE,
    held,
    reports_charter,
    staff,
)
from tests.standards.open311.asking import PLACE, WHOLE, made, picture
from tests.standards.open311.holding import json_faults, xml_faults

pytestmark = pytest.mark.django_db


def test_a_program_sends_a_report_that_finds_its_organisation(ask, post, roads):
    [told] = post({"address_string": "вул. Шкільна, 7"})
    report = Report.objects.get(number=told["service_request_id"])
    assert (report.source, report.author, report.author_name) == ("open311", None, "")
    assert (report.title, report.address) == ("Глибока яма біля школи", "вул. Шкільна, 7")
    assert report.organisation == roads
    [read] = ask(f"requests/{report.number}")
    assert read["status"] == "open"


def test_who_wrote_is_not_kept_and_the_notice_says_so(post):
    who = {"email": "olha@example.com", "first_name": "Ольга", "last_name": "Ткачук", "phone": "+380501112233"}
    [told] = post(who)
    report = Report.objects.get(number=told["service_request_id"])
    assert "не збережено" in told["service_notice"]
    kept = " ".join(str(value) for value in vars(report).values())
    assert not [value for value in who.values() if value in kept]
    assert "не збережено" not in post({"description": "Яма без підпису"})[0]["service_notice"]


def test_the_charter_may_have_a_moderator_read_first(ask, client, community, post):
    version = reports_charter(community)
    type(version).objects.filter(pk=version.pk).update(values={"moderation": "pre"})
    [told] = post()
    token = told["token"]
    assert "service_request_id" not in told
    assert ask(f"tokens/{token}", "tokens") == [{"service_request_id": "", "token": token}]
    Report.objects.filter(client_uuid=token).update(state="open", published_at=datetime.now(UTC))
    assert ask(f"tokens/{token}", "tokens")[0]["service_request_id"]


def test_pictures_come_along_without_their_metadata(ask, client, post):
    [told] = post(path="requests.json", media=picture())
    photo = Photo.objects.get(report__number=told["service_request_id"])
    assert (photo.width, photo.height, photo.added_by) == (64, 48, None)
    [read] = ask(f"requests/{told['service_request_id']}")
    path = read["media_url"].partition("/zhytomyr/")[2]
    assert client.get(f"/zhytomyr/{path}").status_code == 200
    [fault] = post(status=400, media=SimpleUploadedFile("bomb.jpg", b"PK\x03\x04not a picture", "image/jpeg"))
    assert fault["code"] == 400
    assert StoredFile.objects.count() == 1


def test_the_same_report_sent_again_is_the_same_report(post):
    headers = {"Idempotency-Key": str(uuid4())}
    [first], [again] = post(headers=headers), post(status=200, headers=headers)
    assert first["service_request_id"] == again["service_request_id"]
    assert Report.objects.count() == 1
    assert post()[0]["service_request_id"] != first["service_request_id"]


def test_answers_to_the_questions_of_a_category_are_kept_and_checked(community, post):
    questions = [
        {"code": "depth", "label": "Глибина", "kind": "number", "required": True},
        {"code": "kind", "label": "Яка", "kind": "choices", "options": ["глибока", "широка"]},
        {"code": "since", "label": "Відколи", "kind": "date"},
    ]
    Category.objects.filter(community=community, code="3.8").update(questions=questions)
    given = {
        "attribute[depth]": "12",
        "attribute[kind][]": ["глибока", "широка"],
        "attribute[since]": "2026-11-01T23:30:00Z",
    }
    [told] = post(given)
    kept = Report.objects.get(number=told["service_request_id"]).answers
    assert kept == {"depth": 12.0, "kind": ["глибока", "широка"], "since": "2026-11-02"}
    for broken in (
        {"attribute[depth]": ""},
        {"attribute[depth]": "глибоко"},
        {"attribute[depth]": "1", "attribute[colour]": "x"},
        {"attribute[depth]": "1", "attribute[kind][]": ["бездонна"]},
        {"attribute[depth]": ["1", "2"], "attribute[depth][]": ["3"]},
    ):
        post(broken, status=400)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"service_code": "9.9"}, 404),
        ({"service_code": ""}, 400),
        ({"lat": "", "long": ""}, 400),
        ({"lat": str(HERE.lon), "long": str(HERE.lat)}, 400),
        ({"lat": "0", "long": "0"}, 400),
        ({"lat": "40.7", "long": "-74.0"}, 400),
        ({"description": "Щ" * 10_000}, 400),
        ({"description": "a\x00b"}, 400),
        ({"jurisdiction_id": "nowhere"}, 404),
        ({"api_key": ""}, 403),
        ({"api_key": "edem_00000000_nonsense"}, 403),
    ],
)
def test_a_report_that_cannot_be_taken_is_refused_and_nothing_is_kept(post, changes, code):
    [fault] = post(changes, status=code)
    assert fault["code"] == code
    assert not Report.objects.exists()


def test_a_key_without_the_right_or_of_another_community_opens_nothing(community, post, now):
    admin = staff(community, Role.COMMUNITY_ADMIN)
    reading = make_key(community, KeyFacts(name="Читач", scopes=["reports:read"]), by=admin, now=now)
    elsewhere = make_key(
        CommunityFactory(slug="other-town"), KeyFacts(name="Чужий", scopes=["reports:send"]), by=admin, now=now
    )
    for foreign in (reading, elsewhere):
        [fault] = post(api_key=foreign, status=403)
        assert "ключ" in fault["description"].lower() or "api_key" in fault["description"]


def test_members_only_means_no_programs(community, post):
    version = reports_charter(community)
    type(version).objects.filter(pk=version.pk).update(values={"only_members_send": True})
    assert post(status=403)[0]["code"] == 403


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><service_requests>&b;</service_requests>'


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (BOMB, "text/xml"),
        (b'{"service_code": "3.8"}', "application/json"),
        (b"", "text/plain"),
        (b"service_code=3.8&lat=%ff%fe&long=24", "application/x-www-form-urlencoded"),
        (b"a=1", "application/x-www-form-urlencoded; charset=cp1251"),
        (b"&".join(b"a%d=1" % number for number in range(5_000)), "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x", "multipart/form-data"),
    ],
)
def test_what_is_no_form_is_refused_in_the_form_asked_for(community, key, body, content_type):
    client = PlatformClient(raise_request_exception=False)
    for form, faults in (("json", lambda content: json_faults(content, "errors")), ("xml", xml_faults)):
        address = f"{PLACE}requests.{form}?api_key={key}"
        answer = client.generic("POST", address, body, content_type=content_type)
        assert answer.status_code == 400, answer.content[:300]
        assert faults(answer.content) == []


def test_the_test_endpoint_checks_everything_and_writes_nothing(client, community, key):
    address = "/zhytomyr/open311/test/v2/requests.json"
    answer = client.post(address, {**WHOLE, "api_key": key})
    assert json_faults(answer.content, "taken") == []
    assert json.loads(answer.content)[0]["token"] == "test"
    assert client.post(address, {**WHOLE, "lat": "0", "long": "0", "api_key": key}).status_code == 400
    assert not Report.objects.exists()


def test_an_organisations_program_tells_what_is_done_and_the_worker_closes(community, roads, roads_key, update):
    report = made(community)
    assignment = held(report, organisation=roads)
    first = update(report, roads_key, update_id="u1", status="open", description="Виїхали.")
    assert update(report, roads_key, update_id="u1", status="open", description="Виїхали.") == first
    update(
        report, roads_key, update_id="u2", status="closed", description="Засипано.", media_url="https://a.test/1.jpg"
    )
    said = [(each.text, each.organisation) for each in Answer.objects.order_by("pk")]
    assert said == [("Виїхали.", roads), ("Засипано.\n\nhttps://a.test/1.jpg", roads)]
    assert WorkReport.objects.get().assignment == assignment
    report.refresh_from_db()
    assert report.state == "open"


def test_an_update_of_another_organisation_or_without_a_key_of_one_is_refused(community, roads, roads_key, key, update):
    report = made(community)
    said = {"status": "closed", "description": "Усе."}
    assert update(report, roads_key, answered=403, **said)[0]["code"] == 403  # it does not hold the report
    held(report, organisation=roads)
    assert update(report, key, answered=403, **said)[0]["code"] == 403  # a key of sending, and of no organisation
    update(report, roads_key, answered=400, description="", media_url="ftp://x")
    update(report, roads_key, answered=400, updated_datetime="2999-01-01", **said)
    report.number = 99_999
    update(report, roads_key, answered=404, **said)
    assert not Answer.objects.exists()
