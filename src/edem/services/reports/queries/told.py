"""What letters tell of besides the report itself."""

from datetime import datetime

from edem.services.reports.models import Answer, Assignment, Forwarding, ReportStep


def assignment_told(assignment_id: int) -> Assignment | None:
    """None for the nought of a term that is no organisation's own."""
    found = Assignment.objects.select_related("organisation", "passed_to").filter(pk=assignment_id)
    return found.order_by("pk").first() if assignment_id else None


def answer_told(answer_id: int) -> Answer | None:
    return Answer.objects.select_related("organisation").filter(pk=answer_id).order_by("pk").first()


def forwarding_told(forwarding_id: int) -> Forwarding | None:
    return Forwarding.objects.filter(pk=forwarding_id).order_by("pk").first()


def step_told(report_id: int, step: str, *, at: datetime) -> ReportStep | None:
    """Its note is what the card says."""
    return ReportStep.objects.filter(report_id=report_id, step=step, at=at).order_by("-pk").first()
