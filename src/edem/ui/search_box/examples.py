from edem.ui.pieces import Example

EXAMPLES = (
    Example(
        title="Пошук",
        code='{% search_box "/search" label="Пошук у громаді" placeholder="Вулиця, проблема, петиція…" %}',
    ),
)
