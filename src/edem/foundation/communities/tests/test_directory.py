import psycopg
import pytest
from django.db import connection
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.communities.directory import Directory, directory
from edem.foundation.communities.look import look_version, verdict_on, version_of
from edem.foundation.communities.middleware import community_of_request
from edem.foundation.communities.models import Community
from edem.foundation.communities.segments import reserved_segments
from edem.foundation.communities.tenancy import Located, bare_host, locate
from edem.foundation.communities.tests.factories import CommunityFactory


def answered(path: str, *, slug: str = "", host: str = "testserver"):
    """The request as a view sees it."""
    seen = []
    request = RequestFactory().get(path, SCRIPT_NAME=f"/{slug}" if slug else "", HTTP_HOST=host)
    community_of_request(seen.append)(request)
    return seen[0]


@pytest.mark.django_db
def test_a_community_is_found_by_path_and_by_host():
    CommunityFactory(slug="zhytomyr", host="edem.zhytomyr.gov.ua")
    assert locate("edem.example", "/zhytomyr/petitions/5") == Located("zhytomyr", "/zhytomyr", "/petitions/5")
    assert locate("EDEM.zhytomyr.gov.ua:443", "/petitions/5") == Located("zhytomyr", "", "/petitions/5")
    assert locate("edem.example", "/zhytomyr") == Located(None, "", "/zhytomyr")
    assert locate("edem.example", "/nowhere/petitions") == Located(None, "", "/nowhere/petitions")
    assert locate("edem.example", "/") == Located(None, "", "/")


@pytest.mark.django_db
def test_a_community_that_is_only_listed_has_no_pages():
    CommunityFactory(slug="zhytomyr", listed_only=True)
    assert locate("edem.example", "/zhytomyr/").slug is None


@pytest.mark.django_db
def test_the_request_carries_its_community(settings):
    CommunityFactory(slug="zhytomyr", host="vyshnevohirsk.example")
    by_path = answered("/zhytomyr/", slug="zhytomyr")
    assert (by_path.community.slug, by_path.urlconf) == ("zhytomyr", settings.COMMUNITY_URLCONF)
    assert answered("/", host="vyshnevohirsk.example").community.slug == "zhytomyr"
    assert answered("/").community is None


@pytest.mark.django_db
def test_without_a_listener_every_request_sees_the_row_as_it_is(assert_queries):
    CommunityFactory(slug="zhytomyr", accent="#2346c7")
    with assert_queries(1):
        assert answered("/zhytomyr/", slug="zhytomyr").community.accent == "#2346c7"
    Community.objects.update(accent="#1f7a3d")
    assert answered("/zhytomyr/", slug="zhytomyr").community.accent == "#1f7a3d"


@pytest.mark.django_db
def test_with_a_listener_a_request_needs_no_query(assert_queries):
    CommunityFactory(slug="zhytomyr")
    directory().follow()
    try:
        with assert_queries(0):
            first = answered("/zhytomyr/", slug="zhytomyr").community
            first.name = "зіпсовано"
            assert answered("/zhytomyr/", slug="zhytomyr").community.name != "зіпсовано"
    finally:
        directory().unfollow()


@pytest.mark.django_db(transaction=True)
def test_every_change_is_told_on_the_channel():
    connection.ensure_connection()
    parameters = connection.get_connection_params()
    with psycopg.connect(**{name: parameters[name] for name in ("host", "port", "user", "password", "dbname")}) as own:
        own.autocommit = True
        own.execute("LISTEN communities")
        CommunityFactory(slug="zhytomyr")
        Community.objects.filter(slug="zhytomyr").update(accent="#1f7a3d")
        Community.objects.all().delete()
        told = [notice.channel for notice in own.notifies(timeout=5, stop_after=3)]
    assert told == ["communities"] * 3


@pytest.mark.django_db
def test_an_unknown_slug_is_looked_up_at_most_once_in_a_while(assert_queries):
    known = Directory()
    known.load()
    with assert_queries(0):
        assert not any(known.has(f"guess-{n}") for n in range(50))


def test_a_host_is_told_without_its_port_and_final_dot():
    assert bare_host("Example.UA.:8000") == "example.ua"
    assert bare_host("[::1]:8000") == "[::1]"


@given(st.text(max_size=40))
def test_no_host_crashes_the_door(host):
    assert ":" not in bare_host(host) or host.startswith("[")


def test_the_platforms_own_addresses_are_reserved():
    assert {"acts", "static", "files", "api", "language", "admin-desk"} <= reserved_segments()
    assert "" not in reserved_segments()


@given(st.integers(0, 0xFFFFFF).map("#{:06x}".format))
def test_every_colour_becomes_readable(accent):
    verdict = verdict_on(accent)
    assert verdict.stays == (verdict.light.accent == accent)
    assert verdict.ratio >= 1


def test_the_looks_address_changes_with_the_look():
    one, other = CommunityFactory.build(accent="#2346c7"), CommunityFactory.build(accent="#1f7a3d")
    assert version_of(one) != version_of(other)
    assert version_of(one) == look_version(one.accent, one.katottg)
