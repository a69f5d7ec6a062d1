"""The community's own tree: the act's to begin with, then what its administrator makes of it."""

import pytest

from edem.kernel.errors import Conflict, Invalid, Missing
from edem.services.reports.actions.category_editing import add_category, add_question, edit_category, remove_question
from edem.services.reports.models import Category
from edem.services.reports.queries.categories import categories_chosen, categories_of, titles_of, trail_of
from edem.services.reports.rules.tree import lineage, tree_of_the_act
from edem.services.reports.rules.tree_editing import CategoryTyped, QuestionTyped, next_code, question_of
from edem.services.reports.tests.factories import staff


@pytest.fixture
def admin(community):
    return staff(community, "community_admin")


def test_the_acts_tree_has_its_branches_and_levels():
    tree = {each.code: each for each in tree_of_the_act()}
    assert [code for code in tree if "." not in code] == list("12345678")
    assert max(each.level for each in tree.values()) == 3
    assert all(each.parent_code in tree for each in tree.values() if each.parent_code)
    assert (tree["2.1.3"].title, tree["3.8"].title, tree["8"].title) == (
        "Контейнери для сміття",
        "Ями на дорогах",
        "Інше",
    )


ACT = """
1 Утримання територій; 1.1 Прибудинкова територія; 1.2 Парки, сквери; 1.3 Дитячі майданчики; 1.4 Спортивні
майданчики; 2 Міське господарство; 2.1 Тверді побутові відходи; 2.1.1 Сміття; 2.1.2 Побутові відходи; 2.1.3
Контейнери для сміття; 2.2 Ліхтарі, освітлення; 2.2.1 Зовнішнє освітлення; 2.2.2 Внутрішньокв. освітлення; 2.3
Надписи на стінах; 2.4 Зимове прибирання трот.; 2.5 Бурульки; 2.6 Відкриті люки; 2.7 Лавочки, альтанки; 2.8 Паркани,
огорожі; 2.9 Сходи, пандуси; 2.10 Фонтани; 2.11 Споруди; 2.11.1 Трансформаторні будки; 2.11.2 Кіоски; 2.11.3 Торгові
палатки; 2.11.4 Павільйони; 2.11.5 Зупинки; 2.12 Пам’ятники, скульптури; 3 Дорожньо-вулична мережа; 3.1 Стоянки
автотранспорту; 3.2 Розмітка проїжджої частини; 3.3 Дорожні знаки; 3.4 Світлофори; 3.5 Пристрої обмежень руху; 3.6
Пішохідні переходи; 3.7 Небезпечні ділянки; 3.8 Ями на дорогах; 3.9 Тротуари; 3.10 Бордюри, парапети; 4 Зелені
насадження; 4.1 Дерева; 4.1.1 Сухі; 4.1.2 Зламані; 4.1.3 Поломані гілки; 4.2 Провал ґрунту; 5 Елементи реклами; 5.1
Біл-борд; 5.2 Рекламний щит; 5.3 Вивіска; 5.4 Афіша; 6 Безпека; 6.1 Бездомні тварини; 6.1.1 Собаки; 6.1.2 Кішки; 6.2
Покинуті авто; 6.3 Покинуті будівлі; 6.4 Місця правопорушень; 7 ЖКГ; 7.1 Водопостачання; 7.2 Електропостачання; 7.3
Опалення; 7.4 Каналізація; 7.5 Стан покрівель будинків; 7.6 Ліфт; 7.7 Загальний стан будинків; 7.8 Робота ЖЕД, ОСББ;
7.9 Обслуговування будинків; 8 Інше
"""
"""The table of §3.5 as the act writes it, its two shortened words included."""
SHORTENED = {"Внутрішньокв.": "Внутрішньоквартальне", "трот.": "тротуарів"}


def test_every_line_of_the_acts_table_is_there_and_no_other():
    lines = [line.strip().partition(" ") for line in " ".join(ACT.split()).split(";")]
    whole = {code: " ".join(SHORTENED.get(word, word) for word in title.split()) for code, _, title in lines}
    assert {each.code: each.title for each in tree_of_the_act()} == whole


def test_a_branch_holds_for_what_is_under_it():
    assert lineage("2.11.5") == ("2.11.5", "2.11", "2")


