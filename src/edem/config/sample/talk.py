"""What neighbours say under the sample's petitions, what authors tell and add: read from talking.toml."""

from functools import cache

from edem.config.sample.reading import Content, read_toml


class PaperText(Content):
    title: str
    text: str


class PhotoText(Content):
    title: str
    lit: int


class NewsText(Content):
    after: int
    text: str
    waits: bool = False


class CommentText(Content):
    """Hours after publication, the words, and what became of them."""

    after: int
    text: str
    answers: tuple[str, ...] = ()
    hidden: str = ""
    note: str = ""
    reported: str = ""
    deleted: bool = False


class TalkText(Content):
    title: str
    paper: PaperText | None = None
    photo: PhotoText | None = None
    news: tuple[NewsText, ...] = ()
    comment: tuple[CommentText, ...] = ()


@cache
def talks() -> tuple[TalkText, ...]:
    return tuple(TalkText.model_validate(each) for each in read_toml("talking.toml")["petition"])
