"""Pages of a long list, by plain links that keep the filters."""

from django.core.paginator import Page
from django.http import HttpRequest, QueryDict
from django.template.context import Context
from django.utils.safestring import SafeString

from edem.ui.pieces import piece


def pagination(
    context: Context, page: "Page[object]", *, name: str = "page", filters: QueryDict | None = None
) -> SafeString:
    """Links to the neighbours, the ends and the pages between; nothing when there is one page.

    `filters` are told where there is no request: in parts of pages that all readers share.
    """
    if not page.has_other_pages():
        return SafeString("")
    request: HttpRequest | None = context.get("request")
    asked = filters if filters is not None else request.GET if request else None
    kept = asked.copy() if asked is not None else None
    if kept is not None:
        kept.pop(name, None)
    start = f"?{kept.urlencode()}&{name}=" if kept else f"?{name}="
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return piece("pagination/pagination", page=page, start=start, numbers=list(numbers), gap=page.paginator.ELLIPSIS)
