"""What every test of the door says: where it is, a whole report, a report that stands, a picture."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from edem.services.reports.tests.factories import (
    HERE,
    ReportFactory,
)

PLACE = "/zhytomyr/open311/v2/"
DAY = timedelta(days=1)
ROOTS = {"discovery": "discovery", "services": "services", "requests": "service_requests"}
WHOLE = {"service_code": "3.8", "lat": str(HERE.lat), "long": str(HERE.lon), "description": "Глибока яма біля школи"}


def made(community, **facts):
    now = datetime.now(UTC)
    usual = {"published_at": now - DAY, "submitted_at": now - DAY, "updated_at": now - DAY, "explain_due_at": now + DAY}
    return ReportFactory(community=community, placed=True, **(usual | facts))


def picture(colour="red") -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.effect_noise((64, 48), 80).convert("RGB").save(drawn, "JPEG")
    return SimpleUploadedFile(f"{colour}.jpg", drawn.getvalue(), "image/jpeg")
