#!/usr/bin/env python3
"""Makes tests/reference/sam: a tiny SamModel with seeded noise for weights, and what transformers computes with it.

vit/    config.json, preprocessor_config.json, model.safetensors as transformers writes them, and expected.safetensors:
        picture     [h, w, 3]         8-bit input
        pixels      [1, 3, s, s]      as its image processor (Pillow's resizing) makes it
        embeddings  [1, C, g, g]      of the vision encoder
        points      [n, 2]            x, y in input pixels
        low         [n, 3, 4g, 4g]    masks at low resolution, logits
        iou         [n, 3]            their predicted intersection over union
        masks       [m, h, w]         what the pipeline "mask-generation" keeps with `points_per_crop` kSide, in its order
        scores      [m]
vit.pth the same weights under the names of the original release, as a checkpoint
mobile.pt, mobile.safetensors   a tiny TinyViT encoder beside that decoder, under MobileSAM's names; `pixels` and
        `embeddings` as the code below computes them, which was written from TinyViT's paper and its published layout

Needs torch, torchvision, transformers, safetensors, numpy, Pillow:  python3 make_sam_fixtures.py
"""
import pathlib
import shutil

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import load_file, save_file
from transformers import SamConfig, SamModel, pipeline
from transformers.models.sam.image_processing_pil_sam import SamImageProcessorPil

OUT = pathlib.Path(__file__).parent / "sam"
SIDE, PATCH, POINTS = 64, 8, 8
VISION = dict(hidden_size=20, num_attention_heads=2, num_hidden_layers=3, mlp_dim=32, image_size=SIDE, patch_size=PATCH,
              window_size=3, global_attn_indexes=[1], output_channels=32, num_pos_feats=16)
PROMPT = dict(hidden_size=32, image_size=SIDE, patch_size=PATCH, mask_input_channels=4)
DECODER = dict(hidden_size=32, num_attention_heads=4, mlp_dim=40, num_hidden_layers=2, attention_downsample_rate=2,
               iou_head_hidden_dim=20, iou_head_depth=3)


def picture(height, width, seed):
    """Blobs of colour, so that masks have edges to follow."""
    noise = np.random.default_rng(seed).integers(0, 256, (5, 7, 3), dtype=np.uint8)
    return np.asarray(Image.fromarray(noise).resize((width, height), Image.Resampling.BICUBIC))


def seeded():
    torch.manual_seed(15)
    model = SamModel(SamConfig(vision_config=VISION, prompt_encoder_config=PROMPT, mask_decoder_config=DECODER)).eval()
    with torch.no_grad():
        for name, p in model.named_parameters():
            norm = "layer_norm" in name and name.endswith("weight")
            deviation = 1 / p[0].numel() ** 0.5 if p.dim() > 1 else 0.1
            deviation = {True: 0.3, False: deviation}["rel_pos" in name or "pos_embed" in name]
            p.copy_(norm + torch.randn(p.shape) * deviation)
        model.shared_image_embedding.positional_embedding.copy_(torch.randn(2, 16))
        # Steep masks, of which some are stable; some of them sure.
        for mlp in model.mask_decoder.output_hypernetworks_mlps:
            mlp.proj_out.weight.mul_(300)
            mlp.proj_out.bias.mul_(300)
        # Small ones: one channel is the same everywhere, and speaks against.
        model.mask_decoder.upscale_conv2.weight[:, 0] = 0
        model.mask_decoder.upscale_conv2.bias[0] = 4
        for mlp in model.mask_decoder.output_hypernetworks_mlps:
            mlp.proj_out.weight[0] = 0
            mlp.proj_out.bias[0] = -16
        model.mask_decoder.iou_prediction_head.proj_out.weight.mul_(0.5)
        model.mask_decoder.iou_prediction_head.proj_out.bias.fill_(0.9)
    return model


def original_name(name):
    """transformers' name of a tensor -> the release's."""
    if name == "shared_image_embedding.positional_embedding":
        return "prompt_encoder.pe_layer.positional_encoding_gaussian_matrix"
    for old, new in [("vision_encoder.", "image_encoder."), (".patch_embed.projection", ".patch_embed.proj"),
                     ("image_encoder.layers.", "image_encoder.blocks."), ("neck.conv1", "neck.0"), ("neck.layer_norm1", "neck.1"),
                     ("neck.conv2", "neck.2"), ("neck.layer_norm2", "neck.3"), ("prompt_encoder.point_embed",
                     "prompt_encoder.point_embeddings"), ("mask_embed.conv1", "mask_downscaling.0"),
                     ("mask_embed.layer_norm1", "mask_downscaling.1"), ("mask_embed.conv2", "mask_downscaling.3"),
                     ("mask_embed.layer_norm2", "mask_downscaling.4"), ("mask_embed.conv3", "mask_downscaling.6"),
                     ("upscale_conv1", "output_upscaling.0"), ("upscale_layer_norm", "output_upscaling.1"),
                     ("upscale_conv2", "output_upscaling.3"), ("layer_norm_final_attn", "norm_final_attn")]:
        name = name.replace(old, new)
    if name.startswith("image_encoder.blocks") or name.startswith("mask_decoder.transformer.layers"):
        name = name.replace("layer_norm", "norm")
    if name.startswith("mask_decoder"):
        if "output_hypernetworks_mlps" in name or "iou_prediction_head" in name:
            name = name.replace("proj_in", "layers.0").replace("proj_out", "layers.2") if "layers" not in name \
                else name.replace(".layers.0.", ".layers.1.")
    return name


