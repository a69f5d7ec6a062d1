"""Through which door a signature came and how its signer was known, in words."""

from typing import Final

from edem.kernel.ukrainian import N_

CHANNELS: Final = {
    "online": N_("Сторінка петиції"),
    "form": N_("Сторінка петиції, без скриптів"),
    "api": N_("Програма (API)"),
    "paper": N_("Папір, через ЦНАП"),
    "kep": N_("КЕП під текстом"),
}

WAYS: Final = {
    "bank_id": N_("BankID"),
    "mobile_id": N_("MobileID"),
    "diia_id": N_("Дія.Підпис"),
    "dig_sign": N_("Електронний підпис (КЕП)"),
    "bank_id_nbu": N_("BankID НБУ"),
    "kep_file": N_("Файл із підписом (КЕП)"),
    "kep_widget": N_("Підпис у браузері (КЕП)"),
    "mobile_id_direct": N_("MobileID напряму"),
    "cnap_slip": N_("Талон на вхід із ЦНАП"),
    "paper": N_("На папері в ЦНАП"),
    "kep": N_("КЕП під текстом петиції"),
    "imported": N_("Перенесено з іншої платформи"),
}


TOLD_APART: Final = frozenset({"paper", "kep"})
"""Channels that say more of a signature than how its signer was known."""


def way_of(channel: str, assurance: str) -> str:
    """Under which of WAYS a signature is told."""
    return channel if channel in TOLD_APART else assurance


def channel_label(channel: str) -> str:
    return CHANNELS.get(channel, channel)


def way_label(way: str) -> str:
    return WAYS.get(way, way)
