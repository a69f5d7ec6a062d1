"""A new report from the photo to «надіслано», one page a step, without a script; everything typed is kept."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from edem.foundation.events.testing import run_jobs
from edem.foundation.files.models import StoredFile
from edem.foundation.files.tests.contents import bomb, photo_with_place, picture
from edem.foundation.files.tests.videos import mp4
from edem.foundation.people.tests.factories import PersonFactory
from edem.services.reports.actions.drafting import KEPT_FOR, forget_old_drafts
from edem.services.reports.models import Category, Photo, Report, ReportDraft, Voice
from edem.services.reports.tests.factories import HERE, ReportFactory

pytestmark = pytest.mark.django_db
SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
MAIN = re.compile(r"<main.*</main>", re.DOTALL)


@pytest.fixture
def author(client):
    person = PersonFactory(display_name="Ольга Ткачук")
    client.sign_in(person)
    return person


@pytest.fixture
def begun(author, roads, send):
    """A draft that its author has begun with nothing yet."""
    draft_id = uuid.uuid4()
    send("start/", {"draft": str(draft_id)})
    return draft_id


def file(content, name="яма.jpg"):
    return SimpleUploadedFile(name, content)


def placed(send, draft_id, **typed):
    return send(
        f"start/{draft_id}/place/",
        {"lat": HERE.lat, "lon": HERE.lon, "accuracy_m": "12", "placed_by": "device", "address": ""} | typed,
    )


def worded(send, draft_id, text="Велика яма на дорозі біля школи. Діти обходять її по проїжджій частині.", **typed):
    return send(f"start/{draft_id}/words/", {"text": text, "title": ""} | typed)


def sent(send, draft_id):
    send(f"start/{draft_id}/check/")
    return Report.objects.get(client_uuid=draft_id)


def test_from_a_photo_to_a_published_report(author, roads, read, send):
    draft_id = uuid.uuid4()
    assert "не є зверненням громадян" in read("start/")
    place = send("start/", {"draft": str(draft_id), "photos": file(photo_with_place())})
    assert place.endswith(f"/start/{draft_id}/place/")
    page = read(f"start/{draft_id}/place/")
    assert "Місце взято з фото" in page
    assert 'value="50.25"' in page
    words = send(f"start/{draft_id}/place/", {"lat": "50.25", "lon": "28.666667", "placed_by": "photo"})
    assert words.endswith("/words/")
    assert worded(send, draft_id).endswith("/check/"), "the category was found in the words"
    check = MAIN.search(read(f"start/{draft_id}/check/"))[0]
    assert "Ями на дорогах" in check
    assert "Велика яма на дорозі біля школи" in check
    run_jobs(now=timezone.now())
    report = sent(send, draft_id)
    assert (report.title, report.category_codes, report.lat) == ("Велика яма на дорозі біля школи", ["3.8"], 50.25)
    photo = report.photos.get()
    assert (photo.width, photo.height, photo.file.is_public) == (480, 640, True)
    assert f"Його вже отримала організація: {roads.name}" in read(f"{report.pk}/sent/")
    assert f"files/{photo.file_id}/small.webp" in read(f"{report.pk}/")


def test_sent_twice_it_is_one_report(begun, send):
    placed(send, begun)
    worded(send, begun)
    first = send(f"start/{begun}/check/")
    again = send("start/", {"draft": str(begun)}, status=422)
    assert "вже надіслано" in again
    assert Report.objects.count() == 1
    assert first.endswith("/sent/")


def test_whoever_comes_from_the_map_has_the_place_already(author, roads, read, send):
    page = read("start/", lat="50.254700", lon="28.658700")
    assert "Місце з мапи збережено" in page
    draft_id = uuid.uuid4()
    pressed = {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("lat", "lon")}
    photo = SimpleUploadedFile("яма.jpg", photo_with_place())
    assert send("start/", {"draft": str(draft_id), "photos": photo} | pressed).endswith(f"/start/{draft_id}/place/")
    typed = ReportDraft.objects.get(pk=draft_id).typed
    assert (typed["lat"], typed["lon"], typed["placed_by"]) == (HERE.lat, HERE.lon, "pin"), "the finger, not the photo"
    assert "Поставте позначку" in read(f"start/{draft_id}/place/")


@pytest.mark.parametrize("place", [{"lat": "x", "lon": "1"}, {"lat": "0", "lon": "0"}, {"lat": "nan", "lon": "nan"}])
def test_a_place_that_is_none_keeps_nobody_from_writing(author, roads, read, send, place):
    read("start/", **place)
    draft_id = uuid.uuid4()
    if place["lat"] != "0":  # a page that could not read it has an empty field
        place = {"lat": "", "lon": ""}
    assert send("start/", {"draft": str(draft_id)} | place).endswith(f"/start/{draft_id}/place/")
    assert ReportDraft.objects.get(pk=draft_id).typed.get("lat") is None


def test_a_bad_photo_does_not_take_the_good_one_or_the_words_with_it(begun, read, send):
    worded(send, begun)
    files = [file(picture()), file(SCRIPT, "знак.jpg"), file(bomb(50_000, 50_000), "бомба.png"), file(b"", "ніщо.jpg")]
    assert send(f"start/{begun}/photos/", {"photos": files}).endswith("/photos/")
    run_jobs(now=timezone.now())
    page = read(f"start/{begun}/photos/")
    assert "«знак.jpg» не додано" in page
    assert "«бомба.png» не додано" in page
    assert page.count("<img src") == 1
    assert ReportDraft.objects.get(pk=begun).typed["title"].startswith("Велика яма")


def test_a_video_renamed_to_jpg_is_taken_as_the_video_it_is(begun, send, read):
    send(f"start/{begun}/photos/", {"photos": [file(mp4(), "яма.jpg")]})
    assert "<video" in read(f"start/{begun}/photos/")
    send(f"start/{begun}/photos/", {"photos": [file(mp4(), "ще.mp4")]})
    assert "одне відео" in read(f"start/{begun}/photos/")
    assert ReportDraft.objects.get(pk=begun).shots.count() == 1


def test_what_is_wrong_with_the_place_is_said_where_it_can_be_mended(begun, send):
    for typed, said in (
        ({"lat": "0", "lon": "0"}, "Поставте позначку"),
        ({"lat": "28.6587", "lon": "50.2547"}, "переплутано"),
        ({"lat": "48.85", "lon": "2.35"}, "не в Україні"),
        ({"lat": "91", "lon": "500"}, "Поставте позначку"),
        ({"lat": "nan", "lon": "1"}, "Виправте помилки"),
        ({"lat": "50.25", "lon": ""}, "на мапі ще раз"),
    ):
        answer = send(f"start/{begun}/place/", {"address": "вул. Київська, 12", **typed}, status=422)
        assert said in answer
        assert "вул. Київська, 12" in answer


def test_an_address_alone_is_enough_and_so_is_no_place_at_all(begun, send, read):
    send(f"start/{begun}/place/", {"address": "вул. Київська, 12"})
    worded(send, begun)
    assert "вул. Київська, 12" in read(f"start/{begun}/check/")
    report = sent(send, begun)
    assert (report.address, report.lat, report.cell) == ("вул. Київська, 12", None, None)


def test_words_that_say_nothing_lead_to_the_tree_which_can_be_searched(begun, send, read):
    placed(send, begun)
    assert worded(send, begun, text="Тут негаразд, зробіть щось").endswith("/category/")
    tree = read(f"start/{begun}/category/")
    assert tree.count('<details class="twig"') == 7
    assert "Ями на дорогах" in tree
    found = read(f"start/{begun}/category/", q="ліхтар")
    assert "Зовнішнє освітлення" in found
    assert "Ліфт<" not in found
    assert "Виберіть хоча б одну" in send(f"start/{begun}/category/", {}, status=422)
    assert send(f"start/{begun}/category/", {"categories": ["2.2.1", "8"]}).endswith("/check/")
    assert sent(send, begun).category_codes == ["2.2.1", "8"]


def test_a_chosen_category_is_not_changed_by_other_words(begun, send):
    placed(send, begun)
    send(f"start/{begun}/category/", {"categories": ["8"]})
    worded(send, begun)
    assert sent(send, begun).category_codes == ["8"]


def test_extra_questions_of_the_category_are_asked(begun, community, send, read):
    question = {"code": "depth", "label": "Яка глибина, см?", "kind": "number", "required": True, "options": []}
    Category.objects.filter(community=community, code="3.8").update(questions=[question])
    placed(send, begun)
    assert worded(send, begun).endswith("/questions/")
    assert "Заповніть: «Яка глибина, см?»" in send(f"start/{begun}/questions/", {}, status=422)
    assert send(f"start/{begun}/questions/", {"answer_depth": "15"}).endswith("/check/")
    assert "Яка глибина, см?" in read(f"start/{begun}/check/")
    assert sent(send, begun).answers == {"depth": 15.0}


def test_a_hidden_name_is_not_on_the_card(begun, send, read, client):
    placed(send, begun)
    worded(send, begun, is_anonymous="on")
    assert "лише модератор та орган контролю" in read(f"start/{begun}/check/")
    report = sent(send, begun)
    client.logout()
    assert "Ольга Ткачук" not in read(f"{report.pk}/")


def test_the_same_pit_near_by_is_offered_to_join_and_joining_brings_the_photo(begun, community, roads, send, read):
    now = timezone.now()
    there = ReportFactory(community=community, placed=True, published_at=now - timedelta(days=2), title="Яма на зебрі")
    far = ReportFactory(community=community, lat=50.27, lon=28.70, cell=1, published_at=now, title="Яма в полі")
    send(f"start/{begun}/photos/", {"photos": [file(picture())]})
    placed(send, begun)
    worded(send, begun)
    hints = read(f"start/{begun}/similar/", q="яма на дорозі")
    check = read(f"start/{begun}/check/")
    for page in (hints, check):
        assert there.title in page
        assert far.title not in page
    assert "Це воно — приєднатися" in check
    assert send(f"start/{begun}/join/{there.pk}/").endswith(f"/reports/{there.pk}/")
    there.refresh_from_db()
    assert (there.voice_count, there.photos.count(), Report.objects.count()) == (1, 1, 2)
    assert Voice.objects.filter(report_id=there.pk).count() == 1
    run_jobs(now=now)
    assert there.photos.get().file.is_public
    assert not ReportDraft.objects.filter(pk=begun).exists()
    assert "Ви приєдналися" in read(f"{there.pk}/")


def test_a_face_is_blurred_before_anybody_sees_it(begun, send, read):
    send(f"start/{begun}/photos/", {"photos": [file(picture(size=(400, 300)))]})
    shot = ReportDraft.objects.get(pk=begun).shots.get()
    before = shot.file_id
    wrong = send(f"start/{begun}/photos/{shot.pk}/blur/", {"rectangles": "10 20 багато"}, status=422)
    assert "чотири числа" in wrong
    assert "прямокутник" in send(f"start/{begun}/photos/{shot.pk}/blur/", {"rectangles": "200 1 1 1"}, status=422)
    send(f"start/{begun}/photos/{shot.pk}/blur/", {"rectangles": "10 20,5 30 40\n0 0 5 5"})
    shot.refresh_from_db()
    assert shot.is_blurred
    assert shot.file_id != before
    assert not StoredFile.objects.filter(pk=before).exists(), "no copy of the face is left"
    assert "Розмити ще" in read(f"start/{begun}/photos/")


def test_another_person_s_draft_does_not_exist(begun, client, read, send):
    client.logout()
    client.sign_in(PersonFactory())
    for part in ("photos", "place", "words", "category", "questions", "check", "similar"):
        read(f"start/{begun}/{part}/", status=404)
    answer = client.post(f"/zhytomyr/reports/start/{begun}/words/", {"text": "чуже чуже"})
    assert answer.status_code == 404
    send("start/", {"draft": str(begun)}, status=422)
    send(f"start/{begun}/forget/", {}, status=404)
    assert ReportDraft.objects.filter(pk=begun).exists()


def test_a_visitor_is_led_through_the_sign_in_and_back(client, community):
    answer = client.get("/zhytomyr/reports/start/")
    assert (answer.status_code, "next=" in answer["Location"]) == (302, True)


def test_a_draft_waits_a_month_and_its_photos_with_it(begun, send, read, django_capture_on_commit_callbacks):
    send(f"start/{begun}/photos/", {"photos": [file(picture())]})
    worded(send, begun)
    assert "Велика яма" in read("start/")
    now = timezone.now()
    assert forget_old_drafts(now=now + KEPT_FOR - timedelta(hours=1)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_old_drafts(now=now + KEPT_FOR + timedelta(hours=1)) == 1
    assert not StoredFile.objects.exists()


def test_photos_of_a_sent_report_outlive_its_draft(begun, send):
    send(f"start/{begun}/photos/", {"photos": [file(picture())]})
    placed(send, begun)
    worded(send, begun)
    report = sent(send, begun)
    assert not ReportDraft.objects.exists()
    assert Photo.objects.filter(report=report).count() == StoredFile.objects.count() == 1


def test_the_photo_s_place_never_moves_a_pin_that_was_set(begun, send):
    placed(send, begun)
    send(f"start/{begun}/photos/", {"photos": [file(photo_with_place())]})
    assert ReportDraft.objects.get(pk=begun).typed["lat"] == HERE.lat


def test_a_script_in_the_words_stays_text(begun, send, client):
    placed(send, begun)
    worded(send, begun, text="<script>alert(1)</script> яма на дорозі")
    assert "<script>alert" not in client.get(f"/zhytomyr/reports/start/{begun}/check/").content.decode()
