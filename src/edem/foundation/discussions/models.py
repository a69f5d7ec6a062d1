"""What residents say under a petition, a project, a plan: one table for all of them."""

from django.db import models

from edem.foundation.discussions.rules import CommentState

# Migrations keep plain values: history must not need today's code.
_STATES = [state.value for state in CommentState]


class Comment(models.Model):
    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    service = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    path = models.CharField(max_length=300)
    """Where the subject is read, within the community."""
    kept_tag = models.CharField(max_length=100)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replies")
    author = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=200)
    merge_id = models.BigIntegerField(null=True)
    """The merge of two accounts that it came over with; with their parting it goes back."""
    text = models.TextField(blank=True)
    """Gone when its author deletes it; kept for the moderators when one of them hides it."""
    state = models.CharField(max_length=10, choices=[(state, state) for state in _STATES])
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=300, blank=True)
    """Why it was refused or hidden, as it read on the day."""

    class Meta:
        ordering = ("at", "pk")
        indexes = [
            models.Index(fields=["community", "service", "kind", "subject_id", "at"], name="comment_in_thread"),
            models.Index(fields=["author", "-at"], name="comment_by_author"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=_STATES), name="comment_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state=CommentState.DELETED.value) | models.Q(text=""),
                name="comment_deleted_keeps_no_words",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[CommentState.HIDDEN.value, CommentState.REFUSED.value])
                | ~models.Q(ground=""),
                name="comment_hidden_on_a_ground",
            ),
        ]

    @property
    def report_path(self) -> str:
        """Where a reader says that it should not stand here, within the community."""
        return f"/report/{self.service}/comment/{self.pk}/"
