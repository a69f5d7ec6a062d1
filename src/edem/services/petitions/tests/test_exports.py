"""Exports: what is in the files, who gets them, how long they stay."""

import csv
import json
from datetime import timedelta
from hashlib import sha256
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from openpyxl import load_workbook

from edem.foundation.audit.models import AuditEntry
from edem.foundation.documents.testing import pdf_pages
from edem.foundation.events.testing import forget_all_jobs, run_jobs
from edem.foundation.files.models import StoredFile
from edem.services.petitions.actions.excluding import confirm_exclusion, propose_exclusion
from edem.services.petitions.actions.exporting import remove_old_exports
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.models import Export
from edem.services.petitions.rules import exports as rules
from edem.services.petitions.rules.signers_list import digest_of, volumes
from edem.services.petitions.tests.factories import new_signature, staff
from edem.services.petitions.tests.test_exclusions import proposal

pytestmark = pytest.mark.django_db

HOSTILE = [
    "=cmd|'/c calc'!A1",
    "+380501234567",
    "@SUM(A1:A9)",
    '=HYPERLINK("http://evil.example","Натисни")',
    "\u202eгаднічук\u202c Олена",
    '#read("/etc/passwd") *жирний* $x$ <label> @ref',
    "Дуже" + "довгепрізвище" * 14,
    "<script>alert(1)</script>",
    "Олена\x0bТкачук",
]


@pytest.fixture
def petition(collecting, now):
    petition = collecting(title="Освітити стежку #1 *до школи*", number=77)
    add_signatures(
        [
            new_signature(petition, who=f"особа {n}", public_name=name, arrived_at=now - timedelta(hours=1))
            for n, name in enumerate(HOSTILE)
        ]
    )
    petition.refresh_from_db()
    return petition


@pytest.fixture
def officer(client, community):
    worker = staff(community, "officer")
    client.sign_in(worker)
    return worker


@pytest.fixture
def export(client, send):
    """Asks for an export as its reader does and gives the bytes of the file."""

    def export(petition, kind, *, door="exports"):
        page = send(f"{petition.pk}/{door}/", {"kind": kind})
        answer = client.get(f"{page}file/")
        assert answer.status_code == 200, answer.content.decode()[-500:]
        assert "attachment" in answer["Content-Disposition"]
        return b"".join(answer.streaming_content)

    return export


def spaceless(text):
    return "".join(text.split())


def lines_of(content):
    book = load_workbook(BytesIO(content))
    return book, list(book["Підписанти"].iter_rows(values_only=True))


def test_the_workbook_has_every_signer_and_no_formula(officer, petition, export, now):
    book, lines = lines_of(export(petition, "signers_xlsx"))
    assert lines[0] == ("№", "Ім’я", "Дата", "Звідки")
    assert [line[0] for line in lines[1:]] == list(range(1, len(HOSTILE) + 1))
    assert lines[1][1] == HOSTILE[0]
    assert lines[9][1] == "Олена Ткачук"
    cells = [cell for row in book["Підписанти"].iter_rows(min_row=2) for cell in row[1:]]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells if str(cell.value)[0] in "=+-@")
    about = dict(book["Про список"].iter_rows(values_only=True))
    assert about["Назва"] == petition.title
    assert about["Контрольна сума (SHA-256)"] == Export.objects.get().sha256


def test_the_checksum_is_of_the_lines_anyone_reads(officer, petition, export):
    _book, lines = lines_of(export(petition, "signers_xlsx"))
    told = "".join("\t".join(map(str, line)) + "\n" for line in lines[1:])
    assert sha256(told.encode()).hexdigest() == Export.objects.get().sha256


def test_the_paper_numbers_its_pages_and_reads_nothing_as_markup(officer, petition, export):
    pages = pdf_pages(export(petition, "signers_pdf"))
    whole = spaceless("".join(pages))
    assert f"стор.1з{len(pages)}" in whole
    for words in ("=cmd|", "#read(", "*жирний*", "№ 77", "Освітити стежку #1", Export.objects.get().sha256[:20]):
        assert spaceless(words) in whole
    assert "root:" not in whole
    assert "\u202e" not in whole


def test_a_long_list_is_printed_in_volumes_and_made_by_a_job(
    officer, petition, export, send, client, read, now, monkeypatch
):
    monkeypatch.setattr("edem.services.petitions.actions.exporting.AT_ONCE", 5)
    monkeypatch.setattr(
        "edem.services.petitions.queries.export_papers.volumes", lambda signers: volumes(signers, size=4)
    )
    forget_all_jobs()
    page = send(f"{petition.pk}/exports/", {"kind": "signers_pdf"}).removeprefix("/zhytomyr/petitions/")
    waiting = read(page)
    assert "готується окремо" in waiting
    assert client.get(f"/zhytomyr/petitions/{page}file/").status_code == 409
    run_jobs(now=now)
    assert "Файл готовий" in read(page)
    package = ZipFile(BytesIO(b"".join(client.get(f"/zhytomyr/petitions/{page}file/").streaming_content)))
    names = ["signers-01-of-03.pdf", "signers-02-of-03.pdf", "signers-03-of-03.pdf", "SHA256SUMS"]
    assert package.namelist() == names
    assert spaceless("Том 3 із 3") in spaceless("".join(pdf_pages(package.read(names[2]))))


