from datetime import UTC, datetime, timedelta
from io import BytesIO
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import RequestFactory
from PIL import Image

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.files.actions import (
    keep_files,
    publish_files,
    remove_files,
    store_made,
    store_upload,
    withdraw_files,
)
from edem.foundation.files.cleaning import remove_forgotten_files, remove_lost_content
from edem.foundation.files.models import FileState, StoredFile
from edem.foundation.files.queries import readable_file
from edem.foundation.files.rules import ANY, LARGEST, VIDEOS, Kind
from edem.foundation.files.tests.contents import PDF, photo_with_place, picture
from edem.foundation.files.tests.videos import mp4
from edem.foundation.files.thumbnails import draw_thumbnail
from edem.foundation.files.upload import LimitedUploadHandler, TooBigUpload
from edem.foundation.people.tests.factories import GrantFactory, PersonFactory
from edem.kernel.errors import Invalid, Missing

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_storage(settings):
    settings.STORAGES = {**settings.STORAGES}  # Django opens it anew


@pytest.fixture
def community():
    return CommunityFactory(slug="vyshnevohirsk")


@pytest.fixture
def owner():
    return PersonFactory()


@pytest.fixture
def upload(community, owner):
    def send(content=PDF, *, name="довідка.pdf", now=NOW, accept=ANY):
        file = SimpleUploadedFile(name, content)
        return store_upload(file, community=community, owner=owner, purpose="lamps.photo", now=now, accept=accept)

    return send


def content_of(stored):
    with default_storage.open(stored.place) as file:
        return file.read()


def address(stored):
    return f"/vyshnevohirsk/files/{stored.pk}/{quote(stored.name)}"


def kept(stored):
    keep_files([stored.pk], community_id=stored.community_id, owner_id=stored.owner_id)
    return stored


def test_a_paper_is_stored_as_it_came(upload):
    stored = upload()
    assert content_of(stored) == PDF
    assert (stored.kind, stored.name, stored.size, stored.state) == ("pdf", "довідка.pdf", len(PDF), FileState.NEW)
    assert not stored.is_public


def test_a_photo_stands_upright_and_tells_no_place(upload):
    drawn = content_of(upload(photo_with_place(), name="фото.jpg"))
    with Image.open(BytesIO(drawn)) as photo:
        assert photo.size == (480, 640)
        assert not photo.getexif()
    assert "Камера".encode() not in drawn
    assert b"Exif" not in drawn


def test_a_huge_photo_is_made_smaller(upload):
    with Image.open(BytesIO(content_of(upload(picture(size=(6000, 4000)), name="фото.jpg")))) as photo:
        assert max(photo.size) == 2560


def test_a_transparent_picture_stays_transparent(upload):
    with Image.open(BytesIO(content_of(upload(picture("PNG", mode="RGBA"), name="знак.png")))) as drawn:
        assert drawn.mode == "RGBA"


def test_a_program_with_a_pictures_name_is_refused(upload):
    with pytest.raises(Invalid, match="kind_not_taken"):
        upload(b"MZ\x90\x00" * 100, name="фото.jpg")
    assert not StoredFile.objects.exists()


def test_more_than_a_hundred_megabytes_are_counted_and_dropped():
    boundary = "edge"
    body = b"".join(
        [
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="x.pdf"\r\n\r\n'.encode(),
            b"%PDF-" + b"x" * LARGEST,
            f"\r\n--{boundary}--\r\n".encode(),
        ]
    )
    request = RequestFactory().generic("POST", "/", body, content_type=f"multipart/form-data; boundary={boundary}")
    request.upload_handlers.insert(0, LimitedUploadHandler(request))
    [file] = request.FILES.values()
    assert isinstance(file, TooBigUpload)
    assert file.size > LARGEST
    assert file.file is None


def test_a_file_too_big_to_receive_is_refused_in_words(community, owner):
    file = TooBigUpload(name="x.pdf", size=LARGEST + 1)
    with pytest.raises(Invalid, match="too_big"):
        store_upload(file, community=community, owner=owner, purpose="lamps.photo", now=NOW)


def test_only_ones_own_file_can_be_attached(upload, community):
    stored = upload()
    for somebody, somewhere in ((PersonFactory().pk, community.pk), (stored.owner_id, CommunityFactory().pk)):
        with pytest.raises(Missing):
            keep_files([stored.pk], community_id=somewhere, owner_id=somebody)
    kept(stored)
    stored.refresh_from_db()
    assert stored.state == FileState.KEPT


def test_a_private_file_is_for_its_owner_and_the_staff(upload, community):
    stored = kept(upload())
    worker = GrantFactory(community=community).person
    stranger = GrantFactory().person
    for reader in (stored.owner, worker):
        assert readable_file(stored.pk, community_id=community.pk, reader=reader) == stored
    for reader in (None, PersonFactory(), stranger):
        with pytest.raises(Missing):
            readable_file(stored.pk, community_id=community.pk, reader=reader)


