#!/usr/bin/env python3
"""Makes token_masks.safetensors in clipseg/plain and clipseg/refined: the pooled embedding with tokens hidden inside the encoder.

Plain torch over the fixtures' weights, written from what timojl/clipseg does (scores before the softmax times the mask; "cls": the
class token's scores for the patches, "all": every patch's scores for the patches, the class token's row and column left alone) and
not from the C++. Needs torch, transformers 5, safetensors, numpy; make_clipseg_fixtures.py must have run.
"""
import pathlib

import torch
from safetensors.torch import load_file, save_file
from transformers import CLIPSegForImageSegmentation

HERE = pathlib.Path(__file__).parent / "clipseg"
CASES = {"cls_0": ("cls", 0), "cls_3": ("cls", 3), "all": ("all", 0), "from_2": ("all", 2)}


def pooled(model, pixels, inside, kind, first):
    tower = model.clip.vision_model
    heads = tower.config.num_attention_heads
    x = tower.pre_layrnorm(tower.embeddings(pixels, interpolate_pos_encoding=True))
    for number, block in enumerate(tower.encoder.layers):
        y, attention = block.layer_norm1(x), block.self_attn
        batch, tokens, width = y.shape
        q, k, v = (f(y).view(batch, tokens, heads, -1).transpose(1, 2)
                   for f in (attention.q_proj, attention.k_proj, attention.v_proj))
        scores = (q * (width // heads) ** -0.5) @ k.transpose(-1, -2)
        if number >= first:
            rows = slice(0, 1) if kind == "cls" else slice(1, None)
            scores[:, :, rows, 1:] *= inside[:, None, None]
        x = x + attention.out_proj((scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, tokens, width))
        x = x + block.mlp(block.layer_norm2(x))
    return model.clip.visual_projection(tower.post_layernorm(x[:, 0]))


def main():
    for name in ("plain", "refined"):
        model = CLIPSegForImageSegmentation.from_pretrained(HERE / name, dtype=torch.float32).eval()
        pixels = load_file(HERE / name / "expected.safetensors")["pixel_values"].float()
        cells = (pixels.shape[2] // model.config.vision_config.patch_size) ** 2
        inside = ((torch.arange(cells) * 7) % 5 < 2).float().expand(pixels.shape[0], -1).contiguous()
        with torch.no_grad():
            out = {case: pooled(model, pixels, inside, *how).contiguous() for case, how in CASES.items()}
        save_file({"inside": inside, **out}, HERE / name / "token_masks.safetensors")


main()
