"""Residents add photos and a video to a report that is there already: who may, what is taken, and who sees it when."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from edem.foundation.events.testing import run_jobs
from edem.foundation.files.tests.contents import photo_with_place, picture
from edem.foundation.files.tests.videos import mp4
from edem.foundation.moderation.models import ModerationCase
from edem.foundation.notices.letters import letter_of
from edem.foundation.notices.models import Notice
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.errors import Conflict, Invalid, NotAllowed
from edem.services.reports.actions.adding_photos import add_photo
from edem.services.reports.models import Photo
from edem.services.reports.tests.factories import MARCH_2, ReportFactory, staff
from edem.services.reports.tests.test_drawing import truncated

pytestmark = pytest.mark.django_db
SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.fixture
def neighbour(client):
    person = PersonFactory(display_name="Петро Гончар")
    client.sign_in(person)
    return person


def file(content=None, name="яма.jpg"):
    return SimpleUploadedFile(name, content or picture("JPEG"))


def test_a_neighbours_photo_stands_on_the_card_without_its_metadata(report, neighbour, client, read, send):
    assert f"/reports/{report.pk}/photos/add/" in read(f"{report.pk}/")
    assert send(f"{report.pk}/photos/add/", {"photos": file(photo_with_place())}).endswith(f"/reports/{report.pk}/")
    assert (report.photos.get().hidden, report.photos.get().file.drawing) == (True, "waiting"), "drawn afterwards"
    run_jobs(now=MARCH_2)
    photo = report.photos.get()
    assert (photo.stage, photo.hidden, photo.file.is_public, photo.added_by) == ("before", False, True, neighbour)
    page = read(f"{report.pk}/")
    assert str(photo.file_id) in page
    given = b"".join(client.get(f"/zhytomyr/files/{photo.file_id}/{photo.file.name}").streaming_content)
    assert not Image.open(BytesIO(given)).getexif()


def test_a_bad_file_is_named_and_the_good_one_stays(report, neighbour, send, read):
    files = [file(), file(SCRIPT, "знак.jpg")]
    assert send(f"{report.pk}/photos/add/", {"photos": files}).endswith("/photos/add/")
    assert "«знак.jpg» не додано" in read(f"{report.pk}/photos/add/")
    assert report.photos.count() == 1
    assert "Виправте" in send(f"{report.pk}/photos/add/", {}, status=422)


def test_a_video_is_one_and_photos_are_as_many_as_the_charter_says(report, under, neighbour):
    under(photos_most=2)
    add_photo(report.pk, file(mp4(), "яма.mp4"), by=neighbour, now=MARCH_2)
    with pytest.raises(Invalid, match=r"report\.too_many_videos"):
        add_photo(report.pk, file(mp4(), "ще.mp4"), by=neighbour, now=MARCH_2)
    add_photo(report.pk, file(), by=neighbour, now=MARCH_2)
    with pytest.raises(Invalid, match=r"report\.too_many_photos"):
        add_photo(report.pk, file(), by=neighbour, now=MARCH_2)
    add_photo(report.pk, file(), by=PersonFactory(), now=MARCH_2)
    assert report.photos.count() == 3


def test_where_a_moderator_reads_first_nobody_sees_it_before(report, under, neighbour, read, client, community):
    under(moderation="pre")
    assert not add_photo(report.pk, file(), by=neighbour, now=MARCH_2)
    photo = Photo.objects.get()
    assert (photo.hidden, photo.file.is_public, ModerationCase.objects.count()) == (True, False, 1)
    assert str(photo.file_id) not in read(f"{report.pk}/")
    client.logout()
    client.sign_in(staff(community, "moderator"))
    run_jobs(now=MARCH_2)
    assert Photo.objects.get().hidden, "drawn, and still not read"
    client.post(f"/zhytomyr/moderation/reports/photo/{photo.pk}/", {"decision": "approve"})
    assert str(photo.file_id) in read(f"{report.pk}/")


def test_the_author_may_and_whoever_may_not_join_may_not(report, under, neighbour, community):
    add_photo(report.pk, file(), by=report.author, now=MARCH_2)
    under(voices_open=False)
    with pytest.raises(NotAllowed, match="members_join"):
        add_photo(report.pk, file(), by=neighbour, now=MARCH_2)
    closed = ReportFactory(community=community, closed=True)
    for by in (closed.author, neighbour):
        with pytest.raises(Conflict, match="voices_closed"):
            add_photo(closed.pk, file(), by=by, now=MARCH_2)
    assert Photo.objects.count() == 1


def test_what_is_not_public_takes_none(community, neighbour, send, read):
    waiting = ReportFactory(community=community, checking=True)
    send(f"{waiting.pk}/photos/add/", {"photos": file()}, status=404)
    read(f"{waiting.pk}/photos/add/", status=404)
    assert not Photo.objects.exists()


def test_a_visitor_is_led_to_sign_in(report, client):
    answer = client.get(f"/zhytomyr/reports/{report.pk}/photos/add/")
    assert (answer.status_code, "next=" in answer["Location"]) == (302, True)


def test_whoever_added_what_nothing_opens_hears_so_and_its_author_does_not(report, neighbour):
    add_photo(report.pk, file(truncated(), "обрізок.jpg"), by=neighbour, now=MARCH_2)
    run_jobs(now=MARCH_2)
    [notice] = Notice.objects.filter(template__endswith="_spoiled.html").order_by("pk")
    assert (notice.person_id, notice.path) == (neighbour.pk, f"/reports/{report.pk}/photos/add/")
    letter = letter_of(notice)
    assert "обрізок.jpg" in letter.text
    assert report.title in letter.subject
