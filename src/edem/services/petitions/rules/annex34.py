"""The open data set «Електронні петиції»: KMU resolution 835, annex 34 (structures petitions and votings). Pure."""

from typing import Final

PETITION_COLUMNS: Final = (
    "uid",
    "kind",
    "title",
    "url",
    "text",
    "authorityName",
    "authorityId",
    "authorityCattutc",
    "startDate",
    "count",
    "creator",
    "status",
    "answerDate",
    "answerUrl",
    "answerText",
)

VOTING_COLUMNS: Final = ("motionUid", "voterName", "motionTitle", "date")
