from edem.ui.pieces import Example

EXAMPLES = (
    Example(
        title="Послуги громади",
        code=(
            '{% doors label="Послуги" %}\n'
            '  {% door "Петиції" "/petitions" number="7" words="збирають підписи просто зараз" icon="petition" %}\n'
            '  {% door "Громадський бюджет" "/budget" number="3,2 млн ₴" words="голосування ще 6 днів" icon="budget" %}\n'
            '  {% door "Відкрите місто" "/reports" number="38" words="проблем у роботі, 4 прострочено" icon="report" %}\n'
            '  {% door "Консультації" "/consultations" words="Два проєкти чекають на ваші зауваження" icon="consult" %}\n'
            "{% enddoors %}"
        ),
    ),
)
