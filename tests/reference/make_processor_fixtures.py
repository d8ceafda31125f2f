#!/usr/bin/env python3
"""Makes tests/reference/processors: how transformers' image processors prepare a picture, and what CLIPSeg answers.

classes.safetensors has PIXELS_OF_CLASS [3, h, w] of every class in `plain()`, made small, and classes.json what each of
them saves; there are no logits of them. For each case NAME.json is the processor_config.json that CLIPSegProcessor.save_pretrained writes, and expected.safetensors
has NAME.pixels [3, h, w], and NAME.logits [h, w] of tests/reference/clipseg/refined for "a cat". `picture` [h, w, 3] is the
8-bit input of all. Classes that end in Pil resize with Pillow, the others with torchvision, whose bytes differ by 1 at most.
Needs torch, torchvision, transformers 5, safetensors, pillow 13, numpy:  python3 make_processor_fixtures.py
"""
import json
import pathlib
import tempfile

import numpy as np
import torch
from PIL import Image
from safetensors.torch import save_file
import transformers
from transformers import (CLIPImageProcessor, CLIPImageProcessorPil, CLIPSegForImageSegmentation, CLIPSegProcessor,
                          CLIPTokenizer, DeiTImageProcessor, SiglipImageProcessorPil, ViTImageProcessor,
                          ViTImageProcessorPil)

HERE = pathlib.Path(__file__).parent
OUT = HERE / "processors"
SQUARE = {"height": 32, "width": 32}
SMALL = {"height": 16, "width": 16}


def cases():
    yield "vit", ViTImageProcessor(size=SQUARE)
    yield "vit-pil", ViTImageProcessorPil(size=SQUARE)
    yield "vit-int", ViTImageProcessorPil(size=32, image_mean=[0.1, 0.2, 0.3], image_std=[0.9, 0.8, 0.7], resample=1)
    yield "clip", CLIPImageProcessor(size={"shortest_edge": 36}, crop_size=SQUARE)
    yield "clip-pil", CLIPImageProcessorPil(size={"shortest_edge": 36}, crop_size=SQUARE)
    yield "clip-even", CLIPImageProcessorPil(size=32, crop_size=32, do_convert_rgb=False)
    yield "clip-padded", CLIPImageProcessor(size={"shortest_edge": 20}, crop_size=SQUARE)
    yield "clip-uncut", CLIPImageProcessorPil(size=SQUARE, do_center_crop=False)
    yield "deit", DeiTImageProcessor(size={"height": 48, "width": 40}, crop_size=SQUARE)
    yield "siglip-pil", SiglipImageProcessorPil(size=SQUARE)
    yield "nearest", ViTImageProcessorPil(size=SQUARE, resample=0, do_normalize=False)
    yield "box", ViTImageProcessorPil(size=SQUARE, resample=4, rescale_factor=0.01)
    yield "hamming", ViTImageProcessorPil(size=SQUARE, resample=5, do_rescale=False, image_mean=[100, 110, 120],
                                          image_std=[50, 60, 70])


