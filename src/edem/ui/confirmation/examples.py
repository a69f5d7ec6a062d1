from edem.ui.pieces import Example

EXAMPLES = (
    Example(
        title="Підпис зараховано",
        code=(
            '{% confirmation title="Ваш підпис зараховано" reference="214-0213" reference_words="Номер підпису" %}\n'
            "  <h2>Що далі</h2><p>Ще 37 підписів — і петицію розгляне міський голова. Ми напишемо вам, коли це станеться.</p>\n"
            '  {% button_link "Поділитися петицією" "/petitions/214" tone="quiet" icon="share" %}\n'
            "{% endconfirmation %}"
        ),
    ),
)
