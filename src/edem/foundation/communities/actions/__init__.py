"""Every write about communities: one function is one thing a person can do."""

from edem.foundation.communities.actions.appearance import change_accent, change_arms, remove_arms
from edem.foundation.communities.actions.bordering import change_border, remove_border
from edem.foundation.communities.actions.charters import Act, adopt_charter
from edem.foundation.communities.actions.naming import CommunityFacts, change_facts
from edem.foundation.communities.actions.opening import open_community
from edem.foundation.communities.actions.parts import (
    add_district,
    add_organisation,
    change_district,
    change_organisation,
    close_organisation,
    remove_district,
    reopen_organisation,
)
from edem.foundation.communities.actions.services import switch_languages, switch_services

__all__ = [
    "Act",
    "CommunityFacts",
    "add_district",
    "add_organisation",
    "adopt_charter",
    "change_accent",
    "change_arms",
    "change_border",
    "change_district",
    "change_facts",
    "change_organisation",
    "close_organisation",
    "open_community",
    "remove_arms",
    "remove_border",
    "remove_district",
    "reopen_organisation",
    "switch_languages",
    "switch_services",
]
