"""Photos are taken in at once and sealed; a job draws them, and before that nobody sees them."""

import uuid
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from edem.foundation.events.testing import run_jobs
from edem.foundation.files.models import Drawing, StoredFile
from edem.foundation.files.tests.contents import photo_with_place
from edem.foundation.identity.models import FileKey
from edem.foundation.notices.models import Notice
from edem.services.reports.actions.drawing import draw_photo
from edem.services.reports.models import Photo, Report, ReportDraft
from edem.services.reports.tests.factories import HERE, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(author, send):
    draft_id = uuid.uuid4()
    send("start/", {"draft": str(draft_id), "photos": SimpleUploadedFile("яма.jpg", photo_with_place())})
    return draft_id


@pytest.fixture
def sent(send):
    def sent(draft_id):
        send(f"start/{draft_id}/place/", {"lat": HERE.lat, "lon": HERE.lon})
        send(f"start/{draft_id}/words/", {"text": "Велика яма на дорозі біля школи", "title": ""})
        send(f"start/{draft_id}/check/")
        return Report.objects.get(client_uuid=draft_id)

    return sent


def truncated(side=600):
    """Opens, tells its size, and ends in the middle."""
    drawn = BytesIO()
    Image.effect_noise((side, side), 60).save(drawn, "JPEG")
    return drawn.getvalue()[: drawn.tell() // 2]


def test_the_original_lies_sealed_and_nobody_is_given_it(begun, client):
    stored = StoredFile.objects.get()
    assert (stored.drawing, FileKey.objects.filter(file=stored).count()) == (Drawing.WAITING, 1)
    with default_storage.open(stored.place) as file:
        lying = file.read()
    assert b"Exif" not in lying
    assert lying[:3] != b"\xff\xd8\xff"
    for address in (f"/zhytomyr/files/{stored.pk}/яма.jpg", f"/zhytomyr/files/{stored.pk}/small.webp"):
        assert client.get(address).status_code == 404, "not even its author"


def test_the_writer_goes_on_at_once_and_sees_the_photo_when_it_is_drawn(begun, read, now):
    page = read(f"start/{begun}/photos/")
    assert "Фото готується: яма.jpg" in page
    assert "<img src" not in page
    assert "Місце взято з фото" in read(f"start/{begun}/place/")
    run_jobs(now=now)
    page = read(f"start/{begun}/photos/")
    assert "Фото готується" not in page
    assert 'width="480" height="640"' in page


def test_drawn_it_has_no_metadata_no_key_and_no_original(begun, django_capture_on_commit_callbacks):
    before = StoredFile.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        draw_photo(before.pk)
    after = StoredFile.objects.get()
    assert (after.drawing, after.pk, FileKey.objects.count()) == (Drawing.DONE, before.pk, 0)
    assert not default_storage.exists(before.place)
    with default_storage.open(after.place) as file:
        content = file.read()
    assert content.startswith(b"\xff\xd8\xff")
    assert b"Exif" not in content
    assert (len(content), bool(after.small_place)) == (after.size, True)
    draw_photo(after.pk)
    assert StoredFile.objects.get().place == after.place, "told twice, it is done once"


def test_a_report_sent_before_its_photo_is_drawn_shows_it_afterwards(begun, sent, read, client, now, author):
    report = sent(begun)
    photo = report.photos.get()
    assert photo.hidden
    assert "Готується 1 фото" in read(f"{report.pk}/")
    client.logout()
    page = read(f"{report.pk}/")
    assert "Готується" not in page
    assert "files/" not in page, "nothing broken for visitors"
    run_jobs(now=now)
    photo.refresh_from_db()
    assert (photo.hidden, photo.width, photo.height) == (False, 480, 640)
    assert photo.file.is_public
    assert f"files/{photo.file_id}/small.webp" in read(f"{report.pk}/")
    assert client.get(f"/zhytomyr/files/{photo.file_id}/small.webp").status_code == 200


def test_what_a_moderator_has_not_let_in_is_drawn_and_stays_private(begun, sent, under, now, read, client, community):
    under(moderation="pre")
    report = sent(begun)
    run_jobs(now=now)
    photo = report.photos.get()
    assert (photo.hidden, photo.file.is_public) == (False, False)
    client.logout()
    assert client.get(f"/zhytomyr/files/{photo.file_id}/small.webp").status_code == 404
    client.sign_in(staff(community, "moderator"))
    assert client.get(f"/zhytomyr/files/{photo.file_id}/small.webp").status_code == 200


def test_a_draft_s_photo_that_cannot_be_opened_is_told_and_left_out(author, send, sent, read, now):
    draft_id = uuid.uuid4()
    send("start/", {"draft": str(draft_id), "photos": SimpleUploadedFile("обрізок.jpg", truncated())})
    run_jobs(now=now)
    assert "Не вдалося відкрити обрізок.jpg. Приберіть його й додайте інше" in read(f"start/{draft_id}/photos/")
    report = sent(draft_id)
    assert not report.photos.exists()
    assert not StoredFile.objects.exists()


def test_the_author_hears_of_a_sent_photo_that_cannot_be_opened_and_what_to_do(author, send, sent, read, client, now):
    draft_id = uuid.uuid4()
    send("start/", {"draft": str(draft_id), "photos": SimpleUploadedFile("обрізок.jpg", truncated())})
    report = sent(draft_id)
    run_jobs(now=now)
    assert report.photos.get().hidden
    assert "Не вдалося відкрити обрізок.jpg. Надішліть інше фото відповіддю" in read(f"{report.pk}/")
    letters = Notice.objects.filter(template="reports/mail/photo_spoiled.html")
    assert [each.person_id for each in letters.order_by("pk")] == [author.pk]
    client.logout()
    page = read(f"{report.pk}/")
    assert "обрізок" not in page
    assert "files/" not in page


def test_whoever_blurs_does_not_wait_for_the_job(begun, read, send):
    shot = ReportDraft.objects.get(pk=begun).shots.get()
    assert f"files/{shot.file_id}" in read(f"start/{begun}/photos/{shot.pk}/blur/")
    send(f"start/{begun}/photos/{shot.pk}/blur/", {"rectangles": "10 20 30 40"})
    shot.refresh_from_db()
    assert shot.is_blurred


def test_a_photo_that_is_drawn_while_the_report_is_being_sent_is_not_lost(begun, sent):
    """The job saw a draft and meets a report: it begins again, in the order of locks."""
    file_id = StoredFile.objects.get().pk
    report = sent(begun)
    draw_photo(file_id)
    assert not Photo.objects.get(report=report).hidden
