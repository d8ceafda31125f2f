#!/usr/bin/env python3
"""Writes tests/unit/core/image/fixtures/resize.txt: what Pillow's resize gives for small pictures.

Usage: python3 make_resize_fixtures.py   (Pillow 13, numpy)

One case a line: filter width height new_width new_height, then the FNV-1a hash (64 bits, hex) of the resized RGB bytes. The picture
is drawn by the linear congruential generator that the test also has. Pillow 13 resizes tall pictures vertically first, which
moves some values by 1: an older one would make another file.
"""
import pathlib

import numpy as np
from PIL import Image, __version__

SIZES = [
    (1, 1, 5, 3), (1, 9, 4, 2), (9, 1, 2, 4), (2, 2, 7, 5), (7, 5, 2, 2), (64, 48, 32, 32), (451, 300, 352, 352),
    (300, 451, 352, 352), (97, 13, 31, 200), (640, 480, 224, 224), (33, 1000, 352, 16), (352, 352, 352, 352),
    (352, 100, 352, 40), (100, 352, 40, 352), (1500, 900, 352, 352), (3, 700, 350, 2),
]


def picture(width, height, state):
    values = np.empty(width * height * 3, np.uint8)
    for i in range(values.size):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        values[i] = state >> 24
    return values.reshape(height, width, 3)


def fnv(data):
    h = 0xCBF29CE484222325
    for byte in data:
        h = ((h ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return f"{h:016x}"


def main():
    if int(__version__.split(".")[0]) < 13:
        raise SystemExit("use Pillow 13 or newer")
    lines = []
    for resample in map(Image.Resampling, range(6)):
        for w, h, nw, nh in SIZES:
            out = Image.fromarray(picture(w, h, w * 7919 + h)).resize((nw, nh), resample)
            lines.append(f"{resample.value} {w} {h} {nw} {nh} {fnv(out.tobytes())}\n")
    target = pathlib.Path(__file__).parent.parent / "unit/core/image/fixtures/resize.txt"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("".join(lines))


main()
