"""Counts of a period: how often each thing happened, and the middle of how long it took."""

from collections import Counter
from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from edem.services.reports.rules.period_counts import PLAIN, Counts, days_in_the_middle
from edem.services.reports.rules.periods import Figures

acts = st.lists(
    st.tuples(st.sampled_from(PLAIN), st.integers(0, 9), st.booleans(), st.none() | st.integers(-20, 900)), max_size=30
)


def counts_of(happened):
    counts = Counts()
    for act, number, is_good, tenths in happened:
        timed = tenths if act in counts.took else None
        counts.add(act, number, is_good=is_good, tenths=timed)
    return counts


@given(st.lists(st.integers(-20, 900), min_size=1))
def test_the_middle_of_counted_tenths_is_the_median_of_the_tenths(times):
    assert days_in_the_middle(Counter(times)) == round(median(times) / 10, 1)


def test_of_nothing_there_is_no_middle():
    assert days_in_the_middle({}) is days_in_the_middle({5: 0}) is None
    assert Counts().figures() == Figures.nothing()


@given(acts, acts)
def test_counts_of_two_halves_added_are_those_of_the_whole(one, other):
    both = counts_of(one)
    both.add_all(counts_of(other))
    assert both.figures() == counts_of([*one, *other]).figures()
