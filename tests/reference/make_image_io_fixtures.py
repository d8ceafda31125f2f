#!/usr/bin/env python3
"""Writes tests/unit/core/image_io/fixtures/: small pictures of every format and kind that image_io reads.

Usage: python3 make_image_io_fixtures.py   (Pillow with libtiff and WebP, numpy)

All show the 32x16 picture of pattern(), which the test draws as well, so that no decoder's answer is taken on trust.
"""
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image

W, H = 32, 16
TARGET = pathlib.Path(__file__).parent.parent / "unit/core/image_io/fixtures"


def pattern():
    y, x = np.mgrid[0:H, 0:W]
    return np.stack([x * 8, y * 16, 255 - x * 4 - y * 4], -1).astype(np.uint8)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(name, depth, colour_type, rows, extra=b"", size=(W, H)):
    body = b"".join(b"\0" + row for row in rows)
    (TARGET / name).write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", *size, depth, colour_type, 0, 0, 0)) + extra
        + chunk(b"IDAT", zlib.compress(body, 9)) + chunk(b"IEND", b""))


def adobe_rgb():
    """An ICC version 2 matrix profile with Adobe RGB (1998)'s numbers: gamma 563/256, D50-adapted primaries."""
    def xyz(*v):
        return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(c * 65536)) for c in v)
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, 563) + b"\0\0"
    text = b"desc\0\0\0\0" + struct.pack(">I", 6) + b"adobe\0" + b"\0" * 78 + b"\0\0"
    tags = [(b"desc", text), (b"cprt", b"text\0\0\0\0none\0\0\0\0"), (b"wtpt", xyz(0.9642, 1.0, 0.8249)),
            (b"rXYZ", xyz(0.60974, 0.31111, 0.01947)), (b"gXYZ", xyz(0.20528, 0.62567, 0.06087)),
            (b"bXYZ", xyz(0.14919, 0.06322, 0.74457)), (b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve)]
    table, data, offset = b"", b"", 128 + 4 + 12 * len(tags)
    for kind, value in tags:
        value += b"\0" * (-len(value) % 4)
        table += kind + struct.pack(">II", offset + len(data), len(value))
        data += value
    size = offset + len(data)
    header = (struct.pack(">I", size) + b"none" + struct.pack(">I", 0x02400000) + b"mntrRGB XYZ "
              + struct.pack(">6H", 2024, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28
              + b"".join(struct.pack(">i", round(c * 65536)) for c in (0.9642, 1.0, 0.8249)) + b"\0" * 48)
    return header + struct.pack(">I", len(tags)) + table + data


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    rgb = pattern()
    picture = Image.fromarray(rgb)
    grey = rgb[..., 0]
    alpha = np.repeat((np.arange(H) * 17).astype(np.uint8)[:, None], W, 1)
    rgba = Image.fromarray(np.dstack([rgb, alpha]))
    bits = (grey >= 128).astype(np.uint8)

    png("rgb8.png", 8, 2, [r.tobytes() for r in rgb])
    png("rgb16.png", 16, 2, [(r.astype(">u2") * 257).tobytes() for r in rgb])
    png("grey16.png", 16, 0, [(r.astype(">u2") * 257).tobytes() for r in grey])
    png("grey1.png", 1, 0, [np.packbits(r).tobytes() for r in bits])
    png("rgba.png", 8, 6, [np.asarray(rgba)[y].tobytes() for y in range(H)])
    png("gamma.png", 8, 2, [r.tobytes() for r in rgb], chunk(b"gAMA", struct.pack(">I", 45455)))
    colours = [(i * 8, 255 - i * 8, 40) for i in range(32)]
    index = np.repeat(np.arange(W, dtype=np.uint8)[None], H, 0)
    png("palette_transparent.png", 8, 3, [r.tobytes() for r in index],
        chunk(b"PLTE", bytes(c for colour in colours for c in colour)) + chunk(b"tRNS", bytes([0, 51, 255])))
    png("adobe.png", 8, 2, [r.tobytes() for r in rgb],
        chunk(b"iCCP", b"adobe\0\0" + zlib.compress(adobe_rgb(), 9)))
    png("adobe_alpha.png", 8, 6, [np.asarray(rgba)[y].tobytes() for y in range(H)],
        chunk(b"iCCP", b"adobe\0\0" + zlib.compress(adobe_rgb(), 9)))
    png("texts.png", 8, 2, [r.tobytes() for r in rgb],
        chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(4_000_000), 9)) * 3)
    png("zeros_and_ones.png", 8, 0, [r.tobytes() for r in bits])

    turned = {1: rgb, 2: rgb[:, ::-1], 3: rgb[::-1, ::-1], 4: rgb[::-1], 5: rgb.swapaxes(0, 1),
              6: np.rot90(rgb, 1), 7: np.rot90(rgb.swapaxes(0, 1), 2), 8: np.rot90(rgb, -1)}
    for turn, stored in turned.items():
        exif = Image.Exif()
        exif[0x0112] = turn
        stored = Image.fromarray(np.ascontiguousarray(stored))
        stored.save(TARGET / f"turn{turn}.jpg", quality=100, subsampling=0, exif=exif)
        if turn == 6:
            stored.save(TARGET / "turn6.png", exif=exif)
            stored.save(TARGET / "turn6.webp", lossless=True, exif=exif)
            stored.save(TARGET / "turn6.tiff", tiffinfo={274: 6})

    picture.save(TARGET / "progressive.jpg", quality=100, subsampling=0, progressive=True)
    picture.save(TARGET / "adobe.jpg", quality=100, subsampling=0, icc_profile=adobe_rgb())
    Image.fromarray(grey).save(TARGET / "grey.jpg", quality=100)
    picture.convert("CMYK").save(TARGET / "cmyk.jpg", quality=100, subsampling=0)
    picture.save(TARGET / "lossless.webp", lossless=True)
    picture.save(TARGET / "lossy.webp", quality=100)
    picture.save(TARGET / "adobe.webp", lossless=True, icc_profile=adobe_rgb())
    rgba.save(TARGET / "rgba.webp", lossless=True, exact=True)
    black = Image.new("RGB", (W, H))
    picture.save(TARGET / "animated.webp", lossless=True, save_all=True, append_images=[black])
    picture.save(TARGET / "rgb.bmp")
    Image.fromarray(grey).save(TARGET / "grey.bmp")
    Image.fromarray(bits * 255).convert("1").save(TARGET / "one_bit.bmp")
    stored = (TARGET / "rgb.bmp").read_bytes()
    rows = [stored[54 + y * W * 3:54 + (y + 1) * W * 3] for y in range(H)]
    (TARGET / "top_down.bmp").write_bytes(stored[:22] + struct.pack("<i", -H) + stored[26:54] + b"".join(rows[::-1]))
    picture.save(TARGET / "plain.tiff")
    picture.save(TARGET / "lzw.tiff", compression="tiff_lzw")
    picture.save(TARGET / "deflate.tiff", compression="tiff_adobe_deflate")
    Image.fromarray(bits * 255).convert("1").save(TARGET / "fax.tiff", compression="group4")
    Image.fromarray(grey.astype(np.uint16) * 257).save(TARGET / "grey16.tiff")
    Image.fromarray(grey.astype(np.float32)).save(TARGET / "float.tiff")
    palette = Image.fromarray(index)
    palette.putpalette([c for colour in colours for c in colour])
    palette.save(TARGET / "still.gif", optimize=False)
    palette.save(TARGET / "transparent.gif", transparency=3, optimize=False)
    palette.save(TARGET / "animated.gif", save_all=True, append_images=[black.convert("P")], optimize=False)
    palette.save(TARGET / "palette.bmp")


main()
