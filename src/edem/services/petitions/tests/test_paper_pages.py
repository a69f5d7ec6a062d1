"""The clerks' pages: entered at speed, refused with a reason, and closed to everybody else."""

from datetime import timedelta

import pytest

from edem.foundation.communities.models import CharterVersion
from edem.foundation.documents.testing import pdf_pages
from edem.kernel.deadlines import kyiv_day
from edem.services.petitions.actions.closing import close_petition
from edem.services.petitions.actions.confirming_paper import confirm_sheet
from edem.services.petitions.models import PaperSheet, Signature
from edem.services.petitions.queries.paper import lines_on
from edem.services.petitions.tests.paper import clerk, number, photo, row, sheet_in_work, sheet_waiting

pytestmark = pytest.mark.django_db


def test_a_clerk_finds_the_petition_by_the_number_on_the_paper(petition, come, read, client):
    come()
    assert "Підписні листи" in read("paper/")
    answer = client.get(f"/zhytomyr/petitions/paper/?number={petition.number}")
    assert answer["Location"] == f"/zhytomyr/petitions/{petition.pk}/paper/"
    assert "Такої петиції немає" in read("paper/", status=422, number=987654)
    read("paper/", status=422, number="10" * 20)
    read("paper/", status=422, number="\x00")


def test_a_whole_sheet_from_the_counter_to_the_card(petition, settlement, come, community, read, send, now):
    come()
    opened = {"number": "7", "received_on": f"{kyiv_day(now):%Y-%m-%d}", "scan": photo()}
    rows_page = send(f"{petition.pk}/paper/", opened)
    sheet = PaperSheet.objects.get()
    assert rows_page == f"/zhytomyr/petitions/{petition.pk}/paper/{sheet.pk}/rows/"
    path = f"{petition.pk}/paper/{sheet.pk}/"
    typed = row(1, now=now) | row(2, now=now, settlement="", day="") | {"rows": "10", "then": "hand_over"}
    assert send(f"{path}rows/", typed).endswith(f"/paper/{sheet.pk}/")
    assert "Підтвердити його має інший" in read(path)

    come(clerk(community))
    check = read(f"{path}check/")
    assert typed["number-1"] in check
    assert "<img" in check
    assert send(f"{path}check/", {"compared": "on"}).endswith(f"/paper/{sheet.pk}/")
    assert "Зараховано 2 підпис" in read(path)
    card = read(f"{petition.pk}/")
    assert "На папері в ЦНАП" in card
    assert "Бондар Марія 2" in read(f"{petition.pk}/signers/")
    for page in (card, read(path), read(f"{petition.pk}/signers/")):
        assert typed["number-1"] not in page


def test_a_draft_keeps_what_is_wrong_and_says_it_under_its_row(petition, settlement, come, read, send, now):
    worker = come()
    sheet = sheet_in_work(petition, by=worker, now=now)
    path = f"{petition.pk}/paper/{sheet.pk}/rows/"
    typed = row(3, now=now, number="1234567890", name="Бондар", settlement="Бахмут", day="завтра")
    assert send(path, typed | {"rows": "10", "then": "draft"}).endswith("rows/?rows=10")
    again = read(path)
    for kept in ("1234567890", 'value="Бондар"', "Бахмут", "завтра"):
        assert kept in again
    for told in ("Рядок 3: у податковому номері помилка", "Рядок 3: впишіть прізвище", "Рядок 3: виберіть населений"):
        assert told in again


def test_a_faulty_sheet_is_kept_but_not_handed_over(petition, settlement, come, send, now):
    worker = come()
    sheet = sheet_in_work(petition, by=worker, now=now)
    same = number()
    typed = row(1, now=now, number=same) | row(2, now=now, number=same) | {"rows": "10", "then": "hand_over"}
    page = send(f"{petition.pk}/paper/{sheet.pk}/rows/", typed, status=422)
    assert "Виправте позначені рядки" in page
    assert 'href="#id_number-2"' in page
    assert page.count("цей номер на листі двічі") == 4
    sheet.refresh_from_db()
    assert (sheet.state, len(lines_on(sheet))) == ("draft", 2)


def test_somebody_who_has_signed_is_told_to_the_clerk_without_a_word_of_who(petition, settlement, come, read, now):
    worker = come()
    same = number()
    first = sheet_waiting(petition, by=clerk(petition.community), now=now, numbers=[same])
    confirm_sheet(first.pk, {}, by=clerk(petition.community), now=now)
    second = sheet_in_work(petition, by=worker, now=now, numbers=[same, number()], number=2)
    page = read(f"{petition.pk}/paper/{second.pk}/rows/")
    assert "Рядок 1: вже враховано" in page
    assert "Рядок 2: вже враховано" not in page


