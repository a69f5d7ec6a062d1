import html
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from edem.foundation.audit.models import AuditEntry
from edem.foundation.communities.models import Community, District, Organisation
from edem.foundation.communities.tests.factories import (
    CharterVersionFactory,
    DistrictFactory,
    OrganisationFactory,
)
from edem.foundation.people.models import Person, RoleGrant
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory, PersonFactory
from edem.foundation.places.models import Unit

pytestmark = pytest.mark.django_db

DESK = "/zhytomyr/admin-desk/"
PAGES = [
    "",
    "facts/",
    "look/",
    "border/",
    "services/",
    "districts/",
    "districts/add/",
    "organisations/",
    "organisations/add/",
    "rules/petitions/",
    "staff/",
    "staff/add/",
]


def page(client, address: str = "", *, status: int = 200) -> str:
    answer = client.get(f"{DESK}{address}")
    assert answer.status_code == status, answer.content.decode()[:800]
    return html.unescape(answer.content.decode())


def sent(client, address: str, data: dict | None = None, *, status: int = 302, **options) -> str:
    answer = client.post(f"{DESK}{address}", data or {}, **options)
    assert answer.status_code == status, html.unescape(answer.content.decode())[-3000:]
    return html.unescape(answer.content.decode())


def acts() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_for_the_administrator_only(community, admin, client, address):
    assert client.get(f"{DESK}{address}").status_code == 302
    for stranger in (GrantFactory(community=community, role=Role.MODERATOR), GrantFactory(role=Role.COMMUNITY_ADMIN)):
        other = type(client)()
        other.sign_in(stranger.person)
        assert other.get(f"{DESK}{address}").status_code == 403
    client.sign_in(admin)
    page(client, address)


def test_the_first_page_says_what_is_still_to_be_done(desk):
    home = page(desk)
    assert "Правила: Петиції" in home
    assert "Рішення ради ще не внесено" in home


def test_the_first_page_makes_few_queries(desk, assert_queries):
    with assert_queries(11):
        desk.get(DESK)


FACTS = {
    "name": "Житомирська міська територіальна громада",
    "name_genitive": "Житомирської міської територіальної громади",
    "name_locative": "у Житомирі",
    "council_name": "Житомирська міська рада",
    "edrpou": "13576954",
}


def test_names_are_changed_and_recorded(desk):
    sent(desk, "facts/", FACTS)
    assert Community.objects.get().name_locative == "у Житомирі"
    assert acts() == ["communities.facts_changed"]


def test_a_mistake_in_the_facts_is_said_and_nothing_is_lost(desk):
    answer = sent(desk, "facts/", {**FACTS, "edrpou": "123"}, status=422)
    assert "Код ЄДРПОУ має 8 цифр." in answer
    assert 'value="у Житомирі"' in answer
    assert acts() == []


def test_a_colour_is_shown_before_it_is_chosen(desk):
    shown = sent(desk, "look/", {"accent": "#FFD700"}, status=200)
    assert "надто блідий для написів" in shown
    assert 'name="accent" value="#ffd700"' in shown
    assert Community.objects.get().accent == "#2346c7"
    sent(desk, "look/accent/", {"accent": "#ffd700"})
    assert Community.objects.get().accent == "#ffd700"
    assert "Колір громади змінено." in page(desk, "look/")


def test_a_wrong_colour_is_refused(desk):
    assert "Колір записують" in sent(desk, "look/", {"accent": "жовтий"}, status=422)
    assert "Колір записують" in sent(desk, "look/accent/", {"accent": "жовтий"}, status=422)


def test_the_arms_are_uploaded_and_removed(desk):
    drawn = BytesIO()
    Image.new("RGB", (90, 90), "#c2453a").save(drawn, "PNG")
    sent(desk, "look/arms/", {"picture": SimpleUploadedFile("arms.png", drawn.getvalue(), "image/png")})
    assert Community.objects.get().coat_of_arms
    assert "look/arms/" in page(desk, "look/")
    sent(desk, "look/arms/remove/")
    assert not Community.objects.get().coat_of_arms
    assert acts() == ["communities.arms_changed", "communities.arms_removed"]


def test_a_picture_that_is_none_is_refused_on_the_form(desk):
    hostile = SimpleUploadedFile("arms.png", b"<svg onload='alert(1)'/>", "image/png")
    assert "Не вдалося прочитати зображення" in sent(desk, "look/arms/", {"picture": hostile}, status=422)
    assert "Додайте файл" in sent(desk, "look/arms/", status=422)


def test_a_service_without_rules_is_not_switched_on(desk, community):
    Community.objects.update(services=[])
    answer = sent(desk, "services/", {"services": ["petitions"], "languages": ["en"]}, status=422)
    assert "без нього її не можна ввімкнути" in answer
    CharterVersionFactory(community=community)
    sent(desk, "services/", {"services": ["petitions"], "languages": []})
    saved = Community.objects.get()
    assert (saved.services, saved.languages) == (["petitions"], ["uk"])
    sent(desk, "services/", {})
    assert Community.objects.get().services == []


