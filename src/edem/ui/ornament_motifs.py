"""The motifs of Ukrainian cross-stitch, counted out by hand. Each is a left half; its last column is the axis.

Six rows are mirrored downwards, eleven stand as they are. `x` is the first thread, `o` the second.
"""

MAINS: dict[str, tuple[str, ...]] = {
    "ромб": (".....x", "....xx", "...xx.", "..xx.o", ".xx.oo", "xx.ooo"),
    "алатир": ("..x...", "..xx..", "xxxxx.", ".xxxx.", "..xx.o", "....oo"),
    "хрест": ("....xx", "....xx", "x...xo", "....xo", "xxxxxo", "xxoooo"),
    "дерево": (
        *(".....o", "....xx", "..x.xx", "...xxx", ".x...x", "..xxxx"),
        *("x....x", ".xxxxx", ".....x", "....ox", "..oooo"),
    ),
    "роги": (".xxx..", "x...x.", "x.x..x", ".xx..x", "....xx", "ooo.xx"),
    "ружа": ("...oo.", "..oooo", ".oo.oo", "ooo.xo", "oo.xx.", ".oxxxx"),
    "сніжинка": ("x....x", "xx...x", ".xx..x", "..xx.o", "....xo", "xxxooo"),
    "вазон": (
        *(".....o", "....oo", "x..ooo", "xx..oo", ".x...x", "..xx.x"),
        *("o..xxx", ".xx..x", "...x.x", "..xxxx", "...xxx"),
    ),
    "птахи": (
        *("........", "..oo....", ".xxx...o", "..xx..ox", "..xxx..x", "...xxxox"),
        *("x..xxx.x", "xxxxxx.x", ".xxxx.ox", "...x...x", "..xx..xx"),
    ),
    "сонце": ("....x.", "x....x", ".x.xxx", "..xx..", "x.x..o", ".xx.oo"),
    "колосок": (
        *("....xx", "...x.x", "..xx.x", "...x.o", "..x..x", ".xx..x"),
        *("..x..o", "....xx", "...x.x", "..xx.x", "...x.x"),
    ),
    "хміль": (".....x", "...xxx", "..xx.x", "x..x.o", "xx...o", ".xxxoo"),
    "клепсидра": ("xxxxxx", ".xxxxx", "..xxxx", "o..oxx", "oo..ox", "ooo..x"),
    "сітка": ("x....x", ".x..x.", "..xx..", "x.oo.x", ".x..x.", "..xx.o"),
    "око": ("......", "....oo", "..ooo.", ".oo..x", "oo..xx", "o..xxx"),
    "гребінець": ("x.x.x.", "x.x.x.", "x.x.x.", "xxxxxx", "......", "o.o.o."),
    "метелик": ("xx...x", "xxx.x.", "xxxxx.", ".xx.xo", "..xxxo", ".....o"),
    "листок": (
        *(".....x", "....xx", "..x.xx", ".xxxxx", "..x.ox", "x.xxox"),
        *(".xxxox", "..x.ox", "....ox", ".....o", ".....o"),
    ),
    "тюльпан": (
        *("x..x.x", "x.xx.x", "xxxxxx", ".xxoxx", "..xooo", "...xxx"),
        *(".....o", "oo...o", ".oo..o", "..oo.o", "....oo"),
    ),
    "вікно": ("xxxxxx", "x.....", "x.xxxx", "x.x...", "x.x.oo", "x.x.oo"),
}

BETWEEN: tuple[tuple[str, ...], ...] = (
    ("...", "...", "...", "..x", ".x.", "x.o"),
    ("...", "...", "...", "...", "..x", ".xx"),
    ("..o", "...", "..o", "...", "..o", "..."),
    ("oxx", "..x", "...", "..o", ".o.", "o.."),
    ("..x", "..x", ".x.", ".x.", "x..", "x.."),
    ("x", "x", ".", "o", ".", "x"),
    ("...", "..x", ".xo", "..x", "...", "..o"),
)

EDGES = ("", "x", "o.", "xx.", "x..o..")
