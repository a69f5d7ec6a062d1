"""«Вирішено?» from a letter in Chromium: a robot that only looks answers nothing, a person's first touch does."""

from contextlib import contextmanager
from datetime import timedelta

import pytest

from edem.services.reports.queries.solved_links import solved_address
from edem.services.reports.tests.factories import ReportFactory
from edem.ui.tests.browser import ORIGIN, axe_faults, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def opened_letter(community, now, client):
    """The page that one of the letter's two links leads to."""
    report = ReportFactory(community=community, closed=True, archives_at=now + timedelta(days=19))
    address = solved_address(report, report.author_id)
    path = address[address.index("/zhytomyr/") :]

    @contextmanager
    def opened_letter(said, *, scripts=True):
        html = client.get(path, {"solved": said}).content.decode()
        with opened({path: html}, width=1280, theme="light", scripts=scripts) as page:
            sent = []
            page.on("request", lambda request: sent.append(request.post_data) if is_sent(request) else None)
            page.goto(f"{ORIGIN}{path}?solved={said}")
            yield page, sent

    return opened_letter


def is_sent(request):
    return request.method == "POST"


@pytest.mark.parametrize("said", ["yes", "no"])
def test_whoever_only_looks_answers_nothing_and_a_first_touch_answers(opened_letter, said):
    with opened_letter(said) as (page, sent):
        page.wait_for_timeout(700)  # a guard of mail that runs scripts looks about so long
        assert sent == []
        assert (page.faults, axe_faults(page)) == ([], [])
        with page.expect_request(is_sent):
            page.mouse.move(300, 300)
            page.mouse.move(320, 320)
        page.wait_for_timeout(300)  # and nothing more
        assert len(sent) == 1
        assert f"solved={said}" in sent[0]


def test_events_that_a_script_makes_up_are_no_person(opened_letter):
    with opened_letter("yes") as (page, sent):
        page.evaluate("for (const sign of ['pointermove', 'keydown', 'wheel']) window.dispatchEvent(new Event(sign))")
        page.wait_for_timeout(300)
        assert sent == []


def test_without_scripts_one_button_answers(opened_letter):
    with opened_letter("yes", scripts=False) as (page, sent):
        with page.expect_request(is_sent):
            page.get_by_role("button", name="Так, вирішено").click()
        assert "solved=yes" in sent[0]
