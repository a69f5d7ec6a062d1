"""The bundle of signatures by КЕП is checked again elsewhere, offline, and goes to those who may have it."""

import csv
import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from edem.foundation.identity.models import VaultReading
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.identity.tests.issuer_site import running_site
from edem.kernel.kep.making.certificates import Term
from edem.kernel.kep.making.signing import Hand, signed_message
from edem.kernel.kep.making.subjects import Person
from edem.services.petitions.actions.kep_signing import sign_by_kep
from edem.services.petitions.actions.retaining import begin_erasing, erase_list
from edem.services.petitions.actions.wishes import signature_by
from edem.services.petitions.models import KepEvidence, KepProof, Petition
from edem.services.petitions.queries.kep import wording_for
from edem.services.petitions.rules.kep import CHANNEL
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import come_identified, staff
from tools.signatures.run import main

DAY = timedelta(days=1)
NOW = datetime.now(UTC).replace(microsecond=0)
IN_FORCE = Term(begins=NOW - 30 * DAY, ends=NOW + 300 * DAY)
OLENA = Person(surname="Коваль", given_name="Олена Іванівна", tax_number="3075222489")
TARAS = Person(surname="Гай", given_name="Тарас Петрович", tax_number="3184710691")


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def site(settings, tmp_path):
    """An issuer who answers, under the one root that the operator trusts."""
    with running_site(now=NOW) as site:
        _, root = site.authority()
        trust = tmp_path / "operator"
        trust.mkdir()
        (trust / "root.cer").write_bytes(root)
        given = {"trust_dir": trust, "kep_online": True, "kep_online_networks": ["127.0.0.0/8"]}
        settings.EDEM = settings.EDEM.model_copy(update=given)
        yield site


@pytest.fixture
def sign(community, site):
    """Somebody signs the text by a bare file: neither time-stamp nor a word on revocation inside."""

    def sign(petition, who, **how):
        person = identified_resident(community, since=NOW - 2 * DAY, tax_number=who.tax_number)
        card = site.card(who, IN_FORCE)
        above = [site.authorities[-1].certificate]
        text, hand = wording_for(petition).content, Hand(issued=card, at=NOW)
        signed = signed_message(text, hand, is_detached=True, certificates=above)
        wished = signature_by(
            person, session_key="s", community_id=community.pk, petition_id=petition.pk, follows=False,
            channel=CHANNEL, now=NOW,
        )  # fmt: skip
        sign_by_kep(wished, signed, by=person, now=NOW, **how)
        return person

    return sign


@pytest.fixture
def unpacked(client, send, tmp_path):
    """Asks for the bundle as its reader does and unpacks it into a folder of its own."""

    def unpacked(petition, door):
        page = send(f"{petition.pk}/{door}/", {"kind": "kep"})
        package = tmp_path / f"{door}.zip"
        package.write_bytes(b"".join(client.get(f"{page}file/").streaming_content))
        folder = tmp_path / door
        ZipFile(package).extractall(folder)
        return folder

    return unpacked


@pytest.fixture
def council(client, community, unpacked):
    client.sign_in(staff(community, "officer"))
    return lambda petition: unpacked(petition, "exports")


def names_in(folder: Path) -> set[str]:
    return {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}


def test_a_bare_signature_is_checked_to_the_end_without_the_platform_and_without_a_network(
    petition, sign, council, site, monkeypatch, capsys
):
    sign(petition, OLENA)
    sign(petition, TARAS)
    folder = council(petition)
    monkeypatch.chdir(folder)
    asked = len(site.asked)
    files = sorted(str(each) for each in Path("signatures").glob("*.p7s"))
    assert len(files) == 2
    assert main([*files, "--trust", "trust", "--strict"]) == 0
    told = capsys.readouterr().out
    assert told.count("як каже 00000") == 2
    assert "Підпис правильний" in told
    assert len(site.asked) == asked

    assert main([*files, "--content", "text-1.txt", "--trust", "trust"]) == 2, "one content goes with one signature"
    assert main([files[0], "--now", "--content", "text-1.txt", "--trust", "trust", "--strict"]) == 4
    assert main([*files, "--strict"]) == 3, "whoever trusts nobody is told so"


