#!/usr/bin/env python3
"""Writes tests/unit/core/visual_prompt/fixtures/: what the reference's visual prompt engineering computes.

Usage: python3 make_visual_prompt_fixtures.py   (numpy, opencv-python-headless)

Written from the definitions (modes, constants and quirks of timojl/clipseg's datasets/utils.py and evaluation_utils.py), with
numpy's own slices and OpenCV's own blur and contours, so that it shares nothing with the C++ it checks. cases.txt has a line a
case: width height mask answer_width answer_height style; cases.bin the answers, float32 [3, height, width] one after another.
Picture and masks are drawn by the test as well.
"""
import pathlib

import cv2
import numpy as np

MEAN, STD = np.float32([0.485, 0.456, 0.406]), np.float32([0.229, 0.224, 0.225])
TARGET = pathlib.Path(__file__).parent.parent / "unit/core/visual_prompt/fixtures"


def picture(width, height):
    """8-bit noise on a ramp by a linear congruential generator, normalised; [height, width, 3]."""
    state = width * 7919 + height
    values = np.empty((height, width, 3), np.float32)
    for y in range(height):
        for x in range(width):
            for c in range(3):
                state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
                values[y, x, c] = ((state >> 26) + 4 * x + 5 * y + 20 * c) % 256
    return (values / np.float32(255) - MEAN) / STD


