"""Bringing reports over, as it looks: the columns settled, the trial's faults, on a telephone and on a desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from edem.services.reports.models import ReportImport
from edem.services.reports.tests.factories import staff
from edem.ui.tests.browser import faults_on, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
HOME = "/zhytomyr/reports/import/"
FOREIGN = [f"Somebody_elses_quite_long_column_name_{number}" for number in range(20)]
HEAD = ";".join(["id", "назва", "опис", "категорія", "широта", "довгота", "дата", "стан", *FOREIGN])
GOOD = "Яма на Шкільній;Глибока;3.8;50,2547;28,6587;01.11.2026 10:15;Відкрита;" + ";".join(["слово"] * 20)
SWAPPED = "Яма навпаки;;3.8;28,6587;50,2547;01.11.2026;Відкрита;" + ";".join(
    ["дуже довге значення без пробілів_" * 3] * 20
)


def mist():
    lines = [f"{number};{GOOD if number % 3 else SWAPPED}" for number in range(1, 40)]
    return SimpleUploadedFile("звернення-2026.csv", "\n".join([HEAD, *lines]).encode())


@pytest.fixture
def pages(client, community):
    client.sign_in(staff(community, "community_admin"))
    client.post(HOME, {"source": "mist", "file": mist()})
    path = f"{HOME}{ReportImport.objects.get().pk}/"
    asked = client.get(path)
    form = asked.context["form"]
    typed = {name: value for name, value in form.initial.items() if value not in {None, False}}
    typed |= {"day_order": form.initial.get("day_order") or "day_first"}
    tried = client.post(path, typed | {"category": typed.get("category") or "3.8"})
    return {
        HOME: client.get(HOME).content.decode(),
        path: asked.content.decode(),
        f"{path}tried/": tried.content.decode(),
    }


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1280, "dark")])
def test_settling_and_trying_is_for_everybody_on_every_width(pages, width, theme):
    with opened(pages, width=width, theme=theme) as page:
        assert faults_on(page, pages) == {}
