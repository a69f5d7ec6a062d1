from django import forms

from edem.ui.forms import Form
from edem.ui.pieces import Example


class PetitionsWanted(Form):
    q = forms.CharField(label="Пошук петицій", required=False)
    topic = forms.ChoiceField(label="Тема", choices=[("", "Усі теми"), ("roads", "Дороги")], required=False)
    sort = forms.ChoiceField(
        label="Порядок", choices=[("", "спершу нові"), ("most", "спершу з підписами")], required=False
    )


EXAMPLES = (
    Example(
        title="Над списком",
        code='{% filters form %}<input type="hidden" name="state" value="collecting">{% endfilters %}',
        facts={"form": PetitionsWanted(prefix="wanted")},
    ),
)