def mask(width, height, name):
    m = np.zeros((height, width), np.float32)
    if name == "box":
        m[height // 4:height // 2 + 1, width // 3:2 * width // 3] = 1
    elif name == "corner":
        m[height - 3:, width - 4:] = 1
    elif name == "pixel":
        m[height // 3, width // 2] = 1
    elif name == "two":
        m[1:3, 1:4] = 1
        m[height - 4:height - 2, width - 6:width - 3] = 1
    elif name == "all":
        m[:] = 1
    return m


def box_of(m, context):
    """x and y ranges with the mix-up of rows and columns: ends are counted back from the other side's length."""
    rows, columns = m.shape
    by_column, by_row = m.max(axis=0), m.max(axis=1)
    x = [int(by_column.argmax()), rows - int(by_column[::-1].argmax())]
    y = [int(by_row.argmax()), columns - int(by_row[::-1].argmax())]
    grow_x, grow_y = context * (x[1] - x[0]), context * (y[1] - y[0])
    return ([int(max(0, x[0] - grow_x)), int(min(rows, x[1] + grow_x))],
            [int(max(0, y[0] - grow_y)), int(min(columns, y[1] + grow_y))])


def crop(image, m, context, size):
    (x0, x1), (y0, y1) = box_of(m, context)
    cut = image[y0:y1, x0:x1]
    side = max(cut.shape[:2])
    square = np.zeros((side, side, 3), np.float32)
    top, left = (side - cut.shape[0]) // 2, (side - cut.shape[1]) // 2
    square[top:top + cut.shape[0], left:left + cut.shape[1]] = cut
    index = np.floor(np.arange(size, dtype=np.float32) * np.float32(side / size)).astype(int).clip(0, side - 1)
    return square[index][:, index]


def unit(image):
    return (image * STD + MEAN).clip(0, 1)


def engineer(image, m, background=1.0, blur=0.0, context=None, size=224, brightness=1.0, tint=None, object_factor=1.0,
             object_shift=0.0, shift=0.0, content="picture", rect_width=2, rect_color=(255, 0, 0)):
    image = image * np.float32(brightness)
    inside = m[..., None]
    if content == "shape":
        return np.repeat(inside, 3, 2)
    if content == "nothing":
        return image * 0
    behind = cv2.GaussianBlur(image, (15, 15), blur) if blur > 0 else image
    if tint == "grayscale":
        behind = behind[..., 1:2]
    out = inside * (image * object_factor + object_shift) + (1 - inside) * background * behind + shift
    out = out.astype(np.float32)
    if tint == "rectangle":
        (x0, x1), (y0, y1) = box_of(m, 0.1)
        for x in (x0, x1):
            out[y0:y1, max(0, x - rect_width):x + rect_width] = np.float32(rect_color)
        for y in (y0, y1):
            out[max(0, y - 1):y + rect_width, x0:x1] = np.float32(rect_color)
    if context is not None:
        out = crop(out, m, context, size)
    if tint == "colour":
        grey = cv2.cvtColor(unit(image), cv2.COLOR_RGB2GRAY)[..., None]
        out = (inside * grey * np.float32([1, 0.2, 0.2]) + (1 - inside) * background * grey - MEAN) / STD
    if tint == "outline":
        contours, _ = cv2.findContours(m.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        line = np.zeros(m.shape, np.uint8)
        cv2.drawContours(line, contours, -1, 255, 5)
        out = (np.where(line[..., None] > 0, np.float32([1, 0, 0]), unit(out)) - MEAN) / STD
    return out.astype(np.float32)


SQUARE, WIDE, TALL = (16, 16), (20, 14), (14, 20)
CASES = [
    (SQUARE, "box", "overlay", dict(background=0)),
    (SQUARE, "box", "highlight", dict(background=0.15)),
    (WIDE, "two", "highlight2", dict(background=0.15, object_factor=0.65, object_shift=0.1)),
    (SQUARE, "box", "blur_highlight", dict(background=0.5, blur=1, shift=-0.01)),
    (TALL, "two", "blur3_highlight", dict(background=0.5, blur=3, shift=-0.01)),
    (WIDE, "corner", "blur3_highlight01", dict(background=0.1, blur=3, shift=-0.01)),
    (SQUARE, "box", "crop,size=32", dict(blur=1, context=0.1, size=32)),
    (SQUARE, "two", "crop_blur_highlight,size=48", dict(background=0.1, blur=3, context=0.1, size=48)),
    (SQUARE, "corner", "crop_blur_highlight352,size=32", dict(background=0.1, blur=3, context=0.1, size=32)),
    (SQUARE, "pixel", "crop_blur_highlight352,size=16", dict(background=0.1, blur=3, context=0.1, size=16)),
    (SQUARE, "all", "crop_blur_highlight352,size=16", dict(background=0.1, blur=3, context=0.1, size=16)),
    (SQUARE, "none", "crop_blur_highlight352,size=16", dict(background=0.1, blur=3, context=0.1, size=16)),
    (WIDE, "box", "crop_blur_highlight352,size=32", dict(background=0.1, blur=3, context=0.1, size=32)),
    (TALL, "box", "crop_blur_highlight352,size=32", dict(background=0.1, blur=3, context=0.1, size=32)),
    (WIDE, "corner", "crop_blur_highlight352,context=0.5,size=32", dict(background=0.1, blur=3, context=0.5, size=32)),
    (TALL, "corner", "crop_blur_highlight352,context=0.5,size=32", dict(background=0.1, blur=3, context=0.5, size=32)),
    (WIDE, "all", "crop_small,size=16", dict(context=0.1, size=16)),
    (TALL, "all", "crop_large,size=48", dict(context=0.5, size=48)),
    (WIDE, "box", "shape", dict(content="shape")),
    (WIDE, "box", "image_only", dict()),
    (WIDE, "box", "image_black", dict(content="nothing")),
    (TALL, "two", "outline", dict(tint="outline")),
    (WIDE, "box", "colorize", dict(tint="colour")),
    (WIDE, "box", "colorize,background=0.3,brightness=0.7", dict(tint="colour", background=0.3, brightness=0.7)),
    (TALL, "box", "grayscale,blur=2.5", dict(tint="grayscale", blur=2.5)),
    (SQUARE, "two", "rect", dict(tint="rectangle")),
    (WIDE, "box", "rect", dict(tint="rectangle")),
    (TALL, "corner", "rect,background=0.4", dict(tint="rectangle", background=0.4)),
    (SQUARE, "box", "crop_small,tint=rectangle,context=0.7,size=32", dict(tint="rectangle", context=0.7, size=32)),
    (SQUARE, "two", "rect,markwidth=5,markcolour=0a80ff", dict(tint="rectangle", rect_width=5, rect_color=(10, 128, 255))),
    (WIDE, "box", "rect,markwidth=1,markcolour=ffffff,background=0.2",
     dict(tint="rectangle", rect_width=1, rect_color=(255, 255, 255), background=0.2)),
    (SQUARE, "two", "image_only,brightness=1.3,background=0.25,blur=4",
     dict(brightness=1.3, background=0.25, blur=4)),
]


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    lines, answers = [], []
    for (width, height), name, style, arguments in CASES:
        out = engineer(picture(width, height), mask(width, height, name), **arguments)
        lines.append(f"{width} {height} {name} {out.shape[1]} {out.shape[0]} {style}\n")
        answers.append(np.ascontiguousarray(out.transpose(2, 0, 1), "<f4").tobytes())
    (TARGET / "cases.txt").write_text("".join(lines))
    (TARGET / "cases.bin").write_bytes(b"".join(answers))


main()
