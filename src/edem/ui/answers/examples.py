from edem.ui.answers.answers import Answer
from edem.ui.pieces import Example

ITEMS = (
    Answer(
        question="Про що петиція", answer="Зробити освітлення стежки до школи № 7", change_url="/petitions/new/title"
    ),
    Answer(question="Тема", answer="Благоустрій", change_url="/petitions/new/topic"),
    Answer(question="Світлини", answer="2 файли", change_url="/petitions/new/files"),
)
EXAMPLES = (Example(title="Перед надсиланням", code="{% answers items %}", facts={"items": ITEMS}),)
