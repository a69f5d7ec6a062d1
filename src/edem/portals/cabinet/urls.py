"""The resident's cabinet within a community."""

from django.urls import path

from edem.portals.cabinet import channels, contacts, copying, correcting, erasing, mailings, my_data, profile, views

app_name = "cabinet"

urlpatterns = [
    path("", views.home, name="home"),
    path("notices/", views.notices, name="notices"),
    path("mailing/", mailings.mailing, name="mailing"),
    path("mailing/works-again/", mailings.mailbox_works, name="mailbox_works"),
    path("mailing/stop-all/", mailings.stop_all, name="stop_all"),
    path("mailing/<int:subscription_id>/rhythm/", mailings.rhythm, name="rhythm"),
    path("mailing/<int:subscription_id>/stop/", mailings.stop, name="stop"),
    path("digests/<uuid:notice_id>/", mailings.digest, name="digest"),
    path("channels/", channels.home, name="channels"),
    path("channels/browsers/", channels.turn_on, name="device_on"),
    path("channels/browsers/<uuid:device_id>/off/", channels.turn_off, name="device_off"),
    path("channels/push-worker.js", channels.worker, name="push_worker"),
    path("contacts/", contacts.home, name="contacts"),
    path("contacts/<slug:kind>/", contacts.change, name="contact"),
    path("contacts/<slug:kind>/code/", contacts.code, name="contact_code"),
    path("contacts/<slug:kind>/give-up/", contacts.give_up, name="contact_give_up"),
    path("contacts/<slug:kind>/remove/", contacts.remove, name="contact_remove"),
    path("profile/", profile.home, name="profile"),
    path("profile/consents/<slug:version>/", profile.consent, name="consent"),
    path("my-data/", my_data.home, name="my_data"),
    path("my-data/copy/<slug:form>/", copying.copy, name="copy"),
    path("my-data/erase/", erasing.erase, name="erase"),
    path("my-data/correct/", correcting.correct, name="correct"),
    path("my-data/correct/take-back/", correcting.take_back, name="take_back"),
    path("my-data/readings/", my_data.readings, name="readings"),
]
