from edem.kernel.lifecycle import StateLook
from edem.ui.pieces import Example

LOOKS = {
    "solved": StateLook(label="Вирішено", tone="closed", shape="■"),
    "answered": StateLook(label="Є відповідь", tone="accepted", shape="◆"),
    "open": StateLook(label="У роботі", tone="open", shape="●"),
}
EXAMPLES = (
    Example(
        title="Список",
        code=(
            '{% rows label="Щойно" %}\n'
            '  {% row title="Яма біля зупинки «Ринок»" href="/reports/8" look=looks.solved word="Вирішено, підтверджено мешканкою" meta="КП «Шляхбуд» · 3 дні" %}{% endrow %}\n'
            '  {% row title="Автобус до селища Заріччя після 21:00" href="/petitions/198" look=looks.answered meta="Підтримано · рейс з 1 грудня" %}{% endrow %}\n'
            '  {% row title="Освітлення стежки до школи № 7" href="/petitions/214" look=looks.open meta="Лишився 51 день" %}{% meter 212 goal=250 label="212 підписів із 250" %}{% endrow %}\n'
            "{% endrows %}"
        ),
        facts={"looks": LOOKS},
    ),
    Example(
        title="Картки",
        code=(
            '<div class="grid">\n'
            '  {% card title="Дитячий майданчик на Лісовій" href="/projects/1" look=looks.open meta="450 000 ₴ · 18 голосів" %}<p>Гойдалки, тінь і вода поруч.</p>{% endcard %}\n'
            '  {% card title="Велостоянки біля шкіл" href="/projects/2" look=looks.solved meta="120 000 ₴ · 40 голосів" %}<p>Дванадцять накритих стоянок.</p>{% endcard %}\n'
            "</div>"
        ),
        facts={"looks": LOOKS},
    ),
)
