import re
from datetime import UTC, datetime

import pytest

from edem.foundation.communities.models import CharterVersion
from edem.portals.operator.tests.test_community_desk import DESK, acts, page, sent
from edem.services.petitions.tests.factories import PetitionFactory

pytestmark = pytest.mark.django_db
FAR_AWAY = datetime(2040, 1, 1, tzinfo=UTC)

RULES = {
    "threshold": "300",
    "warning_days": "1",
    "minimum_age": "0",
    "open_per_author": "3",
    "pause_days": "0",
    "paper_signatures": "on",
    "withdrawal": "before_first_signature",
    "categories": "Благоустрій\nОсвіта",
    "list_retention_years": "3",
    "attachments_most": "5",
    "update_pause_days": "7",
    "comments_moderation": "pre",
    "clause__threshold": "п. 3.1",
    "act_title": "Положення про петиції",
    "act_number": "17/3",
    "act_date": "2026-01-10",
    "in_force_from": "2026-01-20",
}
for name, (amount, unit) in {
    "collection": ("90", "calendar_days"),
    "checking": ("2", "working_days"),
    "hand_over": ("1", "calendar_days"),
    "announcement": ("3", "working_days"),
    "consideration": ("10", "working_days"),
    "appeal": ("1", "months"),
    "hearing_notice": ("3", "working_days"),
    "paper_checking": ("3", "working_days"),
}.items():
    RULES |= {f"{name}_0": amount, f"{name}_1": unit, f"{name}_2": "next_working_day"}


def test_rules_are_looked_at_and_only_then_adopted(desk):
    shown = sent(desk, "rules/petitions/", {**RULES, "step": "preview"}, status=200)
    assert "Перевірте зміни" in shown
    assert "Скільки потрібно підписів" in shown
    assert '<input type="hidden" name="clause__threshold" value="п. 3.1">' in shown
    assert not CharterVersion.objects.exists()
    answer = desk.post(f"{DESK}rules/petitions/", {**RULES, "step": "adopt"})
    assert (answer.status_code, answer["Location"]) == (302, "/zhytomyr/rules/petitions/")
    version = CharterVersion.objects.get()
    assert (version.values["threshold"], version.clauses) == (300, {"threshold": "п. 3.1"})
    assert acts() == ["communities.charter_adopted"]


def test_the_look_shows_what_a_change_touches_and_from_when(desk):
    sent(desk, "rules/petitions/", {**RULES, "step": "adopt"})
    adopted = CharterVersion.objects.select_related("community").get()
    PetitionFactory(collecting=True, community=adopted.community, charter=adopted, closes_at=FAR_AWAY)
    change = {**RULES, "threshold": "500", "act_number": "18/1", "in_force_from": "2036-01-01", "step": "preview"}
    shown = sent(desk, "rules/petitions/", change, status=200)
    assert "<td>300</td><td><b>500</b></td>" in re.sub("<td [^>]*>", "<td>", shown)
    assert "Нові правила почнуть діяти 1 січня 2036" in shown.replace("\u00a0", " ")
    assert "лишається за старими правилами" in shown
    assert "Збір підписів" not in shown


def test_one_step_back_keeps_what_was_typed(desk):
    form = sent(desk, "rules/petitions/", {**RULES, "step": "edit"}, status=200)
    assert 'name="threshold" value="300"' in form
    assert 'value="п. 3.1"' in form


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"threshold": "0"}, "1"),
        ({"collection_0": "-3"}, "0"),
        ({"act_number": ""}, "Заповніть: «Номер рішення»"),
        ({"act_date": "2136-01-01", "in_force_from": "2136-02-01"}, "Дата рішення ще не настала."),
        ({"in_force_from": "2026-01-01"}, "тож правила не можуть діяти раніше"),
    ],
)
def test_mistakes_in_the_rules_come_back_with_the_form(desk, change, words):
    for step in ("preview", "adopt"):
        answer = sent(desk, "rules/petitions/", {**RULES, **change, "step": step}, status=422)
        assert words in answer
        assert "Виправте помилки" in answer
    assert not CharterVersion.objects.exists()


def test_a_change_does_not_work_backwards(desk):
    sent(desk, "rules/petitions/", {**RULES, "step": "adopt"})
    change = {**RULES, "threshold": "500", "in_force_from": "2026-02-01", "step": "preview"}
    assert "заднім числом" in sent(desk, "rules/petitions/", change, status=422)


def test_rules_of_an_unknown_service_are_a_plain_404(desk):
    page(desk, "rules/magic/", status=404)


def test_the_ways_of_sign_in_are_decided_and_shown_like_any_other_rule(desk):
    assert "Вхід мешканців" in page(desk, "")
    form = page(desk, "rules/sign_in/")
    assert "BankID НБУ" in form
    act = {name: value for name, value in RULES.items() if name.startswith("act_")} | {"in_force_from": "2026-01-20"}
    chosen = {**act, "methods": ["bank_id_nbu", "kep_file"], "clause__methods": "п. 2", "step": "adopt"}
    answer = desk.post(f"{DESK}rules/sign_in/", chosen)
    assert answer["Location"] == "/zhytomyr/rules/sign_in/"
    assert CharterVersion.objects.get(service="sign_in").values == {"methods": ["bank_id_nbu", "kep_file"]}
    assert "BankID НБУ; Файл із підписом (КЕП)" in desk.get("/zhytomyr/rules/sign_in/").content.decode()
    assert "Вхід мешканців" in desk.get("/zhytomyr/rules/").content.decode()
    assert "Виправте помилки" in sent(desk, "rules/sign_in/", {**chosen, "methods": []}, status=422)
