from edem.ui.pieces import Example

EXAMPLES = (
    Example(
        title="Довідка",
        code='{% notice title="Завтра о 10:00" %}<p>Засідання бюджетної комісії наживо. Питання 4 — про освітлення.</p>{% endnotice %}',
    ),
    Example(
        title="Усе гаразд",
        code='{% notice title="Чернетку збережено" tone="success" %}<p>Поверніться до неї будь-коли.</p>{% endnotice %}',
    ),
    Example(
        title="Застереження",
        code='{% notice title="Прострочено на 2 дні" tone="warning" %}<p>Відповідь мала бути до 14 жовтня. Орган контролю вже знає.</p>{% endnotice %}',
    ),
    Example(
        title="Не вийшло",
        code='{% notice title="Файл завеликий" tone="danger" %}<p>Додайте файл до 10 МБ.</p>{% endnotice %}',
    ),
)
