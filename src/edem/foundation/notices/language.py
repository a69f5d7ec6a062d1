"""In which language a person is written to."""

from django.conf import settings

from edem.foundation.people.models import Person
from edem.kernel.errors import Invalid


def choose_language(person: Person, language: str) -> None:
    if language not in dict(settings.LANGUAGES):
        raise Invalid("notices.unknown_language")
    Person.objects.filter(pk=person.pk).update(language=language)
