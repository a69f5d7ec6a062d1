"""Two accounts of one person become one and part again: one voice each thing, and each gets their own back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from edem.foundation.people.tests.factories import PersonFactory
from edem.services.reports.actions.drafting import start_report
from edem.services.reports.actions.joining import merge_reports
from edem.services.reports.actions.parting import part_report
from edem.services.reports.actions.residents_changed import join_residents, part_residents
from edem.services.reports.actions.voicing import add_voices, withdraw_voice
from edem.services.reports.models import HelpingHand, MergedVoice, Report, ReportDraft, SelfHelp, Voice
from edem.services.reports.tests.factories import MARCH_2, ReportFactory, staff
from edem.services.reports.tests.test_joining import a_voice

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    """The account that stays and the one that becomes part of it."""
    return PersonFactory(), PersonFactory()


@pytest.fixture
def join(two, merge_of):
    kept, absorbed = two
    merge_id = merge_of(kept, absorbed)

    def join():
        join_residents(merge_id, absorbed_id=absorbed.pk, kept_id=kept.pk)

    join.merge_id = merge_id
    return join


@pytest.fixture
def part(two, join):
    kept, absorbed = two

    def part():
        part_residents(join.merge_id, absorbed_id=absorbed.pk, kept_id=kept.pk)

    return part


def standing():
    """Whose voices stand where, with the counts that are shown."""
    voices = set(Voice.objects.order_by("report_id", "person_id").values_list("report_id", "person_id", "came_by"))
    counts = dict(Report.objects.order_by("pk").values_list("pk", "voice_count"))
    assert all(count == sum(pk == each[0] for each in voices) for pk, count in counts.items())
    return voices


def test_a_person_of_two_accounts_is_one_voice_and_two_again_when_parted(report, two, join, part):
    kept, _ = two
    add_voices([a_voice(report, who=each.pk) for each in two])
    before = standing()
    for _ in range(2):  # told twice, done once
        join()
    assert standing() == {(report.pk, kept.pk, None)}
    for _ in range(2):
        part()
    assert standing() == before
    assert not MergedVoice.objects.exists()


def test_a_voice_of_the_account_that_became_part_goes_over_and_comes_back(report, two, join, part):
    kept, absorbed = two
    add_voices([a_voice(report, who=absorbed.pk)])
    join()
    assert standing() == {(report.pk, kept.pk, None)}
    part()
    assert standing() == {(report.pk, absorbed.pk, None)}


def test_what_was_withdrawn_by_the_other_is_given_back_to_whose_it_was(report, two, join, part):
    kept, absorbed = two
    add_voices([a_voice(report, who=absorbed.pk)])
    join()
    withdraw_voice(report.pk, by=kept)
    part()
    assert standing() == {(report.pk, absorbed.pk, None)}


@pytest.mark.parametrize("writer", [0, 1])
def test_an_author_is_no_voice_of_their_own_report_under_either_account(community, two, join, part, writer):
    report = ReportFactory(community=community, author=two[writer])
    other = two[1 - writer]
    add_voices([a_voice(report, who=other.pk)])
    join()
    assert standing() == set()
    part()
    assert standing() == {(report.pk, other.pk, None)}


def test_of_merged_reports_a_person_is_one_voice_and_all_goes_back_when_both_part(community, two, join, part):
    kept, absorbed = two
    lead, first = ReportFactory(community=community), ReportFactory(community=community)
    moderator = staff(community, "moderator")
    add_voices([a_voice(lead, who=kept.pk), a_voice(first, who=absorbed.pk)])
    merge_reports(lead.pk, [first.pk], by=moderator, now=MARCH_2)
    author = (lead.pk, first.author_id, first.pk)
    join()
    assert standing() == {(lead.pk, kept.pk, None), author, (first.pk, kept.pk, None)}
    part()
    assert standing() == {
        (lead.pk, kept.pk, None),
        (lead.pk, absorbed.pk, first.pk),
        author,
        (first.pk, absorbed.pk, None),
    }
    part_report(first.pk, by=moderator, reason="Це зовсім різні проблеми.", now=MARCH_2)
    assert standing() == {(lead.pk, kept.pk, None), (first.pk, absorbed.pk, None)}


def test_reports_that_were_parted_meanwhile_have_their_voices_where_they_were_given(community, two, join, part):
    _, absorbed = two
    lead, first = ReportFactory(community=community), ReportFactory(community=community)
    moderator = staff(community, "moderator")
    add_voices([a_voice(first, who=absorbed.pk)])
    merge_reports(lead.pk, [first.pk], by=moderator, now=MARCH_2)
    join()
    part_report(first.pk, by=moderator, reason="Це зовсім різні проблеми.", now=MARCH_2)
    part()
    assert standing() == {(first.pk, absorbed.pk, None)}


def test_reports_that_were_merged_meanwhile_count_the_returned_voice_once(community, two, join, part):
    kept, absorbed = two
    lead, first = ReportFactory(community=community), ReportFactory(community=community)
    add_voices([a_voice(first, who=absorbed.pk)])
    join()
    merge_reports(lead.pk, [first.pk], by=staff(community, "moderator"), now=MARCH_2)
    assert (lead.pk, kept.pk, first.pk) in standing()
    part()
    author = (lead.pk, first.author_id, first.pk)
    assert standing() == {(lead.pk, absorbed.pk, first.pk), (first.pk, absorbed.pk, None), author}


def test_a_merge_that_was_undone_before_it_was_told_of_moves_nothing(report, two, merge_of):
    kept, absorbed = two
    merge_id = merge_of(kept, absorbed, undone=True)
    add_voices([a_voice(report, who=absorbed.pk)])
    join_residents(merge_id, absorbed_id=absorbed.pk, kept_id=kept.pk)
    assert standing() == {(report.pk, absorbed.pk, None)}


def test_drafts_and_promises_to_come_go_back_too(report, community, two, join, part):
    kept, absorbed = two
    start_report(uuid4(), community, by=absorbed, now=MARCH_2)
    own = start_report(uuid4(), community, by=kept, now=MARCH_2)
    taken = SelfHelp.objects.create(report=report, leader=absorbed, plan="Фарбуємо лавки", proposed_at=MARCH_2)
    for each in two:
        HelpingHand.objects.create(self_help=taken, person=each, joined_at=MARCH_2 + timedelta(hours=1))
    join()
    assert ReportDraft.objects.filter(author=kept).count() == 2
    assert SelfHelp.objects.get().leader == kept
    part()
    assert ReportDraft.objects.get(author=kept).pk == own.pk
    assert ReportDraft.objects.filter(author=absorbed).count() == 1
    assert SelfHelp.objects.get().leader == absorbed
    assert set(HelpingHand.objects.order_by("pk").values_list("person_id", flat=True)) == {kept.pk, absorbed.pk}