def test_what_the_verdict_stood_on_is_in_the_bundle_and_nothing_more(petition, sign, council, monkeypatch):
    sign(petition, OLENA)
    sign(petition, TARAS)
    folder = council(petition)
    kinds = sorted(each.suffix for each in (folder / "evidence").iterdir())
    assert kinds == [".cer", ".cer", ".ors", ".ors", ".ors"], "the authority's answer is one for both"
    assert KepProof.objects.count() == 5
    monkeypatch.chdir(folder)
    for each in (folder / "evidence").glob("*.ors"):
        each.write_bytes(b"")
    assert main(["signatures/000001.p7s", "--trust", "trust", "--strict"]) == 4


@pytest.mark.parametrize(
    "note",
    [
        {"content": "../../operator/root.cer"}, {"content": "/etc/hostname"}, {"evidence": ["../../exports.zip"]},
        {"at": "колись"}, {"at": "2026-01-01T00:00"}, {"content": "../evidence"}, {"evidence": 5},
    ],
    ids=str,
)  # fmt: skip
def test_a_strangers_note_reads_nothing_outside_its_bundle(petition, sign, council, monkeypatch, capsys, note):
    sign(petition, OLENA)
    folder = council(petition)
    path = folder / "signatures" / "000001.p7s.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | note))
    monkeypatch.chdir(folder)
    assert main(["signatures/000001.p7s", "--trust", "trust"]) == 2
    assert "note." in capsys.readouterr().err


def test_the_author_has_the_files_of_those_who_let_him(client, community, petition, sign, unpacked, monkeypatch):
    author = identified_resident(community, since=NOW - 2 * DAY)
    Petition.objects.filter(pk=petition.pk).update(author=author)
    olena = sign(petition, OLENA, is_for_author=True)
    taras = sign(petition, TARAS)
    come_identified(client, author)
    page = client.get(f"/zhytomyr/petitions/{petition.pk}/list/").content.decode()
    assert "дозволили передати вам файл підпису: 1" in page

    folder = unpacked(petition, "list")
    assert {each for each in names_in(folder) if each.startswith("signatures/")} == {
        "signatures/000001.p7s",
        "signatures/000001.p7s.json",
    }
    lines = list(csv.reader(StringIO((folder / "signatures.csv").read_text(encoding="utf-8-sig"))))
    assert [line[3] for line in lines[1:]] == ["signatures/000001.p7s", "підписант не передає файл автору"]
    assert TARAS.tax_number.encode() not in b"".join(each.read_bytes() for each in folder.rglob("*") if each.is_file())
    monkeypatch.chdir(folder)
    assert main(["signatures/000001.p7s", "--trust", "trust", "--strict"]) == 0
    assert VaultReading.objects.get(purpose="petition_list", person=olena).reader == author
    assert not VaultReading.objects.filter(purpose="petition_list", person=taras).exists()


def test_where_nobody_let_him_the_author_is_told_why_there_is_no_file(client, community, petition, sign):
    author = identified_resident(community, since=NOW - 2 * DAY)
    Petition.objects.filter(pk=petition.pk).update(author=author)
    sign(petition, OLENA)
    come_identified(client, author)
    page = client.get(f"/zhytomyr/petitions/{petition.pk}/list/").content.decode()
    assert "без дозволу підписанта файл має лише рада" in page
    assert 'value="kep"' not in page
    assert client.post(f"/zhytomyr/petitions/{petition.pk}/list/", {"kind": "kep"}).status_code == 422


def test_what_checks_stood_on_goes_with_the_list(petition, sign):
    sign(petition, OLENA)
    assert KepEvidence.objects.get().leans_on == sorted(KepProof.objects.values_list("sha256", flat=True))
    Petition.objects.filter(pk=petition.pk).update(state=State.FULFILLED)
    begin_erasing(petition.pk, now=NOW)
    erase_list(petition.pk, now=NOW)
    assert not KepProof.objects.exists()
