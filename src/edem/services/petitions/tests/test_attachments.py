"""Files of a petition: added to a draft, opened by everybody with publication, hidden when a moderator says so."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from edem.foundation.files.contents import content_as_given
from edem.foundation.files.models import StoredFile
from edem.foundation.files.tests.contents import PDF, bomb, office, photo_with_place, picture
from edem.foundation.moderation.models import ModerationCase
from edem.services.petitions.actions.drafting import submit_petition
from edem.services.petitions.actions.moderating import publish_petition
from edem.services.petitions.models import Attachment
from edem.services.petitions.rules.attaching import moved_up
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import PetitionFactory, staff

pytestmark = pytest.mark.django_db
TRICK = "<script>alert(1)</script>"
DAY = timedelta(days=1)


def upload(content, name="photo.jpg"):
    return SimpleUploadedFile(name, content)


def zip_bomb():
    """A small document that would unpack to more than any document needs."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<x/>")
        package.writestr("word/document.xml", b"\0" * (201 * 1024 * 1024))
    return packed.getvalue()


@pytest.fixture
def draft(community, resident):
    return PetitionFactory(community=community, author=resident, state=State.DRAFT)


@pytest.fixture
def author(client, resident):
    client.sign_in(resident)
    return resident


@pytest.fixture
def attach(send, draft):
    def attach(content, *, title="Стежка ввечері", name="photo.jpg", status=302):
        return send(f"{draft.pk}/attachments/", {"title": title, "file": upload(content, name)}, status=status)

    return attach


@pytest.fixture
def publish(draft, resident, now):
    def publish():
        moderator = staff(draft.community, "moderator")
        submit_petition(draft.pk, by=resident, now=now)
        publish_petition(draft.pk, by=moderator, now=now)
        return moderator

    return publish


def test_a_file_is_for_its_author_until_publication_and_then_for_everybody(
    author, attach, draft, publish, read, client
):
    attach(picture())
    [attachment] = draft.attachments.all()
    address = f"/zhytomyr/files/{attachment.file_id}/{attachment.file.name}"
    assert "Стежка ввечері" in read(f"{draft.pk}/check/")
    assert client.get(address).status_code == 200
    client.logout()
    assert client.get(address).status_code == 404
    publish()
    card = read(f"{draft.pk}/")
    assert 'alt="Стежка ввечері"' in card
    assert "JPG" in card
    assert client.get(address).status_code == 200


def test_the_moderator_sees_the_files_in_the_case(author, attach, draft, client, resident, now, read):
    attach(PDF, title="Рішення суду", name="a.pdf")
    submit_petition(draft.pk, by=resident, now=now)
    client.sign_in(staff(draft.community, "moderator"))
    assert "Рішення суду" in read(f"{draft.pk}/case/")
    [attachment] = draft.attachments.all()
    assert client.get(f"/zhytomyr/files/{attachment.file_id}/a.pdf").status_code == 200


def test_files_are_put_in_order_renamed_and_taken_away(author, attach, draft, send, read):
    for title in ("Перше", "Друге", "Третє"):
        attach(PDF, title=title, name="a.pdf")
    first, second, third = draft.attachments.order_by("place")
    send(f"{draft.pk}/attachments/{third.pk}/up/")
    send(f"{draft.pk}/attachments/{first.pk}/up/")
    send(f"{draft.pk}/attachments/{second.pk}/", {"title": "Друге, виправлене"})
    send(f"{draft.pk}/attachments/{first.pk}/remove/")
    assert [each.title for each in draft.attachments.order_by("place")] == ["Третє", "Друге, виправлене"]
    assert not StoredFile.objects.filter(pk=first.file_id).exists()
    page = read(f"{draft.pk}/attachments/")
    assert page.index("Третє") < page.index("Друге, виправлене")


def test_the_charter_says_how_many(author, attach, draft, read):
    for number in range(5):
        attach(PDF, title=f"Файл {number}", name="a.pdf")
    assert "більше не можна" in attach(PDF, title="Шостий", name="a.pdf", status=422)
    assert draft.attachments.count() == 5
    assert "Приберіть один" in read(f"{draft.pk}/attachments/")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "a.svg"),
        (b"<html><script>alert(1)</script></html>", "a.pdf"),
        (b"<script>alert(1)</script>%PDF-1.7 %%EOF", "a.pdf"),
        (b"GIF89a" + b"\0" * 100, "a.gif"),
        (b"MZ" + b"\0" * 100, "photo.jpg"),
        (b"\xff\xd8\xff" + b"\0" * 100, "a.jpg"),
        (picture()[:700], "a.jpg"),
        (bomb(), "a.png"),
        (zip_bomb, "a.docx"),
        (office("word/document.xml", "word/vbaProject.bin"), "a.docx"),
        (b"", "a.png"),
        (b"%PDF-1.7" + b"\0" * (20 * 1024 * 1024) + b"%%EOF", "big.pdf"),
    ],
    ids=[
        "svg",
        "html-as-pdf",
        "polyglot-pdf",
        "gif",
        "exe",
        "broken-jpeg",
        "cut-jpeg",
        "bomb",
        "zip-bomb",
        "macros",
        "empty",
        "huge",
    ],
)
def test_hostile_files_are_refused_with_words(author, attach, draft, content, name):
    page = attach(content() if callable(content) else content, name=name, status=422)
    assert "Виправте помилки" in page
    assert not draft.attachments.exists()


