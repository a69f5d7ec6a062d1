"""What a letter about a report may say: nothing that is not on its public card or its author's own page."""

from edem.foundation.notices.facts import Fact
from edem.services.reports.models import Report
from edem.services.reports.rules.grounds import GROUNDS, Ground
from edem.services.reports.rules.lifecycle import STATES, State
from edem.services.reports.rules.results import RESULTS, Result


def facts_of(report: Report) -> dict[str, Fact]:
    return {
        "title": report.title,
        "number": report.number,
        "address": report.address,
        "state": STATES[State(report.state)].label,
        "due_at": report.due_at,
        "archives_at": report.archives_at,
        "organisation": report.organisation.name if report.organisation else "",
        "result": RESULTS[Result(report.result)] if report.result else "",
        "result_text": report.result_text,
        "ground": GROUNDS[Ground(report.ground)].label if report.ground else "",
        "solved_address": "",  # only the author's own letter has one
    }
