"""The staff desk of one community."""

from django.urls import path

from edem.portals.desk import auditing, corrections, unsent, views

app_name = "desk"

urlpatterns = [
    path("", views.home, name="home"),
    path("queues/<slug:code>/", views.queue, name="queue"),
    path("corrections/<uuid:correction_id>/", corrections.correction, name="correction"),
    path("corrections/<uuid:correction_id>/open/", corrections.open_words, name="open_correction"),
    path("corrections/<uuid:correction_id>/confirm/", corrections.confirm, name="confirm_correction"),
    path("corrections/<uuid:correction_id>/refuse/", corrections.refuse, name="refuse_correction"),
    path("letters/<uuid:letter_id>/", unsent.letter, name="letter"),
    path("messages/<uuid:message_id>/", unsent.message, name="message"),
    path("log/", auditing.log, name="log"),
]
