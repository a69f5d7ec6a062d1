from edem.ui.pieces import Example

TRAIL = (("Вишневогірська громада", "/"), ("Петиції", "/petitions"), ("Благоустрій", "/petitions?topic=streets"))
EXAMPLES = (
    Example(title="Кілька рівнів", code="{% breadcrumbs trail %}", facts={"trail": TRAIL}),
    Example(title="Один крок назад", code='{% crumb "Усі петиції" "/petitions" %}'),
)
