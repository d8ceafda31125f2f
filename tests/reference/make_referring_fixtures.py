#!/usr/bin/env python3
"""Write tests/reference/refer/refcoco and phrasecut: small data sets in the formats of RefCOCO and PhraseCut.

    python3 tests/reference/make_referring_fixtures.py        (needs Pillow)

Two pictures of coloured squares, drawn here. refs(unc).p is written as Python 2's pickle module writes protocol 0 (byte
strings as S lines, unicode as V lines), refs(google).p as protocol 2. photos-val.json beside them is no work of this
script: its expressions were written by a person who looked at the photographs.
"""
import json
import pathlib
import pickle

from PIL import Image, ImageDraw

OUT = pathlib.Path(__file__).parent / "refer"
SQUARES = {  # annotation id: picture, left, top, right, bottom, colour
    11: (581857, 4, 8, 16, 20, "red"),
    12: (581857, 24, 8, 36, 20, "red"),
    21: (581860, 10, 5, 30, 25, "blue"),
}
SIZE = (40, 30)


def python2(value, memo):
    """`value` as pickle.dumps of Python 2 (protocol 0) has it."""

    def put():
        memo.append(None)
        return f"p{len(memo) - 1}\n"

    if isinstance(value, bool) or isinstance(value, int):
        return f"I{int(value)}\n"
    if isinstance(value, str):
        if value.isascii():
            return f"S{value!r}\n" + put()
        return "V" + value.encode("raw_unicode_escape").decode("latin-1") + "\n" + put()
    if isinstance(value, list):
        return "(l" + put() + "".join(python2(one, memo) + "a" for one in value)
    return "(d" + put() + "".join(python2(k, memo) + python2(v, memo) + "s" for k, v in value.items())


def name(picture):
    return f"COCO_train2014_{picture:012d}.jpg"


def draw(folder, file, picture):
    image = Image.new("RGB", SIZE, "white")
    for where, left, top, right, bottom, colour in SQUARES.values():
        if where == picture:
            ImageDraw.Draw(image).rectangle((left, top, right - 1, bottom - 1), fill=colour)
    folder.mkdir(parents=True, exist_ok=True)
    image.save(folder / file, quality=90)


def polygon(left, top, right, bottom):
    return [left, top, right, top, right, bottom, left, bottom]


def ref(number, annotation, split, sentences):
    picture = SQUARES[annotation][0]
    return {
        "sent_ids": [10 * number + i for i in range(len(sentences))],
        "file_name": name(picture).replace(".jpg", f"_{annotation}.jpg"),
        "ann_id": annotation,
        "ref_id": number,
        "image_id": picture,
        "split": split,
        "sentences": [
            {"tokens": s.split(), "raw": s.capitalize(), "sent_id": 10 * number + i, "sent": s}
            for i, s in enumerate(sentences)
        ],
        "category_id": 1,
    }


def refcoco():
    folder = OUT / "refcoco"
    for picture in sorted({square[0] for square in SQUARES.values()}):
        draw(folder / "images", name(picture), picture)
    refs = [
        ref(0, 11, "val", ["left square", "the red one that isn't right"]),
        ref(1, 12, "val", ["right square"]),
        ref(2, 21, "testA", ["blau\u00e9 square \u2603"]),
    ]
    (folder / "refs(unc).p").write_bytes((python2(refs, []) + ".").encode("latin-1"))
    refs[0]["split"] = "train"
    (folder / "refs(google).p").write_bytes(pickle.dumps(refs, protocol=2))
    instances = {
        "images": [
            {"id": p, "file_name": name(p), "width": SIZE[0], "height": SIZE[1]}
            for p in sorted({square[0] for square in SQUARES.values()})
        ],
        "annotations": [
            {
                "id": i,
                "image_id": p,
                "category_id": 1,
                "iscrowd": 0,
                "area": (right - left) * (bottom - top),
                "bbox": [left, top, right - left, bottom - top],
                "segmentation": [polygon(left, top, right, bottom)],
            }
            for i, (p, left, top, right, bottom, _) in SQUARES.items()
        ],
        "categories": [{"id": 1, "name": "square", "supercategory": "shape"}],
    }
    (folder / "instances.json").write_text(json.dumps(instances))


def phrasecut():
    folder = OUT / "phrasecut"
    draw(folder / "images", "2348550.jpg", 581857)
    corners = lambda i: [[x, y] for x, y in zip(*[iter(polygon(*SQUARES[i][1:5]))] * 2)]
    box = lambda i: [SQUARES[i][1], SQUARES[i][2], SQUARES[i][3] - SQUARES[i][1], SQUARES[i][4] - SQUARES[i][2]]
    task = lambda number, phrase, ids, picture=2348550: {
        "task_id": f"{picture}__{number}",
        "image_id": picture,
        "ann_ids": [f"{picture}__{number}_{k}" for k in range(len(ids))],
        "instance_boxes": [box(i) for i in ids],
        "Polygons": [[corners(i)] for i in ids],
        "phrase": phrase,
        "phrase_structure": {"name": "squares", "attributes": ["red"], "relation_descriptions": [], "type": "attribute"},
    }
    tasks = [task(0, "red squares", [11, 12]), task(1, "left square", [11]), task(2, "a bird", [11], 7)]
    (folder / "refer_miniv.json").write_text(json.dumps(tasks))
    (folder / "image_data_split.json").write_text(
        json.dumps([{"image_id": 2348550, "width": SIZE[0], "height": SIZE[1], "split": "miniv", "coco_id": None}])
    )


refcoco()
phrasecut()
