from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.notices.plain import text_of, title_of

words = st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=60)


def test_paragraphs_lists_and_links_keep_their_shape():
    html = (
        '<p>Перше <b>слово</b>.</p><ul><li>раз</li><li>два</li></ul><p><a href="https://a.ua/x?a=1&amp;b=2">Тут</a></p>'
    )
    assert text_of(html) == "Перше слово.\n\n— раз\n— два\n\nТут: https://a.ua/x?a=1&b=2\n"


def test_style_and_title_are_not_words_of_the_letter():
    assert text_of("<head><title>Тема</title><style>p{}</style></head><body>слово</body>") == "слово\n"


@given(words)
def test_whatever_was_escaped_reads_as_it_was_written(text):
    assert text_of(f"<p>{escape(text)}</p>").split() == text.split()
    assert title_of(f"<title>{escape(text)}</title>").split() == text.split()


@given(st.text(max_size=60))
def test_a_subject_is_always_one_line(text):
    assert len(title_of(f"<title>{escape(text)}</title>").splitlines()) <= 1
