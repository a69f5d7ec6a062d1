"""Who may send a report: the charter says (the act lets any registered user, §2.2)."""

from dataclasses import dataclass

from edem.kernel.errors import Invalid, NotAllowed
from edem.services.reports.charter import ReportCharter


@dataclass(frozen=True, kw_only=True)
class Sender:
    """What is known of whoever sends."""

    is_member: bool
    assurance: str


def check_may_send(charter: ReportCharter, sender: Sender, *, is_anonymous: bool) -> None:
    if charter.only_members_send and not sender.is_member:
        raise NotAllowed("report.members_only")
    if charter.assurance and sender.assurance not in charter.assurance:
        raise NotAllowed("report.assurance_too_low")
    if is_anonymous and not charter.anonymous_display:
        raise Invalid("report.no_anonymous", field="is_anonymous")
