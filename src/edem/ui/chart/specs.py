"""Vega-Lite specifications: direct labels, one accent and greys, bars from zero. Colours stand for tokens."""

from collections.abc import Mapping, Sequence

ACCENT, GREY, INK, QUIET, LINE = "#000001", "#000002", "#000003", "#000004", "#000005"
TOKENS = {ACCENT: "--accent", GREY: "--edge", INK: "--ink", QUIET: "--ink-2", LINE: "--line"}

ROW_HEIGHT, PLOT_HEIGHT = 54, 220
ROOM_FOR_AMOUNT = 92
"""To the right of the longest bar and of the line's end stands the amount."""
NARROW = 400

Spec = Mapping[str, object]
CONFIG: Spec = {
    "view": {"stroke": None},
    "axis": {"labelFontSize": 13, "labelColor": QUIET, "title": None, "domainColor": LINE, "gridColor": LINE},
}
AMOUNT: Spec = {"type": "text", "align": "left", "dx": 8, "fontSize": 15, "fontWeight": 600, "color": INK}


def bars_spec(rows: Sequence[Spec], *, width: int) -> Spec:
    """The name above its bar, the amount after it: long Ukrainian words need no margin."""
    scale = {"domainMin": 0, "range": [0, width - ROOM_FOR_AMOUNT]}
    length = {"field": "value", "type": "quantitative", "axis": None, "scale": scale}
    colour = {"condition": {"test": "datum.main", "value": ACCENT}, "value": GREY}
    name = {"type": "text", "align": "left", "x": 0, "dy": -12, "fontSize": 15, "color": INK}
    bar = {"type": "bar", "height": 16, "yOffset": 10}
    return _sheet(
        rows,
        width=width,
        height={"step": ROW_HEIGHT},
        encoding={"y": {"field": "label", "type": "nominal", "sort": None, "axis": None}},
        layer=[
            {"mark": name, "encoding": {"text": {"field": "label"}, "x": {"value": 0}}},
            {"mark": bar, "encoding": {"x": length, "color": colour}},
            {"mark": {**AMOUNT, "dy": 10}, "encoding": {"x": length, "text": {"field": "words"}}},
        ],
    )


def trend_spec(points: Sequence[Spec], *, goal: Spec | None, width: int) -> Spec:
    """A line from zero; its last value is written beside its end, the goal above its own line."""
    days = {"tickCount": 4 if width < NARROW else 7, "format": "%-d %b", "grid": False, "tickColor": LINE}
    reach = {"tickCount": 4, "labels": False, "ticks": False, "domain": False}
    right = width - ROOM_FOR_AMOUNT
    at = {"field": "at", "type": "temporal", "axis": days, "scale": {"range": [0, right]}}
    value = {"field": "value", "type": "quantitative", "scale": {"zero": True}, "axis": reach}
    here = {"x": at, "y": value}
    line = {"type": "line", "color": ACCENT, "strokeWidth": 2.5, "strokeJoin": "round"}
    dot = {"type": "circle", "color": ACCENT, "size": 70, "opacity": 1}
    last = {"values": points[-1:]}
    layers: list[Spec] = [
        {"mark": line, "encoding": here},
        {"data": last, "mark": dot, "encoding": here},
        {"data": last, "mark": AMOUNT, "encoding": {**here, "text": {"field": "words"}}},
    ]
    layers += _goal_layers(goal, right=right) if goal is not None else []
    return _sheet(points, width=width, height=PLOT_HEIGHT, layer=layers)


def _goal_layers(goal: Spec, *, right: int) -> list[Spec]:
    height = {"field": "value", "type": "quantitative"}
    rule = {"type": "rule", "color": GREY, "strokeDash": [4, 4]}
    words = {"type": "text", "align": "left", "baseline": "bottom", "dy": -4, "fontSize": 14, "color": QUIET}
    data = {"values": [goal]}
    return [
        {"data": data, "mark": rule, "encoding": {"y": height, "x": {"value": 0}, "x2": {"value": right}}},
        {"data": data, "mark": words, "encoding": {"y": height, "x": {"value": 0}, "text": {"field": "words"}}},
    ]


def _sheet(values: Sequence[Spec], **rest: object) -> Spec:
    padding = {"left": 2, "right": 2, "top": 8, "bottom": 2}
    return {"background": "white", "padding": padding, "config": CONFIG, "data": {"values": values}, **rest}
