from edem.ui.pieces import Example
from edem.ui.timeline.timeline import Stage

ROAD = (
    Stage(title="Перевірено й оприлюднено", passage="done", note="14 жовтня, за 1 робочий день із 2 можливих"),
    Stage(
        title="Збір підписів",
        passage="now",
        note="до 12 січня 2027, 23:59 · потрібно 250",
        clause="Статут громади, стаття 34",
        clause_url="/rules/petitions",
    ),
    Stage(title="Передача міському голові", passage="later", note="наступного дня після набору підписів"),
    Stage(title="Розгляд", passage="later", note="до 10 робочих днів від оголошення"),
    Stage(
        title="Відповідь і виконання",
        passage="later",
        note="рішення, відповідальний, терміни й докази — на цій сторінці",
    ),
)
LATE = (
    Stage(title="Підписи зібрано", passage="done", note="3 вересня · 284 підписи"),
    Stage(
        title="Розгляд",
        passage="overdue",
        note="мала бути відповідь до 17 вересня, минуло 2 дні",
        holder="Відповідає управління транспорту",
    ),
    Stage(title="Відповідь", passage="later"),
)
EXAMPLES = (
    Example(title="Шлях петиції", code="{% timeline road %}", facts={"road": ROAD}),
    Example(title="Прострочений розгляд", code="{% timeline road %}", facts={"road": LATE}),
)
