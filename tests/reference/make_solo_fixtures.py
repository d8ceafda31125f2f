#!/usr/bin/env python3
"""Makes tests/reference/solo: a tiny SOLOv2 with seeded noise for weights under AdelaiDet's names, and what it finds.

solo.pth             the weights, as a checkpoint of FreeSOLO holds them
solo.safetensors     picture [h, w, 3]; pixels [1, 3, H, W]; scores [N, classes], kernels [N, K] and features [K, h, w] of
                     the network; found [n] and masks [n, h, w]: what is left of them, the surest first

The PyTorch code below was written from the papers (Wang et al. 2020, SOLOv2; Lin et al. 2017) and the settings that
FreeSOLO publishes, and not from the C++. A picture's shorter side is brought to SHORT, its longer to LONG at most.
Needs torch, safetensors, numpy, Pillow:  python3 make_solo_fixtures.py
"""
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import save_file

OUT = pathlib.Path(__file__).parent / "solo"
STEM, INNER, WIDTH, LAYERS, CHANNELS = 4, 4, 8, (1, 2, 1, 1), 8
CLASSES, HEAD, MASK, KERNELS, CONVS = 2, 32, 32, 32, 2
GRIDS, STRIDES = (40, 36, 24, 16, 12), (8, 8, 16, 32, 32)
SHORT, LONG = 96, 160


def weights():
    g = torch.Generator().manual_seed(20)
    s = {"_iter": torch.zeros(1)}

    def conv(name, out, inside, kernel, bias=True, gain=1.0):
        s[name + ".weight"] = torch.randn(out, inside, kernel, kernel, generator=g) * gain / (inside * kernel ** 2) ** 0.5
        if bias:
            s[name + ".bias"] = torch.randn(out, generator=g) * 0.1

    def batch_norm(name, width):
        s[name + ".norm.weight"] = 1 + torch.randn(width, generator=g) * 0.2
        s[name + ".norm.bias"] = torch.randn(width, generator=g) * 0.2
        s[name + ".norm.running_mean"] = torch.randn(width, generator=g) * 0.2
        s[name + ".norm.running_var"] = torch.rand(width, generator=g) + 0.5

    def plain(name, out, inside, kernel):
        conv(name, out, inside, kernel, bias=False)
        batch_norm(name, out)

    def group_norm(name, width):
        s[name + ".weight"], s[name + ".bias"] = 1 + torch.randn(width, generator=g) * 0.2, torch.randn(width, generator=g) * 0.2

    below = "backbone.bottom_up."
    plain(below + "stem.conv1", STEM, 3, 7)
    inside = STEM
    for stage, count in enumerate(LAYERS):
        narrow, out = INNER << stage, WIDTH << stage
        for i in range(count):
            block = f"{below}res{stage + 2}.{i}."
            if i == 0:
                plain(block + "shortcut", out, inside, 1)
            plain(block + "conv1", narrow, inside, 1)
            plain(block + "conv2", narrow, narrow, 3)
            plain(block + "conv3", out, narrow, 1)
            inside = out
        conv(f"backbone.fpn_lateral{stage + 2}", CHANNELS, inside, 1)
        conv(f"backbone.fpn_output{stage + 2}", CHANNELS, CHANNELS, 3)
    for tower, extra in (("cate_tower", 0), ("kernel_tower", 2)):
        for i in range(CONVS):
            conv(f"ins_head.{tower}.{3 * i}", HEAD, HEAD if i else CHANNELS + extra, 3, bias=False)
            group_norm(f"ins_head.{tower}.{3 * i + 1}", HEAD)
    conv("ins_head.cate_pred", CLASSES, HEAD, 3)
    s["ins_head.cate_pred.bias"] -= 2.5
    conv("ins_head.kernel_pred", KERNELS, HEAD, 3, gain=4.0)
    conv("ins_head.emb_pred", 5, HEAD, 3)
    for level in range(4):
        for i in range(max(level, 1)):
            name = f"mask_head.convs_all_levels.{level}.conv{i}."
            conv(name + "0", MASK, MASK if i else CHANNELS + 2 * (level == 3), 3, bias=False)
            group_norm(name + "1", MASK)
    conv("mask_head.conv_pred.0", KERNELS, MASK, 1, bias=False)
    group_norm("mask_head.conv_pred.1", KERNELS)
    return s


def bilinear(x, size):
    return F.interpolate(x, size=size, mode="bilinear", align_corners=False)


def placed(x):
    """Two more channels: x and y of every position."""
    h, w = x.shape[2:]
    across = torch.linspace(-1, 1, w).expand(1, 1, h, w)
    down = torch.linspace(-1, 1, h)[:, None].expand(1, 1, h, w)
    return torch.cat([x, across, down], 1)