def test_more_rows_come_by_a_button_and_there_is_an_end_to_them(petition, come, read, send, now):
    worker = come()
    sheet = sheet_in_work(petition, by=worker, now=now)
    path = f"{petition.pk}/paper/{sheet.pk}/rows/"
    assert send(path, {"rows": "10", "then": "more"}).endswith("?rows=20")
    assert "name-20" in read(path, rows=20)
    assert "name-61" not in read(path, rows=99)
    for odd in ("-1", "abc", "9" * 50, "²", "\x00"):
        read(path, rows=odd)
        send(path, {"rows": odd, "then": odd}, status=422 if odd in {"abc", "²", "\x00"} else 302)


def test_an_old_tab_with_fewer_rows_takes_no_later_row_away(petition, settlement, come, send, now):
    worker = come()
    sheet = sheet_in_work(petition, by=worker, now=now, numbers=[number() for _ in range(12)])
    send(f"{petition.pk}/paper/{sheet.pk}/rows/", row(1, now=now, name="Інша Людина") | {"rows": "10", "then": "draft"})
    assert [(line.place, line.name) for line in lines_on(sheet)] == [
        (1, "Інша Людина"),
        (11, "Бондар Марія 11"),
        (12, "Бондар Марія 12"),
    ]


def test_the_second_clerk_strikes_and_sends_back(petition, come, community, read, send, now):
    sheet = sheet_waiting(petition, by=clerk(community), now=now, numbers=[number(), number()])
    come()
    path = f"{petition.pk}/paper/{sheet.pk}/"
    assert "Звірте рядки зі сканом" in send(f"{path}check/", {"strike-1": "нерозбірливо"}, status=422)
    assert "Заповніть" in send(f"{path}return/", {"note": ""}, status=422)
    send(f"{path}return/", {"note": "Рядок 1 з іншого листа."})
    assert "Рядок 1 з іншого листа." in read(path)
    assert "Оновіть сторінку" in send(f"{path}check/", {"compared": "on"}, status=422)
    assert not Signature.objects.exists()


def test_a_discarded_sheet_is_no_longer_there(petition, come, read, send, now):
    worker = come()
    sheet = sheet_in_work(petition, by=worker, now=now, numbers=[number()])
    path = f"{petition.pk}/paper/{sheet.pk}/"
    assert "Прибрати лист" in read(f"{path}discard/")
    send(f"{path}discard/")
    read(path, status=404)
    assert "Листів ще немає" in read(f"{petition.pk}/paper/")


def test_an_ended_petition_takes_no_new_sheet_and_tells_what_is_still_checked(
    collecting, come, community, client, read, now
):
    petition = collecting(published_at=now - timedelta(days=9), closes_at=now + timedelta(days=1))
    sheet = sheet_waiting(petition, by=clerk(community), now=now, numbers=[number()])
    petition.refresh_from_db()
    petition.closes_at = now - timedelta(minutes=1)
    petition.save()
    close_petition(petition.pk, now=now)
    come()
    assert "Нових листів ця петиція не приймає" in read(f"{petition.pk}/paper/")
    assert "Перевірити й підтвердити" in read(f"{petition.pk}/paper/{sheet.pk}/")
    client.logout()
    assert "У ЦНАП ще перевіряють 1 підписний лист" in read(f"{petition.pk}/")


def test_the_desk_shows_clerks_their_sheets(petition, community, come, client, now):
    sheet_waiting(petition, by=clerk(community), now=now, numbers=[number()], number=31)
    come()
    desk = client.get("/zhytomyr/desk/").content.decode()
    assert "Лист № 31" in desk
    assert "Чекає на підтвердження" in desk


def test_the_blank_is_anybodys_and_its_code_leads_to_the_petitions_sheets(petition, client):
    answer = client.get(f"/zhytomyr/petitions/{petition.pk}/paper/blank.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(pdf_pages(answer.content))
    assert "Підписний лист" in text
    assert f"/petitions/{petition.pk}/paper/" in text


def test_there_is_no_blank_where_paper_is_not_taken(petition, community, client, now):
    known = CharterVersion.objects.get(community=community)
    petition.charter = CharterVersion.objects.create(
        community=community, service="petitions", version=2, in_force_from=now, act_title="Рішення", act_number="2",
        act_date=now.date(), values=known.values | {"paper_signatures": False}, clauses={},
    )  # fmt: skip
    petition.save()
    assert client.get(f"/zhytomyr/petitions/{petition.pk}/paper/blank.pdf").status_code == 409
    assert "blank.pdf" not in client.get(f"/zhytomyr/petitions/{petition.pk}/").content.decode()


def test_the_queue_of_many_sheets_needs_no_more_queries(petition, community, come, queries_of, now):
    worker = clerk(community)
    come()
    sheet_waiting(petition, by=worker, now=now, numbers=[number()])
    few = queries_of("/zhytomyr/petitions/paper/")
    for place in range(2, 8):
        sheet_waiting(petition, by=worker, now=now, numbers=[number()], number=place)
    assert queries_of("/zhytomyr/petitions/paper/") == few
