"""What follows when files are kept."""

from edem.foundation.events.readers import reacts_to
from edem.foundation.files.events import PictureKept
from edem.foundation.files.thumbnails import draw_thumbnail


@reacts_to(PictureKept)
def show_it_small(event: PictureKept) -> None:
    draw_thumbnail(event.file_id)