def test_a_picture_that_is_also_a_page_is_only_a_picture(author, attach, draft):
    """A polyglot: drawn anew, it keeps nothing of what was hidden behind the pixels; its name tells its true kind."""
    attach(picture() + b"<script>alert(1)</script>PK\x03\x04", name="photo.html")
    [attachment] = draft.attachments.all()
    with attachment_content(attachment) as content:
        kept = content.read()
    assert b"script" not in kept
    assert (attachment.file.name, attachment.file.kind) == ("photo.jpg", "jpg")


def test_a_photo_says_nothing_of_where_it_was_taken(author, attach, draft):
    attach(photo_with_place())
    with attachment_content(draft.attachments.get()) as content:
        assert dict(Image.open(content).getexif()) == {}


def attachment_content(attachment):
    return content_as_given(attachment.file)


def test_words_of_a_file_are_only_words(author, attach, draft, client):
    attach(PDF, title="Ніщо\x00", name="a.pdf", status=422)
    attach(PDF, title=f"{TRICK}\u202eкінець", name=f"{TRICK}\u202e.pdf")
    [attachment] = draft.attachments.all()
    assert "\u202e" not in attachment.title + attachment.file.name
    assert TRICK not in client.get(f"/zhytomyr/petitions/{draft.pk}/attachments/").content.decode()


def test_a_title_without_end_is_refused_with_words(author, attach):
    assert "200" in attach(PDF, title="а" * 1_000_000, name="a.pdf", status=422)


def test_nobody_else_touches_the_files(attach, client, draft, community, now, send, resident):
    client.sign_in(resident)
    attach(PDF, name="a.pdf")
    [attachment] = draft.attachments.all()
    client.sign_in(staff(community, "moderator"))
    for path in ("", f"{attachment.pk}/", f"{attachment.pk}/up/", f"{attachment.pk}/remove/"):
        send(f"{draft.pk}/attachments/{path}", {"title": "Моє"}, status=404)
    assert Attachment.objects.get().title == "Стежка ввечері"


def test_files_stand_still_once_the_text_was_sent(author, attach, draft, resident, now, publish):
    attach(PDF, name="a.pdf")
    publish()
    attach(PDF, name="b.pdf", status=409)
    assert draft.attachments.count() == 1


def test_a_file_of_another_petition_is_not_there(author, attach, draft, send, resident):
    attach(PDF, name="a.pdf")
    other = PetitionFactory(community=draft.community, author=resident)
    send(f"{other.pk}/attachments/{draft.attachments.get().pk}/remove/", status=404)
    assert draft.attachments.exists()


def test_a_reported_file_that_is_hidden_leaves_its_ground(author, attach, draft, publish, client, read):
    attach(PDF, title="Список мешканців", name="a.pdf")
    moderator = publish()
    [attachment] = draft.attachments.all()
    report = f"/zhytomyr/report/petitions/attachment/{attachment.pk}/"
    assert client.post(report, {"reason": "personal_data"}).status_code == 302
    assert ModerationCase.objects.filter(kind="attachment", is_reported=True).exists()
    client.sign_in(moderator)
    decided = {"decision": "hide", "ground": "personal_data", "reason": "У файлі адреси людей."}
    assert client.post(f"/zhytomyr/moderation/petitions/attachment/{attachment.pk}/", decided).status_code == 302
    client.logout()
    card = read(f"{draft.pk}/")
    assert "Файл приховав модератор" in card
    assert "Список мешканців" not in card
    assert client.get(f"/zhytomyr/files/{attachment.file_id}/a.pdf").status_code == 404
    assert "У файлі адреси людей." in client.get("/zhytomyr/moderation/").content.decode()


@pytest.mark.parametrize(("one", "order"), [(1, [1, 2, 3]), (2, [2, 1, 3]), (3, [1, 3, 2])])
def test_one_step_up_changes_two_places(one, order):
    assert moved_up([1, 2, 3], one) == order
