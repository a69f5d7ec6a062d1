"""Reports that phones send whole: acknowledged at once, exactly once; a job makes the reports and draws the photos."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from edem.foundation.communities.models import Border
from edem.foundation.events.testing import run_jobs
from edem.foundation.files.models import Drawing, StoredFile
from edem.foundation.files.tests.contents import bomb, photo_with_place, picture
from edem.foundation.files.tests.videos import mp4
from edem.foundation.identity.models import FileKey
from edem.foundation.intake.acts import act_named, take_one
from edem.foundation.intake.multipart import SentFile
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from edem.services.reports.actions.parcels import take_parcels
from edem.services.reports.actions.residents_changed import forget_resident
from edem.services.reports.actions.unpacking import KEPT_FOR, forget_refused_parcels, unpack
from edem.services.reports.models import Category, DraftShot, Parcel, Photo, Report, ReportDraft
from edem.services.reports.tests.parcels import TEXT
from edem.services.reports.web.parcels import ACT

pytestmark = pytest.mark.django_db
QUESTION = {"code": "depth", "label": "Глибина", "kind": "number", "required": True, "options": []}


def test_the_act_is_known_to_the_intake_room():
    assert act_named(ACT).act is take_parcels
    assert act_named(ACT).largest_form > 2 * 15 * 1024 * 1024


def test_what_is_acknowledged_is_written_and_sealed_before_the_answer(parcel, author, announced):
    new = parcel(photo_with_place(), picture())
    outcome = take_one(take_parcels, new)
    assert outcome.facts == {"id": str(new.id), "left_out": []}
    kept = Parcel.objects.get()
    assert (kept.pk, kept.person, kept.typed["text"], len(kept.shots)) == (new.id, author, TEXT, 2)
    assert not Report.objects.exists(), "the report itself is a job's work"
    assert FileKey.objects.count() == StoredFile.objects.filter(drawing=Drawing.WAITING, state="kept").count() == 2
    for stored in StoredFile.objects.order_by("pk"):
        with default_storage.open(stored.place) as file:
            assert b"JFIF" not in file.read()
    assert len(announced) == 1


def test_the_job_makes_the_report_and_draws_its_photos(parcel, author, now, read, client):
    new = parcel(photo_with_place(), picture())
    take_one(take_parcels, new)
    page = read(f"outbox/{new.id}/")
    assert "нікуди не зникне" in page
    assert TEXT in page
    run_jobs(now=now)
    report = Report.objects.get()
    assert (report.client_uuid, report.author, report.category_codes) == (new.id, author, ["3.8"])
    assert (report.lat, report.number, report.submitted_at) == (50.2547, 1, now)
    assert [each.hidden for each in report.photos.order_by("position")] == [False, False]
    assert not Parcel.objects.exists()
    assert not FileKey.objects.exists()
    assert client.get(f"/zhytomyr/reports/outbox/{new.id}/")["Location"] == f"/zhytomyr/reports/{report.pk}/"


def test_between_report_and_picture_visitors_see_nothing_broken(parcel, now, client, read):
    new = parcel(photo_with_place())
    take_one(take_parcels, new)
    unpack(new.id, now=now)
    report = Report.objects.get()
    assert [each.hidden for each in report.photos.all()] == [True]
    assert "Готується 1 фото" in read(f"{report.pk}/")
    client.logout()
    assert "/files/" not in read(f"{report.pk}/")


def test_the_same_number_is_one_report_however_often_and_whenever_it_comes(parcel, now):
    number = str(uuid.uuid4())
    first, second = (
        parcel(picture(), client_uuid=number),
        parcel(picture(), client_uuid=number, text="Інше про те саме"),
    )
    assert first == second, "the intake room lets the second one wait for the first"
    take_one(take_parcels, first)
    assert take_one(take_parcels, second).facts["id"] == number
    run_jobs(now=now)
    take_one(take_parcels, parcel(picture(), client_uuid=number))
    run_jobs(now=now)
    assert (Report.objects.count(), Photo.objects.count(), StoredFile.objects.count()) == (1, 1, 1)


def test_a_batch_is_one_commit_and_each_is_judged_alone(parcel, under, author, now):
    stranger = PersonFactory()
    mine = parcel(picture())
    theirs = parcel(picture(), by=stranger, client_uuid=str(mine.id))
    another = parcel(picture(), by=stranger)
    outcomes = take_parcels([mine, theirs, another])
    assert outcomes[mine].refusal is outcomes[another].refusal is None
    assert outcomes[theirs].refusal.code == "report.uuid_of_another"
    assert (Parcel.objects.count(), StoredFile.objects.count()) == (2, 2)
    with pytest.raises(Conflict, match="uuid_of_another"):
        take_one(take_parcels, parcel(by=stranger, client_uuid=str(mine.id)))


def test_who_may_not_send_is_told_at_once(parcel, under):
    under(only_members_send=True)
    with pytest.raises(NotAllowed, match="members_only"):
        take_one(take_parcels, parcel())
    assert not Parcel.objects.exists()


def test_a_community_that_takes_no_reports_takes_no_parcels(parcel, community):
    community.services = ["petitions"]
    community.save()
    with pytest.raises(Missing):
        take_one(take_parcels, parcel())


def test_what_lacks_an_answer_waits_as_a_draft_with_its_photos(parcel, community, now, client):
    Category.objects.filter(community=community, code="3.8").update(questions=[QUESTION])
    new = parcel(photo_with_place())
    take_one(take_parcels, new)
    run_jobs(now=now)
    assert not Report.objects.exists()
    draft = ReportDraft.objects.get()
    assert (draft.pk, draft.typed["text"]) == (new.id, TEXT)
    assert DraftShot.objects.get().width == 480
    assert f"/start/{new.id}/check/" in client.get(f"/zhytomyr/reports/outbox/{new.id}/")["Location"]


def test_a_place_beyond_the_border_is_left_out_and_not_the_report(parcel, community, now):
    west = [[20, 50], [21, 50], [21, 51], [20, 51], [20, 50]]
    Border.objects.create(community=community, area={"type": "Polygon", "coordinates": [west]}, changed_at=now)
    take_one(take_parcels, parcel(picture()))
    run_jobs(now=now)
    assert (Report.objects.get().lat, Photo.objects.count(), ReportDraft.objects.count()) == (None, 1, 0)


def test_what_may_be_neither_is_kept_and_says_why(parcel, under, now, read):
    new = parcel(picture())
    take_one(take_parcels, new)
    under(only_members_send=True)
    run_jobs(now=now)
    assert Parcel.objects.get().fault == "report.members_only"
    assert "лише її мешканці" in read(f"outbox/{new.id}/")
    forget_refused_parcels(now=now + KEPT_FOR + timedelta(hours=1))
    assert not Parcel.objects.exists()
    assert not StoredFile.objects.exists()


def test_broken_off_between_report_and_parcel_it_goes_on_where_it_stood(parcel, now, monkeypatch):
    new = parcel(picture())
    take_one(take_parcels, new)
    with monkeypatch.context() as broken:
        # The process ends just here.
        broken.setattr("edem.services.reports.actions.unpacking.close_parcel", lambda parcel: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            unpack(new.id, now=now)
    assert (Report.objects.count(), Parcel.objects.count()) == (1, 1)
    run_jobs(now=now)
    assert (Report.objects.count(), Photo.objects.count(), Parcel.objects.count()) == (1, 1, 0)
    assert not Photo.objects.get().hidden


def test_bad_files_are_left_out_and_named_and_the_report_is_not(parcel, now):
    files = [
        SentFile(field="photos", name=name, content=content)
        for name, content in (
            ("знак.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
            ("бомба.png", bomb(50_000, 50_000)),
            ("ніщо.jpg", b""),
        )
    ]
    new = parcel(*files, picture(), lat="0", lon="0")
    said = take_one(take_parcels, new).facts["left_out"]
    assert [each.split(":")[0] for each in said] == ["знак.svg", "бомба.png", "ніщо.jpg"]
    assert "до 40 мегапікселів" in said[1]
    run_jobs(now=now)
    assert (Report.objects.get().lat, Photo.objects.count()) == (None, 1)


def test_a_photo_s_place_stands_in_for_a_phone_that_did_not_know(parcel):
    assert parcel(photo_with_place(), lat="", lon="").typed.lat == 50.25
    assert parcel(photo_with_place()).typed.lat == 50.2547
    assert parcel(picture(), lat="nan", lon="1").typed.point is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"client_uuid": "не число"}, "report.parcel_unreadable"),
        ({"text": " "}, "report.nothing_said"),
        ({"text": "я" * 5001}, "report.text_length"),
    ],
)
def test_nonsense_is_refused_at_the_door(parcel, typed, code):
    with pytest.raises(Invalid, match=code):
        parcel(**typed)


def test_a_video_goes_by_the_plain_door(parcel):
    with pytest.raises(Invalid, match="parcel_with_video"):
        parcel(mp4())


def test_nobody_reads_another_s_parcel(parcel, client, read):
    new = parcel()
    take_one(take_parcels, new)
    client.logout()
    client.sign_in(PersonFactory())
    read(f"outbox/{new.id}/", status=404)


def test_what_a_forgotten_person_sent_does_not_become_a_report(parcel, author, now):
    take_one(take_parcels, parcel(picture()))
    forget_resident(author.pk, till=now)
    run_jobs(now=now)
    assert not Report.objects.exists()
    assert not StoredFile.objects.exists()
