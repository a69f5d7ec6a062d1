"""Waiting for the post: letters come when the worker has sent them, a little after the step."""

from threading import Event
from time import monotonic

from simulators.mailbox.letters import Letter
from tests.journeys.town import Town

PATIENCE = 120.0


def letter_about(town: Town, recipient: str, subject: str, words: str) -> Letter | None:
    """The newest letter to this person with these words; None when it does not come in time."""
    until, pause = monotonic() + PATIENCE, Event()
    while True:
        for letter in town.letters_to(recipient):
            if subject.casefold() in letter.subject.casefold() and words in letter.body("plain"):
                return letter
        if monotonic() > until:
            return None
        pause.wait(0.2)
