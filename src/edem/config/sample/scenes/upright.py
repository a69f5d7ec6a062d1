"""Troubles that stand: a dark lamp, a dead tree, a broken swing. Each has its mended look."""

from edem.config.sample.scenes.street import HEIGHT, HORIZON, Place, blot, post

STEEL, WOOD, LIGHT = (84, 90, 96), (124, 92, 60), (255, 226, 160)


def lamp(at: Place, *, mended: bool) -> None:
    for number in range(3):
        x, top, foot = 90 + number * 150 + at.rng.uniform(-20, 20), 50 - number * 12, 250 + number * 30
        post(at.ink, x, top, foot=foot, fill=(38, 40, 46))
        at.ink.line((x, top, x + 34, top - 8), fill=(38, 40, 46), width=4)
        if mended or number == 0:
            at.ink.ellipse((x + 10, top - 30, x + 66, top + 24), fill=(120, 104, 70))
        glow = LIGHT if mended or number == 0 else (52, 54, 60)
        at.ink.ellipse((x + 28, top - 14, x + 48, top + 4), fill=glow)


def sign(at: Place, *, mended: bool) -> None:
    x = at.rng.uniform(180, 300)
    lean = 0 if mended else at.rng.choice((-90, 80))
    at.ink.line((x, 310, x + lean, 110), fill=STEEL, width=7)
    head = x + lean
    at.ink.polygon((head - 44, 70, head + 44, 70, head, 146), fill=(244, 240, 232), outline=(190, 40, 40), width=9)


def bench(at: Place, *, mended: bool) -> None:
    x, y = at.rng.uniform(110, 190), at.rng.uniform(230, 260)
    for leg in (20, 170):
        post(at.ink, x + leg, y, foot=y + 50, width=9, fill=(60, 60, 64))
    for board in range(5):
        if not mended and board in {1, 3}:
            continue
        tilt = 0 if mended or board != 2 else 26
        at.ink.line((x, y - 12 * board, x + 200, y - 12 * board + tilt), fill=WOOD, width=8)


def car(at: Place, *, mended: bool) -> None:
    if mended:
        return
    x, y = at.rng.uniform(120, 180), 270
    paint = at.rng.choice([(120, 58, 52), (70, 88, 108), (136, 132, 120)])
    at.ink.rectangle((x, y - 40, x + 220, y), fill=paint)
    at.ink.polygon((x + 40, y - 40, x + 70, y - 78, x + 160, y - 78, x + 186, y - 40), fill=paint)
    at.ink.polygon((x + 56, y - 42, x + 78, y - 70, x + 152, y - 70, x + 170, y - 42), fill=(44, 52, 58))
    for wheel in (48, 172):
        at.ink.ellipse((x + wheel - 20, y - 18, x + wheel + 20, y + 18), fill=(26, 26, 28))
    for _ in range(5):
        blot(at, (x + at.rng.uniform(10, 210), y - at.rng.uniform(4, 36)), (12, 6), (104, 66, 40))


def icicles(at: Place, *, mended: bool) -> None:
    at.ink.rectangle((0, 36, 480, 60), fill=(118, 112, 108))
    for left in range(10, 470, 22):
        length = 4 if mended else at.rng.uniform(20, 110)
        at.ink.polygon((left, 60, left + 14, 60, left + 7, 60 + length), fill=(214, 228, 240))


def playground(at: Place, *, mended: bool) -> None:
    x = at.rng.uniform(110, 170)
    for side in (0, 200):
        at.ink.line((x + side, 110, x + side - 30, 300), fill=(190, 70, 50), width=8)
        at.ink.line((x + side, 110, x + side + 30, 300), fill=(190, 70, 50), width=8)
    at.ink.line((x, 112, x + 200, 112), fill=(60, 110, 160), width=9)
    at.ink.line((x + 70, 112, x + 70, 246), fill=STEEL, width=3)
    if mended:
        at.ink.line((x + 132, 112, x + 132, 246), fill=STEEL, width=3)
        at.ink.line((x + 62, 248, x + 140, 248), fill=WOOD, width=10)
    else:
        at.ink.line((x + 68, 246, x + 100, 318), fill=WOOD, width=10)


def tree(at: Place, *, mended: bool) -> None:
    x = at.rng.uniform(180, 300)
    if mended:
        at.ink.ellipse((x - 26, 282, x + 26, 300), fill=(196, 164, 118), outline=WOOD)
        return
    at.ink.line((x, 320, x + at.rng.uniform(-40, 40), 120), fill=(88, 72, 58), width=22)
    for _ in range(10):
        y, out = at.rng.uniform(60, 210), at.rng.uniform(-110, 110)
        at.ink.line((x, y + 40, x + out, y), fill=(96, 80, 66), width=at.rng.randint(2, 7))


def wall(at: Place, *, mended: bool) -> None:
    plaster = at.rng.choice([(196, 184, 164), (178, 172, 160), (200, 178, 160)])
    at.ink.rectangle((40, 30, 440, 320), fill=plaster)
    for x in (80, 200, 320):
        at.ink.rectangle((x, 70, x + 76, 170), fill=(92, 108, 122), outline=(232, 230, 224), width=6)
    if mended:
        at.ink.rectangle((70, 210, 410, 300), fill=tuple(min(255, each + 14) for each in plaster))
        return
    blot(at, (at.rng.uniform(120, 360), 250), (90, 34), (128, 112, 96))
    crack = [(200 + step * at.rng.uniform(6, 20), 190 + step * 16) for step in range(8)]
    at.ink.line(crack, fill=(60, 54, 48), width=3)


def billboard(at: Place, *, mended: bool) -> None:
    for x in (150, 330):
        post(at.ink, x, 150, foot=HEIGHT - 40, width=9)
    sag = 0 if mended else 46
    at.ink.polygon(
        (90, 50, 390, 50 + sag, 390, HORIZON + sag, 90, HORIZON), fill=(232, 226, 206), outline=STEEL, width=5
    )
    if not mended:
        at.ink.polygon((330, 50 + sag, 390, 50 + sag, 390, 120 + sag), fill=(70, 74, 78))
