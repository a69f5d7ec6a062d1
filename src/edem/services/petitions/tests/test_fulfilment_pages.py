"""The plan and the hearings in the browser's eyes: desk, card, files, API."""

import html
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from icalendar import Calendar
from PIL import Image

from edem.kernel.deadlines import kyiv_day
from edem.services.petitions.models import Evidence, Hearing, PlanStage
from edem.services.petitions.rules.lifecycle import State

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TRICK = "<script>alert(1)</script>"


@pytest.fixture
def carried_out(collecting, now):
    return collecting(
        state=State.FULFILMENT, decision="supported", reached_at=now, answered_at=now - 20 * DAY, responsible_body="ЖКГ"
    )


@pytest.fixture
def considered(collecting, now):
    return collecting(state=State.CONSIDERATION, hearing_asked=True, reached_at=now, due_at=now + 20 * DAY)


def picture():
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "green").save(drawn, "PNG")
    return SimpleUploadedFile("ліхтар.png", drawn.getvalue(), content_type="image/png")


def typed_stage(now, *, days=10, **facts):
    due = kyiv_day(now) + days * DAY
    return {"title": "Купити ліхтарі", "body": "ЖКГ", "due": f"{due:%Y-%m-%d}", "amount": "48 000,50"} | facts


def test_from_the_plan_to_a_photo_that_everybody_sees(come_as, client, carried_out, read, send, now):
    plan = f"{carried_out.pk}/plan/"
    come_as("officer")
    assert "Етапів ще немає" in read(plan)
    send(f"{plan}add/", typed_stage(now))
    stage = PlanStage.objects.get()
    assert stage.amount == 4_800_050
    done = {"done_on": f"{kyiv_day(now):%Y-%m-%d}", "note": "Ліхтарі стоять."}
    assert send(f"{plan}{stage.pk}/done/", done).endswith(f"{plan}{stage.pk}/evidence/")
    send(f"{plan}{stage.pk}/evidence/", {"pieces": picture(), "words": "Чотирнадцять ліхтарів"})
    assert "Ще не оприлюднено" in read(plan)
    client.logout()
    assert "Чотирнадцять ліхтарів" not in read(f"{carried_out.pk}/")
    come_as("moderator")
    send(f"{plan}evidence/{Evidence.objects.get().pk}/show/")
    client.logout()
    card = read(f"{carried_out.pk}/")
    for words in ("Як виконують", "Купити ліхтарі", "48\u00a0000,50", "Ліхтарі стоять.", 'alt="Чотирнадцять ліхтарів"'):
        assert words in card
    source = html.unescape(card).partition('img src="')[2].partition('"')[0]
    assert client.get(source).status_code == 200


def test_the_card_says_what_is_late_by_how_much_and_what_was_moved(come_as, carried_out, read, send, now):
    stage = PlanStage.objects.create(petition=carried_out, title="Ліхтарі", body="ЖКГ", due_at=now - 3 * DAY)
    come_as("officer")
    PlanStage.objects.filter(pk=stage.pk).update(due_at=now + 3 * DAY)
    send(f"{carried_out.pk}/plan/{stage.pk}/change/", typed_stage(now, days=5, note="Затримка постачання."))
    card = read(f"{carried_out.pk}/")
    assert "Строк перенесено з" in card
    assert "Затримка постачання." in card
    PlanStage.objects.filter(pk=stage.pk).update(due_at=now - 3 * DAY)
    card = read(f"{carried_out.pk}/")
    assert "Етап прострочено на" in card
    assert "0 </b> <span>з 1 етапу" in card or "<b data-number>0</b>" in card


