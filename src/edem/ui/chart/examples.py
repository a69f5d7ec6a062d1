from datetime import date

from edem.ui.chart.chart import Bars, Trend
from edem.ui.pieces import Example

TOPICS = Bars(
    title="Петиції за темами у 2026 році",
    unit="петицій",
    rows=(("Дороги і тротуари", 1284), ("Житлово-комунальне господарство", 960), ("Освітлення", 412.5), ("Освіта", 98)),
    highlight="Освітлення",
    first_column="Тема",
    source="відкриті дані громади",
    as_of=date(2026, 10, 14),
)
SIGNED = Trend(
    title="Підписи під петицією № 214",
    unit="підписів",
    points=(
        (date(2026, 10, 14), 1),
        (date(2026, 10, 17), 34),
        (date(2026, 10, 21), 88),
        (date(2026, 10, 28), 141),
        (date(2026, 11, 4), 187),
        (date(2026, 11, 11), 212),
    ),
    goal=250,
    first_column="День",
)
EXAMPLES = (
    Example(title="Порівняння", code="{% chart picture %}", facts={"picture": TOPICS}),
    Example(title="Зміна в часі", code="{% chart picture %}", facts={"picture": SIGNED}),
)
