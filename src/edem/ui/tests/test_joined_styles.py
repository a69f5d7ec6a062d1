"""The joined stylesheet is written by whoever needs it first, also when many need it at once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from edem.ui.styles import CORE, JoinedStyles, core_css

READERS = 8


def test_those_who_ask_at_once_all_get_it_whole(settings, tmp_path):
    for attempt in range(20):
        settings.STATIC_ROOT = tmp_path / f"{attempt}" / "static"
        together = Barrier(READERS)

        def ask(_reader: int, together: Barrier = together) -> str:
            finder = JoinedStyles()
            together.wait()
            return finder.find(CORE)

        with ThreadPoolExecutor(READERS) as crowd:
            [found] = set(crowd.map(ask, range(READERS)))
        assert Path(found).read_text(encoding="utf-8") == core_css()
        assert [each.name for each in (tmp_path / f"{attempt}" / "styles/ui").iterdir()] == ["core.css"]
