from edem.ui.pieces import Example
from edem.ui.table.table import Column

COLUMNS = (Column(label="Район"), Column(label="Звернень", is_number=True), Column(label="Вирішено, %", is_number=True))
LINES = (("Центр", 1284, 71.5), ("Заріччя", 640, 58), ("Лісовий", 98, 83.25))

EXAMPLES = (
    Example(
        title="З даних",
        code='{% data_table columns lines=lines caption="Звернення за районами, вересень 2026" %}',
        facts={"columns": COLUMNS, "lines": LINES},
    ),
    Example(
        title="Своя розмітка",
        code=(
            '{% table caption="Кошти громадського бюджету, ₴" %}\n'
            '<thead><tr><th scope="col">Рік</th><th scope="col" data-number>Сума</th></tr></thead>\n'
            '<tbody><tr><th scope="row">2026</th><td data-number>{{ sum|number }}</td></tr></tbody>\n'
            "{% endtable %}"
        ),
        facts={"sum": 3200000},
    ),
    Example(
        title="Перелік, що на телефоні складається",
        code=(
            '{% table caption="Черга: найближчі строки вгорі" stacks=True %}\n'
            '<thead><tr><th scope="col">Справа</th><th scope="col">Строк</th><th scope="col">Стан</th>'
            '<th scope="col">У кого</th></tr></thead>\n'
            '<tbody><tr><th scope="row">Освітити вулицю Шкільну</th><td>лишилося 2 дні</td><td>На перевірці</td>'
            "<td>Управління комунального господарства</td></tr></tbody>\n"
            "{% endtable %}"
        ),
    ),
)
