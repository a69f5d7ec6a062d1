"""What tests of reports from phones share."""

import uuid
from datetime import timedelta

from edem.foundation.identity.passes import Pass
from edem.foundation.intake.multipart import SentFile, SentForm
from edem.services.reports.web.parcels import parcel_from_intake

TEXT = "Яма на дорозі біля мосту"


def passed(person, now, *, memberships=(), method="bank_id"):
    return Pass(
        person_id=person.pk,
        session_key="s",
        display_name=person.display_name,
        assurance="high",
        method=method,
        marks={},
        key_version=1,
        memberships=memberships,
        age=None,
        expires_at=now + timedelta(minutes=10),
    )


def parcels_of(author, community, now):
    """Makes parcels as the intake room makes them of requests."""

    def parcel(*photos, by=author, **typed):
        usual = {"client_uuid": str(uuid.uuid4()), "text": TEXT, "lat": "50.2547", "lon": "28.6587"}
        told = {name: each if isinstance(each, list) else [each] for name, each in (usual | typed).items()}
        files = [
            each if isinstance(each, SentFile) else SentFile(field="photos", name="яма.jpg", content=each)
            for each in photos
        ]
        return parcel_from_intake(passed(by, now), community.pk, SentForm(values=told, files=files), now)

    return parcel
