"""`./edem check-deploy` on ways of sign-in that are set up by half, or offered by a council and not there."""

import pytest

from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.identity.providers.checks import ways_of_sign_in_are_whole, what_councils_offer_is_there
from edem.foundation.identity.tests.kep_stands import let_in_by

NOTHING = {"bank_id_url": "", "mobile_id_url": "", "sign_widget_url": "", "id_gov_ua_url": "https://id.gov.ua"}
BANK_ID = {"bank_id_url": "https://id.bank.gov.ua"}
MOBILE_ID = {
    "mobile_id_url": "https://mss.example.ua",
    "mobile_id_ap_id": "edem",
    "mobile_id_ap_password": "of our own",
}
WIDGET = {"sign_widget_url": "https://id.gov.ua/sign-widget/v20240301/"}


@pytest.fixture
def whole(settings, tmp_path):
    """An installation that trusts a folder and asks issuers, but for what is said."""

    def whole(**changed):
        usual = {"trust_dir": tmp_path, "kep_online": True}
        settings.EDEM = settings.EDEM.model_copy(update=NOTHING | usual | changed)

    return whole


def ids(messages):
    return [message.id for message in messages]


@pytest.mark.parametrize("way", [{}, BANK_ID, MOBILE_ID, WIDGET, BANK_ID | MOBILE_ID | WIDGET])
def test_what_is_set_up_wholly_passes(whole, way):
    whole(**way)
    assert ids(ways_of_sign_in_are_whole()) == []


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        (BANK_ID | {"trust_dir": None}, ["edem.E040"]),
        (BANK_ID | {"kep_online": False}, ["edem.E041"]),
        (MOBILE_ID | {"mobile_id_url": "http://mss.example.ua"}, ["edem.E042"]),
        (MOBILE_ID | {"mobile_id_url": "https://localhost:8103"}, ["edem.E042"]),
        (MOBILE_ID | {"mobile_id_ap_password": ""}, ["edem.E043"]),
        (MOBILE_ID | {"trust_dir": None}, ["edem.E044"]),
        (MOBILE_ID | {"kep_online": False}, ["edem.E041"]),
        (WIDGET | {"sign_widget_url": "http://127.0.0.1:8104/"}, ["edem.E046"]),
        (WIDGET | {"trust_dir": None}, ["edem.E047"]),
        (WIDGET | {"kep_online": False}, ["edem.E041"]),
        ({"kep_online": False}, []),
    ],
    ids=str,
)
def test_what_is_set_up_by_half_is_named(whole, changed, found):
    whole(**changed)
    assert ids(ways_of_sign_in_are_whole()) == found


@pytest.mark.django_db
def test_a_council_that_offers_a_signature_nobody_can_check_is_named(whole):
    let_in_by(CommunityFactory(slug="vyshneva"), "bank_id", "kep_file")
    let_in_by(CommunityFactory(slug="zhytomyr"), "bank_id")
    whole(trust_dir=None)
    [found] = what_councils_offer_is_there()
    assert (found.id, found.msg) == ("edem.E048", "vyshneva offers kep_file, and no root is trusted.")
    whole()
    assert ids(what_councils_offer_is_there()) == []


@pytest.mark.django_db
def test_a_council_that_offers_a_way_without_an_agreement_is_warned_of(whole):
    let_in_by(CommunityFactory(slug="vyshneva"), "bank_id_nbu", "mobile_id_direct", "bank_id")
    let_in_by(CommunityFactory(slug="closed", is_open=False), "bank_id_nbu")
    whole()
    [found] = what_councils_offer_is_there()
    assert (found.id, "bank_id_nbu, mobile_id_direct," in found.msg) == ("edem.W049", True)


def test_without_a_database_there_is_nothing_to_say(whole, settings, monkeypatch):
    from django.db import OperationalError

    from edem.foundation.identity.providers import checks

    def away(now):
        raise OperationalError

    monkeypatch.setattr(checks, "_offered_in_vain", away)  # the tests' own database cannot go away
    whole()
    assert what_councils_offer_is_there() == []
