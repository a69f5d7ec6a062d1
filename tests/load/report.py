"""How a measurement is told: a table for people, JSON for machines."""

import json
import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from tools.places import STATE

FOLDER = STATE / "bench"


def tell(name: str, figures: Mapping[str, object]) -> None:
    width = max(len(label) for label in figures) + 2
    for label, figure in figures.items():
        print(f"  {label:<{width}}{figure:>14,.2f}" if isinstance(figure, float) else f"  {label:<{width}}{figure:>14}")
    print(f"  written to {write(name, figures)}")


def write(name: str, figures: Mapping[str, object]) -> Path:
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.json"
    content = {
        "measurement": name,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "processors": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
        "figures": figures,
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path
