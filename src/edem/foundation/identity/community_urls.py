"""Sign-in as a community's pages link to it; the way leads through the platform's host."""

from django.urls import path

from edem.foundation.identity import crossing, standing_pages, views
from edem.foundation.identity.cnap import desk_pages, proposal_pages
from edem.foundation.identity.signatures import urls as signatures

app_name = "identity"

urlpatterns = [
    path("sign-in/", crossing.leave, name="begin"),
    path("sign-in/arrive/", crossing.arrive, name="arrive"),
    path("sign-in/sessions/", views.sessions, name="sessions"),
    path("sign-in/withdraw/", views.withdraw, name="withdraw"),
    path("sign-in/why/", standing_pages.why, name="why"),
    path("sign-in/why/register/", standing_pages.ask, name="why_register"),
    path("sign-out/", views.sign_out, name="sign_out"),
    *signatures.urlpatterns,
    path("members/", desk_pages.find, name="members"),
    path("members/new/", desk_pages.register, name="register"),
    path("members/scans/<int:fact_id>/", desk_pages.scan, name="scan"),
    path("members/merges/<int:merge_id>/part/", proposal_pages.part, name="part"),
    path("members/proposals/<uuid:proposal_id>/", proposal_pages.proposal, name="proposal"),
    path("members/proposals/<uuid:proposal_id>/scan/", proposal_pages.scan, name="proposal_scan"),
    path("members/proposals/<uuid:proposal_id>/confirm/", proposal_pages.confirm, name="confirm_proposal"),
    path("members/proposals/<uuid:proposal_id>/decline/", proposal_pages.decline, name="decline_proposal"),
    path("members/<uuid:person_id>/", desk_pages.member, name="member"),
    path("members/<uuid:person_id>/prove/", desk_pages.prove, name="prove"),
    path("members/<uuid:person_id>/register/", desk_pages.ask, name="ask_register"),
    path("members/<uuid:person_id>/end/", desk_pages.end, name="end_membership"),
    path("members/<uuid:person_id>/name/", desk_pages.rename, name="rename"),
    path("members/<uuid:person_id>/merge/", desk_pages.merge, name="merge"),
    path("members/<uuid:person_id>/slip/", proposal_pages.slip, name="slip_desk"),
    path("members/<uuid:person_id>/slip/ask/", proposal_pages.ask_slip, name="ask_slip"),
    path("members/<uuid:person_id>/slip/print/", proposal_pages.print_slip, name="print_slip"),
    path("members/<uuid:person_id>/slip/cancel/", proposal_pages.drop_slip, name="cancel_slip"),
]
