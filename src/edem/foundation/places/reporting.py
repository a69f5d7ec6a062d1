"""Tells on the command line what became of a table."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edem.foundation.places.tables import Fault
from edem.ui.refusals import sentence_of

LISTED = 100


def fault_lines(faults: Sequence[Fault]) -> Iterator[str]:
    """Each broken line by its number, with a sentence; a flood of them is cut short and counted."""
    for fault in faults[:LISTED]:
        yield _("Рядок %(line)d: %(why)s") % {"line": fault.line, "why": sentence_of(fault.refusal)}
    more = len(faults) - LISTED
    if more > 0:
        yield ngettext("…і ще %(count)d рядок.", "…і ще %(count)d рядків.", more) % {"count": more}
