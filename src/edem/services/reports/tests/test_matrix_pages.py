"""The matrix at the desk: tried before it is saved, refused when it changed meanwhile, learnt from what is passed on."""

import json
import re
import uuid
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from edem.foundation.audit.models import AuditEntry
from edem.foundation.communities.tests.factories import OrganisationFactory
from edem.foundation.identity.tests.factories import identified_resident
from edem.kernel.errors import Conflict, Invalid, NotAllowed
from edem.kernel.geo.points import Point
from edem.services.reports.actions.drafting import choose_categories, put_place, put_words, start_report
from edem.services.reports.actions.matrix import MatrixChange, RuleDraft, change_matrix
from edem.services.reports.models import MatrixRule
from edem.services.reports.queries.matrix import border_warning, choice_for, matrix_digest, rules_of, uncovered
from edem.services.reports.rules.matrix_change import Way
from edem.services.reports.rules.writing import PlacedBy
from edem.services.reports.tests.factories import HERE, ReportFactory, held, matrix_rule, staff

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def square(point, *, half=0.002):
    west, east, south, north = point.lon - half, point.lon + half, point.lat - half, point.lat + half
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture
def light(community):
    return OrganisationFactory(community=community, name="КП «Міськсвітло»")


@pytest.fixture
def admin(client, community):
    person = staff(community, "community_admin")
    client.sign_in(person)
    return person


def first_rule(community, organisation, **facts):
    MatrixRule.objects.update(position=9)
    matrix_rule(community, organisation, **facts)


def hidden_in(answer):
    """What the checked form carries on, as a browser would read it."""
    found = {}

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            given = dict(attrs)
            if tag == "input" and given.get("type") == "hidden":
                found[given["name"]] = given.get("value") or ""

    Reader().feed(answer.content.decode())
    return found


def change(community, by, now, **facts):
    made = MatrixChange(**facts)
    change_matrix(community.pk, made, seen=made.digest(community.pk), by=by, now=now)


def seen_in(page):
    return re.search(r'name="seen" value="([0-9a-f]{64})"', page).group(1)


def typed(organisation, **more):
    return {
        "category": "",
        "area": "",
        "main": str(organisation.pk),
        "substitute": "",
        "note": "",
        "place": "",
        "seen": "",
    } | more


def test_a_new_rule_is_tried_on_the_last_ninety_days_and_only_then_saved(
    admin, community, roads, light, now, read, send
):
    ReportFactory.create_batch(5, community=community, category_codes=["2.2.1"], published_at=now - DAY)
    ReportFactory(community=community, category_codes=["2.2"], published_at=now - 100 * DAY)
    ReportFactory(community=community, category_codes=["3.8"], published_at=now - DAY)
    rule = MatrixRule.objects.get()
    given = typed(light, category="2.2", place=str(rule.pk), substitute=str(roads.pk))
    page = send("matrix/add/", given, status=200)
    assert "5 повідомлень пішли б до іншої організації" in page
    assert f"{roads.name} → {light.name}: 5" in page
    assert "Переглянуто 6 повідомлень" in page
    assert MatrixRule.objects.count() == 1, "looking saves nothing"
    assert send("matrix/add/", given | {"seen": seen_in(page)}) == "/zhytomyr/reports/matrix/"
    assert choice_for(community.pk, ["2.2.1"], None).main_id == light.pk
    assert choice_for(community.pk, ["3.8"], None).main_id == roads.pk
    shown = read("matrix/")
    assert shown.index(light.name) < shown.index(f"якщо мовчить: {roads.name}")
    assert AuditEntry.objects.get(act="report.matrix_changed").person == admin


