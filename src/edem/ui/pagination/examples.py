from django.core.paginator import Paginator

from edem.ui.pieces import Example

EXAMPLES = (
    Example(title="Посередині", code="{% pagination page %}", facts={"page": Paginator(range(240), 20).page(5)}),
    Example(title="На початку", code="{% pagination page %}", facts={"page": Paginator(range(60), 20).page(1)}),
)
