from edem.kernel.lifecycle import StateLook
from edem.ui.pieces import Example

EXAMPLES = (
    Example(
        title="Стан із таблиці життєвого циклу",
        code="{% state look %}",
        facts={"look": StateLook(label="Триває збір підписів", tone="accepted", shape="◆")},
    ),
    Example(
        title="Усі значення",
        code='<p class="cluster">{% tag "Нова" tone="open" %}{% tag "Прийнято" tone="accepted" %}{% tag "Виконано" tone="closed" %}{% tag "В архіві" tone="archive" %}{% tag "Чернетка" %}{% tag "Прострочено на 2 дні" tone="warning" %}</p>',
    ),
)
