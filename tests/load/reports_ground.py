"""What the bench of reports with photos stands on: a community that takes reports, people with sealed passes, a photo."""

import time
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

from tests.load import ground
from tools.places import ROOT

REAL = ROOT.parent / "shared" / "data" / "photos" / "pothole_1.jpg"


def prepare(people: int) -> list[str]:
    now = datetime.now(UTC)
    return sealed_passes(_community(now), people=people, now=now)


def _community(now: datetime) -> int:
    """It takes reports, and an organisation gets them."""
    from edem.foundation.communities.models import CharterVersion, Community, Organisation
    from edem.services.reports.actions.categories import plant_categories
    from edem.services.reports.models import MatrixRule, MatrixTarget

    community_id, _ = ground.community(now)
    community = Community.objects.get(pk=community_id)
    community.services = ["petitions", "reports"]
    community.save()
    CharterVersion.objects.create(
        community=community,
        service="reports",
        version=1,
        in_force_from=now - timedelta(days=30),
        act_title="Порядок роботи з повідомленнями",
        act_number="2",
        act_date=now.date(),
        values={},
    )
    plant_categories(community_id)
    roads = Organisation.objects.create(
        community=community, name="КП «Дороги»", name_key="кп дороги", kind="enterprise"
    )
    rule = MatrixRule.objects.create(community=community, position=1)
    MatrixTarget.objects.create(rule=rule, organisation=roads, is_main=True)
    return community_id


def sealed_passes(community_id: int, *, people: int, now: datetime) -> list[str]:
    from edem.foundation.identity.passes import LIFE, Pass, seal_pass
    from edem.foundation.people.models import Person

    made = [Person(display_name=f"Ольга Ткачук {each}", created_at=now) for each in range(people)]
    Person.objects.bulk_create(made)
    return [
        seal_pass(
            Pass(
                person_id=person.pk,
                session_key=person.pk.hex,
                display_name=person.display_name,
                assurance="high",
                method="bank_id",
                marks={},
                key_version=1,
                memberships=((community_id, "UA99010000000000001", now - timedelta(days=400)),),
                age=35,
                expires_at=now + LIFE,
            )
        )
        for person in made
    ]


def the_photo() -> bytes:
    """A real one where the data are; else one of about its size."""
    if REAL.exists():
        return REAL.read_bytes()
    from PIL import Image

    drawn = BytesIO()
    Image.effect_noise((1296, 968), 60).convert("RGB").save(drawn, "JPEG", quality=85)
    return drawn.getvalue()


def plain_step(photo: bytes, *, times: int = 15) -> dict[str, object]:
    """The form's page of photos: what one photo costs the request, and what it leaves to the job."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.db import connection

    from edem.foundation.communities.models import Community
    from edem.foundation.people.models import Person
    from edem.services.reports.actions.drafting import start_report
    from edem.services.reports.actions.drawing import draw_photo
    from edem.services.reports.actions.photographing import add_shot
    from edem.services.reports.models import DraftShot

    now, person = datetime.now(UTC), Person.objects.order_by("pk")[0]
    drafts = [start_report(uuid4(), Community.objects.get(), by=person, now=now) for _ in range(times)]
    uploads = [SimpleUploadedFile("яма.jpg", photo) for _ in drafts]
    began = time.process_time()
    for draft, upload in zip(drafts, uploads, strict=True):
        add_shot(draft.pk, upload, most=8, by=person, now=now)
    took = time.process_time() - began
    shots = list(DraftShot.objects.order_by("pk").values_list("file_id", flat=True))
    began = time.process_time()
    for file_id in shots:
        draw_photo(file_id)
    drawing = time.process_time() - began
    connection.close()
    return {
        "a photo of the plain form, ms of CPU": took / times * 1000,
        "left to the job, ms of CPU": drawing / len(shots) * 1000,
    }
