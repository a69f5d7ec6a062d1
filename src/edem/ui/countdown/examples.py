from datetime import UTC, datetime, timedelta

from edem.ui.pieces import Example

NOW = datetime(2026, 10, 14, 9, 0, tzinfo=UTC)
EXAMPLES = (
    Example(title="Дні", code="{% countdown until now=now %}", facts={"now": NOW, "until": NOW + timedelta(days=12)}),
    Example(
        title="Години", code="{% countdown until now=now %}", facts={"now": NOW, "until": NOW + timedelta(hours=5)}
    ),
    Example(
        title="Прострочено",
        code="{% countdown until now=now %}",
        facts={"now": NOW, "until": NOW - timedelta(days=6, hours=2)},
    ),
)
