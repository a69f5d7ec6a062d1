"""Signing by КЕП over a petition's text: the text, the file, the count, the evidence and the bundle for the council."""

import csv
import html
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from edem.foundation.communities.models import CharterVersion
from edem.foundation.identity.models import VaultReading
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.identity.tests.kep_stands import let_in_by, trust_in
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.actions.withdrawing_signature import withdraw_signature
from edem.services.petitions.models import KepEvidence, KepText, Petition, Signature, SignatureTally
from edem.services.petitions.queries.kep import wording_for
from edem.services.petitions.queries.signatures import split_of
from edem.services.petitions.tests.factories import come_identified, new_signature, staff
from simulators.signing_widget.running import running_signing_widget, signed_file

DAY = timedelta(days=1)
OLENA = "3075222489"
"""The tax number of 1001 at the stands."""


@pytest.fixture(scope="session")
def program():
    with running_signing_widget() as address:
        yield address


@pytest.fixture(scope="session")
def trust_folder(tmp_path_factory):
    return trust_in(tmp_path_factory.mktemp("trust"))


@pytest.fixture
def trusting(db, settings, trust_folder):
    settings.EDEM = settings.EDEM.model_copy(update={"trust_dir": trust_folder})


@pytest.fixture
def olena(client, community, now, trusting):
    """Signed in through her bank; her certificate has the same tax number."""
    person = identified_resident(community, since=now - 2 * DAY, tax_number=OLENA)
    come_identified(client, person)
    return person


@pytest.fixture
def text_for(client):
    def text_for(petition):
        answer = client.get(f"/zhytomyr/petitions/{petition.pk}/kep/text/")
        assert answer.status_code == 200
        return answer.content

    return text_for


@pytest.fixture
def bring(client):
    def bring(petition, content):
        sent = {"signed": SimpleUploadedFile("text.p7s", content), "agree": "on"}
        return client.post(f"/zhytomyr/petitions/{petition.pk}/kep/", sent)

    return bring


def page_of(answer):
    return answer.content.decode()


def test_the_page_shows_the_text_and_gives_it_as_a_file(olena, petition, read, text_for):
    page = read(f"{petition.pk}/kep/")
    assert "Підписати своїм КЕП" in page
    assert petition.title in page
    assert text_for(petition) == wording_for(petition).content


def test_the_usual_page_leads_to_it(olena, petition, read):
    assert f"/petitions/{petition.pk}/kep/" in read(f"{petition.pk}/sign/")


def test_without_trusted_roots_nothing_is_offered(olena, petition, read, settings):
    settings.EDEM = settings.EDEM.model_copy(update={"trust_dir": None})
    assert f"/petitions/{petition.pk}/kep/" not in read(f"{petition.pk}/sign/")
    read(f"{petition.pk}/kep/", status=404)


@pytest.mark.parametrize("form", ["attached", "detached"])
def test_a_signed_text_is_a_signature_counted_apart_and_kept(olena, petition, program, text_for, bring, read, form):
    signed = signed_file(program, text_for(petition), form=form)
    answer = bring(petition, signed)
    assert answer.status_code == 302, page_of(answer)
    assert answer.url == f"/zhytomyr/petitions/{petition.pk}/thanks/"

    petition.refresh_from_db()
    signature = Signature.objects.get()
    assert (petition.signature_count, signature.channel, signature.assurance) == (1, "kep", "kep_file")
    assert signature.person_id == olena.pk
    assert SignatureTally.objects.get().channel == "kep"
    assert [(each.way, each.count) for each in split_of(petition)] == [("kep", 1)]
    assert "КЕП під текстом петиції" in read(f"{petition.pk}/")

    evidence = KepEvidence.objects.get()
    assert bytes(evidence.mark) == bytes(signature.mark)
    assert evidence.sha256 == sha256(signed).hexdigest()
    assert OLENA.encode() not in bytes(evidence.sealed)
    assert KepText.objects.get().content.encode() == text_for(petition)


