"""The petition's road and how its signatures came."""

from collections.abc import Mapping
from itertools import accumulate

from django.utils.translation import gettext as _

from edem.services.petitions.queries.pages import PetitionPage
from edem.services.petitions.rules.channels import WAYS
from edem.services.petitions.web.road import road_of
from edem.ui.chart.chart import Trend
from edem.ui.table.table import Column
from edem.ui.words import moment

LEAST_FOR_A_LINE = 2


def gathering_facts(page: PetitionPage) -> Mapping[str, object]:
    return {
        "road": road_of(page),
        "growth": growth_of(page),
        "split_columns": (Column(label=_("Спосіб")), Column(label=_("Підписів"), is_number=True)),
        "split_lines": [(_(WAYS[split.way]), split.count) for split in page.gathered.split],
        "split_caption": _("Підписи за способом, станом на %(time)s") % {"time": moment(page.as_of)},
    }


def growth_of(page: PetitionPage) -> Trend | None:
    """How the signatures gathered, day by day; one day makes no line."""
    days = page.gathered.days
    if len(days) < LEAST_FOR_A_LINE:
        return None
    totals = accumulate((count for _day, count in days), initial=page.petition.imported_count)
    return Trend(
        title=_("Як збиралися підписи"),
        unit=_("усього на кінець дня"),
        points=tuple((day, total) for (day, _count), total in zip(days, list(totals)[1:], strict=True)),
        goal=page.petition.required,
        first_column=_("День"),
    )