def test_districts_are_added_changed_and_removed(desk, community):
    Unit.objects.create(code="UA18040190020077303", name="Вереси", category="C", community_code=community.katottg)
    sent(desk, "districts/add/", {"name": "Вереський", "position": 1, "settlement_codes": ["UA18040190020077303"]})
    district = District.objects.get()
    assert district.settlement_codes == ["UA18040190020077303"]
    assert "Вереський" in page(desk, "districts/")
    assert "checked" in page(desk, f"districts/{district.pk}/")
    assert "уже є" in sent(desk, "districts/add/", {"name": "Вереський", "position": 1}, status=422)
    sent(desk, f"districts/{district.pk}/", {"name": "Східний", "position": 2})
    sent(desk, f"districts/{district.pk}/remove/")
    assert not District.objects.exists()
    assert acts() == ["communities.district_added", "communities.district_changed", "communities.district_removed"]


def test_organisations_are_added_closed_and_reopened(desk):
    sent(desk, "organisations/add/", {"name": "КП «Шляхбуд»", "kind": "enterprise", "email": "sh@rada.example"})
    organisation = Organisation.objects.get()
    sent(desk, f"organisations/{organisation.pk}/", {"name": "КП «Дороги»", "kind": "enterprise"})
    sent(desk, f"organisations/{organisation.pk}/close/")
    assert "закрито" in page(desk, "organisations/")
    assert "нових повідомлень вона не отримує" in page(desk, f"organisations/{organisation.pk}/")
    sent(desk, f"organisations/{organisation.pk}/reopen/")
    assert Organisation.objects.get().closed_at is None


@pytest.mark.parametrize("what", ["districts", "organisations"])
def test_parts_of_another_community_are_out_of_reach(desk, what):
    foreign = DistrictFactory() if what == "districts" else OrganisationFactory()
    page(desk, f"{what}/{foreign.pk}/", status=404)
    away = "remove" if what == "districts" else "close"
    sent(desk, f"{what}/{foreign.pk}/{away}/", status=404)


def test_a_worker_gets_an_account_and_a_role_and_loses_the_role(desk, community):
    worker = {"display_name": "Петро Гнатюк", "login": "p.hnatiuk", "password": "сімнадцять тихих ліхтарів"}
    sent(desk, "staff/add/", worker)
    person = Person.objects.get(login="p.hnatiuk")
    organisation = OrganisationFactory(community=community, name="Департамент")
    sent(desk, "staff/", {"login": "p.hnatiuk", "role": "moderator", "organisation": organisation.pk})
    grant = RoleGrant.objects.get(person=person)
    assert (grant.role, grant.organisation) == ("moderator", organisation)
    listed = page(desk, "staff/")
    assert "Петро Гнатюк" in listed
    assert "Департамент" in listed
    sent(desk, f"staff/roles/{grant.pk}/end/")
    assert RoleGrant.objects.get(person=person).ended_at is not None
    assert acts() == ["people.staff_created", "people.role_granted", "people.role_ended"]


def test_mistakes_about_workers_are_said_on_the_form(desk):
    unknown = sent(desk, "staff/", {"login": "nobody", "role": "moderator"}, status=422)
    assert "Працівника з логіном «nobody» немає" in unknown
    weak = {"display_name": "Петро", "login": "petro", "password": "12345678"}
    assert "Пароль заслабкий" in sent(desk, "staff/add/", weak, status=422)
    assert "12345678" not in sent(desk, "staff/add/", weak, status=422)
    assert "Логін —" in sent(desk, "staff/add/", {**weak, "login": "Петро"}, status=422)


def test_an_administrator_gives_no_platform_roles_and_ends_no_foreign_ones(desk):
    PersonFactory(staff=True, login="p.hnatiuk")
    sent(desk, "staff/", {"login": "p.hnatiuk", "role": "platform_operator"}, status=422)
    foreign = GrantFactory()
    sent(desk, f"staff/roles/{foreign.pk}/end/", status=404)
    assert RoleGrant.objects.get(pk=foreign.pk).ended_at is None


def test_an_administrator_does_not_lock_the_door_behind_himself(desk, admin):
    own = RoleGrant.objects.get(person=admin)
    assert "Власну роль адміністратора" in sent(desk, f"staff/roles/{own.pk}/end/", status=409)
    assert RoleGrant.objects.get().ended_at is None


def test_the_platforms_operator_may_help_any_community(client, community):
    operator = GrantFactory(community=None, role=Role.PLATFORM_OPERATOR).person
    client.sign_in(operator)
    page(client)