def test_one_person_signs_once_whichever_way(olena, petition, program, text_for, bring, send, now):
    signed = signed_file(program, text_for(petition))
    send(f"{petition.pk}/sign/", {"agree": "on"})
    answer = bring(petition, signed)
    assert answer.status_code == 422
    assert "вже підписали" in page_of(answer)
    assert Signature.objects.get().channel == "form"
    assert not KepEvidence.objects.exists()


def test_the_file_must_be_ones_own(olena, petition, program, text_for, bring):
    answer = bring(petition, signed_file(program, text_for(petition), person="1002"))
    assert answer.status_code == 422
    assert "іншої людини" in page_of(answer)
    assert not Signature.objects.exists()


def test_the_file_must_be_over_this_very_petition(olena, petition, collecting, program, text_for, bring):
    other = collecting(title="Зовсім інша петиція")
    answer = bring(petition, signed_file(program, text_for(other)))
    assert "Підписано інший текст" in page_of(answer)
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"key": "expired"}, "зараз не діє"),
        ({"key": "revoked"}, "відкликано"),
        ({"key": "unknown_root"}, "надавача підписів ми не знаємо"),
        ({"key": "seal"}, "печатка установи"),
        ({"level": "bare"}, "не вдається дізнатися"),
    ],
)
def test_a_key_that_is_not_good_signs_nothing(olena, petition, program, text_for, bring, how, words):
    answer = bring(petition, signed_file(program, text_for(petition), **how))
    assert words in page_of(answer)
    assert not Signature.objects.exists()
    assert not KepEvidence.objects.exists()


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", b"\x30\x80" * 9_999, b"0" * 1_100_000, b"PK\x03\x04" + bytes(50)]
)
def test_hostile_files_are_refused_with_a_sentence(olena, petition, bring, content):
    answer = bring(petition, content)
    assert answer.status_code == 422
    assert "Виправте помилки" in page_of(answer)
    assert not Signature.objects.exists()


def test_a_text_corrected_meanwhile_is_not_what_was_signed(olena, petition, program, text_for, bring):
    signed = signed_file(program, text_for(petition))
    Petition.objects.filter(pk=petition.pk).update(demand="Встановити 15 ліхтарів.")
    assert "Підписано інший текст" in page_of(bring(petition, signed))


def test_whoever_is_no_member_is_told_what_to_do(client, community, petition, now, trusting, read):
    stranger = identified_resident(None, since=now, tax_number="2112011357")
    come_identified(client, stranger)
    assert "Поки що ви не можете підписати" in read(f"{petition.pk}/kep/")


def test_a_council_that_counts_only_kep_counts_it_whichever_way_one_signed_in(
    client, community, olena, collecting, program, text_for, bring
):
    version = CharterVersion.objects.get(community=community, service="petitions")
    version.values["counted_assurance"] = ["dig_sign"]
    version.save()
    petition = collecting()
    assert bring(petition, signed_file(program, text_for(petition))).status_code == 302
    assert Signature.objects.get().assurance == "dig_sign"


def test_a_signature_by_kep_reaches_the_threshold_and_can_be_withdrawn(
    olena, community, collecting, program, text_for, bring, now
):
    petition = collecting(imported_count=9)
    assert bring(petition, signed_file(program, text_for(petition))).status_code == 302
    petition.refresh_from_db()
    assert petition.reached_at is not None
    withdraw_signature(petition.pk, by=olena, now=now + timedelta(minutes=1))
    petition.refresh_from_db()
    assert (petition.signature_count, split_of(petition)[0].way) == (0, "imported")


@pytest.fixture
def signed_petition(olena, petition, program, text_for, bring, now):
    add_signatures([new_signature(petition, arrived_at=now - timedelta(hours=1))])
    assert bring(petition, signed_file(program, text_for(petition))).status_code == 302
    return petition


