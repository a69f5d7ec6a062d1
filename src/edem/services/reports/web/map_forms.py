"""The filters that the list, the map, the feed and the files share."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from edem.foundation.communities.models import Community
from edem.kernel.deadlines import KYIV
from edem.kernel.errors import Invalid
from edem.kernel.geo.points import Box
from edem.services.reports.queries.around import circle_read
from edem.services.reports.queries.choices import category_choices, organisation_choices
from edem.services.reports.queries.lists import GROUPS, Group, Wanted
from edem.ui.fields import DateField
from edem.ui.forms import Form, offer

FILTERS = ("q", "state", "category", "organisation", "since", "until", "box", "around", "settlement", "street")
"""What narrows the reports, by its name in an address."""
LONGEST = 200
LONGEST_CODE = 19
MOST_NUMBER = 2**31 - 1


class FilterForm(Form):
    q = forms.CharField(label=_("Пошук повідомлень"), required=False, max_length=LONGEST)
    state = forms.ChoiceField(
        required=False, choices=[(group.value, group.value) for group in GROUPS], widget=forms.HiddenInput
    )
    category = forms.ChoiceField(label=_("Категорія"), required=False)
    organisation = forms.ChoiceField(label=_("Організація"), required=False)
    since = DateField(label=_("Від дня"), required=False)
    until = DateField(label=_("До дня"), required=False)
    box = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    around = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    settlement = forms.CharField(required=False, max_length=LONGEST_CODE, widget=forms.HiddenInput)
    street = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)

    def __init__(self, *args: Any, community: Community | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if community is None:
            return
        offer(self, "category", [("", _("Усі категорії")), *category_choices(community)])
        offer(self, "organisation", [("", _("Усі організації")), *organisation_choices(community)])

    def wanted(self) -> Wanted:
        """What can be read of the filters; what cannot is as if it were not asked."""
        self.is_valid()
        typed = self.cleaned_data
        organisation = typed.get("organisation")
        return Wanted(
            group=Group(typed.get("state") or Group.CURRENT),
            category=typed.get("category", ""),
            organisation=int(organisation) if organisation else None,
            since=midnight(typed.get("since")),
            until=midnight(typed.get("until"), days=1),
            box=box_read(typed.get("box", "")),
            around=circle_read(typed.get("around", "")),
            text=typed.get("q", ""),
            settlement=typed.get("settlement", ""),
            street=typed.get("street", ""),
        )


def wanted_of(asked: QueryDict, community: Community) -> Wanted:
    """For what shows no form; what may be chosen is read only where something was."""
    has_chosen = bool(asked.get("category") or asked.get("organisation"))
    return FilterForm(asked, community=community if has_chosen else None).wanted()


def filters_of(asked: QueryDict) -> QueryDict:
    """What links to other pages, to the map and to the files repeat."""
    filters = QueryDict(mutable=True)
    filters.update({name: str(asked[name]) for name in FILTERS if asked.get(name)})
    return filters


def box_read(text: str) -> Box | None:
    """«west,south,east,north», as GeoJSON and OGC order a box; anything else is no box."""
    try:
        west, south, east, north = (float(each) for each in text.split(","))
        return Box(south=south, west=west, north=north, east=east)
    except (ValueError, Invalid):
        return None


def midnight(day: date | None, *, days: int = 0) -> datetime | None:
    try:
        return datetime.combine(day + timedelta(days=days), time.min, tzinfo=KYIV) if day else None
    except OverflowError:
        return None
