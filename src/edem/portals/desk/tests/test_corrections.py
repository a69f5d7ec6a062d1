"""From «Виправити дані» in the cabinet to the officer's decision, with what each side reads and what is written down."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest

from edem.foundation.audit.models import AuditEntry
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.events.testing import run_jobs
from edem.foundation.identity.actions import admit_person, withdraw_consent
from edem.foundation.identity.correction_rules import TERM
from edem.foundation.identity.models import Correction, VaultReading
from edem.foundation.identity.tests.factories import claims_of, identified_resident
from edem.foundation.notices.models import Notice
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory, PersonFactory
from edem.foundation.places.queries import working_calendar
from edem.kernel.deadlines import ends_at
from edem.ui.words import day

pytestmark = pytest.mark.django_db
CABINET = "/zhytomyr/cabinet/my-data/correct/"
WORDS = "Прізвище має бути Коваленко-Бондар, як у паспорті."


@pytest.fixture
def community(db):
    return CommunityFactory(slug="zhytomyr")


@pytest.fixture
def me(community, now):
    return identified_resident(community, since=now - timedelta(days=2), tax_number="3184710691")


@pytest.fixture
def officer(community):
    person = PersonFactory(staff=True, display_name="Ірина Ґудзь")
    GrantFactory(person=person, community=community, role=Role.OFFICER)
    return person


def text(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:1500]
    return html.unescape(answer.content.decode())


def ask(client, person, *, fields=("last_name",), words=WORDS, status=302):
    client.sign_in(person)
    answer = client.post(CABINET, {"fields_wrong": list(fields), "words": words})
    assert answer.status_code == status, answer.content.decode()[:1500]
    client.logout()
    return Correction.objects.order_by("-asked_at").first()


def at_desk(client, officer):
    client.sign_in_as_staff(officer) if hasattr(client, "sign_in_as_staff") else client.sign_in(officer)


def test_a_request_waits_on_the_desk_with_its_term_and_without_its_words(client, me, officer, now):
    correction = ask(client, me)
    assert correction.due_at == ends_at(TERM, correction.asked_at, working_calendar(now))
    assert WORDS.encode() not in bytes(correction.words)
    at_desk(client, officer)
    assert f"/desk/corrections/{correction.pk}/" in text(client.get("/zhytomyr/desk/"))
    assert WORDS not in text(client.get(f"/zhytomyr/desk/corrections/{correction.pk}/"))
    assert not VaultReading.objects.filter(reader=officer).exists()


def test_opening_the_words_is_a_reading_that_the_person_sees(client, me, officer):
    correction = ask(client, me, fields=("last_name", "tax_number"))
    at_desk(client, officer)
    shown = text(client.post(f"/zhytomyr/desk/corrections/{correction.pk}/open/"))
    assert WORDS in shown
    assert "Коваленко" in shown
    assert "3184710691" not in shown  # a number is never shown, though it is disputed
    client.logout()
    client.sign_in(me)
    log = text(client.get("/zhytomyr/cabinet/my-data/readings/"))
    for words in ("Ірина Ґудзь", "Уповноважений спеціаліст", "Щоб розглянути ваше прохання виправити дані", "Прізвище"):
        assert words in log


def test_it_is_corrected_only_after_a_new_identification(client, me, officer, now):
    correction = ask(client, me)
    at_desk(client, officer)
    confirm = f"/zhytomyr/desk/corrections/{correction.pk}/confirm/"
    assert client.post(confirm).status_code == 409
    said = claims_of(tax_number="3184710691", last_name="Коваленко-Бондар")
    admit_person(said, consents=False, now=datetime.now(UTC))
    assert "Підтвердити виправлення" in text(client.get(f"/zhytomyr/desk/corrections/{correction.pk}/"))
    assert client.post(confirm).status_code == 302
    correction.refresh_from_db()
    assert (correction.decision, correction.decided_by, bytes(correction.words)) == ("corrected", officer, b"")
    assert AuditEntry.objects.get().act == "identity.confirm_correction"
    run_jobs(now=datetime.now(UTC))
    assert Notice.objects.get(person_id=me.pk).template == "notices/account/correction_decided.html"


def test_the_queue_tells_requests_apart_and_a_day_is_read_in_words(client, me, officer):
    correction = ask(client, me, fields=("last_name", "born_on"))
    at_desk(client, officer)
    assert f"Прізвище, дата народження. Подано {day(correction.asked_at)}</a>" in text(client.get("/zhytomyr/desk/"))
    shown = text(client.post(f"/zhytomyr/desk/corrections/{correction.pk}/open/"))
    assert not re.search(r"<td>\d{4}-\d\d-\d\d</td>", shown)
    assert re.search(r"Дата народження</th><td>\d{1,2}\xa0\w+ \d{4}</td>", shown)


def test_a_refusal_gives_its_reason_to_the_person_and_no_numbers_to_the_log(client, me, officer):
    correction = ask(client, me)
    at_desk(client, officer)
    refuse = f"/zhytomyr/desk/corrections/{correction.pk}/refuse/"
    text(client.post(refuse, {"reason": " "}), 422)
    text(client.post(refuse, {"reason": "У паспорті СН482915 інакше."}), 422)
    assert client.post(refuse, {"reason": "У реєстрі те саме прізвище."}).status_code == 302
    assert client.post(refuse, {"reason": "Ще раз."}).status_code == 422
    client.logout()
    client.sign_in(me)
    shown = text(client.get(CABINET))
    for words in ("Відмовлено", "У реєстрі те саме прізвище.", "оскаржити"):
        assert words in shown


def test_one_request_at_a_time_and_it_can_be_taken_back(client, me):
    ask(client, me)
    client.sign_in(me)
    assert "ще розглядають" in text(client.post(CABINET, {"fields_wrong": ["phone"], "words": "Інший."}), 422)
    assert client.post(f"{CABINET}take-back/").status_code == 302
    assert client.post(CABINET, {"fields_wrong": ["phone"], "words": "Інший."}).status_code == 302


@pytest.mark.parametrize("given", [{"words": "x"}, {"fields_wrong": ["last_name"]}, {"fields_wrong": ["password"], "words": "x"}])  # fmt: skip
def test_an_empty_or_invented_request_is_refused_and_nothing_is_kept(client, me, given):
    client.sign_in(me)
    assert client.post(CABINET, given).status_code == 422
    assert not Correction.objects.exists()


def test_when_the_term_is_over_those_who_decide_and_watch_are_told_once(client, me, officer, community):
    correction = ask(client, me)
    run_jobs(now=correction.due_at - timedelta(minutes=1))
    assert not Notice.objects.exists()
    run_jobs(now=correction.due_at)
    late = Notice.objects.get()
    assert (late.person_id, late.path) == (officer.pk, f"/desk/corrections/{correction.pk}/")


def test_nobody_without_the_role_and_nobody_from_elsewhere_opens_it(client, me, community):
    correction = ask(client, me)
    moderator = PersonFactory(staff=True)
    GrantFactory(person=moderator, community=community, role=Role.MODERATOR)
    elsewhere = CommunityFactory(slug="lisove")
    stranger = PersonFactory(staff=True)
    GrantFactory(person=stranger, community=elsewhere, role=Role.OFFICER)
    at_desk(client, moderator)
    assert client.post(f"/zhytomyr/desk/corrections/{correction.pk}/open/").status_code == 403
    client.logout()
    at_desk(client, stranger)
    assert client.post(f"/lisove/desk/corrections/{correction.pk}/open/").status_code == 404
    assert client.post(f"/zhytomyr/desk/corrections/{correction.pk}/open/").status_code == 403
    assert not VaultReading.objects.filter(purpose="correction").exists()


def test_with_the_consent_the_request_goes_too(client, me, now):
    correction = ask(client, me)
    withdraw_consent(me, now=now)
    correction.refresh_from_db()
    assert (correction.decision, bytes(correction.words)) == ("taken_back", b"")
