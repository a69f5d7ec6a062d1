"""The forms of the CNAP desk: a document, a proof, a new name, a second officer's word."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from edem.foundation.identity.cnap.registering import Shown
from edem.foundation.identity.membership.kinds import KINDS, Kind, Proof
from edem.foundation.identity.persons.naming import FullName
from edem.foundation.places.models import Unit
from edem.ui.fields import DateField, FileField
from edem.ui.forms import Form

_QUIET = {"autocomplete": "off", "spellcheck": "false"}


def _name_field(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=100, widget=forms.TextInput(attrs=_QUIET))


class NameForm(Form):
    """As it stands in the document."""

    last_name = _name_field(_("Прізвище"))
    given_name = _name_field(_("Ім’я"))
    middle_name = _name_field(_("По батькові"), required=False)

    @property
    def name(self) -> FullName:
        parts = ("last_name", "given_name", "middle_name")
        return FullName(**{part: self.cleaned_data[part] for part in parts})


class RegisterForm(NameForm):
    number = forms.CharField(
        label=_("Податковий номер або номер паспорта"),
        help_text=_("За ним людину впізнають наступного разу, навіть якщо вона прийде з BankID."),
        max_length=20,
        widget=forms.TextInput(attrs=_QUIET),
    )
    born_on = DateField(label=_("Дата народження"))
    consents = forms.BooleanField(
        label=_("Людина підписала паперову згоду на обробку даних"),
        error_messages={"required": _("Без підписаної згоди записувати людину не можна.")},
    )

    @property
    def shown(self) -> Shown:
        return Shown(name=self.name, number=self.cleaned_data["number"], born_on=self.cleaned_data["born_on"])


class EvidenceForm(Form):
    evidence = forms.CharField(
        label=_("Який документ ви бачили?"),
        help_text=_("Лише вид документа, без номерів: «витяг про місце проживання»."),
        max_length=300,
    )


class ProofForm(EvidenceForm):
    kind = forms.ChoiceField(label=_("Підстава"), widget=forms.RadioSelect)
    settlement = forms.ChoiceField(label=_("Населений пункт"))
    issuer = forms.CharField(
        label=_("Хто видав довідку"), help_text=_("Установа, без імен."), required=False, max_length=200
    )
    reference = forms.CharField(
        label=_("Номер довідки"),
        help_text=_("Зберігається зашифрованим."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs=_QUIET),
    )
    holds_from = DateField(label=_("Діє з"), required=False)
    holds_until = DateField(
        label=_("Діє до"), help_text=_("Останній день, якщо в довідці його названо."), required=False
    )
    scan = FileField(
        label=_("Скан довідки"),
        help_text=_("Не обов’язково. Його бачать лише ті, хто визначає належність, і кожен перегляд записують."),
        accept="image/*,.pdf",
        required=False,
    )
    field_order = ("kind", "settlement", "evidence", "issuer", "reference", "holds_from", "holds_until", "scan")

    def __init__(self, *args: Any, settlements: Iterable[Unit], kinds: Sequence[Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [(each.value, gettext(KINDS[each].label)) for each in kinds]
        kind.initial = kinds[0]
        settlement: Any = self.fields["settlement"]
        settlement.choices = [(unit.code, unit.name) for unit in settlements]

    @property
    def proof(self) -> Proof:
        given = self.cleaned_data
        return Proof(
            kind=Kind(given["kind"]),
            settlement_code=given["settlement"],
            evidence=given["evidence"],
            holds_from=given["holds_from"],
            holds_until=given["holds_until"],
            reference=given["reference"].strip(),
            issuer=given["issuer"].strip(),
        )


class NewNameForm(NameForm):
    evidence = forms.CharField(
        label=_("Який документ ви бачили?"),
        help_text=_("Лише вид документа, без номерів: «свідоцтво про шлюб»."),
        max_length=300,
    )


class MergeForm(Form):
    """The second document of the person who stands before the clerk."""

    number = forms.CharField(
        label=_("Номер другого документа"),
        help_text=_("Податковий номер або паспорт, з яким заведено другий запис."),
        max_length=20,
        widget=forms.TextInput(attrs=_QUIET),
    )
    evidence = forms.CharField(
        label=_("Які документи ви бачили?"),
        help_text=_("Лише види, без номерів: «паспорт і картка платника податків»."),
        max_length=300,
    )


class DeclineForm(Form):
    note = forms.CharField(label=_("Чому ні?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class SlipForm(Form):
    code = forms.CharField(
        label=_("Код із талона"),
        help_text=_("12 літер і цифр. Великі чи малі літери й риски не мають значення."),
        max_length=40,
        widget=forms.TextInput(attrs={**_QUIET, "autocapitalize": "characters"}),
    )
    answer = forms.CharField(
        label=_("Дата народження або останні чотири цифри вашого номера"),
        help_text=_("Наприклад: 12.03.1958 або 4821."),
        max_length=20,
        widget=forms.TextInput(attrs=_QUIET),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    community = forms.SlugField(required=False, widget=forms.HiddenInput)
