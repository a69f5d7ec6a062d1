"""The services of this installation. A new service is one folder and one line here."""

from importlib.metadata import entry_points

OWN = [
    "edem.services.petitions",
    "edem.services.reports",
]
"""Django apps of the services that live in this house."""

INSTALLED = [point.value for point in entry_points(group="edem.services")]
"""A third party's services, found as installed packages."""

SERVICES = [*OWN, *INSTALLED]
