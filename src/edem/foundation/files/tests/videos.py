"""The skeleton of a video, as a phone writes it; nothing in it can be played."""


def box(name: bytes, body: bytes = b"") -> bytes:
    return (8 + len(body)).to_bytes(4, "big") + name + body


def mp4(*, brand: bytes = b"isom", pictures: bytes = b"\0" * 500) -> bytes:
    return box(b"ftyp", brand + b"\0\0\2\0isommp41") + box(b"moov", b"\0" * 60) + box(b"mdat", pictures)


WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + b"\x18\x53\x80\x67" + b"\0" * 200
