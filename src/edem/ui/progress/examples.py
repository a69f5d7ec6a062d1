from edem.ui.pieces import Example

EXAMPLES = (
    Example(
        title="Число, слова, смуга",
        code='{% progress value=212 goal=250 note="Станом на 09:41 · ще 38 до розгляду" %}підписів із 250{% endprogress %}',
    ),
    Example(title="Щойно почато", code="{% progress value=0 goal=250 %}підписів із 250{% endprogress %}"),
    Example(
        title="Зібрано",
        code='{% progress value=1284 goal=250 note="Поріг пройдено 3 жовтня" %}підписи, потрібно 250{% endprogress %}',
    ),
    Example(title="Сама смуга", code='{% meter 3200000 goal=5000000 label="Використано 64 % бюджету" %}'),
)
