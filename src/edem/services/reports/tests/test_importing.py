"""Reports from elsewhere: all or nothing unless asked, the same the second time, never over what is worked on here."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from edem.config.testing.clients import PlatformClient
from edem.config.testing.needs import needs_data
from edem.foundation.audit.models import AuditEntry
from edem.foundation.people.roles import Role
from edem.kernel.errors import Invalid
from edem.services.reports.actions.import_uploads import ask_to_carry, carry_asked, forget_old_uploads, keep_upload
from edem.services.reports.actions.importing import Ways, import_reports
from edem.services.reports.events import ImportAsked
from edem.services.reports.jobs import carry_a_long_file_over
from edem.services.reports.models import Assignment, Report, ReportCategory, ReportImport, ReportStep
from edem.services.reports.queries.importing import ground_of, settled_before
from edem.services.reports.rules.importing.fields import Field, Settled
from edem.services.reports.rules.importing.planning import planned
from edem.services.reports.rules.importing.sheets import read_sheet
from edem.services.reports.tests.factories import ReportFactory, staff
from edem.services.reports.web import importing

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HEAD = "id;назва;опис;категорія;широта;довгота;дата;стан;дата закриття"
OPEN = "1;Яма на Шкільній;Глибока;Ями на дорогах;50,2547;28,6587;01.11.2026 10:15;Відкрита;"
CLOSED = "2;Не світить ліхтар;;Зовнішнє освітлення;50,25;28,65;01.02.2026;Закрита;05.02.2026"
SWAPPED = "3;Яма навпаки;;3.8;28,65;50,25;01.02.2026;Закрита;05.02.2026"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
REAL = Path(__file__).parents[6] / "shared" / "data" / "reports311"


def carried(community, *lines, now=NOW, partial=False, hand_out=False, source="mist"):
    sheet = read_sheet("\n".join([HEAD, *lines]).encode())
    plan = planned(
        sheet, settled_before(community, source, sheet.columns), ground_of(community, anywhere=False), now=now
    )
    return import_reports(
        community, plan, source=source, ways=Ways(partial=partial, hand_out=hand_out), by=None, now=now
    )


def test_open_and_closed_ones_come_with_their_own_history(community, roads):
    told = carried(community, OPEN, CLOSED)
    assert (told.read, told.added, told.refused) == (2, 2, 0)
    pit, lamp = Report.objects.order_by("number")
    assert (pit.number, pit.source, pit.external_id, pit.state) == (1, "import", "mist:1", "open")
    assert (pit.author, pit.organisation, pit.due_at, pit.alarm_at) == (None, None, None, None)
    assert (lamp.state, lamp.category_codes) == ("archived", ["2.2.1"])
    assert lamp.archived_at < NOW
    steps = ReportStep.objects.filter(report=lamp).order_by("at", "pk")
    assert [(step.step, step.actor) for step in steps] == [
        ("publish", "import"),
        ("close", "import"),
        ("archive", "import"),
    ]
    assert ReportCategory.objects.filter(is_main=True).count() == 2
    assert not Assignment.objects.exists()


def test_the_same_file_again_changes_nothing_and_a_later_one_only_what_is_new(community):
    carried(community, OPEN, CLOSED)
    before = list(Report.objects.order_by("pk").values())
    again = carried(community, OPEN, CLOSED, now=NOW + DAY)
    assert (again.added, again.changed, again.same) == (0, 0, 2)
    assert list(Report.objects.order_by("pk").values()) == before
    later = carried(community, OPEN.replace("Відкрита;", "Закрита;20.11.2026"), CLOSED, now=NOW + DAY)
    assert (later.changed, later.same) == (1, 1)
    assert Report.objects.get(external_id="mist:1").state == "closed"


def test_what_is_worked_on_here_is_left_as_it_is(community):
    carried(community, OPEN)
    ReportStep.objects.create(
        report=Report.objects.get(external_id="mist:1"), at=NOW, actor="worker", step="accept",
        from_state="open", to_state="accepted",
    )  # fmt: skip
    told = carried(community, OPEN.replace("Яма", "Прірва"))
    assert (told.changed, told.worked_on) == (0, 1)
    assert Report.objects.get(external_id="mist:1").title == "Яма на Шкільній"


def test_nothing_comes_half_unless_asked(community):
    with pytest.raises(Invalid, match="has_faults"):
        carried(community, OPEN, SWAPPED)
    assert not Report.objects.exists()
    told = carried(community, OPEN, SWAPPED, partial=True)
    assert (told.added, told.refused) == (1, 1)


def test_another_sources_number_is_another_report_and_numbers_go_on(community):
    last = carried(community, OPEN, CLOSED)
    assert last.added == 2
    assert carried(community, OPEN, source="other").added == 1
    assert sorted(Report.objects.values_list("number", flat=True)) == [1, 2, 3]
    with pytest.raises(Invalid, match="no_such_source"):
        carried(community, OPEN, source="Інше джерело")


def test_open_ones_are_handed_out_when_asked_and_their_terms_begin_now(community, roads):
    carried(community, OPEN, CLOSED, hand_out=True)
    pit = Report.objects.get(external_id="mist:1")
    assert pit.organisation == roads
    assert pit.accept_due_at > NOW
    assert Assignment.objects.count() == 1


def officer_in(client, community):
    person = staff(community, Role.OFFICER)
    client.sign_in(person)
    return person


def uploaded(send, *lines, source="mist", encoding="cp1251"):
    file = SimpleUploadedFile("ями.csv", "\n".join([HEAD, *lines]).encode(encoding), "text/csv")
    return send("import/", {"source": source, "file": file})


def chosen(**more):
    columns = dict(
        zip(("id", "title", "text", "category", "lat", "lon", "made", "status", "closed"), HEAD.split(";"), strict=True)
    )
    return {f"column_{name}": column for name, column in columns.items()} | {"day_order": "dmy", **more}


def test_an_officer_brings_a_file_over_through_the_pages(client, community, read, send):
    officer = officer_in(client, community)
    address = uploaded(send, OPEN, SWAPPED).partition("/reports/")[2]
    shown = read(address)
    assert "cp1251" in shown
    assert '<option value="назва" selected' in shown

    checked = send(address, chosen(), status=200)
    assert "Схоже, широту й довготу переставлено: 28,65, 50,25." in checked
    assert "Яма на Шкільній" in checked
    assert "У файлі є хибні рядки" in send(address, chosen(carry="yes"), status=422)
    assert not Report.objects.exists()

    send(address, chosen(carry="yes", partial="on"))
    assert Report.objects.count() == 1
    entry = AuditEntry.objects.get(act="report.imported")
    assert (entry.person, entry.facts["added"], entry.facts["refused"]) == (officer, 1, 1)
    upload = ReportImport.objects.get()
    assert (upload.content, upload.added) == ("", 1)
    assert "mist" in read("import/")
    assert client.get(f"/zhytomyr/reports/{address}").status_code == 409


def test_a_long_file_is_carried_over_by_a_job_while_nobody_waits(
    client, community, send, read, announced, monkeypatch, now
):
    officer_in(client, community)
    monkeypatch.setattr(importing, "AT_ONCE", 1)  # a file of two is long
    address = uploaded(send, OPEN, CLOSED).partition("/reports/")[2]
    send(address, chosen(carry="yes"))
    assert not Report.objects.exists()
    assert "переносимо зараз" in read("import/")
    asked = next(event for event in announced if isinstance(event, ImportAsked))
    for _ in range(2):  # a job may come twice
        carry_a_long_file_over(asked, now=now)
    assert Report.objects.count() == 2
    assert ReportImport.objects.get().done_at == now
    assert client.get(f"/zhytomyr/reports/{address}").status_code == 409


def test_a_long_file_that_is_refused_after_all_waits_again_and_says_why(client, community, send, read, now):
    officer = officer_in(client, community)
    uploaded(send, OPEN)
    upload = ReportImport.objects.get()
    ask_to_carry(upload, Ways(), anywhere=False, by=officer, now=now)  # its columns were never settled
    carry_asked(upload.pk, person_id=officer.pk, now=now)
    assert "Виберіть стовпці з місцем" in read("import/")
    assert ReportImport.objects.get().asked_at is None


def test_the_next_file_of_the_same_source_begins_as_the_last_was_settled(client, community, send, read):
    officer_in(client, community)
    address = uploaded(send, OPEN).partition("/reports/")[2]
    send(address, chosen(carry="yes", column_text="", words="Pothole = 3.8"))
    again = read(uploaded(send, OPEN).partition("/reports/")[2])
    assert "Pothole = 3.8" in again
    assert '<option value="опис" selected' not in again


def test_a_file_that_is_no_table_is_refused_on_the_form(client, community, send):
    officer_in(client, community)
    for content in (b"", b"PK\x03\x04xlsx", b"\x00" * 500):
        file = SimpleUploadedFile("f.csv", content or b" ", "text/csv")
        send("import/", {"source": "mist", "file": file}, status=422)
    assert "Виберіть файл або вкажіть адресу" in send("import/", {"source": "mist"}, status=422)
    assert "має починатися з https" in send("import/", {"source": "mist", "url": "http://10.0.0.1/v2"}, status=422)
    assert not ReportImport.objects.exists()


def test_nobody_else_may_bring_files_and_no_other_community_sees_them(client, community, send):
    officer_in(client, community)
    address = uploaded(send, OPEN)
    other = ReportFactory().community
    for person, place, status in (
        (staff(community, Role.MODERATOR), address, 403),
        (staff(other, Role.OFFICER), address.replace("/zhytomyr/", f"/{other.slug}/"), 404),
    ):
        visitor = PlatformClient()
        visitor.sign_in(person)
        assert visitor.get(place).status_code == status


def test_files_nobody_settled_are_forgotten(community):
    officer = staff(community, Role.OFFICER)
    keep_upload(community, f"{HEAD}\n{OPEN}".encode(), source="mist", file_name="a.csv", by=officer, now=NOW)
    forget_old_uploads(now=NOW + 6 * DAY)
    assert ReportImport.objects.count() == 1
    forget_old_uploads(now=NOW + 8 * DAY)
    assert not ReportImport.objects.exists()


def test_the_command_names_broken_lines_and_takes_a_good_file(community, tmp_path):
    file = tmp_path / "f.csv"
    file.write_text("\n".join([HEAD, OPEN.replace("01.11.2026", "01.11.2025"), SWAPPED]), encoding="utf-8")
    said, faults = StringIO(), StringIO()
    asked = {"source": "mist", "stdout": said, "stderr": faults}
    with pytest.raises(CommandError, match="хибні рядки"):
        call_command("import_reports", str(file), **asked)
    assert "Рядок 3: Схоже, широту й довготу переставлено" in faults.getvalue()
    call_command("import_reports", str(file), partial=True, **asked)
    assert "нових: 1" in said.getvalue()
    with pytest.raises(CommandError):
        call_command("import_reports", str(tmp_path / "absent.csv"), **asked)


@pytest.mark.real_data
@needs_data(REAL)
@pytest.mark.parametrize("lines", [300, pytest.param(7_392, marks=pytest.mark.full)])
def test_the_potholes_of_syracuse_come_in_and_come_again_as_the_same(community, lines):
    """All of them are read and checked without a database in `test_import_rules`."""
    content = (REAL / "syracuse_potholes_2016.csv").read_bytes()
    sheet = read_sheet(b"\n".join(content.split(b"\n")[: lines + 1]))
    columns = {Field.LAT: "Latitude", Field.LON: "Longitude", Field.ADDRESS: "Location", Field.MADE: "TimeFilled"}
    settled = Settled(columns=columns, title="Яма на дорозі", category="3.8", is_closed=True)
    plan = planned(sheet, settled, ground_of(community, anywhere=True), now=NOW)
    ways = Ways(partial=True)
    first = import_reports(community, plan, source="syracuse", ways=ways, by=None, now=NOW)
    assert (first.read, first.added + first.refused) == (lines, lines)
    assert first.added > 0.98 * lines
    again = import_reports(community, plan, source="syracuse", ways=ways, by=None, now=NOW + DAY)
    assert (again.added, again.changed, again.same) == (0, 0, first.added)


@pytest.mark.real_data
@needs_data(REAL)
def test_the_reports_of_seeclickfix_come_in_and_nobody_of_them(community):
    content = (REAL / "seeclickfix_potholes.json").read_bytes()
    sheet = read_sheet(content)
    settled = Settled(**{**vars(settled_before(community, "scf", sheet.columns)), "category": "3.8"})
    plan = planned(sheet, settled, ground_of(community, anywhere=True), now=NOW)
    told = import_reports(community, plan, source="seeclickfix", ways=Ways(), by=None, now=NOW)
    assert (told.added, told.refused) == (100, 0)
    kept = json.dumps(list(Report.objects.order_by("pk").values()), default=str)
    people = [issue["reporter"] for issue in json.loads(content)["issues"]]
    assert not [each for each in people if each["avatar"]["full"].rpartition("/")[2] in kept]
    assert not [each for each in people if " " in each["name"] and each["name"] in kept]


def test_the_trial_tells_a_fault_once_however_many_lines_have_it(client, community):
    """Thirty swapped places are one thing to mend; each line is still to be found."""
    client.sign_in(staff(community, Role.COMMUNITY_ADMIN))
    lines = [SWAPPED.replace("3;", f"{number};", 1) for number in range(10, 40)]
    file = SimpleUploadedFile("туман.csv", "\n".join([HEAD, OPEN, *lines]).encode())
    client.post("/zhytomyr/reports/import/", {"source": "mist", "file": file})
    path = f"/zhytomyr/reports/import/{ReportImport.objects.get().pk}/"
    asked = client.get(path)
    assert "широта: 50,2547" in asked.content.decode(), "each column is offered with its first value"
    typed = {name: value for name, value in asked.context["form"].initial.items() if value not in {None, False}}
    tried = client.post(path, typed)
    [kind] = tried.context["kinds"]
    assert (kind.count, kind.lines, kind.is_more) == (30, "3, 4, 5, 6, 7, 8, 9, 10", True)
    assert "30 рядків: 3, 4, 5, 6, 7, 8, 9, 10…" in " ".join(tried.content.decode().split())
    assert "Перенести 1 повідомлення" in tried.content.decode()
