"""The card as residents use it: photos, voices, talk, sharing, complaints, a face hidden too late, merged reports."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from edem.foundation.audit.models import AuditEntry
from edem.foundation.documents.testing import pdf_pages
from edem.foundation.files.models import StoredFile
from edem.foundation.files.tests.contents import picture
from edem.foundation.people.tests.factories import PersonFactory
from edem.services.reports.actions.drafting import start_report
from edem.services.reports.actions.drawing import draw_photo
from edem.services.reports.actions.photographing import add_shot
from edem.services.reports.actions.sending import send_report
from edem.services.reports.models import Photo, Report, Voice
from edem.services.reports.queries.drafts import ready_draft, writing_of
from edem.services.reports.tests.factories import HERE, ReportFactory, a_draft, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return PersonFactory(display_name="Ольга Ткачук")


@pytest.fixture
def with_photo(community, roads, author, now):
    """Sent through the form, with one photo."""
    import uuid
    from dataclasses import replace

    draft_id = uuid.uuid4()
    start_report(draft_id, community, by=author, now=now)
    add_shot(draft_id, SimpleUploadedFile("яма.jpg", picture(size=(400, 300))), most=8, by=author, now=now)
    photos = ready_draft(writing_of(community, draft_id, author=author)).photos
    draw_photo(photos[0].file_id)
    draft = replace(a_draft(client_uuid=draft_id), photos=photos)
    return send_report(draft, community=community, by=author, now=now)


def test_a_visitor_reads_it_all_and_is_led_to_sign_in_only_to_act(with_photo, read, client):
    page = read(f"{with_photo.pk}/")
    for words in ("Мене теж це стосується", "Стежити", "Розповісти", "Обговорення", "Зробити це самим"):
        assert words in page
    assert "small.webp" in page
    assert "Розмити частину" not in page
    assert client.get(f"/zhytomyr/reports/{with_photo.pk}/join/").status_code == 302


def test_one_press_adds_a_voice_and_one_takes_it_back(with_photo, client, read, send):
    client.sign_in(PersonFactory())
    send(f"{with_photo.pk}/join/")
    assert "Ви вже приєдналися" in send(f"{with_photo.pk}/join/", status=422)
    assert "Ви приєдналися" in read(f"{with_photo.pk}/")
    assert Voice.objects.count() == 1
    send(f"{with_photo.pk}/leave/")
    assert (Voice.objects.count(), Report.objects.get(pk=with_photo.pk).voice_count) == (0, 0)


def test_people_talk_under_it(with_photo, client, read, send):
    client.sign_in(PersonFactory(display_name="Іван Гончар"))
    send(f"{with_photo.pk}/comments/add/", {"text": "Учора там пробили друге колесо."})
    assert "друге колесо" in read(f"{with_photo.pk}/comments/")
    assert "друге колесо" in read(f"{with_photo.pk}/")


def test_it_is_passed_on_by_link_and_on_paper(with_photo, read, client):
    share = read(f"{with_photo.pk}/share/")
    assert f"/zhytomyr/reports/{with_photo.pk}/" in share
    assert "t.me/share" in share
    pdf = client.get(f"/zhytomyr/reports/{with_photo.pk}/poster.pdf")
    assert "Васцетежстосується?" in re.sub(r"[\s\u200b]+", "", pdf_pages(pdf.content)[0])
    head = read(f"{with_photo.pk}/")
    assert 'property="og:image"' in head


def test_without_a_photo_networks_are_given_a_picture_with_its_title_state_and_place(community, read, client):
    report = ReportFactory(
        community=community, title="Ґанок без перил, їх зрізали", address="вул. Київська, 1", placed=True
    )
    found = re.search(
        r'og:image" content="http[^"]+(/zhytomyr/reports/\d+/share\.png)\?shown=open-0"', read(f"{report.pk}/")
    )
    assert found
    answer = client.get(found[1])
    with Image.open(BytesIO(answer.content)) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (1200, 630))
    assert client.get(found[1], headers={"if-none-match": answer["ETag"]}).status_code == 304
    Report.objects.filter(pk=report.pk).update(state="accepted")
    assert client.get(found[1])["ETag"] != answer["ETag"]


def test_what_was_taken_out_is_not_passed_on(community, read):
    gone = ReportFactory(community=community, state="rejected", ground="obscene")
    read(f"{gone.pk}/share.png", status=404)
    read(f"{gone.pk}/share/", status=404)
    read(f"{gone.pk}/poster.pdf", status=404)


def test_a_face_seen_too_late_is_hidden_with_a_public_trace(with_photo, community, client, read, send):
    moderator = staff(community, "moderator")
    photo = with_photo.photos.get()
    before = photo.file_id
    client.sign_in(moderator)
    send(f"{with_photo.pk}/photos/{photo.pk}/blur/", {"rectangles": "10 10 20 20", "reason": "Номер автомобіля"})
    photo.refresh_from_db()
    assert photo.file_id != before
    assert not StoredFile.objects.filter(pk=before).exists()
    assert photo.file.is_public
    client.logout()
    page = read(f"{with_photo.pk}/")
    assert "модератор розмив частину фото" in page
    assert "Номер автомобіля" in page
    assert AuditEntry.objects.filter(act="report.photo_blurred").count() == 1


def test_a_stranger_blurs_nothing(with_photo, client, read, send):
    photo = with_photo.photos.get()
    client.sign_in(PersonFactory())
    refused = send(
        f"{with_photo.pk}/photos/{photo.pk}/blur/", {"rectangles": "1 1 5 5", "reason": "Просто так"}, status=422
    )
    assert "його автор або модератор" in refused
    assert Photo.objects.get(pk=photo.pk).file_id == photo.file_id


def test_a_moderator_merges_what_is_the_same(with_photo, community, client, read, send, now):
    twin = ReportFactory(
        community=community, placed=True, published_at=now - timedelta(hours=2), title="Знову ця яма", text="Глибока"
    )
    client.sign_in(staff(community, "moderator"))
    assert twin.title in read(f"{with_photo.pk}/merge/")
    assert "Позначте хоча б одне" in send(f"{with_photo.pk}/merge/", {}, status=422)
    send(f"{with_photo.pk}/merge/", {"others": [str(twin.pk)]})
    merged = read(f"{twin.pk}/")
    assert "Про те саме повідомили раніше" in merged
    assert f'href="/zhytomyr/reports/{with_photo.pk}/">№ {with_photo.number}: {with_photo.title}' in merged
    assert (HERE.lat, Report.objects.get(pk=twin.pk).incident.lead_id) == (with_photo.lat, with_photo.pk)