def test_everything_for_the_council_is_in_one_package(officer, petition, export, community, now):
    exclusion = propose_exclusion(petition.pk, proposal(petition, name="script"), by=officer, now=now)
    confirm_exclusion(exclusion, by=staff(community, "officer"), now=now)
    package = ZipFile(BytesIO(export(petition, "council")))
    assert set(package.namelist()) >= {
        "petition.pdf", "petition.json", "petition.csv", "history.csv", "signatures-by-way.csv", "exclusions.csv",
        "plan.csv", "hearings.csv", "signers.xlsx", "signers.pdf", "SHA256SUMS",
    }  # fmt: skip
    sums = dict(reversed(line.split("  ")) for line in package.read("SHA256SUMS").decode().splitlines())
    assert sums == {name: sha256(package.read(name)).hexdigest() for name in package.namelist() if name != "SHA256SUMS"}
    told = json.loads(package.read("petition.json"))
    assert (told["title"], told["signatures"], told["exclusions"][0]["signatures"]) == (petition.title, 8, 1)
    [excluded] = csv.DictReader(StringIO(package.read("exclusions.csv").decode("utf-8-sig")))
    assert excluded["ground"] == "Підписано автоматично, без участі людини"
    _book, lines = lines_of(package.read("signers.xlsx"))
    assert len(lines) == 1 + 8


def test_the_excluded_are_not_in_the_list(officer, petition, export, community, now):
    exclusion = propose_exclusion(petition.pk, proposal(petition, name="cmd"), by=officer, now=now)
    confirm_exclusion(exclusion, by=staff(community, "officer"), now=now)
    _book, lines = lines_of(export(petition, "signers_xlsx"))
    assert len(lines) == 1 + 8
    assert not any("cmd" in str(line[1]) for line in lines)


def test_the_author_has_names_and_dates_alone(client, collecting, resident, export, send, now):
    petition = collecting(author=resident)
    add_signatures([new_signature(petition, arrived_at=now)])
    client.sign_in(resident)
    _book, lines = lines_of(export(petition, "signers_xlsx", door="list"))
    assert lines[0] == ("№", "Ім’я", "Дата")
    assert len(lines[1]) == 3
    send(f"{petition.pk}/list/", {"kind": "council"}, status=422)
    assert AuditEntry.objects.count() == 0, "an author is no staff"


def test_strangers_find_nothing(client, petition, resident, officer, send, read):
    theirs = send(f"{petition.pk}/exports/", {"kind": "signers_xlsx"}).removeprefix("/zhytomyr/petitions/")
    client.logout()
    client.sign_in(resident)
    read(f"{petition.pk}/list/", status=404)
    read(theirs.replace("/exports/", "/list/"), status=404)
    read(f"{theirs}file/", status=403)
    read(f"{petition.pk}/exports/", status=403)


@pytest.mark.parametrize(
    ("role", "status"), [("moderator", 200), ("mayor", 200), ("auditor", 403), ("cnap_clerk", 403)]
)
def test_which_staff_take_the_list_is_by_role(client, community, petition, read, role, status):
    client.sign_in(staff(community, role))
    read(f"{petition.pk}/exports/", status=status)


def test_every_asking_and_taking_by_staff_is_audited(officer, petition, export):
    export(petition, "signers_xlsx")
    assert list(AuditEntry.objects.order_by("pk").values_list("act", "person")) == [
        ("petition.export_asked", officer.pk),
        ("petition.export_taken", officer.pk),
    ]


def test_files_are_removed_when_their_days_are_over(
    officer, petition, send, client, read, now, django_capture_on_commit_callbacks
):
    page = send(f"{petition.pk}/exports/", {"kind": "signers_xlsx"}).removeprefix("/zhytomyr/petitions/")
    [stored] = StoredFile.objects.all()
    assert remove_old_exports(now=now + rules.KEPT_FOR - timedelta(hours=1)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_old_exports(now=now + rules.KEPT_FOR + timedelta(hours=1)) == 1
    assert not StoredFile.objects.exists()
    assert not default_storage.exists(stored.place)
    assert "Файл видалено" in read(page)
    assert client.get(f"/zhytomyr/petitions/{page}file/").status_code == 409


def test_an_empty_list_is_a_list_too(officer, collecting, export):
    petition = collecting()
    _book, lines = lines_of(export(petition, "signers_xlsx"))
    assert len(lines) == 1
    assert spaceless("Підписів ще немає") in spaceless("".join(pdf_pages(export(petition, "signers_pdf"))))


def test_volumes_hold_everybody_once():
    assert [len(part) for part in volumes(list(range(11)), size=5)] == [5, 5, 1]
    assert [len(part) for part in volumes([], size=5)] == [0]
    assert digest_of([], with_channel=True) == sha256(b"").hexdigest()
