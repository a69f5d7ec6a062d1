"""Signing in by a file with КЕП: the text, the file, and every file that must not let anybody in."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from edem.foundation.identity.models import SignIn
from edem.foundation.identity.providers import challenge as challenges
from edem.foundation.identity.tests.kep_stands import let_in_by, trust_in
from edem.foundation.people.models import Person
from simulators.signing_widget.running import running_signing_widget, signed_file

pytestmark = pytest.mark.django_db

PAGE = "/sign-in/kep-file/"
HERE = {"next": "/vyshnevohirsk/petitions/5", "community": "vyshnevohirsk"}


@pytest.fixture(scope="session")
def program():
    with running_signing_widget() as address:
        yield address


@pytest.fixture(scope="session")
def trust_folder(tmp_path_factory):
    return trust_in(tmp_path_factory.mktemp("trust"))


@pytest.fixture(autouse=True)
def trusting(settings, trust_folder):
    settings.EDEM = settings.EDEM.model_copy(update={"trust_dir": trust_folder})


@pytest.fixture
def community(vyshnevohirsk):
    let_in_by(vyshnevohirsk, "kep_file", "bank_id")
    return vyshnevohirsk


@pytest.fixture
def signing(program):
    """What the person's program makes of the text that this browser was given."""

    def sign(resident, **how):
        resident.get(PAGE, HERE)
        return signed_file(program, resident.get(f"{PAGE}text/").content, **how)

    return sign


def text_of(answer):
    return answer.content.decode()


def bring(resident, content, *, name="vhid.txt.p7s"):
    return resident.post(PAGE, {**HERE, "signed": SimpleUploadedFile(name, content)})


def refused(answer, words):
    assert answer.status_code in {403, 422, 503}, answer.status_code
    page = text_of(answer)
    assert words in page
    assert not Person.objects.exists()
    return page


def test_the_choice_of_ways_leads_to_the_text(resident, community):
    page = text_of(resident.get("/sign-in/", {"community": "vyshnevohirsk"}))
    assert "Файл із підписом (КЕП)" in page
    answer = resident.post("/sign-in/", {"method": "kep_file", **HERE})
    assert answer.url.startswith(PAGE)
    assert dict(parse_qsl(urlsplit(answer.url).query)) == HERE
    page = text_of(resident.get(answer.url))
    assert "Одноразовий код" in page
    assert 'name="next" value="/vyshnevohirsk/petitions/5"' in page


def test_the_text_names_the_site_and_the_moment_and_is_a_file_to_the_byte(resident, community, settings):
    page = text_of(resident.get(PAGE, HERE))
    file = resident.get(f"{PAGE}text/")
    assert file["Content-Disposition"] == 'attachment; filename="vhid-e-dem.txt"'
    text = file.content.decode()
    assert text in page.replace("&#x27;", "'")
    assert settings.EDEM.base_url in text
    assert "\r" not in text
    assert len(text.partition("Одноразовий код: ")[2].partition("\n")[0]) == 32
    assert resident.another().get(f"{PAGE}text/").content != file.content


@pytest.mark.parametrize("form", ["attached", "detached"])
def test_a_newcomer_comes_in_by_a_file_of_either_form(resident, community, signing, form):
    answer = bring(resident, signing(resident, form=form))
    assert answer.url == "/sign-in/consent/", text_of(answer)
    assert not Person.objects.exists()
    resident.post("/sign-in/consent/", {"agrees": "on"})
    assert Person.objects.get().display_name == "Коваленко Олена Петрівна"
    assert SignIn.objects.get().method == "kep_file"
    assert 'href="/vyshnevohirsk/petitions/5"' in text_of(resident.get("/sign-in/welcome/"))


@pytest.mark.parametrize("person", ["1003", "1004", "1005", "1006", "1012"])
def test_each_kind_of_certificate_lets_its_owner_in(resident, community, signing, person):
    """A number in the other field, a passport instead of it, a record of the register, no patronymic, an office."""
    assert bring(resident, signing(resident, person=person)).url == "/sign-in/consent/"


def test_bank_and_file_end_in_one_account(resident, community, signing, stand):
    resident.sign_in("1001", method="bank_id")
    first = Person.objects.get()
    resident.post("/sign-out/")
    assert bring(resident, signing(resident)).url == "/vyshnevohirsk/petitions/5"
    assert Person.objects.get() == first
    assert list(SignIn.objects.order_by("pk").values_list("method", flat=True)) == ["bank_id", "kep_file"]


def test_a_signature_lets_in_once(resident, community, signing):
    signed = signing(resident)
    assert bring(resident, signed).status_code == 302
    refused(bring(resident, signed), "ним уже скористалися")
    resident.get(PAGE, HERE)
    refused(bring(resident, signed), "Підписано інший текст")


