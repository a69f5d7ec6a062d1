"""What must hold of the reports in the seeded database; run by test_seeding.py, so that it is seeded once."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from edem.config.sample.seeding.outside_server import settle_outside_server
from edem.foundation.communities.border import is_outside
from edem.foundation.communities.models import Community
from edem.foundation.discussions.models import Comment
from edem.foundation.files.models import StoredFile
from edem.foundation.moderation.models import ModerationCase
from edem.foundation.people.models import Person
from edem.foundation.people.queries import roles_of
from edem.foundation.search.queries import search
from edem.kernel.geo.points import Point
from edem.services.reports.actions.accepting import accept_report
from edem.services.reports.actions.confirming import confirm_solution
from edem.services.reports.actions.moderating import publish_report
from edem.services.reports.actions.routing import point_of
from edem.services.reports.models import (
    Answer,
    Assignment,
    Incident,
    MatrixRule,
    Photo,
    Receiver,
    Report,
    ReportStep,
    Voice,
)
from edem.services.reports.queries.matrix import choice_for
from edem.services.reports.queries.period_reports import periods_due
from edem.services.reports.queries.periods import period_told
from edem.services.reports.queries.receivers import key_of_receiver
from edem.services.reports.rules.lifecycle import AT_WORK, State
from edem.services.reports.rules.periods import Period

CITY = "vyshnevohirsk"


def each_role_is_held(_now: datetime) -> None:
    community = Community.objects.get(slug=CITY)
    held = {role for person in Person.objects.filter(login__isnull=False) for role in roles_of(person, community.pk)}
    assert held >= {
        *("moderator", "officer", "mayor", "cnap_clerk", "control_body", "auditor"),
        *("community_admin", "platform_operator"),
        *("responsible_worker", "head_of_organisation", "executor"),
    }


def counters_equal_rows(_now: datetime) -> None:
    voices = dict(Voice.objects.order_by().values_list("report_id").annotate(n=Count("person_id")))
    counted = dict(Report.objects.filter(voice_count__gt=0).values_list("pk", "voice_count"))
    assert voices == counted
    numbers = list(Report.objects.filter(community__slug=CITY).order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert set(Report.objects.values_list("state", flat=True)) == set(State)


def nothing_is_later_than_now(now: datetime) -> None:
    later = Q(submitted_at__gt=now) | Q(closed_at__gt=now) | Q(confirmed_at__gt=now) | Q(updated_at__gt=now)
    assert not Report.objects.filter(later).exists()
    assert not ReportStep.objects.filter(at__gt=now).exists()
    assert not Answer.objects.filter(at__gt=now).exists()
    assert not Voice.objects.filter(added_at__gt=now).exists()
    assert not Comment.objects.filter(at__gt=now).exists()
    early = Report.objects.filter(author__created_at__gt=F("submitted_at"))
    assert not early.exists(), "nobody wrote before they joined"


def whoever_holds_a_report_is_who_the_matrix_chooses(_now: datetime) -> None:
    assert MatrixRule.objects.filter(area__isnull=False).exists()
    at_work = Report.objects.filter(state__in=AT_WORK, lat__isnull=False, organisation__isnull=False)
    for report in at_work.exclude(assignments__returned_at__isnull=False).order_by("pk"):
        chosen = choice_for(report.community_id, report.category_codes, point_of(report))
        [main] = [each for each in chosen.targets if each.is_main]
        assert main.organisation_id == report.organisation_id, report.title


def work_is_held_by_one_and_ended_work_by_nobody(_now: datetime) -> None:
    holding = Q(assignments__is_main=True, assignments__returned_at=None, assignments__closed_at=None)
    at_work = Report.objects.filter(state__in=AT_WORK).exclude(incident__isnull=False, organisation=None)
    assert not at_work.annotate(n=Count("assignments", filter=holding)).exclude(n=1).exists()
    ended = Assignment.objects.filter(returned_at=None, closed_at=None).exclude(report__state__in=AT_WORK)
    assert not ended.exists()


def every_report_lies_within_the_border(_now: datetime) -> None:
    for community in Community.objects.filter(border__isnull=False).order_by("pk"):
        places = Report.objects.filter(community=community, lat__isnull=False).order_by("pk").values_list("lat", "lon")
        assert places
        assert not [place for place in places if is_outside(community.pk, Point(*place))]
    assert Community.objects.get(slug=CITY).border


def photos_are_there_for_everybody(_now: datetime) -> None:
    assert Photo.objects.filter(stage="after").exists()
    assert Photo.objects.count() == StoredFile.objects.filter(purpose="reports.photo").count() > 200
    assert not Photo.objects.filter(report__state__in=["checking", "rejected"], file__is_public=True).exists()
    assert Photo.objects.values("dhash").distinct().count() > 100


def a_storm_is_one_incident(_now: datetime) -> None:
    incident = Incident.objects.select_related("lead").get()
    assert set(incident.reports.values_list("state", flat=True)) == {incident.lead.state}
    assert (incident.reports.count(), incident.lead.voice_count > 40) == (3, True)


def moderators_have_a_case_for_what_waits_and_what_was_taken_out(_now: datetime) -> None:
    refused = ModerationCase.objects.filter(service="reports", decision="refused")
    assert refused.count() == Report.objects.filter(state="rejected").count() > 0
    waiting = ModerationCase.objects.filter(service="reports", decided_at=None)
    assert waiting.count() == Report.objects.filter(state="checking").count() > 0


def everybody_of_the_guide_can_carry_on(now: datetime) -> None:
    checking = Report.objects.get(state="checking")
    publish_report(checking.pk, by=Person.objects.get(login="ky-moderator"), now=now)
    accept_report(checking.pk, by=Person.objects.get(login="ky-kp"), now=now)
    pit = Report.objects.get(title__startswith="Яма на виїзді з двору")
    assert pit.author is not None
    confirm_solution(pit.pk, by=pit.author, is_solved=True, now=now)
    pit.refresh_from_db()
    assert (pit.state, pit.confirmed) == ("closed", True)


def the_last_year_has_figures_for_every_organisation(now: datetime) -> None:
    community = Community.objects.get(slug=CITY)
    year = Period(first=(now - timedelta(days=365)).date(), last=now.date())
    told = period_told(community, year, now=now)
    figures = told.whole.now
    assert figures.received > 200
    assert all(value for name, value in figures.as_row().items()), figures
    assert len(told.organisations) > 8
    assert len(told.branches) == 8
    assert {period.span for _, period in periods_due(now)} == {"week", "month"}


def reports_are_found_by_their_words(_now: datetime) -> None:
    community = Community.objects.get(slug=CITY)
    assert search(community.pk, "гойдалка", services=["reports"], per_page=5).hits


def what_the_power_company_holds_goes_to_its_own_server_once(now: datetime) -> None:
    for port in (8170, 8170, 8171):  # the stand may listen elsewhere tomorrow
        settle_outside_server(f"http://127.0.0.1:{port}/v2", api_key="quiet", now=now)
    receiver = Receiver.objects.get()
    held = Assignment.objects.filter(organisation=receiver.organisation, returned_at=None, closed_at=None)
    assert (receiver.organisation.name, receiver.url) == ("АТ «Надрічаньобленерго»", "http://127.0.0.1:8171/v2")
    assert key_of_receiver(receiver) == "quiet"
    assert receiver.forwardings.count() == held.count() > 0


CHECKS: tuple[Callable[[datetime], None], ...] = (
    each_role_is_held,
    counters_equal_rows,
    nothing_is_later_than_now,
    whoever_holds_a_report_is_who_the_matrix_chooses,
    work_is_held_by_one_and_ended_work_by_nobody,
    every_report_lies_within_the_border,
    photos_are_there_for_everybody,
    a_storm_is_one_incident,
    moderators_have_a_case_for_what_waits_and_what_was_taken_out,
    everybody_of_the_guide_can_carry_on,
    the_last_year_has_figures_for_every_organisation,
    reports_are_found_by_their_words,
    what_the_power_company_holds_goes_to_its_own_server_once,
)
