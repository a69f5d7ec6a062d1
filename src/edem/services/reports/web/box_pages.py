"""Pages of the list of one part of the map."""

from typing import Any

from django.core.paginator import Page
from django.utils.functional import cached_property

from edem.foundation.communities.models import Community
from edem.kernel.geo.points import Box
from edem.services.reports.queries.in_box import counted_in_box, page_in_box
from edem.services.reports.queries.lists import PAGE, Wanted, reports_listed
from edem.ui.pagination.long_lists import MOST, LongPaginator


class BoxPaginator(LongPaginator):
    """Counts and leafs through a box by the way that is shorter for how much lies in it."""

    def __init__(self, community: Community, wanted: Wanted, box: Box) -> None:
        super().__init__(reports_listed(community, wanted), PAGE)
        self._community, self._wanted, self._box = community, wanted, box

    @cached_property
    def _counted(self) -> tuple[int, bool]:
        found = counted_in_box(self._community, self._wanted, self._box, most=MOST + 1)
        return min(found, MOST), found > MOST

    def page(self, number: int | str) -> "Page[Any]":
        number = self.validate_number(number)
        start = (number - 1) * PAGE
        stop = min(start + PAGE, self.count)
        shown = page_in_box(self._community, self._wanted, self._box, start=start, stop=stop)
        return Page(shown, number, self)
