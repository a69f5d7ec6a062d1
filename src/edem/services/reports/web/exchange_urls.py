"""Files that come from elsewhere, and servers of organisations."""

from django.urls import path

from edem.services.reports.web import importing, receivers

urlpatterns = [
    path("import/", importing.imports, name="imports"),
    path("import/<int:import_id>/", importing.settle, name="import_settle"),
    path("receivers/", receivers.receivers, name="receivers"),
    path("receivers/<int:organisation_id>/", receivers.receiver, name="receiver"),
    path("receivers/again/<int:forwarding_id>/", receivers.again, name="receiver_again"),
]
