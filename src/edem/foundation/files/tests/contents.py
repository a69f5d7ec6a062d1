"""Honest files and hostile ones."""

import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def picture(kind="JPEG", *, size=(640, 480), exif=None, mode="RGB"):
    drawn = BytesIO()
    Image.new(mode, size, "#2346c7").save(drawn, kind, **({"exif": exif} if exif else {}))
    return drawn.getvalue()


def photo_with_place():
    """Taken on its side, with the camera's name and the place in it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Камера-3000"
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 15.0, 0.0), 3: "E", 4: (28.0, 40.0, 0.0)})
    return picture(exif=exif)


def bomb(width=60_000, height=60_000):
    """A few hundred bytes that would unpack to gigabytes."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def office(main="word/document.xml", *extra):
    packed = BytesIO()
    with ZipFile(packed, "w") as package:
        for name in ("[Content_Types].xml", main, *extra):
            package.writestr(name, "<x/>")
    return packed.getvalue()
