"""What the card shows for residents: photos, voices, neighbours' own work, talk, what other sites show of it."""

from edem.foundation.people.models import Person
from edem.foundation.people.roles import Role
from edem.services.reports.queries.photos import photos_shown, undrawn_of
from edem.services.reports.queries.reading import ReportPage
from edem.services.reports.queries.self_help import self_help_shown
from edem.services.reports.queries.sharing import shown_elsewhere
from edem.services.reports.queries.voices import has_joined
from edem.services.reports.rules.lifecycle import AT_WORK
from edem.services.reports.web.discussing import glance_facts


def resident_facts(page: ReportPage, reader: Person | None) -> dict[str, object]:
    report = page.report
    is_at_work = page.state in AT_WORK
    self_help = self_help_shown(report, reader=reader, sees_all=page.is_staff_case) if page.shows_text else None
    return {
        "reader": reader,
        "photos": photos_shown(report) if page.shows_text else [],
        "undrawn": undrawn_of(report) if page.is_author or page.is_staff_case else None,
        "may_blur": reader is not None and (page.is_author or Role.MODERATOR in page.actors),
        "may_merge": is_at_work and page.lead is None and Role.MODERATOR in page.actors,
        "may_part": Role.MODERATOR in page.actors,
        "lead": page.lead,
        "followers": page.followers,
        "followed_pk": (page.lead or report).pk,
        "voice_count": (page.lead or report).voice_count,
        "has_joined": has_joined(reader, report),
        "may_join": is_at_work and not page.is_author,
        "self_help": self_help,
        "may_take_on": is_at_work and (self_help is None or not self_help.is_running) and page.lead is None,
        "shown_elsewhere": shown_elsewhere(report) if page.shows_text else None,
        **glance_facts(page),
    }