def plain():
    """Every image processor whose steps core/clip/image_processors.cpp has, with sizes that make small pictures."""
    whole = {"size": SMALL}
    cut = {"size": {"shortest_edge": 20}, "crop_size": SMALL}
    patches = whole | {"crop_to_patches": False}
    cases = {
        "ViT": whole, "DeiT": {"size": {"height": 20, "width": 20}, "crop_size": SMALL}, "CLIP": cut, "Siglip": whole,
        "Blip": whole, "Beit": whole, "Bit": cut, "Chameleon": cut, "ChineseCLIP": cut, "Cohere2Vision": patches,
        "ConvNext": {"size": {"shortest_edge": 16}}, "DINOv3ViT": whole, "DPT": whole, "EfficientNet": whole,
        "Flava": {"size": {"height": 20, "width": 20}, "crop_size": SMALL}, "Gemma3": whole, "GotOcr2": patches,
        "GraniteDocling": patches, "LayoutLMv3": whole | {"apply_ocr": False},
        "Levit": {"size": {"shortest_edge": 17}, "crop_size": SMALL}, "Llava": cut, "MobileNetV1": cut, "MobileNetV2": cut,
        "MobileViT": {"size": {"shortest_edge": 18}, "crop_size": {"height": 24, "width": 24}, "do_flip_channel_order": False},
        "Ovis2": patches, "OwlViT": whole, "PPChart2Table": whole, "Perceiver": whole | {"do_center_crop": False},
        "PoolFormer": {"size": {"shortest_edge": 17}, "crop_size": SMALL}, "PromptDepthAnything": whole, "Pvt": whole,
        "RTDetr": whole, "Sam2": whole, "Sam3": whole, "SegGpt": whole, "Segformer": whole, "Tipsv2": whole,
        "Tipsv2Dpt": whole, "VideoLlava": cut, "VideoMAE": cut, "Vivit": cut,
    }
    for name, settings in cases.items():
        yield name, settings
    yield "EfficientNet", whole | {"rescale_offset": True, "include_top": False}
    yield "EfficientNet", whole | {"do_normalize": False}
    yield "Beit", {"size": {"height": 20, "width": 20}, "do_center_crop": True, "crop_size": SMALL, "do_reduce_labels": True}
    yield "ConvNext", {"size": {"shortest_edge": 18}, "crop_pct": 0.6, "resample": 2}
    yield "PoolFormer", {"size": {"height": 19, "width": 19}, "crop_size": SMALL, "crop_pct": 0.95}
    yield "Vivit", cut | {"offset": False}
    yield "RTDetr", whole | {"do_normalize": True, "do_pad": True, "pad_size": SMALL}
    # Steps that a class has no line for, and steps that null switches off.
    larger = {"size": {"height": 20, "width": 20}, "do_center_crop": True, "crop_size": SMALL}
    for name in ("Cohere2Vision", "GraniteDocling", "GotOcr2"):
        yield name, larger | {"crop_to_patches": False}
    for name in ("Gemma3", "PromptDepthAnything", "RTDetr", "SegGpt", "Segformer"):
        yield name, larger
    yield "MobileViT", cut | {"do_flip_channel_order": None, "do_normalize": True, "image_mean": 0.5, "image_std": 0.5}
    yield "ViT", whole | {"do_normalize": None, "do_rescale": None, "do_center_crop": None}
    yield "CLIP", whole | {"do_center_crop": None, "do_convert_rgb": None}
    yield "EfficientNet", whole | {"include_top": None, "rescale_offset": None}
    yield "PoolFormer", larger | {"crop_pct": None}
    yield "PoolFormer", whole | {"crop_pct": None, "do_center_crop": False}


def classes(drawn):
    """What each class of plain() saves, and what it makes of the picture; Pillow's class where there is one."""
    saved, pixels = {}, {}
    for name, settings in plain():
        for ending in ("", "Pil"):
            kind = getattr(transformers, name + "ImageProcessor" + ending, None)
            if kind is None:
                continue
            processor = kind(**settings)
            key = f"{name}{ending}-{1 + sum(other.startswith(name + ending + '-') for other in saved)}"
            with tempfile.TemporaryDirectory() as folder:
                processor.save_pretrained(folder)
                saved[key] = json.loads((pathlib.Path(folder) / "preprocessor_config.json").read_text())
            output = processor(Image.fromarray(drawn), return_tensors="pt")
            made = next(value for member, value in output.items() if member.startswith("pixel_values")).float()
            pixels[key] = made.reshape(made.shape[-3:]).contiguous().clone()
            print(key, tuple(pixels[key].shape))
    (OUT / "classes.json").write_text(json.dumps(saved, indent=0) + "\n")
    save_file(pixels, OUT / "classes.safetensors")


def picture():
    rng = np.random.default_rng(5)
    y, x = np.mgrid[0:45, 0:71]
    base = np.stack([127 + 120 * np.sin(x / 5), 255 * y / 45, 127 + 120 * np.cos((x + y) / 7)], -1)
    return np.clip(base + rng.normal(0, 25, base.shape), 0, 255).astype(np.uint8)


def main():
    OUT.mkdir(exist_ok=True)
    model = CLIPSegForImageSegmentation.from_pretrained(HERE / "clipseg" / "refined").float().eval()
    tokenizer = CLIPTokenizer.from_pretrained(HERE / "bpe")
    ids = torch.tensor(tokenizer(["a cat"])["input_ids"])
    drawn = picture()
    expected = {"picture": torch.from_numpy(drawn)}
    for name, image_processor in cases():
        with tempfile.TemporaryDirectory() as folder:
            CLIPSegProcessor(image_processor, tokenizer).save_pretrained(folder)
            text = (pathlib.Path(folder) / "processor_config.json").read_text()
        # What the file says, by the same class: from_pretrained chooses torchvision's, which cannot do every filter.
        again = type(image_processor)(**json.loads(text)["image_processor"])
        pixels = again(Image.fromarray(drawn), return_tensors="pt")["pixel_values"]
        with torch.no_grad():
            logits = model(input_ids=ids, pixel_values=pixels.float(), interpolate_pos_encoding=True).logits
        print(name, type(again).__name__, tuple(pixels.shape), tuple(logits.shape))
        (OUT / f"{name}.json").write_text(text)
        expected |= {f"{name}.pixels": pixels[0].float(), f"{name}.logits": logits.reshape(logits.shape[-2:])}
    save_file({k: v.contiguous().clone() for k, v in expected.items()}, OUT / "expected.safetensors")
    classes(drawn)


main()
