"""What kind of settlement stands before its name in an address: «м. Житомир», «смт Іванівка», «село Криве»."""

import re
from typing import Final

KINDS: Final = r"(?:місто|м|смт|селище міського типу|селище|с-ще|сел|с|село|хутір|х)"
BEFORE_A_NAME: Final = re.compile(rf"^\s*{KINDS}(?:\.\s*|\s+)", re.IGNORECASE)
