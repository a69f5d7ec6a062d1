"""The organisation's cabinet as its people walk it: queue, case, acts, templates, links and the task on a telephone."""

import re
from datetime import timedelta
from urllib.parse import parse_qs

import pytest

from edem.foundation.communities.tests.factories import OrganisationFactory
from edem.services.reports.actions.accepting import accept_report
from edem.services.reports.actions.answering import answer_report
from edem.services.reports.models import Answer, AnswerTemplate, Assignment, Photo
from edem.services.reports.rules.cabinet import Act
from edem.services.reports.tests.cabinet import hold, photo
from edem.services.reports.tests.factories import ReportFactory, held, staff

pytestmark = pytest.mark.django_db
TRICK = "<script>alert(1)</script>"
DAY = timedelta(days=1)


def test_the_queue_says_what_waits_and_leads_to_the_case(come, report, read, now):
    report.due_at = now - DAY
    report.save()
    come()
    page = read("organisation/")
    for words in (
        "КП «Дороги громади»",
        "Прострочено 1 повідомлення",
        "Чекає на прийняття: 1",
        "прострочено на",
        f"/reports/{report.pk}/job/",
        "Прийняти в роботу",
        "Керівника поінформовано",
    ):
        assert words in page, words
    assert "Тут порожньо" in read("organisation/", q="такого немає")
    assert report.title in read("organisation/", overdue="on")


def test_a_queue_with_nothing_new_counts_no_noughts(come, read):
    come()
    page = read("organisation/")
    assert "Нових повідомлень немає." in page
    assert "прийняття: 0" not in page
    assert "не знає про 0" not in page


def test_the_queue_takes_the_same_few_queries_however_long_it_is(come, community, roads, report, queries_of):
    come()
    few = queries_of("/zhytomyr/reports/organisation/")
    for each in ReportFactory.create_batch(8, community=community):
        held(each, organisation=roads)
    assert queries_of("/zhytomyr/reports/organisation/") == few <= 24


def test_whoever_works_in_two_organisations_chooses(client, community, roads, report, read):
    other = OrganisationFactory(community=community, name="Водоканал")
    worker = staff(community, "responsible_worker", organisation=roads)
    worker.grants.create(
        community=community, organisation=other, role="head_of_organisation", granted_at=report.submitted_at
    )
    client.sign_in(worker)
    assert "<h1>КП «Дороги громади»</h1>" in read("organisation/", organisation=roads.pk)
    assert "<h1>Водоканал</h1>" in read("organisation/", organisation=other.pk)


@pytest.mark.parametrize("role", ["moderator", "control_body", "auditor"])
def test_the_cabinet_is_for_the_people_of_organisations(client, community, report, read, role):
    client.sign_in(staff(community, role))
    for path in ("organisation/", f"{report.pk}/job/", f"{report.pk}/job/accept/", "tasks/", f"{report.pk}/task/"):
        read(path, status=403)


def test_the_people_of_another_organisation_meet_neither_case_nor_acts(come, community, report, read, send):
    come(
        "responsible_worker", "head_of_organisation", "executor", organisation=OrganisationFactory(community=community)
    )
    for path in (f"{report.pk}/job/", *(f"{report.pk}/job/{act}/" for act in Act), f"{report.pk}/task/"):
        read(path, status=403)
    send(f"{report.pk}/job/accept/", status=403)


def test_many_are_accepted_at_once_and_each_refusal_is_said(come, community, roads, report, send, read):
    worker = come()
    taken = ReportFactory(community=community, number=777)
    held(taken, organisation=roads)
    accept_report(taken.pk, by=worker, now=taken.submitted_at)
    foreign = ReportFactory(community=community, number=888)
    back = send(f"organisation/{roads.pk}/bulk/", {"act": "accept", "marked": [report.pk, taken.pk, foreign.pk]})
    assert back == f"/zhytomyr/reports/organisation/?organisation={roads.pk}"
    page = read("organisation/")
    assert "Зроблено для 1 повідомлення" in page
    assert "№ 777: Ваша організація вже прийняла це повідомлення." in page
    assert "№ 888: " in page
    report.refresh_from_db()
    foreign.refresh_from_db()
    assert (report.state, foreign.state) == ("accepted", "open")


def test_after_a_bulk_act_the_queue_is_narrowed_as_it_was(come, roads, report, send, read):
    come()
    [filters] = re.findall(r'name="filters" value="([^"]*)"', read("organisation/", state="open", q="школи № 7"))
    back = send(f"organisation/{roads.pk}/bulk/", {"act": "accept", "marked": [report.pk], "filters": filters})
    asked = parse_qs(back.partition("?")[2])
    assert asked == {"state": ["open"], "q": ["школи № 7"], "organisation": [str(roads.pk)]}


