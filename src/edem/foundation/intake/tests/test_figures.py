"""What intake counts is what its callers were told."""

from edem.foundation.intake.acts import TAKEN, Outcome
from edem.foundation.intake.failures import Failure
from edem.foundation.intake.figures import ACTS, BATCHES, count_batch, count_form
from edem.kernel.errors import Conflict


def test_a_batch_is_counted_by_what_became_of_each():
    again = Outcome.refused(Conflict("petition.already_signed"))
    count_batch("test.batch", [TAKEN, TAKEN, again, Failure.BUSY])
    counted = {labels: value for labels, (value,) in ACTS.series() if labels[0] == "test.batch"}
    assert counted == {
        ("test.batch", "intake", "taken"): 2,
        ("test.batch", "intake", "petition.already_signed"): 1,
        ("test.batch", "intake", "busy"): 1,
    }
    ((_, numbers),) = [each for each in BATCHES.series() if each[0] == ("test.batch",)]
    assert (sum(numbers[:-1]), numbers[-1]) == (1, 4)


def test_a_plain_form_is_counted_too():
    count_form("test.form", None)
    count_form("test.form", Conflict("petition.closed"))
    counted = {labels[1:]: value for labels, (value,) in ACTS.series() if labels[0] == "test.form"}
    assert counted == {("form", "taken"): 1, ("form", "petition.closed"): 1}