def test_a_signature_over_another_browsers_text_is_of_no_use(resident, community, signing):
    signed = signing(resident)
    thief = resident.another()
    refused(bring(thief, signed), "ним уже скористалися")
    thief.get(PAGE, HERE)
    page = refused(bring(thief, signed), "Підписано інший текст")
    assert "Одноразовий код" in page


def test_the_text_holds_ten_minutes(resident, community, signing, monkeypatch):
    signed = signing(resident)
    session = resident.session
    session[challenges.KEY] = session[challenges.KEY] | {"until": 0}
    session.save()
    refused(bring(resident, signed), "Текст уже не діє")


def test_so_many_files_are_tried_against_one_text_and_no_more(resident, community, monkeypatch):
    monkeypatch.setattr(challenges, "MOST_TRIES", 2)
    text = resident.get(f"{PAGE}text/").content
    for _ in range(2):
        refused(bring(resident, b"nonsense"), "не файл підпису")
    assert resident.get(f"{PAGE}text/").content != text


def test_after_a_refusal_the_text_stays_so_that_it_need_not_be_signed_anew(resident, community, signing, now):
    text = resident.get(f"{PAGE}text/").content
    session = resident.session
    session[challenges.KEY] = session[challenges.KEY] | {"until": now.timestamp() + 60}
    session.save()
    assert text.decode() in refused(bring(resident, b"nonsense"), "не файл підпису")


def test_a_text_half_of_whose_life_is_over_is_given_anew(resident, community, monkeypatch):
    text = resident.get(f"{PAGE}text/").content
    assert resident.get(f"{PAGE}text/").content == text
    monkeypatch.setattr(challenges, "LIFE", timedelta(hours=1))
    assert resident.get(f"{PAGE}text/").content != text


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("expired", "Сертифікат зараз не діє"),
        ("revoked", "Сертифікат відкликано"),
        ("unknown_root", "надавача підписів ми не знаємо"),
        ("seal", "печатка установи"),
    ],
)
def test_a_key_that_is_not_good_is_told_why(resident, community, signing, key, words):
    refused(bring(resident, signing(resident, key=key)), words)


def test_nobody_comes_in_while_it_is_unknown_whether_the_certificate_holds(resident, community, signing):
    answer = bring(resident, signing(resident, level="bare"))
    refused(answer, "не вдається дізнатися, чи діє ваш сертифікат")


def test_a_certificate_with_a_broken_tax_number_is_refused_kindly(resident, community, signing):
    refused(bring(resident, signing(resident, person="1011")), "з помилкою")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Файл порожній"),
        (b"nonsense", "не файл підпису"),
        (b"%PDF-1.7 \n%%EOF", "не файл підпису"),
        (b"PK\x03\x04" + bytes(60), "не файл підпису"),
        (b"0" * (1024 * 1024 + 1), "Файл завеликий"),
        (b"\x30\x80" * 50_000, "не файл підпису"),
        (b"\x30\x84\xff\xff\xff\xff", "не файл підпису"),
    ],
)
def test_whatever_is_no_signature_is_said_to_be_none(resident, community, content, words):
    resident.get(PAGE, HERE)
    refused(bring(resident, content), words)


def test_no_file_at_all_is_said_on_the_form(resident, community):
    resident.get(PAGE, HERE)
    answer = resident.post(PAGE, HERE)
    assert answer.status_code == 422
    assert "Виберіть файл із підписом" in text_of(answer)


def test_any_flipped_byte_of_the_file_lets_in_nobody_else(resident, community, signing):
    signed = signing(resident)
    step = len(signed) // 12
    for place in range(0, len(signed), step):
        changed = bytearray(signed)
        changed[place] ^= 0x01
        answer = bring(resident, bytes(changed))
        assert answer.status_code != 500
        if answer.status_code == 302:  # the byte was of what nobody signs, such as an unneeded certificate
            assert "Коваленко Олена Петрівна" in text_of(resident.get("/sign-in/consent/"))
            return
    assert not Person.objects.exists()


def test_a_council_that_has_not_chosen_it_offers_no_such_way(resident, vyshnevohirsk):
    assert "Файл із підписом" not in text_of(resident.get("/sign-in/", {"community": "vyshnevohirsk"}))
    assert resident.get(PAGE, HERE).status_code == 403


def test_without_trusted_roots_there_is_no_such_way(resident, community, settings):
    settings.EDEM = settings.EDEM.model_copy(update={"trust_dir": None})
    assert "Файл із підписом" not in text_of(resident.get("/sign-in/", {"community": "vyshnevohirsk"}))
    assert resident.get(PAGE, HERE).status_code == 403
