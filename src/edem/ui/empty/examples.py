from edem.ui.pieces import Example

EXAMPLES = (
    Example(
        title="Порожній список",
        code=(
            '{% empty title="Петицій на цю тему ще немає" code="UA05020030010063857" %}\n'
            "  <p>Петиція — це прохання до ради, яке підтримують сусіди. Ваша може стати першою.</p>\n"
            '  {% button_link "Створити петицію" "/petitions/new" %}\n'
            "{% endempty %}"
        ),
    ),
)
