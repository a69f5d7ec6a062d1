"""What happens here when something has happened: to a report, to a person, to a letter."""

from edem.services.reports.reactions import finding, mailboxes, residents, telling

__all__ = ["finding", "mailboxes", "residents", "telling"]