def test_a_public_file_is_for_anyone_until_it_is_withdrawn(upload, client):
    stored = kept(upload())
    assert client.get(address(stored)).status_code == 404
    publish_files([stored.pk])
    response = client.get(address(stored))
    assert b"".join(response.streaming_content) == PDF
    withdraw_files([stored.pk])
    assert client.get(address(stored)).status_code == 404


def test_a_file_is_given_out_so_that_it_can_do_no_harm(upload, client):
    stored = kept(upload())
    publish_files([stored.pk])
    response = client.get(address(stored))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('довідка.pdf')}"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    response.close()


def test_a_picture_may_be_seen_in_place(upload, client):
    stored = kept(upload(picture(), name="фото.jpg"))
    publish_files([stored.pk])
    response = client.get(address(stored))
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith("inline")
    response.close()


def test_a_browser_that_has_the_file_gets_no_second_copy(upload, client):
    stored = kept(upload())
    publish_files([stored.pk])
    response = client.get(address(stored), headers={"If-None-Match": f'"{stored.sha256}"'})
    assert response.status_code == 304


def test_a_file_of_one_community_is_not_found_in_another(upload, client):
    stored = kept(upload())
    publish_files([stored.pk])
    CommunityFactory(slug="zhytomyr")
    assert client.get(address(stored).replace("vyshnevohirsk", "zhytomyr")).status_code == 404


def test_an_unfinished_upload_is_forgotten_after_a_day(upload, django_capture_on_commit_callbacks):
    forgotten, finished = upload(), kept(upload(name="інше.pdf"))
    later = NOW + timedelta(days=1, minutes=1)
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_forgotten_files(now=later) == 1
    assert list(StoredFile.objects.all()) == [finished]
    assert not default_storage.exists(forgotten.place)
    assert default_storage.exists(finished.place)


def test_content_that_a_rollback_left_behind_is_swept_up(upload):
    with transaction.atomic():
        lost = upload().place
        transaction.set_rollback(True)
    mine = kept(upload()).place
    assert default_storage.exists(lost)
    assert remove_lost_content(now=NOW) == 0, "it may belong to a running transaction"
    assert remove_lost_content(now=NOW + timedelta(days=2)) == 1
    assert not default_storage.exists(lost)
    assert default_storage.exists(mine)


def test_a_rolled_back_removal_removes_nothing(upload, django_capture_on_commit_callbacks):
    stored = kept(upload())
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        remove_files([stored.pk])
        transaction.set_rollback(True)
    assert StoredFile.objects.get() == stored
    assert default_storage.exists(stored.place)


def test_what_the_platform_made_is_kept_at_once(community):
    stored = store_made(
        PDF, name="Відповідь № 5", kind=Kind.PDF, community=community, purpose="petitions.answer", now=NOW
    )
    stored.refresh_from_db()
    assert (stored.state, stored.owner, stored.name) == (FileState.KEPT, None, "Відповідь № 5.pdf")
    assert not default_storage.save("x", ContentFile(b"1")).startswith("uploads")


def test_a_video_is_kept_as_it_came_and_played_from_any_place(upload, client):
    stored = kept(upload(mp4(pictures=bytes(range(256))), name="яма.mp4", accept=VIDEOS))
    publish_files([stored.pk])
    whole = client.get(address(stored))
    assert (whole["Content-Type"], whole["Accept-Ranges"]) == ("video/mp4", "bytes")
    content = b"".join(whole.streaming_content)
    assert content == mp4(pictures=bytes(range(256)))
    part = client.get(address(stored), headers={"Range": "bytes=100-119"})
    assert (part.status_code, part["Content-Length"]) == (206, "20")
    assert part["Content-Range"] == f"bytes 100-119/{len(content)}"
    assert b"".join(part.streaming_content) == content[100:120]
    beyond = client.get(address(stored), headers={"Range": f"bytes={len(content)}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(content)}")
    assert b"".join(beyond.streaming_content) == b""


def test_a_picture_is_shown_small_once_the_job_has_drawn_it(upload, client, django_capture_on_commit_callbacks):
    stored = kept(upload(picture(size=(2000, 1000)), name="фото.jpg"))
    publish_files([stored.pk])
    small = f"/vyshnevohirsk/files/{stored.pk}/small.webp"
    before = client.get(small)
    assert before["Content-Type"] == "image/jpeg"
    assert b"".join(before.streaming_content).startswith(b"\xff\xd8")
    for _ in range(2):  # a job may run again
        draw_thumbnail(stored.pk)
    after = client.get(small)
    with Image.open(BytesIO(b"".join(after.streaming_content))) as drawn:
        assert (after["Content-Type"], drawn.size) == ("image/webp", (480, 240))
    stored.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        remove_files([stored.pk])
    assert not default_storage.exists(stored.small_place)
    draw_thumbnail(stored.pk)
