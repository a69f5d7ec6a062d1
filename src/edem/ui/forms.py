"""Forms as the whole platform shows them: error summary, labels, hints, refusals."""

from django import forms
from django.forms.renderers import TemplatesSetting

OK, UNPROCESSABLE = 200, 422


class EdemRenderer(TemplatesSetting):
    """`{{ form }}` and `{{ field.as_field_group }}` come out of the design system."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"


class Form(forms.Form):
    """The base of every form. Nobody writes the error summary by hand."""

    use_required_attribute = False  # the server says what is missing, in our words, in the summary
    required_css_class = "required"

    @property
    def status(self) -> int:
        """422 when what was sent cannot be taken, for `render(..., status=form.status)`."""
        return UNPROCESSABLE if self.errors else OK

    def add_refusal(self, sentence: str, *, field: str | None = None) -> None:
        """Show on the form what an action refused; a field it does not have means the whole form."""
        if self.errors is not None:  # reading cleans the form, which must come before adding to it
            self.add_error(field if field in self.fields else None, sentence)