def network(s, x):
    def conv(name, x, stride=1, padding=None):
        k = s[name + ".weight"]
        return F.conv2d(x, k, s.get(name + ".bias"), stride, k.shape[-1] // 2 if padding is None else padding)

    def bn(name, x, stride=1):
        y = conv(name, x, stride)
        n = name + ".norm."
        return F.batch_norm(y, s[n + "running_mean"], s[n + "running_var"], s[n + "weight"], s[n + "bias"])

    def gn(conv_name, norm_name, x):
        return F.relu(F.group_norm(conv(conv_name, x), 32, s[norm_name + ".weight"], s[norm_name + ".bias"]))

    below = "backbone.bottom_up."
    y = F.max_pool2d(F.relu(bn(below + "stem.conv1", x, 2)), 3, 2, 1)
    laterals = []
    for stage, count in enumerate(LAYERS):
        for i in range(count):
            block, stride = f"{below}res{stage + 2}.{i}.", 2 if i == 0 and stage else 1
            z = bn(block + "conv3", F.relu(bn(block + "conv2", F.relu(bn(block + "conv1", y)), stride)))
            y = F.relu(z + (bn(block + "shortcut", y, stride) if i == 0 else y))
        laterals.append(conv(f"backbone.fpn_lateral{stage + 2}", y))
    for i in (2, 1, 0):
        laterals[i] = laterals[i] + F.interpolate(laterals[i + 1], scale_factor=2, mode="nearest")
    p = [conv(f"backbone.fpn_output{i + 2}", level) for i, level in enumerate(laterals)]
    p.append(F.max_pool2d(p[-1], 1, 2))

    features = 0
    for level in range(4):
        z = placed(p[3]) if level == 3 else p[level]
        for i in range(max(level, 1)):
            name = f"mask_head.convs_all_levels.{level}.conv{i}."
            z = gn(name + "0", name + "1", z)
            z = F.interpolate(z, scale_factor=2, mode="bilinear", align_corners=False) if level else z
        features = features + z
    features = gn("mask_head.conv_pred.0", "mask_head.conv_pred.1", features)[0]

    levels = [bilinear(p[0], (p[0].shape[2] // 2, p[0].shape[3] // 2)), p[1], p[2], p[3], bilinear(p[4], p[3].shape[2:])]
    scores, kernels = [], []
    for level, side in zip(levels, GRIDS):
        cells = bilinear(placed(level), (side, side))
        towers = {}
        for tower, z in (("cate_tower", cells[:, :-2]), ("kernel_tower", cells)):
            for i in range(CONVS):
                z = gn(f"ins_head.{tower}.{3 * i}", f"ins_head.{tower}.{3 * i + 1}", z)
            towers[tower] = z
        kernels.append(conv("ins_head.kernel_pred", towers["kernel_tower"])[0].flatten(1).T)
        score = conv("ins_head.cate_pred", towers["cate_tower"]).sigmoid()[0]
        padded = F.pad(score, (1, 0, 1, 0), value=-1)
        best = torch.stack([padded[:, :-1, :-1], padded[:, :-1, 1:], padded[:, 1:, :-1]]).max(0)[0]
        scores.append((score * (score >= best)).flatten(1).T)
    return torch.cat(scores), torch.cat(kernels), features


def found(scores, kernels, features, used, original):
    """One candidate after the other, as the method is described."""
    strides = torch.cat([torch.full((g * g,), float(t)) for g, t in zip(GRIDS, STRIDES)])
    candidates = []
    for cell, label in (scores > 0.1).nonzero().tolist():
        soft = torch.einsum("k,khw->hw", kernels[cell], features).sigmoid()
        hard = soft > 0.5
        if hard.sum() > strides[cell]:
            candidates.append((float(scores[cell, label] * soft[hard].mean()), label, soft, hard))
    candidates.sort(key=lambda c: -c[0])
    candidates = candidates[:500]
    n = len(candidates)
    flat = torch.stack([c[3].flatten() for c in candidates]).double()
    both, area = flat @ flat.T, flat.sum(1)
    iou = both / (area[:, None] + area[None] - both)
    same = torch.tensor([[a[1] == b[1] for b in candidates] for a in candidates])
    iou = torch.where(same & (torch.arange(n)[:, None] < torch.arange(n)), iou, 0.0)
    hidden = iou.max(0)[0]
    decay = (torch.exp(-2 * iou ** 2) / torch.exp(-2 * hidden[:, None] ** 2)).min(0)[0]
    updated = sorted(((c[0] * float(d), c[2]) for c, d in zip(candidates, decay)), key=lambda c: -c[0])
    kept = []
    h, w = features.shape[1:]
    times = max(-(-used[0] // h), -(-used[1] // w))
    for score, soft in [c for c in updated if c[0] >= 0.05][:100]:
        large = bilinear(soft[None, None], (h * times, w * times))[:, :, :used[0], :used[1]]
        mask = bilinear(large, original)[0, 0] > 0.5
        if mask.any():
            kept.append((score, mask))
    print("candidates", n, "kept", len(kept), [round(k[0], 3) for k in kept[:8]], [int(k[1].sum()) for k in kept[:8]])
    return torch.tensor([k[0] for k in kept]), torch.stack([k[1] for k in kept]).to(torch.uint8)


def main():
    OUT.mkdir(exist_ok=True)
    noise = np.random.default_rng(8).integers(0, 256, (5, 7, 3), dtype=np.uint8)
    image = Image.fromarray(noise).resize((71, 50), Image.Resampling.BICUBIC)
    scale = min(SHORT / min(image.size), LONG / max(image.size))
    width, height = (int(side * scale + 0.5) for side in image.size)
    values = torch.tensor(np.asarray(image.resize((width, height), Image.Resampling.BILINEAR))).permute(2, 0, 1) / 255
    values = (values - torch.tensor([0.485, 0.456, 0.406])[:, None, None]) / torch.tensor([0.229, 0.224, 0.225])[:, None, None]
    pixels = torch.zeros(1, 3, -(-height // 32) * 32, -(-width // 32) * 32)
    pixels[0, :, :height, :width] = values
    s = weights()
    scores, kernels, features = network(s, pixels)
    sure, masks = found(scores, kernels, features, (height, width), image.size[::-1])
    keep = slice(0, 12)
    save_file({"picture": torch.tensor(np.asarray(image)), "pixels": pixels, "scores": scores.contiguous(),
               "kernels": kernels[::16].contiguous(), "features": features[:, ::2, ::2].contiguous(),
               "found": sure, "masks": masks[keep].contiguous()}, OUT / "solo.safetensors")
    torch.save(s, OUT / "solo.pth")
    print({p.name: p.stat().st_size for p in OUT.iterdir()})


if __name__ == "__main__":
    main()
