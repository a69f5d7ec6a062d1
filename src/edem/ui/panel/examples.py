from edem.ui.pieces import Example

EXAMPLES = (
    Example(
        title="Панель дії",
        code=(
            '{% panel label="Підписати" %}\n'
            '  {% progress value=212 goal=250 note="Станом на 09:41 · ще 38 до розгляду" %}підписів із 250{% endprogress %}\n'
            '  {% button_link "Підписати петицію" "/petitions/214/sign" %}\n'
            '  {% button_link "Стежити" "/petitions/214/follow" tone="quiet" %}\n'
            "  <small>Підпис — лише раз і лише для мешканців громади.</small>\n"
            "{% endpanel %}"
        ),
    ),
)
