"""The headers of every page, and whom the door believes about an address."""

import asyncio

import pytest
from django.conf import settings as house
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from edem.config.front_door.arriving import Turned, arrive
from edem.config.security import content_policy, security_headers
from edem.foundation.live.kept import TAGS_HEADER, NotForKeeping
from edem.ui.csp import import_map_hash, sha256_of
from edem.ui.first_paint import core_style, theme_script


def page(path="/", response=None, **extra):
    return security_headers(lambda _: response or HttpResponse("a page"))(RequestFactory().get(path, **extra))


def rules(policy: str) -> dict[str, str]:
    return dict(rule.partition(" ")[::2] for rule in policy.split("; "))


def test_nothing_runs_or_paints_but_our_files_and_what_our_hashes_name():
    policy = rules(page()["Content-Security-Policy"])
    assert policy["script-src"] == f"'self' {import_map_hash()} {sha256_of(theme_script())}"
    assert policy["style-src"] == f"'self' {sha256_of(core_style())}"
    assert rules(content_policy(look="a{}"))["style-src"] == f"{policy['style-src']} {sha256_of('a{}')}"
    assert "unsafe" not in content_policy()
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["default-src"] == policy["connect-src"] == "'self'"


def test_forms_lead_to_us_and_to_the_sign_in_alone():
    assert rules(content_policy())["form-action"] == "'self' " + house.EDEM.id_gov_ua_url.rstrip("/")


def test_forms_lead_to_each_provider_that_is_connected(settings):
    connected = {"id_gov_ua_url": "", "bank_id_url": "https://id.bank.gov.ua/"}
    settings.EDEM = settings.EDEM.model_copy(update=connected)
    assert rules(content_policy())["form-action"] == "'self' https://id.bank.gov.ua"


def test_pages_are_not_embedded_and_ask_for_no_device():
    response = page()
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert {"camera=()", "microphone=()", "geolocation=(self)"} <= set(response["Permissions-Policy"].split(", "))


def test_an_uploaded_file_can_only_be_looked_at():
    policy = page("/files/photo.svg")["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert rules(policy)["default-src"] == "'none'"


def test_production_asks_browsers_to_stay_on_https(settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    request = RequestFactory().get("/", secure=True)
    response = SecurityMiddleware(lambda _: HttpResponse())(request)
    assert response["Strict-Transport-Security"].startswith("max-age=31536000")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def test_a_personal_page_marked_kept_fails_the_tests(settings):
    settings.STRICT_KEEPING = True
    personal = HttpResponse("csrfmiddlewaretoken", headers={TAGS_HEADER: "[]"})
    with pytest.raises(NotForKeeping):
        page(response=personal)


# Whom the door believes


def arrived(headers, *, peer="203.0.113.9", scheme="http", host="localhost", path="/"):
    scope = {
        "type": "http", "path": path, "scheme": scheme, "client": (peer, 5), "query_string": b"", "method": "GET",
        "headers": [(b"host", host.encode()), *headers],
    }  # fmt: skip
    return asyncio.run(arrive(scope)), scope


@pytest.mark.django_db
class TestArriving:
    def test_a_stranger_s_claims_are_taken_off(self):
        claims = [(b"x-forwarded-for", b"10.9.8.7"), (b"x-forwarded-proto", b"https"), (b"forwarded", b"for=1.1.1.1")]
        arrival, scope = arrived(claims)
        assert (arrival.address, arrival.scheme) == ("203.0.113.9", "http")
        assert scope["headers"] == [(b"host", b"localhost")]

    def test_our_proxy_is_believed_up_to_the_last_it_has_seen(self):
        claims = [(b"x-forwarded-for", b"6.6.6.6, 198.51.100.4, 127.0.0.1"), (b"x-forwarded-proto", b"https")]
        arrival, scope = arrived(claims, peer="127.0.0.1")
        assert (arrival.address, arrival.scheme) == ("198.51.100.4", "https")
        assert scope["client"][0] == "198.51.100.4"

    @pytest.mark.parametrize("host", ["evil.example", "", "localhost.evil.example", "[::1", "a b"])
    def test_a_foreign_host_is_turned_away(self, host):
        with pytest.raises(Turned) as turned:
            arrived([], host=host)
        assert turned.value.status == 400


@pytest.mark.django_db
@given(st.text(max_size=40), st.sampled_from(["127.0.0.1", "203.0.113.9", "not an address"]))
def test_no_claim_breaks_the_door(claim, peer):
    arrival, _ = arrived([(b"x-forwarded-for", claim.encode()), (b"x-forwarded-proto", claim.encode())], peer=peer)
    assert arrival.scheme in {"http", "https"}
