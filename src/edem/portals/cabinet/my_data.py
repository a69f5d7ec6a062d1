"""«Мої дані» and «Хто і навіщо дивився мої дані» (Law 2297-VI, art. 8)."""

from collections.abc import Sequence
from dataclasses import replace

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from edem.foundation.identity.privacy.holdings import HeldField, held_about, whence
from edem.foundation.identity.privacy.in_words import in_words
from edem.foundation.identity.privacy.readings import WHOSE_WORDS, readings_about, shown
from edem.foundation.people.access import open_to, residents
from edem.foundation.people.requests import PersonalRequest
from edem.portals.cabinet.holdings import everything_held
from edem.ui.tabs.tabs import Tab

PAGE = 30


@open_to(residents)
@never_cache
@require_safe
def home(request: PersonalRequest) -> HttpResponse:
    """What is held about the reader: the values, whence they came, why each is needed and till when it stays."""
    facts = {
        "fields": [_in_words(each) for each in held_about(request.person, now=request.now)],
        "whence": whence(request.person),
        "held": everything_held(request.person, now=request.now),
    }
    return render(request, "cabinet/my_data.html", facts)


@open_to(residents)
@never_cache
@require_safe
def readings(request: PersonalRequest) -> HttpResponse:
    """Every look into the reader's data, by staff, by the platform itself and by the reader."""
    whose = request.GET.get("whose", "")
    page = Paginator(readings_about(request.person, whose=whose), PAGE).get_page(request.GET.get("page"))
    facts = {"page": page, "lines": shown(page), "tabs": _tabs(whose), "is_filtered": whose in set(WHOSE_WORDS)}
    return render(request, "cabinet/readings.html", facts)


def _in_words(field: HeldField) -> HeldField:
    return replace(field, value=in_words(field.field, field.value))


def _tabs(whose: str) -> Sequence[Tab]:
    here = reverse("cabinet:readings")
    everyone = Tab(label=_("Усі"), url=here, current=whose not in set(WHOSE_WORDS))
    return [
        everyone,
        *(
            Tab(label=_(words), url=f"{here}?whose={code}", current=code == whose)
            for code, words in WHOSE_WORDS.items()
        ),
    ]
