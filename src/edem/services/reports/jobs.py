"""What the clock does with reports: rings their alarms, archives them. And the long work that follows an act."""

from datetime import datetime

from edem.foundation.events.readers import daily, every, reacts_to
from edem.services.reports.actions.archiving import archive_reports
from edem.services.reports.actions.counting_cells import count_cells_anew, count_changed_cells
from edem.services.reports.actions.drafting import forget_old_drafts
from edem.services.reports.actions.drawing import draw_photo
from edem.services.reports.actions.finding_twins import find_twins
from edem.services.reports.actions.forwarding import forward, forward_due, queue_forwarding
from edem.services.reports.actions.import_uploads import carry_asked, forget_old_uploads
from edem.services.reports.actions.landing import pull_updates
from edem.services.reports.actions.periods import make_period_report
from edem.services.reports.actions.spoiled_photos import tell_of_spoiled
from edem.services.reports.actions.unpacking import forget_refused_parcels, unpack_batch
from edem.services.reports.actions.warning import ring_alarms
from edem.services.reports.actions.watching import forget_abandoned_areas
from edem.services.reports.events import (
    ImportAsked,
    ParcelsArrived,
    PhotoArrived,
    PhotoReady,
    PhotoSpoiled,
    ReportAssigned,
)
from edem.services.reports.queries.cell_counts import communities_counted
from edem.services.reports.queries.period_reports import periods_due
from edem.services.reports.queries.receivers import receivers_on


@every(minutes=5)
def ring_what_is_due(now: datetime) -> None:
    """One sweep over an index, not a waiting job for each term of each report (decision 0032)."""
    ring_alarms(now=now)


@every(minutes=5)
def archive_what_was_closed(now: datetime) -> None:
    archive_reports(now=now)


@every(minutes=1)
def count_cells_of_the_map(now: datetime) -> None:
    for community_id in communities_counted():
        count_changed_cells(community_id, now=now)


@daily(at="03:20")
def count_the_whole_map(now: datetime) -> None:
    """Mends what no change tells: a place that was corrected leaves its old cell."""
    for community_id in communities_counted():
        count_cells_anew(community_id, now=now)
    forget_abandoned_areas(now=now)


@reacts_to(ReportAssigned)
def send_to_their_own_server(event: ReportAssigned, now: datetime) -> None:
    forwarding_id = queue_forwarding(event.assignment_id, now=now)
    if forwarding_id is not None:
        forward(forwarding_id, now=now)


@every(minutes=1)
def send_what_waits(now: datetime) -> None:
    forward_due(now=now)


@every(minutes=5)
def ask_servers_of_organisations(now: datetime) -> None:
    for receiver_id in receivers_on():
        pull_updates(receiver_id, now=now)


@daily(at="06:00")
def make_periods_that_ended(now: datetime) -> None:
    """Last week on Monday, last month on its first day; and what was missed while no worker ran."""
    for community_id, period in periods_due(now):
        make_period_report(community_id, period, now=now)


@daily(at="03:30")
def forget_files_nobody_settled(now: datetime) -> None:
    forget_old_uploads(now=now)


@daily(at="03:50")
def forget_unsent_drafts(now: datetime) -> None:
    forget_old_drafts(now=now)
    forget_refused_parcels(now=now)


@reacts_to(ImportAsked)
def carry_a_long_file_over(event: ImportAsked, now: datetime) -> None:
    carry_asked(event.import_id, person_id=event.person_id, now=now)


@reacts_to(PhotoArrived)
def draw_what_came(event: PhotoArrived, now: datetime) -> None:
    del now
    draw_photo(event.file_id)


@reacts_to(PhotoReady)
def compare_it_by_its_photo(event: PhotoReady, now: datetime) -> None:
    """What was compared when it came had no photo yet."""
    find_twins(event.report_id, now=now)


@reacts_to(PhotoSpoiled)
def ask_for_another_photo(event: PhotoSpoiled, now: datetime) -> None:
    tell_of_spoiled(event.report_id, event.file_id, now=now)


@reacts_to(ParcelsArrived)
def make_reports_of_parcels(event: ParcelsArrived, now: datetime) -> None:
    unpack_batch(event.came_with, now=now)
