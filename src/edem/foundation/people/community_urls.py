"""What a community tells everybody about access in emergencies."""

from django.urls import path

from edem.foundation.people.emergency import pages

urlpatterns = [
    path("emergency-access/", pages.figures, name="emergency_figures"),
]
