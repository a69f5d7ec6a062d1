"""What stands around every page: the community's name, its services, languages and the person."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from edem.foundation.catalog.registry import switched_on
from edem.ui.frame import Frame, MenuItem


def frame_of_page(request: HttpRequest) -> dict[str, object]:
    return {"frame": Frame(brand="e-DEM")}