@pytest.mark.parametrize(("facts", "sentence"), [
    ({"title": ""}, "Заповніть: «Назва етапу»"),
    ({"due": "2020-01-01"}, "в майбутньому"),
    ({"due": "9999-12-31"}, "не пізніше 2099"),
    ({"amount": "багато"}, "багато"),
    ({"amount": "-5"}, "від нуля"),
    ({"amount": "1,234"}, "копійку"),
])  # fmt: skip
def test_a_stage_half_told_is_not_written(come_as, carried_out, send, now, facts, sentence):
    come_as("officer")
    again = send(f"{carried_out.pk}/plan/add/", typed_stage(now, **facts), status=422)
    assert sentence in again
    assert not PlanStage.objects.exists()


def test_what_was_typed_comes_out_as_text(come_as, client, carried_out, send, now):
    come_as("officer")
    send(f"{carried_out.pk}/plan/add/", typed_stage(now, title=TRICK, body=TRICK))
    stage = PlanStage.objects.get()
    send(f"{carried_out.pk}/plan/{stage.pk}/change/", typed_stage(now, days=12, title=TRICK, note=TRICK))
    for path in ("", "plan/", f"plan/{stage.pk}/drop/"):
        assert TRICK not in client.get(f"/zhytomyr/petitions/{carried_out.pk}/{path}").content.decode()


@pytest.mark.parametrize("path", ["plan/add/", "plan/1/done/", "hearings/appoint/", "hearings/decline/"])
def test_the_desk_is_closed_to_those_whose_work_it_is_not(client, come_as, carried_out, read, resident, path):
    client.sign_in(resident)
    read(f"{carried_out.pk}/{path}", status=403)
    come_as("auditor")
    read(f"{carried_out.pk}/{path}", status=403)
    client.logout()
    assert client.get(f"/zhytomyr/petitions/{carried_out.pk}/{path}").status_code == 302


def test_other_staff_read_the_plan_and_change_nothing(come_as, carried_out, read, now):
    PlanStage.objects.create(petition=carried_out, title="Ліхтарі", body="ЖКГ", due_at=now + DAY)
    come_as("auditor")
    page = read(f"{carried_out.pk}/plan/")
    assert "Ліхтарі" in page
    for path in ("/done/", "/drop/", "/evidence/", "plan/add/"):
        assert path not in page


@pytest.mark.parametrize("step", ["burn", "publish"])
def test_an_unknown_step_of_a_stage_is_not_found(come_as, carried_out, read, now, step):
    stage = PlanStage.objects.create(petition=carried_out, title="Ліхтарі", body="ЖКГ", due_at=now + DAY)
    come_as("officer")
    read(f"{carried_out.pk}/plan/{stage.pk}/{step}/", status=404)
    read(f"{carried_out.pk}/plan/{stage.pk + 9}/done/", status=404)


def test_the_card_asks_as_often_for_many_stages_as_for_few(carried_out, client, queries_of, assert_queries, now):
    address = f"/zhytomyr/petitions/{carried_out.pk}/"

    def stage():
        PlanStage.objects.create(petition=carried_out, title="Ліхтарі", body="ЖКГ", due_at=now + DAY)

    stage()
    few = queries_of(address)
    for _ in range(7):
        stage()
    with assert_queries(few):
        client.get(address)


def typed_hearing(now, *, days=12, **facts):
    day = kyiv_day(now) + days * DAY
    usual = {"day": f"{day:%Y-%m-%d}", "time": "18:00", "minutes": "90", "place": "Зала ради", "online": ""}
    return usual | {"agenda": "Про ліхтарі"} | facts


def test_a_hearing_is_asked_for_appointed_and_in_everybodys_calendar(come_as, client, considered, read, send, now):
    assert "Дату ще не призначено" in read(f"{considered.pk}/")
    come_as("officer")
    assert "У петиції просять слухань" in read(f"{considered.pk}/case/")
    send(f"{considered.pk}/hearings/appoint/", typed_hearing(now))
    assert "Перенести" in read(f"{considered.pk}/hearings/")
    client.logout()
    card = read(f"{considered.pk}/")
    assert "Зала ради" in card
    assert "18:00" in card
    answer = client.get(f"/zhytomyr/petitions/{considered.pk}/hearings/{Hearing.objects.get().pk}.ics")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["location"]) == "Зала ради"
    assert answer["Content-Type"].startswith("text/calendar")


