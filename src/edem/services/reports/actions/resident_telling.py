"""Letters of what residents do with a report: neighbours who take it, the author who is asked whether it is solved."""

from datetime import datetime

from edem.foundation.notices.actions import send_notices
from edem.foundation.notices.facts import Fact
from edem.foundation.people.roles import Role
from edem.services.reports.actions.telling import mail_of, tell_everybody, tell_staff
from edem.services.reports.models import SelfHelp
from edem.services.reports.queries.people import report_told, staff_with, workers_of


def tell_self_help(report_id: int, what: str, *, at: datetime, now: datetime) -> None:
    """The moderator decides on what is proposed and on what is done; everybody hears that neighbours will meet."""
    report = report_told(report_id)
    taken = SelfHelp.objects.filter(report=report_id).order_by("pk").first()
    if report is None or taken is None:
        return
    helpers = list(taken.helpers.order_by("person_id").values_list("person_id", flat=True))
    facts: dict[str, Fact] = {
        "leader": taken.leader_name,
        "plan": taken.plan,
        "note": taken.moderator_note,
        "done": taken.done_text,
        "reason": taken.stop_reason,
    }
    occasion = f"{what}:{at.isoformat()}"
    if what in {"proposed", "done"}:
        to = staff_with(report, {Role.MODERATOR})
        tell_staff(report, to, f"self_help_{what}", now=now, occasion=occasion, **facts)
    if what in {"agreed", "stopped"}:  # whoever holds it knows whether to come
        meets = {"meets_at": taken.meets_at}
        to = workers_of(report, Role.WORKER)
        tell_staff(report, to, f"self_help_{what}", now=now, occasion=occasion, **facts, **meets)
    if what in {"agreed", "declined", "done", "stopped", "returned"}:
        told: dict[str, Fact] = {**facts, "meets_at": taken.meets_at}
        mail = mail_of(report, f"self_help_{what}", occasion=f"all:{occasion}", more=told)
        send_notices({taken.leader_id, *helpers}, mail, community=report.community, now=now)
        if what != "returned":
            tell_everybody(report_id, f"self_help_{what}", now=now, occasion=f"all:{occasion}", **told)
