"""What a test needs beside the project itself. Where it is not there, the test says so and is left out."""

import os
import shutil
from pathlib import Path

import pytest

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")


def leave_out_without_browser(item: pytest.Item) -> None:
    """Whatever is marked `browser` walks pages in Chromium."""
    if CHROMIUM is None and item.get_closest_marker("browser") is not None:
        pytest.skip("no Chromium here")


def needs_data(place: Path) -> pytest.MarkDecorator:
    """Real data lie beside the project, and are not everybody's to have."""
    return pytest.mark.skipif(not place.exists(), reason=f"the real data are not beside the project: {place.name}")
