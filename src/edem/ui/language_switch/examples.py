from edem.ui.frame import Language
from edem.ui.pieces import Example

BOTH = (
    Language(code="uk", name="Українська", url="?language=uk", current=True),
    Language(code="en", name="English", url="?language=en"),
)
EXAMPLES = (Example(title="Дві мови", code="{% language_switch languages %}", facts={"languages": BOTH}),)
