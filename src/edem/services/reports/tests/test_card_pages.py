"""The card of a report, its case at the desk and the control body's board: text, queries, refusals."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from edem.foundation.communities.tests.factories import OrganisationFactory
from edem.foundation.files.tests.contents import picture
from edem.foundation.moderation.models import ContentReport, ModerationCase
from edem.foundation.moderation.rules import ReportReason
from edem.foundation.people.tests.factories import PersonFactory
from edem.services.reports.models import Answer, Category, Photo, Report, ReportEdition, ReportStep
from edem.services.reports.tests.factories import ReportFactory, held, staff
from edem.ui.words import day

DAY = timedelta(days=1)


@pytest.fixture
def today(community, roads, now):
    """Makes reports of these days, held by the roads."""

    def make(**facts):
        usual = {
            "published_at": now - DAY,
            "submitted_at": now - DAY,
            "accept_due_at": now + 2 * DAY,
            "explain_due_at": now + 29 * DAY,
        }
        report = ReportFactory(community=community, **(usual | facts))
        held(report, organisation=roads, now=now - DAY)
        return report

    return make


def told_of(report, now, words="Роботи призначено на середу."):
    ReportStep.objects.create(
        report=report, at=now, actor="author", step="publish", from_state="checking", to_state="open"
    )
    Answer.objects.create(report=report, organisation=report.organisation, kind="answer", text=words, at=now)


def test_the_card_says_what_where_who_and_until_when(today, read, now):
    report = today(address="вул. Садова, 7")
    told_of(report, now)
    page = read(f"{report.pk}/")
    for words in (
        report.title,
        "Відкрита",
        "вул. Садова, 7",
        "Дорожньо-вулична мережа › Ями на дорогах",
        "КП «Дороги громади»",
        "Прийняти в роботу",
        "Роботи призначено на середу.",
        "Ольга Ткачук",
    ):
        assert words in page


def test_the_card_names_every_category_and_the_day_of_registration(today, read, now):
    report = today(category_codes=["3.8", "2.6"], submitted_at=now - 4 * DAY)
    page = read(f"{report.pk}/")
    assert "Дорожньо-вулична мережа › Ями на дорогах" in page
    assert "Міське господарство › Відкриті люки" in page
    assert f"зареєстровано {day(now - 4 * DAY)}" in page
    assert f"оприлюднено {day(now - DAY)}" in page


def test_the_card_names_every_organisation_that_works_on_it(today, read, community, now):
    report = today()
    held(report, organisation=OrganisationFactory(community=community, name="КП «Водоканал»"), is_main=False, now=now)
    assert "Зараз у: КП «Дороги громади», КП «Водоканал»" in read(f"{report.pk}/")


def test_a_worker_tells_the_moderator_of_abuse_from_the_organisations_page(today, client, read, worker):
    report = today()
    client.sign_in(worker)
    [address] = re.findall(r'href="([^"]+)"[^>]*>Повідомити модератора', read(f"{report.pk}/job/"))
    client.post(address, {"reason": ReportReason.HATRED.value, "words": "Лайка в описі й погрози майстрові."})
    case = ModerationCase.objects.get(subject_id=str(report.pk))
    assert ContentReport.objects.get(case=case).reporter == worker


def test_the_card_needs_as_many_queries_for_a_long_story_as_for_a_short_one(today, queries_of, now, community):
    short, long = today(), today()
    told_of(short, now)
    for _ in range(10):
        told_of(long, now)
        held(long, organisation=OrganisationFactory(community=community), is_main=False, now=now)
    assert queries_of(f"/zhytomyr/reports/{long.pk}/") <= queries_of(f"/zhytomyr/reports/{short.pk}/")


def test_the_card_shows_the_day_for_telling_the_head_too(today, read, now):
    report = today()
    hold = report.assignments.get()
    assert "Поінформувати керівника" in read(f"{report.pk}/")
    hold.inform_due_at = now - timedelta(hours=1)
    hold.save()
    assert "прострочено на" in read(f"{report.pk}/")
    hold.head_informed_at = now
    hold.save()
    assert "після строку" in read(f"{report.pk}/")
    hold.head_informed_at, hold.accepted_at = None, now
    hold.save()
    assert "Поінформувати керівника" not in read(f"{report.pk}/"), "accepted untold: nobody waits for it any more"


def test_overdue_is_said_plainly(today, read, now):
    report = today(accept_due_at=now - DAY)
    assert "прострочено на" in read(f"{report.pk}/")


def test_a_card_is_kept_for_visitors_and_dropped_when_the_report_moves(today, client):
    report = today()
    answer = client.get(f"/zhytomyr/reports/{report.pk}/")
    assert f"report:{report.pk}" in answer["X-Edem-Kept"]


def test_what_waits_for_the_moderator_is_read_by_its_author_and_the_staff_only(community, client, read):
    report = ReportFactory(community=community, checking=True)
    read(f"{report.pk}/", status=404)
    client.sign_in(report.author)
    assert report.title in read(f"{report.pk}/")
    client.logout()
    client.sign_in(staff(community, "moderator"))
    assert report.title in read(f"{report.pk}/")


def test_words_that_were_taken_out_are_read_by_nobody_else(today, client, read, community):
    report = today(state="rejected", ground="obscene", text="Образливі слова про сусіда.", address="вул. Тиха, 3")
    page = read(f"{report.pk}/")
    assert "Нецензурні або образливі вирази" in page
    for hidden in (report.title, "Образливі слова", "вул. Тиха", "Ольга Ткачук"):
        assert hidden not in page
    client.sign_in(report.author)
    assert "Образливі слова" in read(f"{report.pk}/")


def test_an_anonymous_author_is_named_to_the_moderator_and_the_control_body_alone(
    today, client, read, community, roads
):
    report = today(is_anonymous=True, author_name="", author=PersonFactory(display_name="Ольга Ткачук"))
    assert "Ольга Ткачук" not in read(f"{report.pk}/")
    for role, is_named in (("moderator", True), ("control_body", True), ("auditor", False)):
        client.logout()
        client.sign_in(staff(community, role))
        assert ("Ольга Ткачук" in read(f"{report.pk}/case/")) is is_named
    client.logout()
    client.sign_in(staff(community, "responsible_worker", organisation=roads))
    assert "Ольга Ткачук" not in read(f"{report.pk}/case/")


def test_the_archive_begins_at_the_stroke_of_the_clock(today, read, now):
    report = today(
        state="closed",
        closed_at=now - 21 * DAY,
        archives_at=now - timedelta(minutes=1),
        result="solved",
        result_text="Залатали.",
    )
    assert "Архівна" in read(f"{report.pk}/")


def test_another_communitys_report_is_not_here(read, roads):
    read(f"{ReportFactory().pk}/", status=404)


def test_earlier_words_stand_on_a_page_of_their_own_unless_they_must_not_be_read(today, read, now, community):
    report = today(edited_at=now)
    facts = {"report": report, "at": now, "by": staff(community, "moderator"), "reason": "Прибрано номер."}
    ReportEdition.objects.create(title="Перша назва", text="", **facts)
    ReportEdition.objects.create(title="Телефон сусіда", text="", hides_text=True, **facts)
    page = read(f"{report.pk}/editions/")
    assert "Перша назва" in page
    assert "Телефон сусіда" not in page
    assert "Текст виправив модератор" in read(f"{report.pk}/")


def test_each_role_sees_its_own_deeds_on_the_case(today, client, read, community):
    report = today()
    for role, seen, unseen in (
        ("moderator", ["Вилучити", "Виправити текст", "Мешканці вирішують самі"], ["Прийняти в роботу</a>"]),
        ("control_body", ["Передати іншій організації"], ["Вилучити", "Виправити текст"]),
        ("auditor", ["Зараз від вас нічого не потрібно"], ["Вилучити", "Передати іншій організації"]),
    ):
        client.logout()
        client.sign_in(staff(community, role))
        page = read(f"{report.pk}/case/")
        assert all(words in page for words in seen), role
        assert not any(words in page for words in unseen), role


def test_the_control_body_accepts_for_an_organisation_only_after_the_second_letter(
    today, client, read, send, community, now
):
    report = today()
    client.sign_in(staff(community, "control_body"))
    read(f"{report.pk}/case/accept/", status=404)
    report.assignments.update(resent_at=now)
    send(f"{report.pk}/case/accept/", {"note": "Організація мовчить."})
    assert Report.objects.get().state == "accepted"


def test_the_case_of_another_organisation_is_closed_to_its_workers(today, client, read, community):
    report = today()
    client.sign_in(staff(community, "responsible_worker", organisation=OrganisationFactory(community=community)))
    read(f"{report.pk}/case/", status=403)


def test_the_moderator_takes_a_report_out_by_form(today, client, read, send, community):
    report = today()
    client.sign_in(staff(community, "moderator"))
    refused = send(f"{report.pk}/case/reject/", {"ground": "", "note": "Лайка."}, status=422)
    assert "Лайка." in refused, "what was typed stays"
    send(f"{report.pk}/case/reject/", {"ground": "obscene", "note": "Лайка."})
    assert Report.objects.get().state == "rejected"


def test_a_refusal_of_the_act_is_shown_on_the_form(today, client, send, community, now):
    report = today(state="accepted", accepted_at=now)
    client.sign_in(staff(community, "control_body"))
    page = send(f"{report.pk}/case/close/", {"result": "solved", "text": "Зроблено все."}, status=422)
    assert "Організація ще не відповіла" in page


def test_the_control_body_closes_with_a_photo_of_its_own_check(today, client, send, community, now):
    report = today(state="reopened", reopened_at=now - DAY)
    Category.objects.filter(community=community, code="3.8").update(photo_required_on_closing=True)
    client.sign_in(staff(community, "control_body"))
    solved = {"result": "solved", "text": "Перевірили на місці: залатано."}
    assert "фото" in send(f"{report.pk}/case/close/", solved, status=422)
    assert not Photo.objects.exists()
    short = solved | {"text": "ок", "photos_sent": SimpleUploadedFile("після.jpg", picture("JPEG"))}
    send(f"{report.pk}/case/close/", short, status=422)
    assert not Photo.objects.exists(), "a closing that was refused shows nothing"
    send(f"{report.pk}/case/close/", solved | {"photos_sent": SimpleUploadedFile("після.jpg", picture("JPEG"))})
    photo = Photo.objects.get()
    assert (Report.objects.get().state, photo.stage, photo.file.is_public) == ("closed", "after", True)


def test_the_control_body_asks_the_author_and_answers_before_everybody(today, client, read, send, community):
    report = today()
    client.sign_in(staff(community, "control_body"))
    assert send(f"{report.pk}/case/ask/", {"text": "Біля якого під’їзду?"}).endswith("/case/")
    send(f"{report.pk}/case/answer/", {"text": "Виїхали на місце разом з організацією."})
    client.logout()
    page = read(f"{report.pk}/")
    assert "Біля якого під’їзду?" in page
    assert "Виїхали на місце разом з організацією." in page
    client.sign_in(staff(community, "auditor"))
    read(f"{report.pk}/case/ask/", status=404)


def test_a_deed_that_is_not_ones_own_is_not_there(today, client, read, community):
    report = today()
    client.sign_in(staff(community, "control_body"))
    read(f"{report.pk}/case/reject/", status=404)
    read(f"{report.pk}/case/nonsense/", status=404)


def test_the_board_of_clocks_is_read_by_those_who_watch(today, client, read, community, queries_of, now):
    late = today(accept_due_at=now - DAY)
    client.sign_in(staff(community, "control_body"))
    page = read("control/")
    assert late.title in page
    assert "прострочено: 1 повідомлення" in page
    few = queries_of("/zhytomyr/reports/control/")
    for _ in range(5):
        today()
    assert queries_of("/zhytomyr/reports/control/") <= few
    client.logout()
    client.sign_in(staff(community, "cnap_clerk"))
    read("control/", status=403)


def test_the_desk_has_its_queues(today, client, community, now):
    today(state="reopened", reopened_at=now, title="Яма знову тут")
    client.sign_in(staff(community, "control_body"))
    assert "Яма знову тут" in client.get("/zhytomyr/desk/").content.decode()


def test_the_home_of_the_community_counts_what_waits(today, client):
    today()
    assert "проблема чекає на вирішення" in client.get("/zhytomyr/").content.decode()