@pytest.fixture
def bundle(client, community, signed_petition, send):
    client.logout()
    officer = staff(community, "officer")
    client.sign_in(officer)

    def bundle():
        page = send(f"{signed_petition.pk}/exports/", {"kind": "kep"})
        answer = client.get(f"{page}file/")
        assert answer.status_code == 200
        return ZipFile(BytesIO(b"".join(answer.streaming_content)))

    return bundle


def test_the_bundle_has_all_that_a_check_elsewhere_needs(bundle, signed_petition, tmp_path):
    package = bundle()
    assert [name for name in package.namelist() if not name.startswith("evidence/")] == [
        "text-1.txt", "signatures/000002.p7s", "signatures/000002.p7s.json", "signatures.csv", "trust/sandbox-root.cer",
        "README.txt", "SHA256SUMS",
    ]  # fmt: skip
    assert package.read("text-1.txt") == wording_for(signed_petition).content
    lines = list(csv.reader(StringIO(package.read("signatures.csv").decode("utf-8-sig"))))
    assert lines[1][0] == "2"
    assert lines[1][3:6] == [
        "signatures/000002.p7s",
        sha256(package.read("signatures/000002.p7s")).hexdigest(),
        "text-1.txt",
    ]
    for line in package.read("SHA256SUMS").decode().splitlines():
        checksum, _, name = line.partition("  ")
        assert sha256(package.read(name)).hexdigest() == checksum


def test_a_withdrawn_signature_is_not_in_the_bundle(bundle, olena, signed_petition, now):
    withdraw_signature(signed_petition.pk, by=olena, now=now + timedelta(minutes=1))
    assert "signatures/000002.p7s" not in bundle().namelist()


def test_the_signer_finds_in_their_log_who_took_the_bundle(bundle, olena):
    bundle()
    reading = VaultReading.objects.get(person=olena, purpose="petition_list")
    assert "tax_number" in reading.fields
    assert reading.reader is not None


def test_the_bundle_is_not_offered_without_such_signatures(client, community, signed_petition, collecting, read):
    client.logout()
    client.sign_in(staff(community, "officer"))
    assert "Підписи КЕП" in read(f"{signed_petition.pk}/exports/")
    assert "Підписи КЕП" not in read(f"{collecting().pk}/exports/")


def in_browser(petition):
    return f"/zhytomyr/petitions/{petition.pk}/kep/browser/"


@pytest.fixture
def by_widget(settings, program, community):
    settings.EDEM = settings.EDEM.model_copy(update={"sign_widget_url": f"{program}/"})
    let_in_by(community, "kep_widget")


def test_the_text_is_signed_in_the_widget_where_the_council_offers_it(
    client, olena, by_widget, petition, program, text_for, read
):
    assert in_browser(petition) in read(f"{petition.pk}/kep/")
    page = client.get(in_browser(petition))
    assert page["Content-Security-Policy"].endswith(f"; frame-src {program}")
    assert html.unescape(page_of(page)).partition('data-text="')[2].startswith(text_for(petition).decode())
    signed = signed_file(program, text_for(petition))
    answer = client.post(in_browser(petition), {"signed": b64encode(signed).decode(), "agree": "on"})
    assert answer.status_code == 302, page_of(answer)
    assert Signature.objects.get().channel == "kep"
    assert not KepEvidence.objects.get().is_for_author


@pytest.mark.parametrize("typed", ["", "не base64", b64encode(b"nonsense").decode()])
def test_what_the_widget_did_not_sign_is_refused_with_a_sentence(client, olena, by_widget, petition, typed):
    answer = client.post(in_browser(petition), {"signed": typed, "agree": "on"})
    assert answer.status_code == 422
    assert "Виправте помилки" in page_of(answer)
    assert not Signature.objects.exists()


def test_where_the_council_offers_no_widget_there_is_no_such_page(client, olena, petition, read, settings, program):
    settings.EDEM = settings.EDEM.model_copy(update={"sign_widget_url": f"{program}/"})
    assert in_browser(petition) not in read(f"{petition.pk}/kep/")
    assert client.get(in_browser(petition)).status_code == 404
