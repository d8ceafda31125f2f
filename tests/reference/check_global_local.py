#!/usr/bin/env python3
"""Compares `refer --as-reference` with PyTorch on seeded CLIPs: features of regions and texts, and their scores.

    python3 tests/reference/check_global_local.py [KIND[:SEED] ...]      default: vit-b32 rn50

KIND is vit-b32, vit-b16, vit-l14, rn50 or rn101 (true size; vit-l14 takes 8 GiB and two minutes), vit-tiny or rn-tiny.
Local features of a transformer and texts are transformers' CLIPModel's, everything else is computed by the code of
make_global_local_fixtures.py. Pictures are those of resources/examples, regions are drawn here. Ends with 1 where a
feature differs by more than 5e-4 (tiny: 1e-4) or a score by more than 1e-3, with 77 where something is missing.
Needs torch, transformers 5, safetensors, numpy, pillow; MASKWRIGHT_CLI is the program (default
build/release/bin/maskwright-cli), MASKWRIGHT_BPE a folder with CLIP's own vocab.json and merges.txt (default: that
of ../shared/reference where it is, else a small one).
"""
import json
import math
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

try:
    import numpy as np
    import torch
    from PIL import Image
    from safetensors.torch import load_file, save_file
    from transformers import CLIPModel, CLIPTokenizer

    import make_global_local_fixtures as reference
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("MASKWRIGHT_CLI", str(ROOT / "build/release/bin/maskwright-cli"))
CLIP_BPE = ROOT.parent / "shared" / "reference" / "clip-bpe"
BPE = pathlib.Path(os.environ.get("MASKWRIGHT_BPE", CLIP_BPE if CLIP_BPE.is_dir() else ROOT / "tests/reference/bpe"))

WIDE, WIDER = dict(width=512, heads=8, layers=12), dict(width=768, heads=12, layers=12)
FEW = dict(width=64, heads=2, layers=3)
KINDS = {
    "vit-b32": dict(embed=512, width=768, head=64, layers=12, patch=32, size=224, text=WIDE),
    "vit-b16": dict(embed=512, width=768, head=64, layers=12, patch=16, size=224, text=WIDE),
    "vit-l14": dict(embed=768, width=1024, head=64, layers=24, patch=14, size=224, text=WIDER),
    "rn50": dict(embed=1024, width=64, head=64, layers=(3, 4, 6, 3), size=224, text=WIDE),
    "rn101": dict(embed=512, width=64, head=64, layers=(3, 4, 23, 3), size=224, text=WIDE),
    "vit-tiny": dict(embed=32, width=128, head=64, layers=5, patch=32, size=224, text=FEW),
    "rn-tiny": dict(embed=32, width=16, head=64, layers=(1, 2, 1, 1), size=224, text=FEW),
}
# (picture, its size here or none, expression, as it is compared, noun phrase)
CASES = [
    ("cat", None, "the cat's left ear", "the cat 's left ear", "left ear"),
    ("street", (517, 351), "second car from the right", "second car from the right", "second car"),
    ("herd", (96, 640), "Brown horse behind the others, eating", "brown horse behind the others , eating", "horse"),
]
MASKINGS = [("tokens", 3), ("tokens", 1), ("one-block", 2), ("attention", 3), ("region", 3)]
MIXTURES = [(0.95, 0.5), (0.31, 0.8)]


