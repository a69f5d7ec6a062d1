"""Published vectors beside the project (`../shared/data/kep`): from the standards' annexes and a certified library."""

import json
from functools import cache
from pathlib import Path

from edem.config.testing.needs import needs_data
from edem.kernel.kep.algorithms.curve import Curve, Parameters, Point
from edem.kernel.kep.algorithms.curves import curve_of

FOLDER = Path(__file__).parents[6] / "shared" / "data" / "kep"
needs_vectors = needs_data(FOLDER)

from_hex = bytes.fromhex


@cache
def vectors() -> dict[str, dict]:
    return json.loads((FOLDER / "dstu_vectors.json").read_text(encoding="utf-8"))


def number(little_endian: str) -> int:
    return int.from_bytes(from_hex(little_endian), "little")


# DSTU 4145-2002, annex B: the curve of the example has a base point of its own; numbers are little-endian here.
EXAMPLE = {
    "x": "2004548c5c8874feaf01fff97dc23aa9937f862d07",
    "y": "9bfdc3ad2211b84a5f9d59c5972b8547399c4a22",
    "d": "3e5a9b1c0c7973d0f89371d647ff5179df0ff68301",
    "Qx": "dac2bd4af69cb7e45c78acb69c92ff23e0fde77d05",
    "Qy": "aab9320577345f7badf6ab85ad06cf4b324454e803",
    "H": "ff4722f5aeed76eb2e5373df6d1680715bb92e3a8886e4ae9a0c917742c4c909",
    "k": "c6617f242d93128ede791d7a2b01db97bd405e0201",
    "r": "a7088d06937ade9af524a4800d4a01aa0c2cea7402",
    "s": "ca5a61b332a3d65b0f238c8e2b83317395860d1002",
}


def example_curve() -> Curve:
    return curve_of(
        Parameters(
            degree=163,
            middle=(7, 6, 3),
            a=1,
            b=number("215d45c1198a635e9203b40a21c82d2a460861ff05"),
            order=number("4df1bc392d26e22bc1be0200000000000000000004"),
            base=Point(number(EXAMPLE["x"]), number(EXAMPLE["y"])),
        )
    )