@pytest.mark.parametrize(("facts", "sentence"), [
    ({"place": ""}, "де відбудуться"),
    ({"online": "http://rada.example/"}, "https://"),
    ({"time": "опівдні"}, "опівдні"),
    ({"agenda": ""}, "Заповніть"),
    ({"days": 1}, "заздалегідь"),
    ({"days": 60}, "строк розгляду"),
])  # fmt: skip
def test_a_hearing_half_told_is_not_appointed(come_as, considered, send, now, facts, sentence):
    come_as("mayor")
    again = send(f"{considered.pk}/hearings/appoint/", typed_hearing(now, **facts), status=422)
    assert sentence in again
    assert not Hearing.objects.exists()


def test_a_hearing_is_moved_cancelled_and_its_reasons_are_public(come_as, considered, read, send, now):
    come_as("officer")
    hearings = f"{considered.pk}/hearings/"
    send(f"{hearings}appoint/", typed_hearing(now))
    hearing = Hearing.objects.get()
    send(f"{hearings}{hearing.pk}/move/", typed_hearing(now, days=13, note="Зала зайнята."))
    send(f"{hearings}{hearing.pk}/cancel/", {"note": "Повітряна тривога."})
    card = read(f"{considered.pk}/")
    for words in ("Слухання перенесено з", "Зала зайнята.", "Слухання скасовано", "Повітряна тривога."):
        assert words in card
    assert "STATUS:CANCELLED" in read(f"{hearings}{hearing.pk}.ics")


def test_minutes_are_published(come_as, considered, read, send, now):
    hearing = Hearing.objects.create(
        petition=considered, standing="appointed", starts_at=now - DAY, place="Зала", agenda="Ліхтарі"
    )
    come_as("officer")
    send(f"{considered.pk}/hearings/{hearing.pk}/held/", {"record": "Автор представив петицію."})
    card = read(f"{considered.pk}/")
    assert "Автор представив петицію." in card
    assert "Слухання відбулися" in card


def test_why_there_will_be_no_hearing_is_public(come_as, considered, read, send):
    come_as("officer")
    send(f"{considered.pk}/hearings/decline/", {"note": "Петиція вже виконується."})
    assert "Слухань не буде" in read(f"{considered.pk}/")
    assert "Петиція вже виконується." in read(f"{considered.pk}/")


def test_the_calendar_of_a_hidden_or_foreign_petition_is_not_found(considered, client, collecting, read, now):
    hearing = Hearing.objects.create(petition=considered, standing="appointed", starts_at=now + DAY, place="Зала")
    other = collecting()
    read(f"{other.pk}/hearings/{hearing.pk}.ics", status=404)
    declined = Hearing.objects.create(petition=other, standing="declined")
    read(f"{other.pk}/hearings/{declined.pk}.ics", status=404)


def test_the_api_tells_the_plan_and_the_hearings(client, carried_out, come_as, send, now):
    come_as("officer")
    send(f"{carried_out.pk}/plan/add/", typed_stage(now))
    stage = PlanStage.objects.get()
    send(f"{carried_out.pk}/plan/{stage.pk}/change/", typed_stage(now, days=12, note="Пізніше."))
    Hearing.objects.create(petition=carried_out, standing="held", starts_at=now - 30 * DAY, record="Говорили.")
    client.logout()
    told = client.get(f"/zhytomyr/api/v1/petitions/{carried_out.pk}").json()
    (shown,) = told["plan"]
    assert (shown["title"], shown["amount_kopiykas"], shown["state"]) == ("Купити ліхтарі", 4_800_050, "planned")
    assert [each["kind"] for each in shown["changes"]] == ["moved"]
    assert told["hearings"][0]["record"] == "Говорили."