def test_many_are_given_to_one_executor_and_the_head_is_told_of_many(come, community, roads, send):
    come("head_of_organisation")
    executor = staff(community, "executor", organisation=roads)
    reports = ReportFactory.create_batch(2, community=community)
    for each in reports:
        held(each, organisation=roads)
    marked = [each.pk for each in reports]
    send(f"organisation/{roads.pk}/bulk/", {"act": "inform", "marked": marked})
    send(f"organisation/{roads.pk}/bulk/", {"act": "appoint", "marked": marked, "executor": str(executor.pk)})
    assert all(each.executor == executor and each.head_informed_at for each in Assignment.objects.order_by("pk"))


@pytest.mark.parametrize(
    "typed",
    [{"act": "accept"}, {"act": "close", "marked": ["1"]}, {"act": "accept", "marked": ["x", "-1", "99999999"]}, {}],
)
def test_a_bulk_act_of_nothing_or_of_nonsense_changes_nothing(come, roads, report, send, typed):
    come()
    send(f"organisation/{roads.pk}/bulk/", typed)
    report.refresh_from_db()
    assert (report.state, hold(report).head_informed_at) == ("open", None)


def test_a_head_accepts_nothing_in_bulk(come, roads, report, send, read):
    come("head_of_organisation")
    assert 'value="accept"' not in read("organisation/")
    send(f"organisation/{roads.pk}/bulk/", {"act": "accept", "marked": [report.pk]})
    report.refresh_from_db()
    assert report.state == "open"


def test_the_case_holds_the_whole_story_and_opening_it_is_seen(come, report, read, now):
    worker = come()
    answer_report(report.pk, "Дивимося.", kind="answer", by=worker, now=now)
    page = read(f"{report.pk}/job/")
    for words in (
        report.title,
        report.text,
        "Ями на дорогах",
        "Дивимося.",
        "У кого було повідомлення",
        "Прийняти в роботу",
        "Це не наше",
        "50.25470",
    ):
        assert words in page, words
    assert hold(report).seen_at is not None


WAY = [
    ("responsible_worker", "inform", {}, "Керівника поінформовано"),
    ("head_of_organisation", "appoint", {"name": "Бригада № 2"}, "Бригада № 2"),
    ("responsible_worker", "ask", {"text": "Біля якого будинку?"}, "Біля якого будинку?"),
    ("responsible_worker", "answer", {"text": "Виїдемо завтра."}, "Виїдемо завтра."),
    ("executor", "explain", {"text": "Асфальт буде в травні."}, "Асфальт буде в травні."),
    ("responsible_worker", "note", {"text": "Подзвонити на склад."}, "Подзвонити на склад."),
    ("responsible_worker", "accept", {"name": "Бригада № 3"}, "Прийнята в роботу"),
    ("executor", "done", {"text": "Засипали щебенем."}, "Засипали щебенем."),
]


@pytest.mark.parametrize(("role", "act", "typed", "words"), WAY, ids=[way[1] for way in WAY])
def test_each_act_is_done_from_its_page_and_the_case_tells_it(come, report, read, send, role, act, typed, words):
    come(role)
    read(f"{report.pk}/job/{act}/")
    assert send(f"{report.pk}/job/{act}/", typed) == f"/zhytomyr/reports/{report.pk}/job/"
    assert words in read(f"{report.pk}/job/")


@pytest.mark.parametrize(("act", "typed", "words"), [
    ("ask", {}, "Заповніть"),
    ("appoint", {}, "Виберіть виконавця або впишіть"),
    ("refuse", {"reason": ""}, "Заповніть"),
    ("refuse", {"reason": "Це дорога області.", "passed_to": "999999"}, "999999"),
    ("link", {"name": "ТОВ", "days": "400"}, "60"),
])  # fmt: skip
def test_an_act_half_told_is_not_done_and_what_was_typed_stays(come, report, send, act, typed, words):
    come()
    page = send(f"{report.pk}/job/{act}/", typed, status=422)
    assert words in page
    assert typed.get("reason", "") in page


