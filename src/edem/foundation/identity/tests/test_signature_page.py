"""«Перевірити підпис»: a stranger reads who signed and what is wrong; hostile files get a sentence; nothing is kept."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from edem.config.testing.minutes import within_a_minute
from edem.foundation.identity.signatures.limits import LIMITS
from edem.kernel.kep.making.certificates import Term
from edem.kernel.kep.making.containing import simple_container, zipped
from edem.kernel.kep.making.keys import ECDSA
from edem.kernel.kep.making.signing import Hand, signed_message
from edem.kernel.kep.tests.hierarchy import COUNCIL, OLENA
from edem.kernel.kep.tests.signing_room import authority, evidence_at, olena, root

pytestmark = pytest.mark.django_db

PAGE = "/verify-signature/"
TEXT = "Прошу освітити стежку.".encode()
NOW = datetime.now(UTC).replace(microsecond=0)
IN_FORCE = Term(begins=NOW - timedelta(days=30), ends=NOW + timedelta(days=300))


@pytest.fixture(autouse=True)
def _nobody_has_asked():
    LIMITS.forget()


@pytest.fixture
def trusted(settings, tmp_path):
    """The root of the tests is trusted."""
    (tmp_path / "root.cer").write_bytes(root().certificate.der)
    settings.EDEM = settings.EDEM.model_copy(update={"trust_dir": tmp_path})
    return tmp_path


def card():
    return authority().person(OLENA, kind=ECDSA, term=IN_FORCE)


def hand_of(issued, **kwargs):
    """One who signs now and brings along what their issuers say."""
    evidence = evidence_at(NOW, issued.certificate)
    return Hand(issued=issued, at=NOW, evidence=evidence, **kwargs)


def posted(client, signed, content=None, *, page=PAGE):
    files = {"signed": SimpleUploadedFile("лист.p7s", signed)}
    if content is not None:
        files["content"] = SimpleUploadedFile("лист.txt", content)
    return client.post(page, files)


def text_of(answer):
    return answer.content.decode()


def test_a_visitor_is_told_what_to_bring(client):
    page = text_of(client.get(PAGE))
    assert "Перевірити електронний підпис" in page
    assert 'enctype="multipart/form-data"' in page


def test_every_page_leads_to_it(client, vyshnevohirsk):
    assert f'href="{PAGE}"' in text_of(client.get("/"))
    assert f'href="/vyshnevohirsk{PAGE}"' in text_of(client.get("/vyshnevohirsk/"))
    assert client.get(f"/vyshnevohirsk{PAGE}").status_code == 200


def test_a_good_signature_is_called_good_with_its_signer(client, trusted):
    answer = posted(client, signed_message(TEXT, hand_of(card())))
    page = text_of(answer)
    assert answer.status_code == 200
    assert "<title>Підпис правильний" in page
    for words in ("Коваль Олена Іванівна", "секретар", "зі слів підписувача", "2345678901", "ECDSA P-256", "SHA-256"):
        assert words in page, words
    assert "не перевірено" not in page


def test_a_seal_shows_its_organisation(client, trusted):
    seal = authority().seal(COUNCIL, kind=ECDSA, term=IN_FORCE)
    page = text_of(posted(client, signed_message(TEXT, hand_of(seal))))
    assert "Печатка" in page
    assert "04396256" in page


def test_what_could_not_be_checked_is_said_plainly(client, trusted):
    bare = Hand(issued=card(), at=NOW)
    page = text_of(posted(client, signed_message(TEXT, bare, certificates=authority().chain)))
    assert "Підпис справжній, але перевірено не все" in page
    assert "Немає відомостей надавача, чи не відкликано сертифікат." in page


def test_without_trusted_roots_the_name_is_not_believed(client):
    page = text_of(posted(client, signed_message(TEXT, hand_of(card()))))
    assert "невідомо, хто поручився за підписувача" in page


def test_an_expired_certificate_is_explained(client, trusted):
    page = text_of(posted(client, signed_message(TEXT, Hand(issued=olena(), at=olena().certificate.valid_from))))
    assert "позначки часу немає" in page


def test_a_detached_signature_is_checked_with_its_file(client, trusted):
    detached = signed_message(TEXT, hand_of(card()), is_detached=True)
    assert "Підпис правильний" in text_of(posted(client, detached, TEXT))
    other = text_of(posted(client, detached, TEXT + b"!"))
    assert "Підпис неправильний" in other
    assert "Підписано інший файл, або цей змінили після підписання." in other


def test_a_detached_signature_alone_asks_for_its_file(client, trusted):
    answer = posted(client, signed_message(TEXT, hand_of(card()), is_detached=True))
    assert answer.status_code == 422
    assert "Додайте й сам файл, який підписували." in text_of(answer)
    assert "<title>Помилка:" in text_of(answer)


def test_a_container_shows_its_files(client, trusted):
    page = text_of(posted(client, simple_container("рішення.txt", TEXT, hand_of(card()))))
    assert "Підпис правильний" in page
    assert "рішення.txt" in page


@pytest.mark.parametrize(
    ("hostile", "sentence"),
    [
        (b"", "Це не файл підпису, або його зіпсовано."),
        (b"MZ\x90\x00" * 100, "Це не файл підпису, або його зіпсовано."),
        (b"0\x84\xff\xff\xff\xff", "Це не файл підпису, або його зіпсовано."),
        (b"0\x80" * 4000, "Це не файл підпису, або його зіпсовано."),
        (b"<script>alert(1)</script>", "Це не файл підпису, або його зіпсовано."),
        (zipped([("../../etc/passwd", b"x")]), "Контейнер зіпсовано або складено так, щоб обдурити програму."),
        (zipped([("a.txt", bytes(70 * 2**20))]), "Контейнер завеликий, коли його розпакувати."),
        (zipped([("a.txt", b"x"), ("META-INF/signatures.xml", b"x")]), "У цьому контейнері підписи XAdES."),
        (zipped([("a.txt", b"x")]), "Контейнер складено не за правилами ASiC."),
    ],
)
def test_a_hostile_file_gets_a_sentence(client, hostile, sentence):
    answer = posted(client, hostile)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_a_name_in_a_certificate_is_text_and_nothing_else(client, trusted):
    evil = authority().person(replace(OLENA, surname="<script>alert(1)</script>"), kind=ECDSA, term=IN_FORCE)
    page = text_of(posted(client, signed_message(TEXT, hand_of(evil))))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_no_file_chosen_says_what_to_do(client):
    answer = client.post(PAGE, {})
    assert answer.status_code == 422
    assert "Виберіть файл із підписом." in text_of(answer)


def test_a_file_too_big_is_refused_by_its_size(client, settings):
    settings.EDEM = settings.EDEM.model_copy(update={"kep_largest_mb": 1})
    answer = posted(client, bytes(1024 * 1024 + 1))
    assert answer.status_code == 422
    assert "Можна перевірити до 1 МБ." in text_of(answer)


def test_one_address_has_a_limit_and_hears_of_it(client, monkeypatch):
    monkeypatch.setattr(LIMITS, "most", 2)

    def three_files():
        LIMITS.forget()
        return [text_of(posted(client, b"junk")) for _ in range(3)]

    refused = ["З вашої мережі перевіряють забагато файлів." in page for page in within_a_minute(three_files)]
    assert refused == [False, False, True]


def test_nothing_is_stored(client, trusted, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    with CaptureQueriesContext(
        connection,
    ) as queries:
        posted(client, signed_message(TEXT, hand_of(card())))
    assert not [query for query in queries if not query["sql"].startswith("SELECT")]
    assert not (tmp_path / "media").exists()


def test_a_change_of_the_trusted_folder_is_seen_at_once(client, trusted):
    message = signed_message(TEXT, hand_of(card()))
    (trusted / "root.cer").unlink()
    assert "невідомо, хто поручився" in text_of(posted(client, message))
    (trusted / "again.pem").write_bytes(root().certificate.der)
    (trusted / "readme.cer").write_text("no certificate")
    assert "Підпис правильний" in text_of(posted(client, message))
