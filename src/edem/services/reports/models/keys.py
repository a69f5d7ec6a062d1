"""What the index of holders and categories is made of: «13:2.1.1» for a report of 2.1.1 that organisation 13 holds."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, TextField


class HolderKeys(Func):
    """A function of the database, so that the index and every question for it say the same."""

    function = "reports_holder_keys"
    arity = 2
    output_field = ArrayField(TextField())


def holder_key(organisation_id: int, code: str) -> str:
    return f"{organisation_id}:{code}"
