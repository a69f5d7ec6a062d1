"""Addresses of the petitions service, under /petitions/ of each community."""

from django.urls import path

from edem.services.petitions.web import (
    author_urls,
    authoring,
    casework,
    exclusion_urls,
    export_urls,
    feed,
    hiding,
    kep_urls,
    listing,
    outcome_urls,
    paper_urls,
    printing,
    reading,
    signing,
)

app_name = "petitions"

urlpatterns = [
    path("", listing.petition_list, name="list"),
    path("feed.atom", feed.feed, name="feed"),
    path("start/", authoring.start, name="start"),
    path("similar/", reading.similar, name="similar"),
    path("<int:petition_id>/", reading.petition_card, name="card"),
    path("<int:petition_id>/signers/", reading.signers, name="signers"),
    path("<int:petition_id>/sheet.pdf", printing.sheet, name="sheet"),
    path("<int:petition_id>/sign/", signing.sign, name="sign"),
    path("<int:petition_id>/thanks/", signing.thanks, name="thanks"),
    path("<int:petition_id>/follow/", signing.start_following, name="follow"),
    path("<int:petition_id>/unfollow/", signing.stop_following, name="unfollow"),
    path("<int:petition_id>/edit/", authoring.edit, name="edit"),
    path("<int:petition_id>/check/", authoring.check, name="check"),
    path("<int:petition_id>/submitted/", authoring.submitted, name="submitted"),
    path("<int:petition_id>/withdraw/", authoring.withdraw, name="withdraw"),
    *author_urls.urlpatterns,
    *outcome_urls.urlpatterns,
    *paper_urls.urlpatterns,
    *exclusion_urls.urlpatterns,
    *export_urls.urlpatterns,
    *kep_urls.urlpatterns,
    path("<int:petition_id>/case/", casework.case, name="case"),
    path("<int:petition_id>/text/", hiding.show, name="text_show"),
    path("<int:petition_id>/case/<slug:step>/", casework.take_step, name="step"),
]
