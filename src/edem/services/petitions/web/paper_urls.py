"""Addresses of paper signatures and of taking one's own signature back."""

from django.urls import path

from edem.services.petitions.web import paper, paper_blank, paper_checking, withdrawing_signature

SHEET = "<int:petition_id>/paper/<int:sheet_id>/"

urlpatterns = [
    path("paper/", paper.waiting, name="paper_waiting"),
    path("<int:petition_id>/paper/", paper.sheets, name="paper"),
    path("<int:petition_id>/paper/blank.pdf", paper_blank.blank, name="paper_blank"),
    path(SHEET, paper.sheet, name="paper_sheet"),
    path(f"{SHEET}rows/", paper.rows, name="paper_rows"),
    path(f"{SHEET}scan/", paper.scan, name="paper_scan"),
    path(f"{SHEET}scan/content/", paper_checking.scan_content, name="paper_scan_content"),
    path(f"{SHEET}check/", paper_checking.check, name="paper_check"),
    path(f"{SHEET}return/", paper_checking.send_back, name="paper_return"),
    path(f"{SHEET}discard/", paper.discard, name="paper_discard"),
    path("<int:petition_id>/unsign/", withdrawing_signature.unsign, name="unsign"),
]