def original(model):
    return {original_name(n): t.clone() for n, t in model.state_dict().items() if "shared_embedding" not in n}


TINY = dict(widths=(8, 12, 16, 20), depths=(1, 1, 2, 1), heads=(1, 2, 4, 2), windows=(1, 3, 2, 3), expansion=2)


def tiny_weights():
    """MobileSAM's names of an encoder, batch norms as they were trained."""
    torch.manual_seed(16)
    s = {}
    w, wide = TINY["widths"], TINY["expansion"]

    def conv(name, out, inside, kernel):
        s[name + ".c.weight"] = torch.randn(out, inside, kernel, kernel) / (inside * kernel * kernel) ** 0.5
        s[name + ".bn.weight"], s[name + ".bn.bias"] = 1 + torch.randn(out) * 0.2, torch.randn(out) * 0.2
        s[name + ".bn.running_mean"], s[name + ".bn.running_var"] = torch.randn(out) * 0.2, torch.rand(out) + 0.5
        s[name + ".bn.num_batches_tracked"] = torch.tensor(7)

    def linear(name, out, inside):
        s[name + ".weight"], s[name + ".bias"] = torch.randn(out, inside) / inside ** 0.5, torch.randn(out) * 0.1

    def norm(name, width):
        s[name + ".weight"], s[name + ".bias"] = 1 + torch.randn(width) * 0.1, torch.randn(width) * 0.1

    conv("patch_embed.seq.0", w[0] // 2, 3, 3)
    conv("patch_embed.seq.2", w[0], w[0] // 2, 3)
    for stage in range(4):
        for block in range(TINY["depths"][stage]):
            name, c = f"layers.{stage}.blocks.{block}.", w[stage]
            if stage == 0:
                conv(name + "conv1", wide * c, c, 1)
                conv(name + "conv2", wide * c, 1, 3)
                conv(name + "conv3", c, wide * c, 1)
            else:
                norm(name + "attn.norm", c)
                linear(name + "attn.qkv", 3 * c, c)
                linear(name + "attn.proj", c, c)
                s[name + "attn.attention_biases"] = torch.randn(TINY["heads"][stage], TINY["windows"][stage] ** 2) * 0.5
                conv(name + "local_conv", c, 1, 3)
                norm(name + "mlp.norm", c)
                linear(name + "mlp.fc1", wide * c, c)
                linear(name + "mlp.fc2", c, wide * c)
        if stage < 3:
            conv(f"layers.{stage}.downsample.conv1", w[stage + 1], w[stage], 1)
            conv(f"layers.{stage}.downsample.conv2", w[stage + 1], 1, 3)
            conv(f"layers.{stage}.downsample.conv3", w[stage + 1], w[stage + 1], 1)
    norm("norm_head", w[3])
    linear("head", 5, w[3])
    s["neck.0.weight"] = torch.randn(32, w[3], 1, 1) / w[3] ** 0.5
    norm("neck.1", 32)
    s["neck.2.weight"] = torch.randn(32, 32, 3, 3) / (32 * 9) ** 0.5
    norm("neck.3", 32)
    return s


def tiny_embeddings(s, x, sizes=TINY):
    """[B, 3, h, w] -> [B, C, h / 16, w / 16]: attention window by window, in the plainest way."""
    def conv(name, x, stride=1, groups=1):
        kernel = s[name + ".c.weight"]
        x = F.conv2d(x, kernel, None, stride, kernel.shape[-1] // 2, 1, groups)
        return F.batch_norm(x, *(s[f"{name}.bn.{k}"] for k in ("running_mean", "running_var", "weight", "bias")))

    def norm(name, x):
        return F.layer_norm(x, x.shape[-1:], s[name + ".weight"], s[name + ".bias"], 1e-5)

    def linear(name, x):
        return F.linear(x, s[name + ".weight"], s[name + ".bias"])

    def attend(name, x, heads, side):
        """x: [side, side, C] of one window."""
        c = x.shape[2]
        qkv = linear(name + ".qkv", norm(name + ".norm", x.reshape(-1, c))).reshape(-1, heads, 3, c // heads)
        row, column = torch.arange(side * side) // side, torch.arange(side * side) % side
        far = (row[:, None] - row).abs() * side + (column[:, None] - column).abs()
        out = []
        for h in range(heads):
            q, k, v = qkv[:, h].unbind(1)
            scores = q @ k.T * (c // heads) ** -0.5 + s[name + ".attention_biases"][h][far]
            out.append(scores.softmax(-1) @ v)
        return linear(name + ".proj", torch.cat(out, -1)).reshape(side, side, c)

    def block(name, x, heads, side):
        b, c, height, width = x.shape
        seen = torch.zeros(b, c, -(-height // side) * side, -(-width // side) * side)
        whole = F.pad(x, (0, seen.shape[3] - width, 0, seen.shape[2] - height))
        for i in range(b):
            for y in range(0, seen.shape[2], side):
                for z in range(0, seen.shape[3], side):
                    part = whole[i, :, y:y + side, z:z + side].permute(1, 2, 0)
                    seen[i, :, y:y + side, z:z + side] = attend(name + "attn", part, heads, side).permute(2, 0, 1)
        x = conv(name + "local_conv", x + seen[:, :, :height, :width], groups=c).permute(0, 2, 3, 1)
        x = x + linear(name + "mlp.fc2", F.gelu(linear(name + "mlp.fc1", norm(name + "mlp.norm", x))))
        return x.permute(0, 3, 1, 2)

    x = conv("patch_embed.seq.2", F.gelu(conv("patch_embed.seq.0", x, 2)), 2)
    for stage in range(4):
        for i in range(sizes["depths"][stage]):
            name = f"layers.{stage}.blocks.{i}."
            if stage == 0:
                y = F.gelu(conv(name + "conv1", x))
                y = F.gelu(conv(name + "conv2", y, groups=y.shape[1]))
                x = F.gelu(conv(name + "conv3", y) + x)
            else:
                x = block(name, x, sizes["heads"][stage], sizes["windows"][stage])
        if stage < 3:
            name = f"layers.{stage}.downsample."
            x = F.gelu(conv(name + "conv1", x))
            x = F.gelu(conv(name + "conv2", x, 2 if stage < 2 else 1, x.shape[1]))
            x = conv(name + "conv3", x)
    for number in ("0", "2"):
        x = F.conv2d(x, s[f"neck.{number}.weight"], padding=0 if number == "0" else 1)
        after = f"neck.{int(number) + 1}"
        x = F.layer_norm(x.permute(0, 2, 3, 1), x.shape[1:2], s[after + ".weight"], s[after + ".bias"],
                         1e-6).permute(0, 3, 1, 2)
    return x


def make_mobile(decoder):
    weights = tiny_weights()
    pixels = torch.randn(1, 3, 112, 112, generator=torch.Generator().manual_seed(4))
    with torch.no_grad():
        embeddings = tiny_embeddings(weights, pixels)
    save_file({"pixels": pixels, "embeddings": embeddings.contiguous()}, OUT / "mobile.safetensors")
    state = {"image_encoder." + n: t for n, t in weights.items()}
    state.update({n: t for n, t in decoder.items() if not n.startswith("image_encoder")})
    torch.save(state, OUT / "mobile.pt")


def main():
    folder = OUT / "vit"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    model = seeded()
    model.save_pretrained(folder)
    processor = SamImageProcessorPil(size={"longest_edge": SIDE}, pad_size={"height": SIDE, "width": SIDE})
    processor.save_pretrained(folder)
    image = picture(58, 90, 3)
    inputs = processor(images=image, return_tensors="pt")
    points = torch.tensor([[3.0, 5.0], [20.25, 11.5], [47.0, 30.0], [63.0, 40.75], [31.5, 20.0]])
    with torch.no_grad():
        embeddings = model.get_image_embeddings(inputs["pixel_values"])
        out = model(image_embeddings=embeddings, input_points=points[None, :, None], multimask_output=True)
    generator = pipeline("mask-generation", model=model, image_processor=processor, device="cpu")
    kept = generator(Image.fromarray(image), points_per_batch=16, points_per_crop=POINTS)
    masks = torch.tensor(np.stack([np.asarray(m) for m in kept["masks"]]).astype(np.uint8))
    print("kept", len(masks), "scores", kept["scores"][:5], "areas", masks.sum((1, 2)).tolist())
    save_file({"picture": torch.tensor(image), "pixels": inputs["pixel_values"].contiguous(), "embeddings": embeddings.contiguous(),
               "points": points, "low": out.pred_masks[0].contiguous(), "iou": out.iou_scores[0].contiguous(),
               "masks": masks.contiguous(), "scores": kept["scores"].contiguous()}, folder / "expected.safetensors")
    torch.save(original(model), OUT / "vit.pth")
    make_mobile(original(model))
    print({p.name: p.stat().st_size for p in folder.iterdir()}, (OUT / "vit.pth").stat().st_size)
    names = load_file(folder / "model.safetensors")
    print(len(names), [n for n in names if "embedding" in n])


if __name__ == "__main__":
    main()
