"""Troubles that lie on the ground: a pothole, a heap of rubbish, an open manhole. Each has its mended look."""

from edem.config.sample.scenes.street import HEIGHT, HORIZON, WIDTH, Place, blot, shade

TAR, WATER, SOIL = (48, 48, 50), (110, 128, 140), (112, 88, 62)


def pothole(at: Place, *, mended: bool) -> None:
    x, y = at.spot()
    wide = at.rng.uniform(60, 110)
    if mended:
        at.ink.rectangle((x - wide, y - wide / 3, x + wide, y + wide / 3), fill=TAR, outline=(30, 30, 32))
        return
    blot(at, (x, y), (wide, wide / 3), shade(TAR, 1.3))
    blot(at, (x, y + 4), (wide * 0.8, wide / 4.2), TAR)
    if at.rng.random() < 0.6:
        blot(at, (x, y + 6), (wide * 0.6, wide / 6), WATER)


def pavement(at: Place, *, mended: bool) -> None:
    x, y = at.spot()
    if mended:
        at.ink.rectangle((x - 70, y - 22, x + 70, y + 30), fill=(172, 160, 148), outline=(120, 112, 104))
        return
    blot(at, (x, y), (80, 28), SOIL)
    for _ in range(6):
        tile = (x + at.rng.uniform(-80, 60), y + at.rng.uniform(-26, 22))
        blot(at, tile, (18, 8), (168, 158, 148))


def crossing(at: Place, *, mended: bool) -> None:
    white = (236, 236, 232) if mended else (124, 124, 126)
    for step in range(7):
        left = 40 + step * 62
        at.ink.polygon(
            (left, HEIGHT - 20, left + 34, HEIGHT - 20, left + 44, HORIZON + 70, left + 22, HORIZON + 70), white
        )
    if not mended:
        for _ in range(60):
            x, y = at.rng.randrange(WIDTH), at.rng.randrange(HORIZON + 60, HEIGHT)
            at.ink.ellipse((x, y, x + 20, y + 7), fill=(98, 100, 104))


def rubbish(at: Place, *, mended: bool) -> None:
    if mended:
        return
    x, y = at.spot()
    bags = [(28, 30, 34), (52, 74, 110), (190, 190, 186), (150, 60, 50), (196, 168, 60), SOIL]
    for _ in range(16):
        spot = x + at.rng.gauss(0, 60), y + at.rng.gauss(8, 16)
        blot(at, spot, (at.rng.uniform(14, 34), at.rng.uniform(10, 22)), at.rng.choice(bags))


def garbage_bin(at: Place, *, mended: bool) -> None:
    x, y = at.spot(0.15)
    for step in range(2):
        left = x - 90 + step * 96
        at.ink.polygon((left, y - 70, left + 84, y - 70, left + 76, y + 20, left + 8, y + 20), fill=(56, 98, 66))
        if mended:
            at.ink.rectangle((left - 4, y - 80, left + 88, y - 68), fill=(40, 74, 50))
            continue
        for _ in range(7):
            blot(at, (left + at.rng.uniform(0, 84), y - 74 + at.rng.uniform(-16, 8)), (18, 14), (200, 196, 186))
    if not mended:
        rubbish(at, mended=False)


def manhole(at: Place, *, mended: bool) -> None:
    x, y = at.spot()
    at.ink.ellipse((x - 62, y - 24, x + 62, y + 24), fill=(74, 70, 66))
    at.ink.ellipse((x - 54, y - 20, x + 54, y + 20), fill=(96, 92, 88) if mended else (12, 12, 14))
    if mended:
        for step in range(-2, 3):
            at.ink.line((x - 44, y + step * 7, x + 44, y + step * 7), fill=(70, 66, 62), width=3)
    else:
        at.ink.line((x - 40, y - 50, x + 20, y + 6), fill=(96, 74, 48), width=6)


def water(at: Place, *, mended: bool) -> None:
    if mended:
        blot(at, at.spot(), (70, 18), (70, 70, 72))
        return
    x, y = at.spot()
    blot(at, (x, y + 20), (200, 46), WATER)
    for _ in range(9):
        near = x + at.rng.uniform(-120, 120), y + 20 + at.rng.uniform(-24, 24)
        at.ink.arc((near[0], near[1], near[0] + 30, near[1] + 9), 180, 360, fill=(190, 204, 212))


def snow(at: Place, *, mended: bool) -> None:
    if mended:
        at.ink.polygon((150, HORIZON, 320, HORIZON, 430, HEIGHT, 40, HEIGHT), fill=(126, 124, 122))
        return
    for _ in range(8):
        blot(at, (at.rng.uniform(0, WIDTH), at.rng.uniform(HORIZON + 40, HEIGHT)), (90, 30), (240, 243, 247))
    for step in range(7):
        at.ink.ellipse((200 + step * 9, 330 - step * 22, 212 + step * 9, 338 - step * 22), fill=(178, 188, 200))


def dog(at: Place, *, mended: bool) -> None:
    if mended:
        return
    for _ in range(at.rng.randint(1, 3)):
        x, y = at.spot()
        coat = at.rng.choice([(86, 62, 42), (40, 38, 38), (176, 142, 96)])
        at.ink.ellipse((x - 34, y - 26, x + 30, y + 2), fill=coat)
        at.ink.ellipse((x + 20, y - 44, x + 46, y - 20), fill=coat)
        for leg in (-26, -14, 12, 24):
            at.ink.line((x + leg, y - 4, x + leg, y + 26), fill=coat, width=6)
        at.ink.line((x - 32, y - 20, x - 50, y - 38), fill=coat, width=5)
