"""Reports for outside programs: the list with its filters, and one report as its card has it."""

from datetime import timedelta

import pytest

from edem.foundation.people.tests.factories import PersonFactory
from edem.services.reports.actions.accepting import accept_report
from edem.services.reports.actions.sending import send_report
from edem.services.reports.models import Answer
from edem.services.reports.tests.factories import ReportFactory, a_draft, staff


@pytest.fixture
def ask(client):
    def ask(path="", *, status=200, **query):
        answer = client.get(f"/zhytomyr/api/v1/reports{path}", query)
        assert answer.status_code == status, answer.content[:500]
        return answer.json()

    return ask


@pytest.fixture
def sent(community, roads, now):
    author = PersonFactory(display_name="Ольга Ткачук")
    return send_report(a_draft(address="вул. Садова, 7"), community=community, by=author, now=now)


def test_a_program_reads_what_the_card_says(ask, sent, community, roads, now):
    worker = staff(community, "responsible_worker", organisation=roads)
    accept_report(sent.pk, by=worker, now=now)
    Answer.objects.create(report=sent, organisation=roads, kind="answer", text="Залатаємо в середу.", at=now)
    Answer.objects.create(report=sent, organisation=roads, kind="answer", text="Лише для своїх.", at=now, public=False)
    told = ask(f"/{sent.pk}")
    assert (told["state"], told["author"], told["organisation"]) == ("accepted", "Ольга Ткачук", roads.name)
    assert [each["step"] for each in told["steps"]] == ["publish", "accept"]
    assert [each["organisation"] for each in told["chain"]] == [roads.name]
    assert [each["text"] for each in told["answers"]] == ["Залатаємо в середу."]
    assert told["url"].endswith(f"/zhytomyr/reports/{sent.pk}/")


def test_a_merged_report_says_which_is_worked_on_in_its_place(ask, sent, community):
    told = ask(f"/{ReportFactory(community=community, follows=sent).pk}")
    assert (told["merged_into"], ask(f"/{sent.pk}")["merged_into"]) == (sent.pk, None)


def test_nothing_of_an_anonymous_author_goes_out(ask, community, roads, now):
    report = send_report(
        a_draft(is_anonymous=True), community=community, by=PersonFactory(display_name="Ольга Ткачук"), now=now
    )
    assert "Ткачук" not in str(ask(f"/{report.pk}"))
    assert "Ткачук" not in str(ask())


def test_the_list_is_narrowed_by_state_category_and_time(ask, sent, community, now):
    closed = ReportFactory(community=community, closed=True, category_codes=["2.1.1"], archives_at=now + timedelta(1))
    assert {each["id"] for each in ask()["items"]} == {sent.pk, closed.pk}
    assert [each["id"] for each in ask(state="closed")["items"]] == [closed.pk]
    assert [each["id"] for each in ask(category="2")["items"]] == [closed.pk]
    since = (now - timedelta(hours=1)).isoformat()
    assert [each["id"] for each in ask(since=since)["items"]] == [sent.pk]
    assert ask(since="2026-03-01T00:00:00", status=422)["code"] == "api.invalid", "a moment without a zone is nobody's"


def test_what_is_not_public_is_not_there(ask, community):
    hidden = ReportFactory(community=community, checking=True)
    assert ask()["items"] == []
    ask(f"/{hidden.pk}", status=404)


@pytest.mark.parametrize(
    "since", ["1007-01-12T16:30:11+20:13", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"]
)
def test_a_moment_of_any_zone_and_year_is_understood(ask, sent, since):
    assert len(ask(since=since)["items"]) == (0 if since.startswith("9") else 1)
