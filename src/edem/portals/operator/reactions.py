"""Who hears of access in an emergency at once: the control body, the auditors, the administrators of the community."""

from datetime import datetime

from edem.foundation.communities.models import Organisation
from edem.foundation.communities.queries import organisations_of
from edem.foundation.events.readers import reacts_to
from edem.foundation.notices.actions import Mail, send_notices, send_official_letter
from edem.foundation.notices.topics import STAFF
from edem.foundation.people.emergency.queries import emergency_told
from edem.foundation.people.events import EmergencyClosed, EmergencyOpened
from edem.foundation.people.models import EmergencyAccess
from edem.foundation.people.queries import holders_of
from edem.foundation.people.roles import LABELS, Role

WATCH = (Role.CONTROL, Role.AUDITOR, Role.COMMUNITY_ADMIN)


@reacts_to(EmergencyOpened)
def tell_opened(event: EmergencyOpened, now: datetime) -> None:
    tell_watchers(event.emergency_id, "opened", now=now)


@reacts_to(EmergencyClosed)
def tell_closed(event: EmergencyClosed, now: datetime) -> None:
    tell_watchers(event.emergency_id, "closed", now=now)


def tell_watchers(emergency_id: int, occasion: str, *, now: datetime) -> None:
    access = emergency_told(emergency_id)
    if access is None:
        return
    mail = mail_about(access, occasion)
    watchers = {person.pk for role in WATCH for person in holders_of(role, community_id=access.community_id)}
    send_notices(watchers, mail, community=access.community, now=now)
    for address in mailboxes(access):
        send_official_letter(address, mail, community=access.community, now=now)


def mailboxes(access: EmergencyAccess) -> list[str]:
    """The council's own and its control bodies': they are read even when no holder of the role is there."""
    bodies = organisations_of(access.community_id).filter(kind=Organisation.Kind.CONTROL, closed_at=None)
    known = {access.community.contact_email, *(body.email for body in bodies)}
    return sorted(address for address in known if address)


def mail_about(access: EmergencyAccess, occasion: str) -> Mail:
    return Mail(
        topic=STAFF,
        template=f"operator/mail/emergency_{occasion}.html",
        path=f"/admin-desk/emergencies/{access.pk}/",
        once=f"people.emergency_{occasion}:{access.pk}",
        facts={
            "who": access.person.display_name,
            "role": LABELS[Role(access.role)],
            "reason": access.reason,
            "opened_at": access.opened_at,
            "until": access.until,
            "closed_at": access.closed_at,
        },
    )
