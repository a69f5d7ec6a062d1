from edem.ui.pieces import Example
from edem.ui.tabs.tabs import Tab

ITEMS = (
    Tab(label="Триває збір", url="?state=collecting", current=True, count=7),
    Tab(label="На розгляді", url="?state=considered", count=3),
    Tab(label="З відповіддю", url="?state=answered", count=1204),
    Tab(label="Архів", url="?state=archive"),
)
EXAMPLES = (Example(title="Стани списку", code='{% tabs items label="Петиції за станом" %}', facts={"items": ITEMS}),)
