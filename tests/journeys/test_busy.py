"""The platform cannot take a signature just now: the signer reads why, and the same button works a moment later."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from playwright.sync_api import Browser, expect

from edem.foundation.communities.models import Community
from edem.services.petitions.rules.lifecycle import State
from edem.services.petitions.tests.factories import PetitionFactory
from tests.journeys.people import PATIENCE, Resident, walking
from tests.journeys.town import SLUG, Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.usefixtures("rows")
def test_a_signer_who_is_refused_for_the_moment_reads_why_and_keeps_the_button(browser: Browser, town: Town) -> None:
    now = datetime.now(UTC)
    petition = PetitionFactory(
        community=Community.objects.get(slug=SLUG), state=State.COLLECTING, number=901, required=1000,
        submitted_at=now - timedelta(days=3), published_at=now - timedelta(days=2), closes_at=now + timedelta(days=9),
    )  # fmt: skip
    with walking(browser, town, Resident) as signer, psycopg.connect(town.database) as holder:
        signer.go(f"/petitions/{petition.pk}/sign/")
        signer.sign_in("Руденко Максим")
        signer.go(f"/petitions/{petition.pk}/sign/")
        signer.page.get_by_label("Погоджуюся").check()
        button = signer.page.locator("main").get_by_role("button", name="Підписати")

        holder.execute("SELECT id FROM petitions_petition WHERE id = %s FOR UPDATE", [petition.pk])
        button.click()
        expect(signer.page.get_by_role("alert")).to_contain_text("багато запитів", timeout=PATIENCE)
        assert signer.page.get_by_label("Погоджуюся").is_checked()
        assert not signer.faults

        holder.rollback()
        button.click()
        signer.page.wait_for_url("**/thanks/")
