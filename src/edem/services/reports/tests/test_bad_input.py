"""Wrong and hostile input through the real form: each is answered by a sentence that says what to do."""

import json
import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from edem.foundation.events.testing import run_jobs
from edem.foundation.files import tests as files_tests
from edem.foundation.files.tests.contents import bomb, picture
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.geo.cells import cell_of
from edem.kernel.geo.points import Point
from edem.services.reports.models import DraftShot, Report, ReportDraft
from edem.services.reports.tests.factories import HERE, ReportFactory

pytestmark = pytest.mark.django_db
HEIC = (Path(files_tests.__file__).parent / "pothole.heic").read_bytes()
SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
NOISE = picture(size=(900, 900))


@pytest.fixture
def begun(client, roads, send):
    client.sign_in(PersonFactory())
    draft_id = uuid.uuid4()
    send("start/", {"draft": str(draft_id)})
    return draft_id


@pytest.fixture
def told(begun, send, read, now):
    """What the writer reads about one file, at once or when the job has looked at it."""

    def told(content, name):
        send(f"start/{begun}/photos/", {"photos": SimpleUploadedFile(name, content)})
        at_once = read(f"start/{begun}/photos/")
        run_jobs(now=now)
        return at_once + read(f"start/{begun}/photos/")

    return told


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (HEIC[:100], "IMG_1.heic", "Не вдалося відкрити"),
        (HEIC[: len(HEIC) - 40], "IMG_2.heic", "Не вдалося відкрити"),
        (bomb(50_000, 50_000), "бомба.png", "Зменште його до 40 мегапікселів"),
        (bomb(5_000, 5_000), "бомба.png", "Не вдалося відкрити"),
        (SCRIPT, "знак.svg", "Такий файл не підійде"),
        (SCRIPT, "знак.jpg", "Такий файл не підійде"),
        (b"", "ніщо.jpg", "Файл порожній"),
        (NOISE[:2], "початок.jpg", "Такий файл не підійде"),
        (NOISE[:60], "початок.jpg", "Не вдалося відкрити"),
        (NOISE[: len(NOISE) // 2], "половина.jpg", "Не вдалося відкрити"),
        (b"MZ" + b"\0" * 500, "програма.jpg", "Такий файл не підійде"),
    ],
)
def test_a_file_that_is_no_picture_is_named_with_what_to_do(told, content, name, words):
    page = told(content, name)
    assert words in page
    assert name.rpartition(".")[0] in page
    assert "<img src" not in page


def test_none_of_them_takes_the_others_or_the_words_with_it(begun, send, read, now):
    send(f"start/{begun}/words/", {"text": "Велика яма на дорозі біля школи", "title": ""})
    names = ("половина.jpg", "добре.jpg", "знак.svg")
    contents = (NOISE[: len(NOISE) // 2], picture(), SCRIPT)
    send(
        f"start/{begun}/photos/",
        {"photos": [SimpleUploadedFile(name, content) for name, content in zip(names, contents, strict=True)]},
    )
    run_jobs(now=now)
    assert read(f"start/{begun}/photos/").count("<img src") == 1
    assert ReportDraft.objects.get(pk=begun).typed["title"] == "Велика яма на дорозі біля школи"


def test_the_outbox_sends_the_report_without_its_broken_photos(begun, client, now):
    answer = client.post(
        "/zhytomyr/reports/outbox/",
        {
            "client_uuid": str(uuid.uuid4()),
            "text": "Яма на дорозі біля мосту",
            "photos": [
                SimpleUploadedFile("IMG_1.heic", HEIC[:100]),
                SimpleUploadedFile("бомба.png", bomb(50_000, 50_000)),
                SimpleUploadedFile("добре.jpg", picture()),
            ],
        },
    )
    said = json.loads(answer.content)["left_out"]
    assert [each.split(":")[0] for each in said] == ["IMG_1.heic", "бомба.png"]
    assert Report.objects.get().photos.count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"text": "Яма на дорозі", "title": "я" * 10_000}, "150"),
        ({"text": "я" * 10_000, "title": ""}, "5000"),
        ({"text": "", "title": "Яма на дорозі"}, "Виправте помилки"),
    ],
)
def test_words_without_measure_are_refused_and_stay_typed(begun, send, typed, words):
    page = send(f"start/{begun}/words/", typed, status=422)
    assert words in page.replace("\u00a0", "")
    assert max(typed.values(), key=len)[:50] in page
    assert not ReportDraft.objects.get(pk=begun).typed.get("title")


def test_a_pin_far_from_the_community_is_asked_about_and_not_refused(begun, community, send, read, now):
    for step in range(5):
        point = Point(HERE.lat + step * 0.001, HERE.lon)
        ReportFactory(community=community, lat=point.lat, lon=point.lon, cell=cell_of(point), published_at=now)
    send(f"start/{begun}/words/", {"text": "Велика яма на дорозі біля школи", "title": ""})
    for lat, is_far in ((HERE.lat + 0.01, False), (HERE.lat - 0.9, True)):
        send(f"start/{begun}/place/", {"lat": lat, "lon": HERE.lon})
        page = read(f"start/{begun}/check/")
        assert ("Позначка далеко від громади" in page) is is_far
    assert "100 км" in page
    send(f"start/{begun}/check/")
    assert Report.objects.filter(client_uuid=begun).exists()


def test_nothing_that_was_refused_is_left_on_the_disk(told):
    told(SCRIPT, "знак.svg")
    assert not DraftShot.objects.exists()
