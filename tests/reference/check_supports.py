#!/usr/bin/env python3
"""Compares `segment --support ... --mix ...` with transformers on seeded checkpoints: supports of several pictures, mixtures, styles.

    python3 tests/reference/check_supports.py [CONFIG:SEED ...]      default: tiny:11 tiny-plain:5

CONFIG is one of ../shared/reference/seeded_model.py (rd64-refined takes a minute). The engineered pictures are taken from `prompt
--save-tensor`; everything after them is transformers'. Ends with 1 where logits differ by more than 5e-4.
Needs torch, transformers 5, numpy, pillow; MASKWRIGHT_CLI is the program (default build/release/bin/maskwright-cli).
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import numpy as np
import torch
from PIL import Image
from transformers import CLIPSegForImageSegmentation, CLIPTokenizer

ROOT = pathlib.Path(__file__).resolve().parents[2]
REFERENCE = ROOT.parent / "shared" / "reference"
PROGRAM = os.environ.get("MASKWRIGHT_CLI", str(ROOT / "build/release/bin/maskwright-cli"))
MEAN = torch.tensor([0.485, 0.456, 0.406])[:, None, None]
STD = torch.tensor([0.229, 0.224, 0.225])[:, None, None]
SUPPORTS = [("astronaut", "180,0,120,200"), ("coffee", "150,80,300,200"), ("cat", "60,20,330,270")]
# (share of the pictures, how many supports, style, phrase)
CASES = [
    (1.0, 1, "crop_blur_highlight", ""),
    (1.0, 2, "crop", ""),
    (0.35, 2, "crop_blur_highlight,size={size}", "a cat"),
    (0.0, 1, "outline", "a cup of coffee"),
    (0.72, 3, "highlight2", "the red helmet"),
    (0.5, 2, "rect,markwidth=4,markcolour=00ff80", "cat"),
]
TOLERANCE = 5e-4


def program(*arguments):
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(arguments)}: {done.stderr}")


def normalised(path, size=None):
    image = Image.open(path).convert("RGB")
    if size is not None:
        image = image.resize((size, size), Image.BILINEAR)
    values = torch.from_numpy(np.asarray(image).astype(np.float32)).permute(2, 0, 1) / 255
    return (values - MEAN) / STD


def check(config, seed, folder):
    model_folder = folder / f"{config}-{seed}"
    subprocess.run([sys.executable, str(REFERENCE / "seeded_model.py"), config, str(seed), str(model_folder)], check=True)
    for name in ("vocab.json", "merges.txt"):
        shutil.copy(REFERENCE / "clip-bpe" / name, model_folder)
    model = CLIPSegForImageSegmentation.from_pretrained(model_folder).eval()
    tokenizer = CLIPTokenizer(str(model_folder / "vocab.json"), str(model_folder / "merges.txt"))
    size = 64 if config.startswith("tiny") else 352
    target = str(REFERENCE / "images" / "cat.png")
    worst = 0.0
    for share, count, style, phrase in CASES:
        style = style.format(size=size)
        shown, logits = folder / "shown", folder / "logits.npy"
        arguments = ["segment", target, "--model", str(model_folder), "--save-logits", str(logits), "--mix", str(share),
                     "--style", style, "--size", str(size)] + (["--phrase", phrase] if phrase else [])
        conditions = []
        for name, region in SUPPORTS[:count]:
            picture = str(REFERENCE / "images" / f"{name}.png")
            arguments += ["--support", picture, "--region", region]
            program("prompt", picture, "--region", region, "--style", style, "-o", f"{shown}.png", "--save-tensor", f"{shown}.npy")
            tensor = torch.from_numpy(np.load(f"{shown}.npy"))
            if (normalised(f"{shown}.png") - tensor).abs().max() > 1e-5:
                sys.exit(f"{style}: the picture shown is not the tensor that is encoded")
            pooled = model.clip.vision_model(tensor[None], interpolate_pos_encoding=True)[1]
            conditions.append(model.clip.visual_projection(pooled)[0])
        program(*arguments)
        condition = torch.stack(conditions).mean(0)
        if phrase:
            ids = tokenizer([phrase], return_tensors="pt", padding=True)
            text = model.clip.text_projection(model.clip.text_model(**ids)[1])[0]
            condition = share * condition + (1 - share) * text
        expected = model(pixel_values=normalised(target, size)[None], conditional_embeddings=condition[None],
                         interpolate_pos_encoding=True).logits
        difference = np.abs(np.load(logits).ravel() - expected.numpy().ravel()).max()
        worst = max(worst, float(difference))
        print(f"{config}:{seed}  a = {share}, {count} supports, {style}: {difference:.1e}", flush=True)
    return worst


def main():
    wanted = sys.argv[1:] or ["tiny:11", "tiny-plain:5"]
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        worst = max(check(*name.split(":"), pathlib.Path(folder)) for name in wanted)
    print(f"largest difference {worst:.1e} (logits; {TOLERANCE} allowed)")
    sys.exit(worst > TOLERANCE)


if __name__ == "__main__":
    main()
