import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.utils import translation

from edem.ui import fields
from edem.ui.forms import Form


@pytest.fixture(autouse=True)
def _in_ukrainian():
    with translation.override("uk"):
        yield


class WishForm(Form):
    title = forms.CharField(label="Назва", max_length=20, help_text="Коротко.")
    kind = forms.ChoiceField(label="Вид", choices=[("a", "А"), ("b", "Б")], widget=forms.RadioSelect)
    note = forms.CharField(label="Опис", required=False, max_length=100, widget=forms.Textarea)
    secret = forms.CharField(widget=forms.HiddenInput)
    agree = forms.BooleanField(label="Згода")
    files = fields.FileField(label="Файли", required=False, max_count=2, accept="image/*")


def rendered(form: Form, **facts: object) -> str:
    source = '{% form form submit="Надіслати" %}{% endform %}'
    return engines["django"].from_string(source).render({"form": form, **facts})


def test_what_is_too_long_is_named_with_how_much_fits_and_how_much_there_is():
    class PercentForm(Form):
        share = forms.CharField(label="Частка, %", max_length=3)
        mail = fields.EmailField(label="Пошта")

    form = PercentForm({"share": "12345", "mail": "olena@"})
    assert form.errors["share"] == ["Скоротіть: «Частка, %» — до 3 знаків, зараз 5"]
    assert form.errors["mail"] == ["Перевірте адресу: має бути на зразок olena@example.com."]
    assert 'value="12345"' in rendered(form)


def test_a_fresh_form_is_well_and_has_no_summary():
    form = WishForm()
    assert form.status == 200
    assert "error-summary" not in rendered(form)


def test_an_invalid_form_answers_422_and_says_which_field_and_what_to_do():
    form = WishForm({"secret": "x"})
    html = rendered(form)
    assert form.status == 422
    for sentence in ("Заповніть: «Назва»", "Виберіть: «Вид»", "Позначте: «Згода»"):
        assert sentence in html


def test_the_summary_links_to_each_field_and_to_the_first_choice_of_a_group():
    html = rendered(WishForm({"secret": "x"}))
    for target in ("id_title", "id_kind_0", "id_agree"):
        assert f'href="#{target}"' in html
        assert f'id="{target}"' in html


def test_a_wrong_field_is_marked_and_described_by_its_hint_and_its_error():
    html = rendered(WishForm({"secret": "x"}))
    assert 'aria-invalid="true" aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_helptext"' in html
    assert 'id="id_title_error"' in html


def test_an_error_of_a_hidden_field_is_shown_without_a_link():
    html = rendered(WishForm({"title": "x", "kind": "a", "agree": "on"}))
    assert "<li>Заповніть: «" in html


def test_a_sentence_the_form_gives_itself_is_kept():
    class Own(Form):
        town = forms.CharField(label="Місто", error_messages={"required": "Де ви живете?"})

    assert Own({}).errors["town"] == ["Де ви живете?"]


def test_a_refusal_stands_at_its_field_or_above_the_form():
    form = WishForm({"title": "x", "kind": "a", "agree": "on", "secret": "s"})
    assert form.is_valid()
    form.add_refusal("Ви вже підписали цю петицію.")
    form.add_refusal("Така назва вже є.", field="title")
    form.add_refusal("Про інше.", field="nowhere")
    assert form.status == 422
    assert form.errors["title"] == ["Така назва вже є."]
    assert list(form.non_field_errors()) == ["Ви вже підписали цю петицію.", "Про інше."]
    assert "<li>Ви вже підписали цю петицію.</li>" in rendered(form)


def test_typed_markup_is_only_text():
    html = rendered(WishForm({"title": '"><script>alert(1)</script>', "secret": "s"}))
    assert "<script>" not in html


def test_a_long_text_gets_a_counter_and_files_a_preview():
    html = rendered(WishForm())
    assert '<char-counter data-limit="100">' in html
    assert "<file-preview>" in html
    assert 'enctype="multipart/form-data"' in html


def test_the_token_is_printed_where_there_is_a_request(rf):
    html = rendered(WishForm(), request=rf.get("/"))
    assert 'name="csrfmiddlewaretoken"' in html
    assert "csrfmiddlewaretoken" not in rendered(WishForm())


def test_files_come_as_a_list_and_too_many_are_refused():
    class Files(Form):
        files = fields.FileField(label="Файли", max_count=2)

    def sent(count: int) -> Files:
        return Files({}, {"files": [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(count)]})

    assert not sent(0).is_valid()
    two = sent(2)
    assert two.is_valid()
    assert [file.name for file in two.cleaned_data["files"]] == ["0.txt", "1.txt"]
    assert sent(3).errors["files"][0].startswith("Можна додати не більше ніж 2")


def test_mail_and_phone_help_the_keyboard():
    class Reach(Form):
        mail = fields.EmailField(label="Пошта")
        phone = fields.PhoneField(label="Телефон")

    html = str(Reach())
    assert 'autocomplete="email"' in html
    assert 'inputmode="tel"' in html
