"""The card of a report: everything about one problem, for everybody."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from edem.foundation.live.kept import kept
from edem.foundation.people.access import anyone, open_to
from edem.foundation.people.requests import CommunityRequest
from edem.services.reports.queries.reading import ClockShown, ReportPage, report_page
from edem.services.reports.rules.results import RESULTS, Result
from edem.services.reports.web.chain import chain_of
from edem.services.reports.web.placing import place_shown
from edem.services.reports.web.resident_facts import resident_facts
from edem.services.reports.web.road import road_of
from edem.ui.countdown.countdown import words_left
from edem.ui.words import day, last_day


@open_to(anyone)
@kept(tags=("report:{report_id}",))
@require_safe
def report_card(request: CommunityRequest, report_id: int) -> HttpResponse:
    page = report_page(request.community, report_id, reader=request.person, now=request.now)
    return render(request, "reports/card.html", card_facts(page) | resident_facts(page, request.person))


def card_facts(page: ReportPage) -> dict[str, object]:
    report = page.report
    return {
        "page": page,
        "report": report,
        "trails": [" › ".join(trail) for trail in page.categories],
        "author_words": author_words(page),
        "place": place_shown(report.lat, report.lon) if page.shows_text else None,
        "shapes": [],
        "result_label": RESULTS[Result(report.result)] if report.result else "",
        "road": road_of(page),
        "chain": chain_of(page),
        "clocks": [
            (clock.label, clock_words(clock, page.as_of), clock_tone(clock, page.as_of))
            for clock in (page.informing, *page.clocks)
            if clock is not None
        ],
    }


def author_words(page: ReportPage) -> str:
    """An anonymous author is named to the moderator and the control body alone."""
    report = page.report
    if report.author_name:
        return report.author_name
    if page.knows_author and report.author is not None:
        return _("%(name)s (ім’я приховано від інших)") % {"name": report.author.display_name}
    return _("автор не показує імені") if report.is_anonymous else _("без імені")


def clock_words(clock: ClockShown, now: datetime) -> str:
    if clock.runs:
        return words_left(clock.due_at, now)
    if clock.met_at is None:
        return _("строк був %(day)s") % {"day": last_day(clock.due_at)}
    late = _("%(day)s, після строку %(due)s") if clock.is_missed(now) else _("%(day)s, вчасно")
    return late % {"day": day(clock.met_at), "due": last_day(clock.due_at)}


def clock_tone(clock: ClockShown, now: datetime) -> str:
    if clock.is_missed(now):
        return "open"
    return "warning" if clock.runs else "accepted"