def regions(height, width, seed):
    """Ellipses, one of them cut by an edge, two parts apart, a thin line, a pixel, everything."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    ellipse = lambda cx, cy, rx, ry: ((x - cx * width) / (rx * width)) ** 2 + ((y - cy * height) / (ry * height)) ** 2 < 1
    some = [ellipse(*rng.uniform(0.1, 0.9, 2), *rng.uniform(0.05, 0.4, 2)) for _ in range(6)]
    some += [ellipse(0.1, 0.2, 0.08, 0.1) | ellipse(0.85, 0.7, 0.1, 0.2), x == width // 3, x + y == 5, x >= 0]
    some += [(x == width - 1) & (y == height - 1)]
    return torch.from_numpy(np.stack([one for one in some if one.any()])).to(torch.uint8)


def tight(masks):
    found = []
    for mask in masks:
        rows, columns = mask.nonzero(as_tuple=True)
        found.append([int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1])
    return torch.tensor(found)


def write_model(folder, kind, seed):
    c = dict(KINDS[kind])
    vocabulary = json.loads((BPE / "vocab.json").read_text())
    c["vocabulary"] = len(vocabulary)
    reference.CONTEXT, reference.BOS, reference.EOS = 77, len(vocabulary) - 2, len(vocabulary) - 1
    resnet = "patch" not in c
    state = reference.state(c, resnet, seed)
    folder.mkdir()
    for name in ("vocab.json", "merges.txt"):
        shutil.copy(BPE / name, folder)
    if resnet or seed % 2:  # both layouts of a transformer have their turn
        (folder / "open_clip_config.json").write_text(json.dumps(reference.open_clip_config(c)))
        save_file({k: v.contiguous().clone() for k, v in state.items()}, folder / "open_clip_model.safetensors")
    else:
        (folder / "config.json").write_text(json.dumps(reference.hf_config(c)))
        save_file({k: v.contiguous().clone() for k, v in reference.hf_names(state).items()}, folder / "model.safetensors")
    return state, c, resnet


def transformers_model(state, c, folder):
    """The same weights in transformers."""
    where = folder.parent / "transformers"
    where.mkdir()
    (where / "config.json").write_text(json.dumps(reference.hf_config(c)))
    save_file({k: v.contiguous().clone() for k, v in reference.hf_names(state).items()}, where / "model.safetensors",
              metadata={"format": "pt"})
    model = CLIPModel.from_pretrained(where).eval()
    shutil.rmtree(where)
    return model


def pooled(output):
    return output if torch.is_tensor(output) else output.pooler_output


class Expected:
    def __init__(self, state, c, resnet, folder):
        self.state, self.c, self.resnet = state, c, resnet
        self.model = (reference.ResNet if resnet else reference.Vit)(state, c)
        self.other = None if resnet else transformers_model(state, c, folder)
        self.tokenizer = CLIPTokenizer.from_pretrained(folder)

    def text(self, text):
        ids = torch.tensor([self.tokenizer(text)["input_ids"]])
        if self.resnet:
            return reference.unit(reference.encode_text(self.state, self.c, ids))
        return pooled(self.other.get_text_features(input_ids=ids))

    def whole(self, pixels):
        rows = [self.model.whole(one[None]) if self.resnet else pooled(self.other.get_image_features(pixel_values=one[None]))
                for one in pixels]
        return torch.cat(rows)

    def hidden(self, small, masks, masking, k):
        first = self.c["layers"] - k if not self.resnet else 0
        if self.resnet:
            return torch.cat([self.model.masked(small, one[None]) for one in masks])
        if masking == "region":
            return self.model.region(small, masks, first)
        rows = [self.model.masked(small, one[None], first, only=masking == "one-block", attention=masking == "attention")
                for one in masks]
        return torch.cat(rows)


def program(folder, picture, masks, expression, noun, masking, k, v, r):
    out = folder.parent / "found.safetensors"
    arguments = [PROGRAM, "refer", str(picture), "--model", str(folder), "--device", "cpu", "--as-reference", "--proposals", str(masks),
                 "--expression", expression, "--noun-phrase", noun, "--masking", masking, "--k", str(k), "--v", str(v),
                 "--r", str(r), "--save-features", str(out)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(arguments)}: {done.stderr}")
    return load_file(out)


def check(kind, seed, folder):
    started = time.monotonic()
    state, c, resnet = write_model(folder, kind, seed)
    expected = Expected(state, c, resnet, folder)
    allowed = 1e-4 if kind.endswith("tiny") else 5e-4
    good = True
    for number, (name, size, expression, spaced, noun) in enumerate(CASES):
        image = Image.open(next((ROOT / "resources/examples").glob(name + ".*"))).convert("RGB")
        image = image.resize(size, Image.BICUBIC) if size else image
        picture, masks = folder.parent / f"{name}.png", folder.parent / f"{name}-masks"
        image.save(picture)
        m = regions(image.height, image.width, 100 * seed + number)
        masks.mkdir()
        for i, one in enumerate(m):
            Image.fromarray(one.numpy() * 255).save(masks / f"{i:03}.png")
        p = (torch.from_numpy(np.asarray(image).astype(np.float32)).permute(2, 0, 1) / 255 - reference.MEAN) / reference.STD
        float_masks, small = m.float(), reference.resize(p[None], c["size"], c["size"])
        local = expected.whole(reference.crops(p, float_masks, tight(m), c["size"]))
        sentence, phrase = expected.text(spaced), expected.text(noun)
        for turn, (masking, k) in enumerate(MASKINGS[:1] if resnet else MASKINGS):
            v, r = MIXTURES[(turn + number) % len(MIXTURES)]
            found = program(folder, picture, masks, expression, noun, masking, k, v, r)
            hidden = expected.hidden(small, float_masks, masking, k)
            wanted = {"global": hidden, "local": local, "sentence": sentence, "noun_phrase": phrase,
                      "score": reference.scores(state, resnet, hidden, local, sentence, phrase, v, r)}
            away = {what: float((found[what] - value).abs().max()) for what, value in wanted.items()}
            fine = all(away[what] <= (1e-3 if what == "score" else allowed) for what in away) and all(map(math.isfinite, away.values()))
            good = good and fine
            print(f"{kind}:{seed} {name} {masking} k {k} v {v} r {r}: " +
                  ", ".join(f"{what} {away[what]:.1e}" for what in away) + ("" if fine else "   TOO FAR"), flush=True)
    print(f"{kind}:{seed} took {time.monotonic() - started:.0f} s")
    return good


def main():
    good = True
    for name in sys.argv[1:] or ["vit-b32", "rn50"]:
        kind, _, seed = name.partition(":")
        if kind not in KINDS:
            sys.exit(__doc__)
        with tempfile.TemporaryDirectory() as folder, torch.inference_mode():
            good = check(kind, int(seed or 36), pathlib.Path(folder) / "model") and good
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
