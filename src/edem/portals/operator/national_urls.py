"""The platform operator's desk, on the platform's own host."""

from datetime import date

from django.apps import apps
from django.urls import path, register_converter

from edem.portals.operator import emergencies, letters, openings, short_messages, working_days

app_name = "platform"


class DayConverter:
    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(DayConverter, "day")

urlpatterns = [
    path("", openings.home, name="home"),
    path("open/<slug:katottg>/", openings.opening, name="opening"),
    path("emergency/<slug:slug>/", emergencies.emergency, name="emergency"),
    path("emergency/<slug:slug>/<int:emergency_id>/close/", emergencies.emergency_closed, name="emergency_close"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<int:community_id>/<uuid:notice_id>/again/", letters.resend, name="letter_again"),
    path("messages/", short_messages.short_messages, name="messages"),
    path("messages/<uuid:message_id>/again/", short_messages.resend, name="message_again"),
    path("calendar/", working_days.calendar, name="calendar"),
    path("calendar/transfers/add/", working_days.transfer, name="transfer_add"),
    path("calendar/transfers/<day:off>/remove/", working_days.transfer_away, name="transfer_away"),
    path("calendar/holidays/add/", working_days.holiday, name="holiday_add"),
    path("calendar/holidays/<int:place>/end/", working_days.holiday_end, name="holiday_end"),
    path("calendar/martial-law/", working_days.martial_law, name="martial_law"),
]
if apps.is_installed("allauth.socialaccount"):
    from edem.portals.operator.outside_urls import national

    urlpatterns += national