def test_what_is_not_ours_goes_through_two_organisations_and_the_chain_tells_it(
    come, community, roads, report, read, send, client
):
    oblast = OrganisationFactory(community=community, name="Служба доріг області")
    come()
    send(f"{report.pk}/job/refuse/", {"reason": "Це дорога обласного значення.", "passed_to": str(oblast.pk)})
    again = read(f"{report.pk}/job/")
    assert "Ваша організація повернула це повідомлення" in again
    assert "Зараз від вас нічого не потрібно." in again
    come(organisation=oblast)
    choice = read(f"{report.pk}/job/refuse/")
    assert f'<option value="{roads.pk}"' not in choice, "it has given it back already"
    send(f"{report.pk}/job/refuse/", {"reason": "Тут узбіччя, воно комунальне."})
    client.logout()
    card = read(f"{report.pk}/")
    assert card.index("КП «Дороги громади»") < card.index("Служба доріг області")
    for words in (
        "Це дорога обласного значення.",
        "Тут узбіччя, воно комунальне.",
        "передано: Служба доріг області",
        "Орган контролю визначає, чия це справа",
    ):
        assert words in card, words


def test_a_report_is_closed_with_a_result_a_text_and_a_photo(come, report, read, send, now):
    worker = come()
    accept_report(report.pk, by=worker, now=now)
    report.categories.get().category.__class__.objects.filter(code="3.8").update(photo_required_on_closing=True)
    typed = {"result": "solved", "text": "Залатали гарячим асфальтом."}
    assert "фото" in send(f"{report.pk}/job/close/", typed, status=422)
    send(f"{report.pk}/job/close/", typed | {"photos_sent": photo()})
    report.refresh_from_db()
    assert (report.state, report.result, Photo.objects.get().stage) == ("closed", "solved", "after")
    page = read(f"{report.pk}/job/")
    assert "Закрита" in page
    assert "job/close/" not in page


def test_a_closing_that_was_refused_keeps_its_photos(come, report, send, read, now):
    worker = come()
    accept_report(report.pk, by=worker, now=now)
    page = send(
        f"{report.pk}/job/close/",
        {"result": "not_ours", "text": "Це справа області.", "photos_sent": photo()},
        status=422,
    )
    assert "чия це компетенція" in page
    assert "Уже додано 1 фото роботи" in read(f"{report.pk}/job/close/")
    send(f"{report.pk}/job/close/", {"result": "not_ours", "text": "Це справа області.", "addressee": "Служба доріг"})


def test_templates_fill_the_form_and_are_kept_by_the_organisation(come, roads, report, read, send):
    come()
    send(f"organisation/{roads.pk}/templates/add/", {"title": "Завтра", "text": "Виїдемо завтра до обіду."})
    kept = AnswerTemplate.objects.get()
    assert "Завтра" in read(f"organisation/{roads.pk}/templates/")
    assert f"?template={kept.pk}" in read(f"{report.pk}/job/answer/")
    assert "Виїдемо завтра до обіду." in read(f"{report.pk}/job/answer/", template=kept.pk)
    assert "вже є" in send(f"organisation/{roads.pk}/templates/add/", {"title": "Завтра", "text": "Інше"}, status=422)
    send(f"organisation/{roads.pk}/templates/{kept.pk}/", {"title": "Післязавтра", "text": "Виїдемо."})
    send(f"organisation/{roads.pk}/templates/{kept.pk}/remove/")
    assert not AnswerTemplate.objects.exists()


def test_templates_of_others_are_nobody_elses(come, community, roads, read):
    come(organisation=OrganisationFactory(community=community))
    read(f"organisation/{roads.pk}/templates/", status=403)


def test_what_people_typed_comes_out_as_text(come, client, report, send, now):
    worker = come()
    answer_report(report.pk, TRICK, kind="answer", by=worker, now=now)
    send(f"{report.pk}/job/note/", {"text": TRICK})
    send(f"{report.pk}/job/accept/", {"name": TRICK})
    for path in (f"{report.pk}/job/", "organisation/", f"{report.pk}/task/"):
        assert TRICK not in client.get(f"/zhytomyr/reports/{path}").content.decode()
    assert Answer.objects.get().text == TRICK


def test_the_author_answers_on_a_page_of_their_own_and_nobody_else_does(client, report, come, read, send, now):
    answer_report(report.pk, "Біля якого будинку?", kind="question", by=come(), now=now)
    client.logout()
    client.sign_in(report.author)
    assert f"/reports/{report.pk}/reply/" in read(f"{report.pk}/")
    assert "Біля якого будинку?" in read(f"{report.pk}/reply/")
    assert send(f"{report.pk}/reply/", {"text": "Біля сьомого."}) == f"/zhytomyr/reports/{report.pk}/"
    assert "Біля сьомого." in read(f"{report.pk}/")
    client.sign_in(ReportFactory().author)
    read(f"{report.pk}/reply/", status=403)