def test_an_area_comes_as_text_or_as_a_file_and_a_bad_one_is_said(admin, community, roads, light, send, client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    crossing = json.dumps(
        {"type": "Polygon", "coordinates": [[[30, 50], [30.1, 50.1], [30.1, 50], [30, 50.1], [30, 50]]]}
    )
    for bad, words in (("{", "GeoJSON"), (crossing, "перетинає сама себе"), ('{"type":"Point"}', "GeoJSON")):
        assert words in send("matrix/add/", typed(light, area=bad), status=422)
    sent = SimpleUploadedFile("area.geojson", json.dumps(square(HERE)).encode())
    given = typed(light, area_file=sent, place=str(MatrixRule.objects.get().pk))
    tried = client.post("/zhytomyr/reports/matrix/add/", given)
    send("matrix/add/", hidden_in(tried))
    assert choice_for(community.pk, ["3.8"], HERE).main_id == light.pk
    assert choice_for(community.pk, ["3.8"], Point(50.4, 28.7)).main_id == roads.pk


def test_a_change_that_nobody_has_seen_as_it_is_now_is_refused(admin, community, roads, light, now, send):
    given = typed(light, category="2.2")
    page = send("matrix/add/", given, status=200)
    change(community, admin, now, way=Way.ADD, draft=RuleDraft(category="3", main_id=light.pk))
    again = send("matrix/add/", given | {"seen": seen_in(page)}, status=200)
    assert "Правила тим часом змінив хтось інший" in again
    with pytest.raises(Conflict):
        change_matrix(
            community.pk,
            MatrixChange(way=Way.REMOVE, rule_id=MatrixRule.objects.first().pk),
            seen="x",
            by=admin,
            now=now,
        )
    send("matrix/add/", given | {"seen": seen_in(again)})


def test_rules_are_moved_changed_and_taken_away_each_with_its_own_trial(
    admin, community, roads, light, now, read, send
):
    ReportFactory(community=community, category_codes=["3.8"], published_at=now - DAY)
    first = MatrixRule.objects.get()
    change(community, admin, now, way=Way.ADD, draft=RuleDraft(category="3", main_id=light.pk))
    second = MatrixRule.objects.order_by("position").last()
    page = read(f"matrix/{second.pk}/raise/")
    assert "1 повідомлення пішло б до іншої організації" in page
    send(f"matrix/{second.pk}/raise/", {"seen": seen_in(page)})
    assert [rule.id for rule in rules_of(community.pk)] == [second.pk, first.pk]
    shown = read("matrix/")
    assert shown.index(light.name) < shown.index(f"{roads.name}</td>".removesuffix("</td>"))
    page = send(f"matrix/{second.pk}/", typed(roads, category="3"), status=200)
    assert "1 повідомлення пішло б" in page
    send(f"matrix/{second.pk}/", typed(roads, category="3") | {"seen": seen_in(page)})
    assert choice_for(community.pk, ["3.8"], None).main_id == roads.pk
    page = read(f"matrix/{first.pk}/remove/")
    assert "Жодне повідомлення не змінило б адресата" in page
    send(f"matrix/{first.pk}/remove/", {"seen": seen_in(page)})
    assert "Для цих напрямів немає правила" in read("matrix/")
    assert any(each.startswith("4.") for each in uncovered(community.pk))


def test_only_administrators_and_the_control_body_keep_the_matrix(client, community, roads, now, read):
    for roles, status in (
        (("community_admin",), 200),
        (("control_body",), 200),
        (("moderator",), 403),
        (("responsible_worker",), 403),
    ):
        client.logout()
        client.sign_in(staff(community, *roles))
        read("matrix/", status=status)
    with pytest.raises(NotAllowed):
        change(community, staff(community, "moderator"), now, way=Way.ADD, draft=RuleDraft(main_id=roads.pk))


def test_what_is_not_this_communitys_is_refused(community, admin, roads, now):
    strange = OrganisationFactory()
    for draft in (
        RuleDraft(main_id=strange.pk),
        RuleDraft(main_id=roads.pk, category="99"),
        RuleDraft(main_id=roads.pk, substitute_id=roads.pk),
    ):
        before = matrix_digest(community.pk)
        with pytest.raises(Invalid):
            change(community, admin, now, way=Way.ADD, draft=draft)
        assert matrix_digest(community.pk) == before


def test_an_organisation_that_has_ended_is_replaced_by_its_substitute(community, roads, light, now):
    rule = MatrixRule.objects.get()
    rule.targets.update(substitute=light)
    roads.closed_at = now
    roads.save()
    assert choice_for(community.pk, ["3.8"], None).main_id == light.pk
    light.closed_at = now
    light.save()
    assert choice_for(community.pk, ["3.8"], None).targets == ()


def test_near_a_border_the_sender_is_asked(community, roads, light):
    first_rule(community, light, code="3", area=square(HERE))
    inside = Point(HERE.lat, HERE.lon + 0.0019)
    found = border_warning(community.pk, ["3.8"], inside, accuracy_m=20)
    assert (found.chosen, found.others) == (light.name, (roads.name,))
    assert border_warning(community.pk, ["3.8"], HERE, accuracy_m=20) is None
    assert border_warning(community.pk, ["3.8"], None, accuracy_m=20) is None


def test_what_one_keeps_passing_to_another_is_proposed_as_a_rule(admin, community, roads, light, now, read):
    for _ in range(3):
        report = ReportFactory(community=community, category_codes=["4.1"], published_at=now - DAY)
        held(report, organisation=roads, now=now - DAY, returned_at=now, return_reason="Це не наше", passed_to=light)
    page = read("matrix/")
    assert "Чого навчили відповіді «не наше»" in page
    assert f"4.1. Дерева → {light.name}" in page
    form = read("matrix/add/", learnt=f"4.1-{roads.pk}-{light.pk}")
    assert f'<option value="{light.pk}" selected' in form
    first_rule(community, light, code="4.1")
    assert "Чого навчили" not in read("matrix/"), "the matrix does it already"


def test_the_last_page_before_sending_says_whose_area_begins_next_door(client, community, roads, light, now, read):
    first_rule(community, light, code="3", area=square(HERE))
    author = identified_resident(community, since=now - 2 * DAY)
    client.sign_in(author)
    draft = uuid.uuid4()
    start_report(draft, community, by=author, now=now)
    put_words(draft, by=author, title="Яма біля межі", text="Глибока.", is_anonymous=False, now=now)
    choose_categories(draft, ["3.8"], by=author, now=now)
    for lon, is_asked in ((HERE.lon + 0.0019, True), (HERE.lon, False)):
        put_place(
            draft, by=author, place=Point(HERE.lat, lon), placed_by=PlacedBy.DEVICE, accuracy_m=20, address="", now=now
        )
        page = read(f"start/{draft}/check/")
        assert (f"поруч починається територія «{roads.name}»" in page) == is_asked
