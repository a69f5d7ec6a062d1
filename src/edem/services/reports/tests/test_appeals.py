"""An official appeal made ready from one's own words: the law's form, the right addressee, and nothing of it kept."""

import html
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.documents.testing import pdf_pages
from edem.foundation.files.tests.contents import picture
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.errors import Invalid
from edem.services.reports.actions.drafting import choose_categories, put_words, start_report
from edem.services.reports.models import Report, ReportDraft
from edem.services.reports.queries.appeals import Addressee
from edem.services.reports.rules.appeals import Appeal, check_appeal
from edem.services.reports.tests.factories import MARCH_2
from edem.services.reports.web.appealing import mail_address

TYPED = {
    "name": "Ткачук Ольга Петрівна",
    "residence": "вул. Садова, 7, кв. 3",
    "contact": "olha@example.com",
    "essence": "Яма на переході біля школи № 7. Діти обходять її по проїжджій частині.",
    "demand": "Прошу залатати яму й повідомити мене, що зроблено.",
}


def an_appeal(**facts):
    return Appeal(**({"addressee": "Рада", "made_on": date(2026, 3, 2)} | TYPED | facts))


@pytest.mark.parametrize("name", list(TYPED))
def test_without_what_the_law_asks_it_is_not_made(name):
    for wrong in ("", "    ", "я" * 5_001):
        with pytest.raises(Invalid, match=f"appeal_{name}"):
            check_appeal(an_appeal(**{name: wrong}))


@pytest.mark.parametrize("name", list(TYPED))
def test_spaces_at_the_ends_are_no_letters_of_what_the_law_asks(name):
    check_appeal(an_appeal(**{name: "  Рада1 \n"}))
    with pytest.raises(Invalid, match=f"appeal_{name}"):
        check_appeal(an_appeal(**{name: "  Рада \n"}))


@given(st.text(min_size=5, max_size=200).filter(lambda text: len(text.strip()) >= 5))
def test_any_name_of_a_person_will_do(name):
    check_appeal(an_appeal(name=name))


def test_the_address_of_a_letter_carries_the_words_only_while_programs_take_them():
    box = Addressee(key="1", name="Рада", email="rada@example.com")
    assert "body=" in mail_address(box, "Яма")
    assert "body=" not in mail_address(box, "Яма " * 500)
    assert mail_address(Addressee(key="1", name="Рада", email=""), "Яма") == ""


@pytest.fixture
def own(report, client):
    client.sign_in(report.author)
    return report


@pytest.mark.django_db
def test_an_author_gets_their_words_the_place_and_whose_it_is(own, roads, read, community):
    page = read(f"{own.pk}/appeal/")
    assert own.text in page
    assert "50.25470, 28.65870" in page
    assert page.index(roads.name) < page.index(community.council_name, page.index(roads.name))
    assert own.author.display_name in page
    assert "не пізніше ніж за місяць" in page
    assert f"/reports/{own.pk}/appeal/" in read(f"{own.pk}/"), "the card offers it to its author"


@pytest.mark.django_db
def test_the_paper_has_everything_the_law_asks_and_the_photos(own, roads, client, a_photo):
    photo = a_photo(own)
    photo.file.place = default_storage.save("reports/appeal-test.jpg", ContentFile(picture("JPEG")))
    photo.file.save()
    answer = client.post(f"/zhytomyr/reports/{own.pk}/appeal/", {"addressee": str(roads.pk), **TYPED})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Cache-Control"] == "no-store"
    pages = pdf_pages(answer.content)
    text = "".join(pages).replace("\u200b", "")
    for words in (TYPED["name"], "Садова", TYPED["contact"], "Звернення (заява)", "статтею 20", "Додаю фото: 1"):
        assert words in text, words
    assert b"/Image" in answer.content
    assert len(pages) == 2
    default_storage.delete(photo.file.place)


@pytest.mark.django_db
def test_the_text_goes_by_mail_from_one_s_own_box(own, roads, client):
    answer = client.post(f"/zhytomyr/reports/{own.pk}/appeal/", {"addressee": str(roads.pk), "as_text": "yes", **TYPED})
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 200
    for words in (
        roads.email,
        "Місце проживання: вул. Садова, 7, кв. 3",
        "ЗВЕРНЕННЯ (заява)",
        "Підпис КЕП не потрібен",
    ):
        assert words in page, words


@pytest.mark.django_db
def test_what_is_missing_is_said_and_what_was_typed_stays(own, roads, client):
    wrong = {**TYPED, "residence": "Я"}
    answer = client.post(f"/zhytomyr/reports/{own.pk}/appeal/", {"addressee": str(roads.pk), **wrong})
    page = html.unescape(answer.content.decode())
    assert (answer.status_code, "Впишіть місце проживання" in page, TYPED["name"] in page) == (422, True, True)


@pytest.mark.django_db
def test_it_is_made_of_a_draft_too_and_of_nothing(community, roads, client, read):
    who = PersonFactory()
    client.sign_in(who)

    draft = start_report(uuid4(), community, by=who, now=MARCH_2)
    put_words(draft.pk, by=who, title="Зламана гойдалка", text="У дворі.", is_anonymous=False, now=MARCH_2)
    choose_categories(draft.pk, ["1.3"], by=who, now=MARCH_2)
    page = read(f"start/{draft.pk}/appeal/")
    assert "Зламана гойдалка" in page
    assert "Дитячі майданчики" in page
    assert roads.name in page
    assert community.council_name in read("appeal/")
    assert "/reports/appeal/" in read("start/"), "the form says that it is no appeal, and offers that way"


@pytest.mark.django_db
def test_nobody_makes_an_appeal_of_another_s_words(report, client, read, community):
    client.sign_in(PersonFactory())
    read(f"{report.pk}/appeal/", status=404)
    read("start/11111111-1111-4111-8111-111111111111/appeal/", status=404)


@pytest.mark.django_db
def test_nothing_of_it_is_kept(own, roads, client):
    before = (Report.objects.count(), ReportDraft.objects.count(), str(list(Report.objects.order_by("pk").values())))
    client.post(f"/zhytomyr/reports/{own.pk}/appeal/", {"addressee": str(roads.pk), "as_text": "yes", **TYPED})
    after = (Report.objects.count(), ReportDraft.objects.count(), str(list(Report.objects.order_by("pk").values())))
    assert before == after
