from django import forms

from edem.ui import fields
from edem.ui.forms import Form
from edem.ui.pieces import Example


class PetitionForm(Form):
    title = forms.CharField(label="Про що петиція", max_length=150, help_text="Одним реченням: що зробити і де.")
    text = forms.CharField(label="Текст", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    topic = forms.ChoiceField(
        label="Тема", choices=[("", "Виберіть тему"), ("roads", "Дороги"), ("light", "Освітлення")]
    )
    since = fields.DateField(label="Відколи це так", required=False)
    wants = forms.ChoiceField(
        label="Як відповісти", choices=[("mail", "Листом"), ("phone", "Телефоном")], widget=forms.RadioSelect
    )
    photos = fields.FileField(label="Світлини", required=False, help_text="До 10 МБ кожна.")
    agree = forms.BooleanField(label="Погоджуюся з оприлюдненням мого імені")


class WithPrefix(PetitionForm):
    prefix = "sent"


EXAMPLES = (
    Example(title="Форма", code='{% form form submit="Далі" %}{% endform %}', facts={"form": PetitionForm()}),
    Example(
        title="Із помилками",
        code='{% form form submit="Далі" %}{% button "Зберегти чернетку" tone="quiet" %}{% endform %}',
        facts={"form": WithPrefix({"sent-title": "Ліхтарі на стежці до школи", "sent-topic": "light"})},
    ),
)
