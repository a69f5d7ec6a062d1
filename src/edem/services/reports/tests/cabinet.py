"""What tests of the cabinet share."""

from django.core.files.uploadedfile import SimpleUploadedFile

from edem.foundation.files.tests.contents import picture
from edem.services.reports.models import Assignment


def hold(report) -> Assignment:
    """By whom it is held now; one organisation."""
    return Assignment.objects.get(report=report, returned_at=None)


def photo(name="1.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture("JPEG"), content_type="image/jpeg")