@pytest.mark.parametrize(
    ("parent", "known", "code"), [("", ["1", "8"], "9"), ("3", ["3.1", "3.10"], "3.11"), ("9", [], "9.1")]
)
def test_a_new_category_gets_the_next_number(parent, known, code):
    assert next_code(parent, known) == code


def test_the_tree_is_three_levels_deep():
    with pytest.raises(Conflict, match="too_deep"):
        next_code("2.1.1", [])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (QuestionTyped(label="Як", kind="text"), "question_length"),
        (QuestionTyped(label="Якого кольору?", kind="colour"), "question_kind"),
        (QuestionTyped(label="Якого розміру?", kind="choice", options=("мала",)), "question_options"),
        (QuestionTyped(label="Якого розміру?", kind="choice", options=("мала", "я" * 81)), "option_length"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(typed, code):
    with pytest.raises(Invalid, match=code):
        question_of(typed, [])


def test_an_added_category_stands_behind_its_branch_and_may_be_chosen(community, admin, monday):
    parent = Category.objects.get(community=community, code="2.1")
    made = add_category(
        community.pk, CategoryTyped(title="  Батарейки\u202e "), parent_id=parent.pk, by=admin, now=monday
    )
    assert (made.code, made.title) == ("2.1.4", "Батарейки")
    order = list(categories_of(community).values_list("code", flat=True))
    assert order[order.index("2.1.4") - 1 : order.index("2.1.4") + 2] == ["2.1.3", "2.1.4", "2.2"]
    assert categories_chosen(community.pk, ["2.1.4"]) == [made]
    assert trail_of(titles_of(community.pk), "2.1.4")[-1] == "Батарейки"


def test_a_category_switched_off_takes_no_new_reports_and_neither_does_what_is_under_it(community, admin, monday):
    branch = Category.objects.get(community=community, code="2.1")
    off = CategoryTyped(title=branch.title, is_active=False)
    edit_category(branch.pk, off, community_id=community.pk, by=admin, now=monday)
    with pytest.raises(Invalid, match="unknown_category"):
        categories_chosen(community.pk, ["2.1.1"])
    assert categories_chosen(community.pk, ["2.10"]), "its number begins alike, but it is another branch"


def test_questions_come_and_go_and_their_codes_stay(community, admin, monday):
    pits = Category.objects.get(community=community, code="3.8")
    facts = {"community_id": community.pk, "by": admin, "now": monday}
    for label in ("Яка глибина?", "Який розмір?"):
        add_question(pits.pk, QuestionTyped(label=label, kind="text"), **facts)
    remove_question(pits.pk, "q1", **facts)
    add_question(pits.pk, QuestionTyped(label="Скільки їх?", kind="number", required=True), **facts)
    pits.refresh_from_db()
    assert [(each["code"], each["label"]) for each in pits.questions] == [("q2", "Який розмір?"), ("q1", "Скільки їх?")]
    with pytest.raises(Conflict, match="no_such_question"):
        remove_question(pits.pk, "q9", **facts)


def test_another_communitys_tree_is_out_of_reach(community, admin, monday):
    with pytest.raises(Missing):
        edit_category(0, CategoryTyped(title="Інше"), community_id=community.pk, by=admin, now=monday)


def test_the_administrator_keeps_the_tree_by_pages(community, client, read, send, admin):
    client.sign_in(admin)
    assert "Ями на дорогах" in read("categories/")
    direction = Category.objects.get(community=community, code="8")
    sent = {"title": "Укриття", "words": "сховище", "scale_m": 50, "window_hours": 48, "is_active": "on"}
    send(f"categories/{direction.pk}/add/", sent)
    made = Category.objects.get(community=community, code="8.1")
    assert made.scale_m == 50
    refused = send(f"categories/{made.pk}/", sent | {"scale_m": 0}, status=422)
    assert "Укриття" in refused
    send(f"categories/{made.pk}/questions/add/", {"label": "Чи відчинено?", "kind": "choice", "options": "так\nні"})
    page = read(f"categories/{made.pk}/")
    assert "Чи відчинено?" in page
    send(f"categories/{made.pk}/questions/q1/remove/")
    assert "Чи відчинено?" not in read(f"categories/{made.pk}/")
    client.logout()
    client.sign_in(staff(community, "moderator"))
    read("categories/", status=403)
