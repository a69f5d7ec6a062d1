"""Addresses of what follows the threshold: hearings, plan, board, statistics. Part of the service's list."""

from django.urls import path

from edem.services.petitions.web import board, fulfilment, hearings, statistics

PLAN, HEARINGS = "<int:petition_id>/plan/", "<int:petition_id>/hearings/"

urlpatterns = [
    path("board/", board.board, name="board"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics.csv", statistics.statistics_csv, name="statistics_csv"),
    path("statistics.json", statistics.statistics_json, name="statistics_json"),
    path(PLAN, fulfilment.plan, name="plan"),
    path(f"{PLAN}add/", fulfilment.new_stage, name="new_stage"),
    path(f"{PLAN}evidence/<int:evidence_id>/show/", fulfilment.show_evidence, name="show_evidence"),
    path(f"{PLAN}evidence/<int:evidence_id>/remove/", fulfilment.take_evidence_away, name="take_evidence_away"),
    path(f"{PLAN}<int:stage_id>/<slug:step>/", fulfilment.stage_step, name="stage_step"),
    path(HEARINGS, hearings.hearings, name="hearings"),
    path(f"{HEARINGS}appoint/", hearings.appoint, name="hearing_appoint"),
    path(f"{HEARINGS}decline/", hearings.decline, name="hearing_decline"),
    path(f"{HEARINGS}<int:hearing_id>/move/", hearings.move, name="hearing_move"),
    path(f"{HEARINGS}<int:hearing_id>/cancel/", hearings.cancel, name="hearing_cancel"),
    path(f"{HEARINGS}<int:hearing_id>/held/", hearings.held, name="hearing_held"),
    path(f"{HEARINGS}<int:hearing_id>.ics", hearings.hearing_calendar, name="hearing_calendar"),
]
