"""Gives the mass acts and live counters of every manifest to the rooms of the front door."""

from edem.foundation.catalog.registry import manifests
from edem.foundation.intake.acts import register as register_act
from edem.foundation.live.counters import register as register_counter


def wire_services() -> None:
    for manifest in manifests():
        for act in manifest.mass_acts:
            register_act(act)
        for counter in manifest.live_counters:
            register_counter(counter)
