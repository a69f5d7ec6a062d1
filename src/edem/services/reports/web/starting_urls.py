"""Addresses of writing a report."""

from django.urls import path

from edem.services.reports.web import blurring, installing, parcels, starting

urlpatterns = [
    path("app.webmanifest", installing.manifest, name="app"),
    path("app-icon.svg", installing.icon, name="app_icon"),
    path("worker.js", installing.worker, name="worker"),
    path("offline/", installing.offline, name="offline"),
    path("outbox/", installing.outbox, name="outbox"),
    path("outbox/<uuid:parcel_id>/", parcels.arrived, name="arrived"),
    path("start/", starting.start, name="start"),
    path("start/<uuid:draft_id>/photos/", starting.photos, name="start_photos"),
    path("start/<uuid:draft_id>/photos/<int:shot_id>/remove/", blurring.remove, name="start_photo_remove"),
    path("start/<uuid:draft_id>/photos/<int:shot_id>/blur/", blurring.blur_own, name="start_photo_blur"),
    path("start/<uuid:draft_id>/place/", starting.place, name="start_place"),
    path("start/<uuid:draft_id>/words/", starting.words, name="start_words"),
    path("start/<uuid:draft_id>/category/", starting.category, name="start_category"),
    path("start/<uuid:draft_id>/questions/", starting.questions, name="start_questions"),
    path("start/<uuid:draft_id>/check/", starting.check, name="start_check"),
    path("start/<uuid:draft_id>/forget/", starting.forget, name="start_forget"),
    path("<int:report_id>/sent/", starting.sent, name="sent"),
    path("<int:report_id>/photos/<int:photo_id>/blur/", blurring.blur_public, name="photo_blur"),
]
