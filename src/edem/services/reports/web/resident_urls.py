"""Addresses of what residents do with a report: voices, talk, sharing, the answer to «вирішено?», their own hands."""

from django.urls import path

from edem.services.reports.web import (
    adding_photos,
    appealing,
    confirming,
    discussing,
    merging,
    self_help,
    sharing,
    voicing,
)

urlpatterns = [
    path("start/<uuid:draft_id>/similar/", voicing.hints, name="hints"),
    path("start/<uuid:draft_id>/join/<int:report_id>/", voicing.join_instead, name="start_join"),
    path("appeal/", appealing.appeal, name="appeal"),
    path("start/<uuid:draft_id>/appeal/", appealing.appeal_of_draft, name="appeal_of_draft"),
    path("<int:report_id>/appeal/", appealing.appeal_of_report, name="appeal_of_report"),
    path("solved/<str:token>/", confirming.answer_letter, name="solved"),
    path("<int:report_id>/join/", voicing.join, name="join"),
    path("<int:report_id>/leave/", voicing.leave, name="leave"),
    path("<int:report_id>/photos/add/", adding_photos.add_photos, name="add_photos"),
    path("<int:report_id>/merge/", merging.merge, name="merge"),
    path("<int:report_id>/confirm/", confirming.confirm, name="confirm"),
    path("<int:report_id>/reopen/", confirming.reopen, name="reopen"),
    path("<int:report_id>/comments/", discussing.comments, name="comments"),
    path("<int:report_id>/comments/add/", discussing.comment, name="comment"),
    path("<int:report_id>/share/", sharing.share, name="share"),
    path("<int:report_id>/share.png", sharing.picture, name="share_picture"),
    path("<int:report_id>/poster.pdf", sharing.poster, name="poster"),
    path("<int:report_id>/self-help/", self_help.self_help, name="self_help"),
    path("<int:report_id>/self-help/come/", self_help.come_along, name="come_along"),
    path("<int:report_id>/self-help/done/", self_help.done, name="self_help_done"),
    path("<int:report_id>/self-help/stop/", self_help.stop, name="self_help_stop"),
    path("<int:report_id>/self-help/end/", self_help.end, name="self_help_end"),
    path("<int:report_id>/self-help/decide/", self_help.decide, name="self_help_decide"),
]
