from edem.ui.pieces import Example

EXAMPLES = (
    Example(title="Авторка", code='{% person "Ольга Ткачук" role="авторка петиції" at="14 жовтня 2026" %}'),
    Example(title="Без ролі", code='{% person "Костянтин Добровольський-Заячківський" href="/people/7" %}'),
)
