"""Files of petitions lie sealed all their life; what was hidden and not shown again goes after a year, key and all."""

import subprocess
import sys
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from edem.foundation.files.actions import store_made
from edem.foundation.files.models import StoredFile
from edem.foundation.files.rules import Kind
from edem.foundation.files.tests.contents import PDF
from edem.foundation.identity.models import FileKey
from edem.foundation.identity.sealed_files import seal_what_lies_open
from edem.foundation.identity.sealing import Unsealable
from edem.foundation.people.tests.factories import MARCH_1
from edem.services.petitions.actions.attaching import PURPOSE, attach_file, hide_attachment, show_attachments
from edem.services.petitions.actions.evidencing import PURPOSE as EVIDENCE
from edem.services.petitions.actions.hiding import show_text
from edem.services.petitions.jobs import forget_hidden_texts
from edem.services.petitions.models import Attachment, TextHiding
from edem.services.petitions.queries.council_bundle import attached
from edem.services.petitions.rules.hiding import KEPT_FOR
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import PetitionFactory, staff

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SECRET = b"Hnatiuk, Sadova 5"
PAPER = PDF.replace(b"%%EOF", SECRET + b"\n%%EOF") if b"%%EOF" in PDF else PDF + SECRET


def lying(stored):
    with default_storage.open(stored.place) as file:
        return file.read()


def body(answer):
    return b"".join(answer.streaming_content)


@pytest.fixture
def draft(community, resident):
    return PetitionFactory(community=community, author=resident, state=State.DRAFT)


@pytest.fixture
def paper(draft, resident, now):
    upload = SimpleUploadedFile("позов.pdf", PAPER)
    return Attachment.objects.get(pk=attach_file(draft.pk, upload, title="Позов", by=resident, now=now))


def address(attachment):
    return f"/zhytomyr/files/{attachment.file_id}/{attachment.file.name}"


def put_out(petition):
    petition.state, petition.published_at, petition.closes_at = State.COLLECTING, MARCH_1, MARCH_1 + 90 * DAY
    petition.save()
    show_attachments(petition)


def hide_words(petition, *, now):
    TextHiding.objects.create(
        petition=petition, title="т", essence="с", demand="в", ground="Закон", note="", hidden_at=now,
        hidden_by=staff(petition.community, "moderator"),
    )  # fmt: skip
    petition.text_hidden_at = now
    petition.save()


def test_the_disk_alone_tells_nothing_and_its_author_reads_it(client, paper, resident):
    assert SECRET not in lying(paper.file)
    assert b"%PDF" not in lying(paper.file)
    client.sign_in(resident)
    answer = client.get(address(paper))
    assert body(answer) == PAPER
    assert answer["Content-Length"] == str(len(PAPER))
    assert "no-store" in answer["Cache-Control"]


def test_everybody_reads_what_is_published_and_it_lies_sealed_all_the_same(client, paper, draft):
    assert client.get(address(paper)).status_code == 404
    put_out(draft)
    assert body(client.get(address(paper))) == PAPER
    assert SECRET not in lying(paper.file)
    assert dict(attached(draft)) == {f"attachments/01-{paper.file.name}": PAPER}, "in the council's package too"


def test_those_of_before_are_sealed_by_night_and_read_before_and_after(client, paper, draft, community, now):
    facts = {"community": community, "now": now, "name": "a.pdf", "kind": Kind.PDF}
    before = store_made(PAPER, purpose=PURPOSE, **facts)
    photo = store_made(PAPER, purpose=EVIDENCE, **facts)
    StoredFile.objects.update(is_public=True)
    Attachment.objects.filter(pk=paper.pk).update(file=before)
    paper.refresh_from_db()
    assert body(client.get(address(paper))) == PAPER
    assert seal_what_lies_open() == 2
    for stored in (before, photo):
        stored.refresh_from_db()
        assert SECRET not in lying(stored)
    paper.refresh_from_db()
    assert body(client.get(address(paper))) == PAPER


def test_a_year_after_the_words_were_hidden_their_files_are_gone_with_their_keys(paper, draft, now):
    put_out(draft)
    hide_words(draft, now=now)
    stored = paper.file
    forget_hidden_texts(now=now + KEPT_FOR - DAY)
    assert default_storage.exists(stored.place)
    forget_hidden_texts(now=now + KEPT_FOR)
    assert not Attachment.objects.exists()
    assert not StoredFile.objects.filter(pk=stored.pk).exists()
    assert not FileKey.objects.exists()


def test_files_of_a_text_that_was_shown_again_stay(paper, draft, now):
    put_out(draft)
    hide_words(draft, now=now)
    show_text(draft.pk, note="Суд", by=staff(draft.community, "moderator"), now=now + DAY)
    forget_hidden_texts(now=now + 2 * KEPT_FOR)
    assert Attachment.objects.filter(pk=paper.pk, file__isnull=False).exists()


def test_of_one_hidden_file_the_line_and_the_ground_stay(paper, draft, now, read):
    put_out(draft)
    hide_attachment(paper, ground="Персональні дані", now=now)
    forget_hidden_texts(now=now + KEPT_FOR - DAY)
    assert StoredFile.objects.filter(pk=paper.file_id).exists()
    forget_hidden_texts(now=now + KEPT_FOR)
    assert not StoredFile.objects.filter(pk=paper.file_id).exists()
    card = read(f"{draft.pk}/")
    assert "Файл приховав модератор" in card
    assert "Персональні дані" in card
    assert "Позов" not in card
    forget_hidden_texts(now=now + 2 * KEPT_FOR)


def test_a_sealed_file_that_was_changed_is_not_given_out(client, paper, draft):
    put_out(draft)
    content = bytearray(lying(paper.file))
    content[-1] ^= 1
    default_storage.delete(paper.file.place)
    default_storage.save(paper.file.place, ContentFile(bytes(content)))
    with pytest.raises(Unsealable):
        client.get(address(paper))


def test_office_papers_are_given_whole(client, draft, resident, now):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("[Content_Types].xml", "<x/>")
        package.writestr("word/document.xml", "<x/>")
    upload = SimpleUploadedFile("лист.docx", packed.getvalue())
    pk = attach_file(draft.pk, upload, title="Лист", by=resident, now=now)
    client.sign_in(resident)
    given = body(client.get(address(Attachment.objects.get(pk=pk))))
    assert zipfile.ZipFile(BytesIO(given)).namelist() == ["[Content_Types].xml", "word/document.xml"]


def test_every_process_knows_which_files_lie_sealed():
    """Whatever else it has imported: the worker seals those of before, and makes packages of opened ones."""
    known = (
        "import django; django.setup();"
        "from edem.foundation.identity.sealed_files import sealed_purposes as s; print(*s())"
    )
    said = subprocess.run([sys.executable, "-c", known], check=True, capture_output=True, text=True, timeout=300)
    ours = {each for each in said.stdout.split() if each.startswith("petitions.")}
    assert ours == {PURPOSE, EVIDENCE, "petitions.paper", "petitions.export"}
