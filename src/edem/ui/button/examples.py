from edem.ui.pieces import Example

EXAMPLES = (
    Example(title="Головна дія", code='{% button "Підписати петицію" %}'),
    Example(title="Тихіша дія", code='{% button "Зберегти чернетку" tone="quiet" name="step" value="save" %}'),
    Example(title="Небезпечна дія", code='{% button "Відкликати підпис" tone="danger" %}'),
    Example(title="Дія рядком", code='{% button "Очистити" tone="plain" %}'),
    Example(title="Посилання-кнопка", code='{% button_link "Створити петицію" "/petitions/new" icon="plus" %}'),
)
