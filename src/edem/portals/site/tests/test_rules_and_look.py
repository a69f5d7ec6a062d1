import html
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from PIL import Image

from edem.foundation.catalog.registry import manifests
from edem.foundation.communities.actions import Act, adopt_charter, change_arms
from edem.foundation.communities.look import arms_fingerprint, version_of
from edem.foundation.communities.models import Community
from edem.foundation.communities.recording import unrecorded
from edem.foundation.communities.tests.factories import CommunityFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
PETITIONS = next(each for each in manifests() if each.code == "petitions")


@pytest.fixture
def community():
    return CommunityFactory(slug="zhytomyr")


def adopt(community, *, threshold, number, since):
    return adopt_charter(
        community.pk,
        "petitions",
        charter=PETITIONS.charter(threshold=threshold),
        act=Act(title="Положення про петиції", number=number, date=date(2026, 1, 5), url="https://rada.example/1"),
        clauses={"threshold": "п. 3.1"},
        in_force_from=since,
        record=unrecorded,
        now=NOW,
    )


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return html.unescape(answer.content.decode())


def test_the_rules_are_printed_with_act_and_clauses(community, client):
    adopt(community, threshold=333, number="17/3", since=date(2026, 2, 1))
    printed = page(client, "/zhytomyr/rules/petitions/")
    assert "Скільки потрібно підписів" in printed
    assert "<b>333</b> <small>п. 3.1</small>" in printed
    assert '<a href="https://rada.example/1" rel="noopener">Положення про петиції</a>, рішення № 17/3 від' in printed
    assert "90 календарних днів" in printed


def test_former_rules_stay_public_and_say_that_they_are_former(community, client):
    adopt(community, threshold=333, number="17/3", since=date(2026, 2, 1))
    adopt(community, threshold=444, number="18/1", since=date(2026, 3, 10))
    present = page(client, "/zhytomyr/rules/petitions/")
    assert "<b>444</b>" in present
    assert 'href="/zhytomyr/rules/petitions/1/"' in present
    former = page(client, "/zhytomyr/rules/petitions/1/")
    assert "<b>333</b>" in former
    assert "Це попередня редакція" in former


def test_the_index_lists_the_services_under_rules(community, client):
    assert "Рада ще не ухвалила правил" in page(client, "/zhytomyr/rules/")
    adopt(community, threshold=333, number="17/3", since=date(2026, 2, 1))
    assert 'href="/zhytomyr/rules/petitions/"' in page(client, "/zhytomyr/rules/")


@pytest.mark.parametrize("address", ["petitions/", "petitions/7/", "magic/"])
def test_rules_that_are_not_there_are_a_plain_404(community, client, address):
    assert client.get(f"/zhytomyr/rules/{address}").status_code == 404


def test_the_rules_make_few_queries(community, client, assert_queries):
    adopt(community, threshold=333, number="17/3", since=date(2026, 2, 1))
    with assert_queries(2):
        client.get("/zhytomyr/rules/petitions/")


def test_the_look_is_kept_for_a_year_under_its_own_address(community, client):
    answer = client.get(f"/zhytomyr/look/{version_of(community)}/tokens.css")
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert b"--accent:#2346c7" in answer.content
    assert f"<style>{answer.content.decode()}</style>" in page(client, "/zhytomyr/rules/")


def test_a_former_address_gives_the_present_look_for_a_while(community, client):
    former = version_of(community)
    Community.objects.update(accent="#1b7339")
    answer = client.get(f"/zhytomyr/look/{former}/tokens.css")
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert b"--accent:#1b7339" in answer.content


def test_the_ornament_carries_its_own_colours(community, client):
    answer = client.get(f"/zhytomyr/look/{version_of(community)}/ornament.svg")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert b"#2346c7" in answer.content
    assert b"var(--" not in answer.content


def test_the_arms_stand_in_the_masthead(community, client):
    drawn = BytesIO()
    Image.new("RGB", (64, 64), "#c2453a").save(drawn, "PNG")
    change_arms(community.pk, drawn.getvalue(), record=unrecorded, now=NOW)
    address = f"/zhytomyr/look/arms/{arms_fingerprint(Community.objects.get())}.png"
    assert address in page(client, "/zhytomyr/rules/")
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "image/png"
    assert client.get("/zhytomyr/look/arms/none.png").status_code == 404
