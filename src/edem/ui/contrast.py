"""A community chooses one colour; this makes it readable on our paper, in both themes (WCAG 2.2, 1.4.3 and 1.4.11)."""

from dataclasses import dataclass

TEXT_RATIO = 4.5
LIGHT_GROUNDS = ("#fbfaf7", "#ffffff", "#f4f1ea", "#fcecea", "#e8f3eb", "#e8f0fa", "#f1efea", "#fcf1dd")
DARK_GROUNDS = ("#171613", "#211f1b", "#110f0d", "#3a2220", "#1b3023", "#1c2a40", "#2b2823", "#352917")
"""Paper, surface, sunken, and the soft grounds of notices (look/10-tokens.css): links stand on each of them."""
LIGHT_INK, DARK_INK = "#ffffff", "#14120f"
_STEPS = 200
_LINEAR_BELOW = 0.04045

Channels = tuple[float, float, float]


@dataclass(frozen=True, kw_only=True)
class Accent:
    """One theme's four colours: the accent, what is written on it, its deeper and its softest shade."""

    accent: str
    ink: str
    deep: str
    soft: str


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours «#rrggbb», from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def light_accent(chosen: str) -> Accent:
    soft = mixed(chosen, "#ffffff", part=0.9)
    accent = readable(chosen, on=(*LIGHT_GROUNDS, soft, LIGHT_INK), towards="#000000")
    return Accent(accent=accent, ink=LIGHT_INK, deep=mixed(accent, "#000000", part=0.25), soft=soft)


def dark_accent(chosen: str) -> Accent:
    soft = mixed(chosen, DARK_GROUNDS[1], part=0.8)
    accent = readable(chosen, on=(*DARK_GROUNDS, soft, DARK_INK), towards="#ffffff")
    return Accent(accent=accent, ink=DARK_INK, deep=mixed(accent, "#ffffff", part=0.35), soft=soft)


def readable(colour: str, *, on: tuple[str, ...], towards: str, ratio: float = TEXT_RATIO) -> str:
    """The nearest shade on the way to `towards` that stands out enough on every ground."""
    for step in range(_STEPS + 1):
        shade = mixed(colour, towards, part=step / _STEPS)
        if all(contrast(shade, ground) >= ratio for ground in on):
            return shade
    raise ValueError(f"nothing between {colour} and {towards} is readable on {on}")


def mixed(one: str, other: str, *, part: float) -> str:
    """`part` of the way from one colour to the other."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(255 * (a + (b - a) * part)):02x}" for a, b in pairs)


def tokens_css(accent: str, accent_dark: str = "") -> str:
    """`Frame.look`. Without a colour for the dark the same one is adjusted."""
    light, dark = _declared(light_accent(accent)), _declared(dark_accent(accent_dark or accent))
    return (
        f"@layer tokens{{:root,[data-theme=light]{{{light}}}[data-theme=dark]{{{dark}}}"
        f"@media(prefers-color-scheme:dark){{:root:not([data-theme]){{{dark}}}}}"
        f"@media print{{:root,:root:not([data-theme]),:root[data-theme]{{{light}}}}}}}"
    )


def _declared(colours: Accent) -> str:
    return (
        f"--accent:{colours.accent};--accent-ink:{colours.ink};"
        f"--accent-deep:{colours.deep};--accent-soft:{colours.soft}"
    )


def _channels(colour: str) -> Channels:
    digits = colour.removeprefix("#")
    if len(digits) != 6:  # noqa: PLR2004 - #rrggbb
        raise ValueError(f"a colour is written #rrggbb, not {colour!r}")
    red, green, blue = bytes.fromhex(digits)
    return red / 255, green / 255, blue / 255


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _LINEAR_BELOW else ((channel + 0.055) / 1.055) ** 2.4
