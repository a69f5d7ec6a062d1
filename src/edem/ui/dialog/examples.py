from edem.ui.pieces import Example

EXAMPLES = (
    Example(
        title="Що буде втрачено",
        code=(
            '{% dialog name="withdraw" title="Відкликати підпис?" opener="Відкликати підпис" tone="danger" %}\n'
            "  <p>Ваш голос більше не рахуватиметься. Підписати знову можна, доки триває збір.</p>\n"
            '  <form method="post" action="/petitions/214/withdraw">{% button "Так, відкликати" tone="danger" %}</form>\n'
            "{% enddialog %}"
        ),
    ),
)
