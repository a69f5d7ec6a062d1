"""Merged reports on pages: one thing is shown once, by the one that is worked on, and found by anybody's words."""

import pytest

from edem.services.reports.actions.counting_cells import count_cells_anew
from edem.services.reports.actions.indexing import index_report
from edem.services.reports.actions.joining import merge_reports
from edem.services.reports.actions.parting import part_report
from edem.services.reports.models import Report
from edem.services.reports.queries.cell_counts import counted_in_all
from edem.services.reports.queries.lists import Group, Wanted, reports_wanted
from edem.services.reports.queries.rows import together
from edem.services.reports.queries.similar import alike, as_new
from edem.services.reports.queries.tiles import placed
from edem.services.reports.rules.lifecycle import State
from edem.services.reports.tests.factories import MARCH_2, ReportFactory, held, staff

pytestmark = pytest.mark.django_db

WHY = "Це дві різні ями: одна біля школи, друга біля клубу."


@pytest.fixture
def moderator(community):
    return staff(community, "moderator")


@pytest.fixture
def two(community, roads, moderator):
    first = ReportFactory(community=community, placed=True, title="Провалля коло аптеки", text="Небезпечно йти.")
    lead = ReportFactory(community=community, placed=True)
    for each in (first, lead):
        held(each, organisation=roads)
        index_report(each.pk)
    merge_reports(lead.pk, [first.pk], by=moderator, now=MARCH_2)
    return Report.objects.get(pk=first.pk), Report.objects.get(pk=lead.pk)


def listed(community, **wanted):
    return [each.pk for each in reports_wanted(community, Wanted(**wanted))]


def test_one_thing_is_shown_once_in_the_list_and_on_the_map(two, community, moderator):
    first, lead = two
    assert listed(community, group=Group.ALL) == [lead.pk]
    assert [each.pk for each in placed(community, Wanted())] == [lead.pk]
    count_cells_anew(community.pk, now=MARCH_2)
    assert counted_in_all(community, [State.OPEN]) == 1
    part_report(first.pk, by=moderator, reason=WHY, now=MARCH_2)
    assert set(listed(community)) == {lead.pk, first.pk}


def test_it_is_found_by_the_words_of_the_merged_one_too(two, community, read):
    first, lead = two
    assert listed(community, text="провалля") == [lead.pk]
    assert listed(community, text="зебрі") == [lead.pk]
    assert listed(community, text="провалля зебрі") in ([], [lead.pk])
    page = read(q="провалля")
    assert (page.count(f"/reports/{lead.pk}/"), f"/reports/{first.pk}/" in page) == (1, False)
    assert f"разом з № {first.number}" in page


def test_a_storm_s_row_names_a_few_and_counts_the_rest():
    assert together([]) == ""
    assert together([5, 7]) == "разом з № 5, № 7"
    assert together([1, 2, 3, 4, 5]) == "разом з № 1, № 2, № 3 і ще 2"


def test_each_card_leads_to_the_other(two, read):
    first, lead = two
    page = read(f"{first.pk}/")
    assert f"№ {lead.number}: {lead.title}" in page
    assert f"/reports/{lead.pk}/" in page
    page = read(f"{lead.pk}/")
    assert f"№ {first.number}: {first.title}" in page
    assert "Роз’єднати" not in page, "a moderator's work"


def test_photos_of_both_stand_on_the_card_that_is_worked_on(two, a_photo, read, come):
    first, lead = two
    own, other = a_photo(lead), a_photo(first)
    page = read(f"{lead.pk}/")
    assert str(own.file.pk) in page
    assert f"з № {first.number}" in page
    assert str(own.file.pk) not in read(f"{first.pk}/")
    assert str(other.file.pk) in page
    come()
    assert str(other.file.pk) in read(f"{lead.pk}/job/")


def test_the_moderator_parts_them_from_either_case(two, client, read, send, moderator):
    first, lead = two
    client.sign_in(moderator)
    assert f"/reports/{first.pk}/case/part/" in read(f"{lead.pk}/case/")
    assert "Роз’єднати: це різні проблеми" in read(f"{first.pk}/case/")
    assert "це різні проблеми" in read(f"{first.pk}/case/part/")
    send(f"{first.pk}/case/part/", {"reason": "ні"}, status=422)
    send(f"{first.pk}/case/part/", {"reason": WHY})
    assert Report.objects.get(pk=first.pk).follows is None
    assert WHY in read(f"{first.pk}/")
    assert WHY in read(f"{lead.pk}/")
    read(f"{first.pk}/case/part/", status=404)


def test_others_do_not_part_them(two, client, send, community):
    first, _ = two
    client.sign_in(staff(community, "control_body"))
    answer = client.post(f"/zhytomyr/reports/{first.pk}/case/part/", {"reason": WHY})
    assert answer.status_code == 404
    assert Report.objects.get(pk=first.pk).follows is not None


def test_what_is_like_a_merged_report_is_offered_as_the_one_that_is_worked_on(two, community):
    first, lead = two
    new = ReportFactory(community=community, placed=True, title="Провалля коло аптеки", text="Небезпечно йти.")
    found = alike(community, as_new(new), now=MARCH_2, besides=new.pk)
    assert [each.report.pk for each in found] == [lead.pk]
    assert alike(community, as_new(lead), now=MARCH_2, besides=lead.pk) == [] or first.pk not in {
        each.report.pk for each in alike(community, as_new(lead), now=MARCH_2, besides=lead.pk)
    }


def test_a_voice_on_either_card_is_one(two, client, send, read):
    from edem.foundation.people.tests.factories import PersonFactory

    first, lead = two
    reader = PersonFactory()
    client.sign_in(reader)
    send(f"{first.pk}/join/")
    assert "Ви приєдналися" in read(f"{lead.pk}/")
    assert "Ви приєдналися" in read(f"{first.pk}/")
    send(f"{lead.pk}/leave/")
    assert "Ви приєдналися." not in read(f"{first.pk}/")
