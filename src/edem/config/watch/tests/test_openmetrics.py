"""The figures as the official parser of OpenMetrics reads them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from edem.config.watch.asking import DatabaseFigures, Queue
from edem.config.watch.families import database_families
from edem.config.watch.openmetrics import Family, Sample, as_text, families_told
from edem.config.watch.processes import process_families
from edem.kernel.figures import _KNOWN, Count, Figure, Level, Spread, described_figures


@pytest.fixture
def own_figures(monkeypatch):
    """Only what the test makes."""
    before = dict(_KNOWN)
    _KNOWN.clear()
    yield
    _KNOWN.clear()
    _KNOWN.update(before)


def parsed(text: str) -> dict:
    return {family.name: family for family in text_string_to_metric_families(text)}


def values(family) -> dict:
    return {(sample.name, *sorted(sample.labels.items())): sample.value for sample in family.samples}


@pytest.mark.usefixtures("own_figures")
class TestTold:
    def test_a_count_grows_for_each_label_and_process(self):
        requests = Count("edem_requests", "Requests.", labels=("room",))
        requests.add("django")
        requests.add("django", by=2)
        requests.add("live")
        one = described_figures()
        found = parsed(as_text(families_told({"7": one, "8": one})))["edem_requests"]
        assert found.type == "counter"
        assert values(found) == {
            ("edem_requests_total", ("process", process), ("room", room)): count
            for process in "78"
            for room, count in [("django", 3), ("live", 1)]
        }

    @given(st.lists(st.floats(0, 100, allow_nan=False), max_size=50))
    def test_the_buckets_of_a_spread_grow_upward_and_end_with_all(self, measured):
        _KNOWN.clear()
        spread = Spread("edem_wait_seconds", "Wait.", bounds=(0.1, 1.0, 10.0), unit="seconds")
        for each in measured:
            spread.add(each)
        families = parsed(as_text(families_told({"1": described_figures()})))
        if not measured:
            assert families == {}
            return
        samples = families["edem_wait_seconds"].samples
        buckets = {sample.labels["le"]: sample.value for sample in samples if sample.name.endswith("_bucket")}
        assert buckets == {
            bound: sum(each <= float(bound) for each in measured) for bound in ("0.1", "1.0", "10.0", "+Inf")
        }
        total = next(sample.value for sample in samples if sample.name.endswith("_sum"))
        assert total == pytest.approx(sum(measured))

    def test_a_level_is_read_when_it_is_asked(self):
        level = Level("edem_open", "Open.")
        level.read = lambda: {(): 5}
        assert values(parsed(as_text(families_told({"1": described_figures()})))["edem_open"]) == {
            ("edem_open", ("process", "1")): 5
        }

    def test_two_figures_of_one_name_are_a_fault(self):
        Count("edem_twice", "Once.")
        with pytest.raises(ValueError, match="edem_twice"):
            Figure("edem_twice", "Again.")


@given(st.text(max_size=30))
def test_any_label_survives_the_way_to_the_reader(text):
    family = Family(name="edem_odd", kind="gauge", help_text="Odd.", samples=[Sample({"word": text}, 1)])
    # The parser splits lines as Python does, and OpenMetrics knows one line end only.
    if len(text.splitlines()) <= 1 and not text.endswith(("\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85")):
        assert parsed(as_text([family]))["edem_odd"].samples[0].labels == {"word": text}


def test_the_database_s_figures_and_the_processes_own_are_well_formed():
    queue = Queue(jobs={"todo": 4}, oldest_due_seconds=12.5, workers=2)
    figures = DatabaseFigures(
        queue=queue,
        mail={"unknown": 1},
        connections={"idle": 3},
        most_connections=100,
        size=10**9,
        backup_at=1_795_000_000.5,
    )
    found = parsed(as_text([*process_families(["self"]), *database_families(figures)]))
    assert found["edem_jobs_oldest_due_seconds"].samples[0].value == 12.5
    assert found["edem_backup_taken_timestamp_seconds"].samples[0].value == 1_795_000_000.5
    without = parsed(as_text(database_families(replace(figures, backup_at=None))))
    assert "edem_backup_taken_timestamp_seconds" not in without, "a backup that never was has no moment"
    assert values(found["edem_jobs"])["edem_jobs", ("state", "failed")] == 0
    assert values(found["edem_mail"])["edem_mail", ("state", "unknown")] == 1
    assert found["edem_process_resident_memory_bytes"].samples[0].value > 1_000_000
    assert found["edem_process_cpu_seconds"].type == "counter"


def test_without_a_database_only_that_is_said():
    found = parsed(as_text(database_families(None)))
    assert {name: family.samples[0].value for name, family in found.items()} == {"edem_database_up": 0}


def test_the_text_ends_as_the_standard_asks():
    assert as_text([]) == "# EOF\n"
