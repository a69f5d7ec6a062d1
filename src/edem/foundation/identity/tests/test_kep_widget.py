"""Signing in by the signing widget: the page with its frame, and what comes back from it."""

from base64 import b64encode

import pytest

from edem.foundation.identity.models import SignIn
from edem.foundation.identity.tests.kep_stands import let_in_by, trust_in
from edem.foundation.people.models import Person
from simulators.signing_widget.running import running_signing_widget, signed_file

pytestmark = pytest.mark.django_db

PAGE = "/sign-in/kep-widget/"
HERE = {"next": "/vyshnevohirsk/petitions/5", "community": "vyshnevohirsk"}


@pytest.fixture(scope="session")
def stand():
    with running_signing_widget() as address:
        yield address


@pytest.fixture(scope="session")
def trust_folder(tmp_path_factory):
    return trust_in(tmp_path_factory.mktemp("trust"))


@pytest.fixture(autouse=True)
def connected(settings, stand, trust_folder):
    given = {"trust_dir": trust_folder, "sign_widget_url": f"{stand}/"}
    settings.EDEM = settings.EDEM.model_copy(update=given)


@pytest.fixture
def community(vyshnevohirsk):
    let_in_by(vyshnevohirsk, "kep_widget")
    return vyshnevohirsk


def text_of(answer):
    return answer.content.decode()


def signed_text(resident, stand, **how):
    """What the widget gives for the text on the page."""
    from edem.foundation.identity.providers.challenge import KEY

    resident.get(PAGE, HERE)
    return signed_file(stand, resident.session[KEY]["text"].encode(), **how)


def bring(resident, content):
    return resident.post(PAGE, {**HERE, "signed": b64encode(content).decode()})


def test_the_page_alone_may_show_the_widgets_frame(resident, community, stand):
    page = resident.get(PAGE, HERE)
    assert page["Content-Security-Policy"].endswith(f"; frame-src {stand}")
    assert f'data-src="{stand}/"' in text_of(page)
    assert "frame-src" not in resident.get("/sign-in/", HERE)["Content-Security-Policy"]
    refused = bring(resident, b"nonsense")
    assert f"frame-src {stand}" in refused["Content-Security-Policy"]


def test_what_the_widget_signed_lets_in(resident, community, stand):
    assert bring(resident, signed_text(resident, stand)).url == "/sign-in/consent/"
    resident.post("/sign-in/consent/", {"agrees": "on"})
    assert SignIn.objects.get().method == "kep_widget"


@pytest.mark.parametrize("key", ["expired", "revoked", "unknown_root", "seal"])
def test_a_key_that_is_not_good_lets_in_nobody(resident, community, stand, key):
    answer = bring(resident, signed_text(resident, stand, key=key))
    assert answer.status_code == 422
    assert "Виправте помилки" in text_of(answer)
    assert not Person.objects.exists()


@pytest.mark.parametrize("typed", ["не base64", "!!!!", "AAA", "A" * 1_500_000, ""])
def test_what_is_no_signature_at_all_is_refused(resident, community, typed):
    resident.get(PAGE, HERE)
    answer = resident.post(PAGE, {**HERE, "signed": typed})
    assert answer.status_code == 422
    assert not Person.objects.exists()


def test_a_signature_lets_in_once(resident, community, stand):
    signed = signed_text(resident, stand)
    assert bring(resident, signed).status_code == 302
    assert "ним уже скористалися" in text_of(bring(resident, signed))


def test_without_the_widgets_address_there_is_no_such_way(resident, community, settings):
    settings.EDEM = settings.EDEM.model_copy(update={"sign_widget_url": ""})
    assert resident.get(PAGE, HERE).status_code == 403


def test_the_widgets_page_says_who_asks_and_runs_no_script_of_others(stand):
    import httpx

    page = httpx.get(stand, params={"address": "https://edem.example/<script>"})
    assert "https://edem.example/&lt;script&gt;" in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]
