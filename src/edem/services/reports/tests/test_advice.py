"""Whom the people who work with reports may ask, and the guide (the act, §5.5–5.6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from edem.foundation.communities.charter_form import charter_form, initial_of
from edem.kernel.deadlines import Term
from edem.services.reports.charter import ReportCharter
from edem.services.reports.models import AnswerTemplate, MatrixRule
from edem.services.reports.rules.advice import advice_of
from edem.services.reports.tests.cabinet import photo
from edem.services.reports.tests.factories import staff

database = pytest.mark.django_db
NAMED = {
    "advice_phone": "(04141) 2-15-30, дод. 12",
    "advice_email": "poradnyk@rada.example",
    "advice_order": "Олена Коваль, у робочі дні з 9:00 до 13:00",
}


@pytest.mark.parametrize("phone", ["067 123 45 67", "+380 67 123-45-67", "(04141) 2-15-30, дод. 12", "15-80", "1580"])
def test_a_phone_that_can_be_rung_is_taken(phone):
    assert ReportCharter(advice_phone=phone).advice_phone == phone


@pytest.mark.parametrize(
    "facts", [{"advice_phone": "спитайте Олену"}, {"advice_phone": "2"}, {"advice_email": "олена"}]
)
def test_what_nobody_can_ring_or_write_to_is_refused(facts):
    with pytest.raises(ValidationError):
        ReportCharter(**facts)


@given(st.from_regex(r"\+?[0-9][0-9 ()\-]{3,20}(, дод\. [0-9]{1,4})?", fullmatch=True))
def test_a_telephone_dials_the_number_without_its_extension(phone):
    dialled = advice_of(ReportCharter(), phone=phone, email="").phone_address.removeprefix("tel:")
    assert dialled == "".join(each for each in phone.split(",")[0] if each.isdigit() or each == "+")


def test_what_the_council_named_comes_before_the_community_s_own():
    own = {"phone": "111 11 11", "email": "rada@example.com"}
    named = advice_of(ReportCharter(**NAMED), **own)
    assert (named.phone, named.phone_address, named.email) == (
        NAMED["advice_phone"],
        "tel:0414121530",
        NAMED["advice_email"],
    )
    assert advice_of(ReportCharter(), **own).phone == "111 11 11"


def rules_typed(**typed):
    """The form as it stands, sent with these changed."""
    made = charter_form(ReportCharter)
    data = {"act_title": "Порядок", "act_number": "5", "act_date": "01.03.2026", "in_force_from": "02.03.2026"}
    for name, value in initial_of(ReportCharter, None).items():
        if isinstance(value, Term):
            data |= {f"{name}_0": value.amount, f"{name}_1": value.unit.value, f"{name}_2": value.day_off.value}
        elif value is not False:
            data[name] = "on" if value is True else value
    return made(data | typed)


def test_the_form_of_the_rules_leaves_them_empty_and_says_what_is_wrong():
    empty = rules_typed()
    assert empty.is_valid(), empty.errors
    assert (empty.charter.advice_phone, empty.charter.advice_email) == (None, None)
    named = rules_typed(**NAMED)
    assert named.is_valid(), named.errors
    assert named.charter.advice_order == NAMED["advice_order"]
    odd = rules_typed(advice_phone="спитайте Олену")
    assert not odd.is_valid()
    assert "Впишіть номер цифрами" in str(odd.errors["advice_phone"])


@pytest.fixture
def advised(under):
    under(**NAMED)


def says_whom_to_ask(page: str, part: str) -> bool:
    wanted = (
        f'/zhytomyr/reports/guide/#{part}"',
        '"/zhytomyr/rules/reports/"',
        'href="tel:0414121530"',
        NAMED["advice_email"],
        NAMED["advice_order"],
    )
    return all(each in page for each in wanted)


@database
@pytest.mark.parametrize(
    ("role", "path", "part"),
    [
        ("responsible_worker", "organisation/", "worker"),
        ("responsible_worker", "{pk}/job/", "worker"),
        ("responsible_worker", "{pk}/job/accept/", "worker"),
        ("head_of_organisation", "{pk}/job/", "worker"),
        ("executor", "tasks/", "executor"),
        ("executor", "{pk}/task/", "executor"),
    ],
)
def test_the_organisation_s_people_know_whom_to_ask(advised, come, report, read, role, path, part):
    come(role)
    assert says_whom_to_ask(read(path.format(pk=report.pk)), part)


@database
@pytest.mark.parametrize(
    ("role", "path", "part"),
    [
        ("control_body", "control/", "control"),
        ("control_body", "{pk}/case/", "control"),
        ("moderator", "{pk}/case/", "moderator"),
        ("moderator", "{pk}/case/reject/", "moderator"),
    ],
)
def test_the_control_body_and_the_moderator_know_whom_to_ask(
    advised, client, community, report, read, role, path, part
):
    client.sign_in(staff(community, role))
    assert says_whom_to_ask(read(path.format(pk=report.pk)), part)


@database
@pytest.mark.parametrize("role", ["control_body", "community_admin"])
def test_whoever_keeps_the_matrix_knows_whom_to_ask(advised, client, community, report, read, send, role):
    client.sign_in(staff(community, role))
    [rule] = MatrixRule.objects.all()
    for path in ("matrix/", "matrix/add/", f"matrix/{rule.pk}/", f"matrix/{rule.pk}/remove/"):
        assert says_whom_to_ask(read(path), "control"), path
    checked = send("matrix/add/", {"main": report.organisation_id, "place": ""}, status=200)
    assert "Перевірте зміну" in checked
    assert says_whom_to_ask(checked, "control")


@database
def test_merging_blurring_and_neighbours_plans_say_whom_a_moderator_asks(
    advised, client, community, report, read, a_photo
):
    picture = a_photo(report)
    pages = [f"{report.pk}/{name}/" for name in ("merge", "self-help/decide", "self-help/end")]
    client.sign_in(staff(community, "moderator"))
    for path in [*pages, f"{report.pk}/photos/{picture.pk}/blur/"]:
        assert says_whom_to_ask(read(path), "moderator"), path
    client.logout()
    client.sign_in(report.author)
    assert NAMED["advice_email"] not in read(f"{report.pk}/photos/{picture.pk}/blur/"), "an author is no worker"


@database
def test_templates_of_answers_and_the_contractor_s_link_say_whom_to_ask(advised, come, report, roads, read, send):
    come()
    send(f"organisation/{roads.pk}/templates/add/", {"title": "Дякуємо", "text": "Дякуємо, виїжджаємо завтра."})
    [kept] = AnswerTemplate.objects.all()
    templates = f"organisation/{roads.pk}/templates/"
    for path in (templates, f"{templates}add/", f"{templates}{kept.pk}/", f"{report.pk}/job/link/"):
        assert says_whom_to_ask(read(path), "worker"), path


@database
def test_a_contractor_reads_the_guide_without_an_account(advised, come, client, report, read, send):
    come()
    page = send(f"{report.pk}/job/link/", {"name": "ТОВ «Ремдор»", "days": "7"}, status=200)
    path = page.split("/zhytomyr/reports/task/")[1].split("/")[0]
    client.logout()
    assert says_whom_to_ask(read(f"task/{path}/"), "executor")
    assert 'id="executor"' in read("guide/")
    send(f"task/{path}/", {"photos_sent": photo()})


@database
def test_the_guide_says_this_community_s_own_terms(under, read):
    under(
        warning_days=5, worker_closes_reopened=True, accept={"amount": 5, "unit": "working_days", "starts": "published"}
    )
    page = read("guide/")
    for words in (
        "5 робочих днів, з оприлюднення",
        "За 5 робочих днів до строку",
        "Повторно відкрите можете закрити й ви.",
    ):
        assert words in page, words
    under()
    assert "3 робочі дні, з оприлюднення" in read("guide/")
    for part in ("worker", "executor", "control", "moderator"):
        assert f'id="{part}"' in page


@database
def test_the_board_says_this_community_s_own_terms(under, client, community, read):
    client.sign_in(staff(community, "control_body"))
    assert "Строк: 3 робочі дні." in read("control/")
    under(accept={"amount": 5, "unit": "working_days", "starts": "published"})
    page = read("control/")
    assert "Строк: 5 робочих днів." in page
    assert "3 робочі дні" not in page


@database
def test_nobody_named_is_said_plainly(community, report, come, read):
    type(community).objects.update(contact_phone="", contact_email="")
    come()
    assert "громада ще не вказала" in read(f"{report.pk}/job/")


@database
@pytest.mark.parametrize(
    "role", ["responsible_worker", "head_of_organisation", "executor", "control_body", "moderator"]
)
def test_the_desk_leads_to_the_guide(client, community, roads, role):
    in_organisation = role not in {"control_body", "moderator"}
    client.sign_in(staff(community, role, organisation=roads if in_organisation else None))
    assert "/zhytomyr/reports/guide/" in client.get("/zhytomyr/desk/").content.decode()
