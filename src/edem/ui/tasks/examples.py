from edem.ui.pieces import Example
from edem.ui.tasks.tasks import Task

ITEMS = (
    Task(title="Розкажіть про проблему", state="done", url="/petitions/new/text"),
    Task(title="Додайте світлини", state="ready", url="/petitions/new/files", hint="Можна пропустити"),
    Task(title="Перевірте й надішліть", state="later"),
)
EXAMPLES = (Example(title="Створення петиції", code="{% tasks items %}", facts={"items": ITEMS}),)
