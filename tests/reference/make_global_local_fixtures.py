#!/usr/bin/env python3
"""Makes tests/reference/global_local: tiny CLIPs with seeded noise for weights, and the Global-Local features of masks.

vit, vit-open_clip   the same vision transformer in the layouts of transformers' CLIPModel and of open_clip
rn                   a modified ResNet in open_clip's layout, batch norm unfolded
vit.pt, rn.pt        smaller ones as TorchScript archives with OpenAI's names, half precision as OpenAI's
bad-*.pt             archives that must be refused

The PyTorch code below was written from the two papers (Radford et al. 2021; Yu, Seo, Son 2023) and not from the C++.
expected.safetensors of vit and rn: `picture` is the 8-bit input [h, w, 3], `masks` [N, h, w] and `boxes` (x1, y1, x2,
y2, right and bottom exclusive) its regions; the rest is named as in the code below.
Needs torch, safetensors, numpy:  python3 make_global_local_fixtures.py
Checks itself against another program's numbers:  python3 make_global_local_fixtures.py --check ../shared/reference
"""
import json
import pathlib
import sys

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, safe_open, save_file

HERE = pathlib.Path(__file__).parent
OUT = HERE / "global_local"
BOS, EOS, CONTEXT = 812, 813, 16
MEAN, STD = torch.tensor([0.485, 0.456, 0.406]).view(3, 1, 1), torch.tensor([0.229, 0.224, 0.225]).view(3, 1, 1)
SENTENCE, NOUN = "the man on the left", "the man"
TEXT = dict(width=32, heads=4, layers=2)
VIT = dict(embed=24, width=32, head=8, layers=4, patch=16, size=64, vocabulary=814, text=TEXT)
RN = dict(embed=24, width=2, head=16, layers=(1, 2, 1, 1), size=64, vocabulary=814, text=TEXT)
# An archive does not say how wide heads are: OpenAI's are all of 64.
FEW = dict(width=64, heads=1, layers=1)
VIT_PT = dict(embed=12, width=64, head=64, layers=1, patch=8, size=16, vocabulary=20, text=FEW)
RN_PT = dict(embed=12, width=2, head=64, layers=(1, 1, 1, 1), size=32, vocabulary=20, text=FEW)


def resize(x, height, width):
    """Bilinear with antialiasing. x: [N, C, H, W]"""
    return F.interpolate(x, size=(height, width), mode="bilinear", antialias=True, align_corners=False)


def attend(q, k, v, heads, blocked=None):
    """q: [N, Q, C], k and v: [N, T, C] -> [N, Q, C]; blocked: [N or 1, Q or 1, T], true where a key is not seen."""
    n, c = q.shape[0], q.shape[2]
    split = lambda x: x.reshape(x.shape[0], x.shape[1], heads, c // heads).transpose(1, 2)
    scores = split(q) @ split(k).transpose(2, 3) / (c // heads) ** 0.5
    if blocked is not None:
        scores = scores.masked_fill(blocked[:, None], float("-inf"))
    return (scores.softmax(-1) @ split(v)).transpose(1, 2).reshape(n, q.shape[1], c)


def norm(s, n, x):
    return F.layer_norm(x, x.shape[-1:], s[n + ".weight"], s[n + ".bias"], 1e-5)


def qkv(s, n, x):
    return F.linear(x, s[n + ".attn.in_proj_weight"], s[n + ".attn.in_proj_bias"]).chunk(3, -1)


def mlp(s, n, x):
    y = F.linear(norm(s, n + ".ln_2", x), s[n + ".mlp.c_fc.weight"], s[n + ".mlp.c_fc.bias"])
    return x + F.linear(y * torch.sigmoid(1.702 * y), s[n + ".mlp.c_proj.weight"], s[n + ".mlp.c_proj.bias"])


def out(s, n, x):
    return F.linear(x, s[n + ".attn.out_proj.weight"], s[n + ".attn.out_proj.bias"])


def block(s, n, x, heads, blocked=None):
    return mlp(s, n, x + out(s, n, attend(*qkv(s, n, norm(s, n + ".ln_1", x)), heads, blocked)))


def encode_text(s, c, ids):
    x = s["token_embedding.weight"][ids] + s["positional_embedding"][: ids.shape[1]]
    later = torch.ones(ids.shape[1], ids.shape[1], dtype=torch.bool).triu(1)[None]
    for i in range(c["text"]["layers"]):
        x = block(s, f"transformer.resblocks.{i}", x, c["text"]["heads"], later)
    end = (ids == ids.max()).int().argmax(1)
    return norm(s, "ln_final", x[torch.arange(len(ids)), end]) @ s["text_projection"]


class Vit:
    def __init__(self, s, c):
        self.s, self.c, self.heads = s, c, c["width"] // c["head"]

    def name(self, i):
        return f"visual.transformer.resblocks.{i}"

    def tokens(self, pixels):
        x = F.conv2d(pixels, self.s["visual.conv1.weight"], stride=self.c["patch"]).flatten(2).transpose(1, 2)
        x = torch.cat([self.s["visual.class_embedding"].expand(len(x), 1, -1), x], 1)
        return norm(self.s, "visual.ln_pre", x + self.s["visual.positional_embedding"])

    def end(self, cls):
        return norm(self.s, "visual.ln_post", cls) @ self.s["visual.proj"]

    def whole(self, pixels):
        x = self.tokens(pixels)
        for i in range(self.c["layers"]):
            x = block(self.s, self.name(i), x, self.heads)
        return self.end(x[:, 0])

    def masked(self, pixels, masks, first, only=False, attention=False):
        """Patches times the soft mask before block `first` and those after it, or before it alone; or no keys."""
        x = self.tokens(pixels)
        side = self.c["size"] // self.c["patch"]
        soft = resize(masks[:, None], side, side).flatten(1)[..., None]  # [N, T, 1]
        keep = torch.cat([torch.ones(len(soft), 1, 1), soft], 1)
        for i in range(self.c["layers"]):
            hide = i == first if only else i >= first
            if hide and not attention:
                x = x * keep
            x = block(self.s, self.name(i), x.expand(len(soft), -1, -1) if hide else x, self.heads,
                      (keep == 0).transpose(1, 2) if hide and attention else None)
        return self.end(x[:, 0])

    def region(self, pixels, masks, first):
        """A token for every mask, a copy of the class token at block `first`, sees the patches of its mask and itself."""
        x = self.tokens(pixels)
        side = self.c["size"] // self.c["patch"]
        inside = F.interpolate(masks[:, None], size=(side, side), mode="nearest").flatten(1) > 0  # [N, T]
        soft = resize(masks[:, None], side, side).flatten(1) > 0
        inside = torch.where(inside.any(1, keepdim=True), inside, soft)
        n = len(masks)
        for i in range(self.c["layers"]):
            name = self.name(i)
            if i == first:
                token = x[:, :1].expand(n, -1, -1)
            if i >= first:
                q, k, v = qkv(self.s, name, norm(self.s, name + ".ln_1", token))
                _, pk, pv = qkv(self.s, name, norm(self.s, name + ".ln_1", x[:, 1:]))
                blocked = torch.cat([~inside, torch.zeros(n, 1, dtype=torch.bool)], 1)[:, None]
                seen = attend(q, torch.cat([pk.expand(n, -1, -1), k], 1), torch.cat([pv.expand(n, -1, -1), v], 1),
                              self.heads, blocked)
                token = mlp(self.s, name, token + out(self.s, name, seen))
            x = block(self.s, name, x, self.heads)
        return self.end(token[:, 0])


class ResNet:
    def __init__(self, s, c):
        self.s, self.c, self.heads = s, c, c["width"] * 32 // c["head"]

    def conv(self, conv, bn, x, stride=1):
        w = self.s[conv + ".weight"]
        x = F.conv2d(x, w, stride=stride, padding=w.shape[-1] // 2)
        b = {k: self.s[f"{bn}.{k}"] for k in ("running_mean", "running_var", "weight", "bias")}
        return F.batch_norm(x, b["running_mean"], b["running_var"], b["weight"], b["bias"], eps=1e-5)

    def map(self, x):
        for i in (1, 2, 3):
            x = F.relu(self.conv(f"visual.conv{i}", f"visual.bn{i}", x, 2 if i == 1 else 1))
        x = F.avg_pool2d(x, 2)
        for stage, blocks in enumerate(self.c["layers"]):
            for b in range(blocks):
                n, stride = f"visual.layer{stage + 1}.{b}", 2 if stage > 0 and b == 0 else 1
                y = F.relu(self.conv(n + ".conv1", n + ".bn1", x))
                y = F.relu(self.conv(n + ".conv2", n + ".bn2", y))
                y = F.avg_pool2d(y, stride) if stride > 1 else y
                y = self.conv(n + ".conv3", n + ".bn3", y)
                if n + ".downsample.0.weight" in self.s:
                    x = self.conv(n + ".downsample.0", n + ".downsample.1", F.avg_pool2d(x, stride) if stride > 1 else x)
                x = F.relu(x + y)
        return x

    def pool(self, x):
        n = "visual.attnpool."
        x = x.flatten(2).transpose(1, 2)
        x = torch.cat([x.mean(1, keepdim=True), x], 1)
        # The table as one picture of rows: all of them, the mean's too, are drawn to as many as there are.
        table = self.s[n + "positional_embedding"]
        table = F.interpolate(table[None, None], size=(x.shape[1], table.shape[1]), mode="bilinear", align_corners=True)[0]
        x = x + table
        line = lambda p, y: F.linear(y, self.s[f"{n}{p}_proj.weight"], self.s[f"{n}{p}_proj.bias"])
        return line("c", attend(line("q", x[:, :1]), line("k", x), line("v", x), self.heads))[:, 0]

    def whole(self, pixels):
        return unit(self.pool(self.map(pixels)))

    def masked(self, pixels, masks):
        x = unit(self.map(pixels))
        return self.pool(x * resize(masks[:, None], *x.shape[2:]))


def unit(x):
    return x / x.norm(dim=1, keepdim=True)


def crops(picture, masks, boxes, side):
    found = []
    for m, (x1, y1, x2, y2) in zip(masks, boxes.tolist()):
        one = picture * m + (1 - m) * MEAN
        found.append(resize(one[None, :, y1:y2, x1:x2], side, side)[0])
    return torch.stack(found)


def scores(s, resnet, g, l, sentence, noun, v, r):
    f, t = v * g + (1 - v) * l, r * sentence + (1 - r) * noun
    if not resnet:
        f, t = unit(f), unit(t)
    return s["logit_scale"].exp() * (f @ t.T)[:, 0]


def shapes(c, resnet):
    """(name, shape) in OpenAI's names."""
    def transformer(n, w, layers):
        for i in range(layers):
            b = f"{n}.resblocks.{i}."
            yield from [(b + "attn.in_proj_weight", (3 * w, w)), (b + "attn.in_proj_bias", (3 * w,)),
                        (b + "attn.out_proj.weight", (w, w)), (b + "attn.out_proj.bias", (w,)),
                        (b + "mlp.c_fc.weight", (4 * w, w)), (b + "mlp.c_fc.bias", (4 * w,)),
                        (b + "mlp.c_proj.weight", (w, 4 * w)), (b + "mlp.c_proj.bias", (w,))]
            yield from both(b + "ln_1", w)
            yield from both(b + "ln_2", w)

    def both(n, w):
        yield from [(n + ".weight", (w,)), (n + ".bias", (w,))]

    def batch_norm(n, w):
        yield from both(n, w)
        yield from [(n + ".running_mean", (w,)), (n + ".running_var", (w,)), (n + ".num_batches_tracked", ())]

    e, t, w = c["embed"], c["text"]["width"], c["width"]
    yield from [("positional_embedding", (CONTEXT, t)), ("text_projection", (t, e)), ("logit_scale", ()),
                ("token_embedding.weight", (c["vocabulary"], t))]
    yield from transformer("transformer", t, c["text"]["layers"])
    yield from both("ln_final", t)
    if not resnet:
        yield from [("visual.class_embedding", (w,)), ("visual.proj", (w, e)), ("visual.conv1.weight", (w, 3, c["patch"], c["patch"])),
                    ("visual.positional_embedding", ((c["size"] // c["patch"]) ** 2 + 1, w))]
        yield from transformer("visual.transformer", w, c["layers"])
        yield from both("visual.ln_pre", w)
        yield from both("visual.ln_post", w)
        return
    for i, (o, n) in enumerate(((w // 2, 3), (w // 2, w // 2), (w, w // 2)), 1):
        yield f"visual.conv{i}.weight", (o, n, 3, 3)
        yield from batch_norm(f"visual.bn{i}", o)
    before = w
    for stage, blocks in enumerate(c["layers"]):
        planes = w << stage
        for b in range(blocks):
            n = f"visual.layer{stage + 1}.{b}"
            for i, shape in enumerate(((planes, before, 1, 1), (planes, planes, 3, 3), (4 * planes, planes, 1, 1)), 1):
                yield f"{n}.conv{i}.weight", shape
                yield from batch_norm(f"{n}.bn{i}", shape[0])
            if b == 0:
                yield n + ".downsample.0.weight", (4 * planes, before, 1, 1)
                yield from batch_norm(n + ".downsample.1", 4 * planes)
            before = 4 * planes
    d = 32 * w
    yield "visual.attnpool.positional_embedding", ((c["size"] // 32) ** 2 + 1, d)
    for p, o in (("q", d), ("k", d), ("v", d), ("c", e)):
        yield from [(f"visual.attnpool.{p}_proj.weight", (o, d)), (f"visual.attnpool.{p}_proj.bias", (o,))]


def noise(name, shape, generator):
    """Scales that keep every layer's output near one, so that a mistake anywhere shows at the end; halves, as stored in .pt."""
    x = torch.randn(shape, generator=generator)
    if name == "logit_scale":
        x = torch.tensor(4.6052)
    elif name.endswith("num_batches_tracked"):
        return torch.tensor(7)
    elif name.endswith("running_var"):
        x = 1 + 0.5 * x.abs()
    elif len(shape) == 1 and name.endswith(".weight"):
        x = 1 + 0.2 * x
    elif name.endswith(("bias", "running_mean")):
        x = 0.1 * x
    elif "embedding" in name:
        x = 0.5 * x
    elif name in ("text_projection", "visual.proj"):
        x = x * 1.2 / shape[0] ** 0.5
    else:
        x = x * 1.2 / int(np.prod(shape[1:])) ** 0.5
    return x.half().float()


def state(c, resnet, seed):
    generator = torch.Generator().manual_seed(seed)
    return {n: noise(n, s, generator) for n, s in shapes(c, resnet)}


def hf_names(s):
    """transformers' CLIPModel names; projections lie the other way round there."""
    o = {"logit_scale": s["logit_scale"], "text_projection.weight": s["text_projection"].T, "visual_projection.weight": s["visual.proj"].T}
    plain = {"token_embedding.weight": "text_model.embeddings.token_embedding.weight", "positional_embedding": "text_model.embeddings.position_embedding.weight",
             "visual.class_embedding": "vision_model.embeddings.class_embedding", "visual.conv1.weight": "vision_model.embeddings.patch_embedding.weight",
             "visual.positional_embedding": "vision_model.embeddings.position_embedding.weight"}
    parts = {"attn.out_proj": "self_attn.out_proj", "ln_1": "layer_norm1", "ln_2": "layer_norm2", "mlp.c_fc": "mlp.fc1", "mlp.c_proj": "mlp.fc2",
             "ln_final": "text_model.final_layer_norm", "visual.ln_pre": "vision_model.pre_layrnorm", "visual.ln_post": "vision_model.post_layernorm"}
    for n, x in s.items():
        tower = "vision_model" if n.startswith("visual.") else "text_model"
        if n in plain:
            o[plain[n]] = x
        elif "resblocks." in n:
            i, rest = n.split("resblocks.")[1].split(".", 1)
            to = f"{tower}.encoder.layers.{i}."
            if "in_proj" in rest:
                for p, y in zip("qkv", x.chunk(3)):
                    o[f"{to}self_attn.{p}_proj.{rest.rsplit('_', 1)[1]}"] = y
            else:
                part, kind = rest.rsplit(".", 1)
                o[f"{to}{parts[part]}.{kind}"] = x
        elif n.rsplit(".", 1)[0] in parts:
            o[f"{parts[n.rsplit('.', 1)[0]]}.{n.rsplit('.', 1)[1]}"] = x
    return o


def hf_config(c):
    tower = lambda d, **more: dict(hidden_size=d["width"], intermediate_size=4 * d["width"], num_attention_heads=d.get("heads") or d["width"] // d["head"],
                                   num_hidden_layers=d["layers"], hidden_act="quick_gelu", layer_norm_eps=1e-5, **more)
    return {"architectures": ["CLIPModel"], "model_type": "clip", "projection_dim": c["embed"], "logit_scale_init_value": 2.6592,
            "text_config": tower(c["text"], model_type="clip_text_model", vocab_size=c["vocabulary"], max_position_embeddings=CONTEXT,
                                 bos_token_id=BOS, eos_token_id=EOS),
            "vision_config": tower(c, model_type="clip_vision_model", patch_size=c["patch"], image_size=c["size"], num_channels=3)}


def open_clip_config(c):
    vision = {"image_size": c["size"], "layers": list(c["layers"]) if "patch" not in c else c["layers"], "width": c["width"], "head_width": c["head"], "patch_size": c.get("patch")}
    return {"model_cfg": {"embed_dim": c["embed"], "quick_gelu": True, "vision_cfg": vision,
                          "text_cfg": {"context_length": CONTEXT, "vocab_size": c["vocabulary"], **c["text"]}},
            "preprocess_cfg": {"mean": [0.48145466, 0.4578275, 0.40821073], "std": [0.26862954, 0.26130258, 0.27577711]}}


def picture(width, height, seed):
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    base = np.stack([127 + 120 * np.sin(x / 5 + seed), 255 * y / height, 127 + 120 * np.cos((x + y) / 7)], -1)
    return torch.from_numpy(np.clip(base + rng.normal(0, 12, base.shape), 0, 255).astype(np.uint8))


def regions(height, width):
    """A disc, two parts apart, a pixel, everything, a stripe at the edge."""
    y, x = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    m = torch.stack([(x - 30) ** 2 + (y - 20) ** 2 < 144, ((x < 12) & (y < 9)) | ((x > 60) & (y > 40)),
                     (x == 41) & (y == 33), x >= 0, x >= width - 3]).to(torch.uint8)
    box = [[int(a.min()), int(b.min()), int(a.max()) + 1, int(b.max()) + 1] for b, a in (i.nonzero(as_tuple=True) for i in m)]
    return m, torch.tensor(box)


def token_ids(text):
    from transformers import CLIPTokenizer
    return torch.tensor([CLIPTokenizer.from_pretrained(HERE / "bpe")(text)["input_ids"]])


def features(s, c, model, resnet, image, masks, boxes, side):
    p = (image.permute(2, 0, 1).float() / 255 - MEAN) / STD
    m, small = masks.float(), resize(p[None], side, side)
    e = {"local": model.whole(crops(p, m, boxes, side))}
    if resnet:
        e |= {"feature_map": model.map(small), "global": model.masked(small, m)}
    else:
        last = c["layers"]
        e |= {f"global_last{k}": model.masked(small, m, last - k) for k in range(1, last + 1)}
        e |= {f"global_only{i}": model.masked(small, m, i, only=True) for i in range(last)}
        e |= {f"attention_last{k}": model.masked(small, m, last - k, attention=True) for k in (1, 3)}
        e |= {f"region_last{k}": model.region(small, m, last - k) for k in (1, 3)}
    for name, text in (("sentence", SENTENCE), ("noun_phrase", NOUN)):
        e[name] = encode_text(s, c, token_ids(text))
        e[name] = unit(e[name]) if resnet else e[name]
    main = e["global"] if resnet else e["global_last3"]
    e |= {f"score_v{v}_r{r}": scores(s, resnet, main, e["local"], e["sentence"], e["noun_phrase"], v, r)
          for v in (0.0, 0.85, 1.0) for r in (0.0, 0.5, 1.0)}
    return e


def write(name, config_file, config, weights_file, tensors, expected=None):
    folder = OUT / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / config_file).write_text(json.dumps(config, indent=1) + "\n")
    tidy = lambda ts: {k: v.detach().contiguous().clone() for k, v in ts.items()}
    save_file(tidy({k: v.half() if v.is_floating_point() else v for k, v in tensors.items()}), folder / weights_file)
    if expected:
        save_file(tidy(expected), folder / "expected.safetensors")


class Holder(torch.nn.Module):
    """Tensors in a tree of modules, by their dotted names."""

    def forward(self, x: torch.Tensor):
        return x


def archive(tensors, path, extra=None):
    root = Holder()
    for name, value in (extra or {}).items():
        setattr(root, name, value)
    for name, x in tensors.items():
        *way, leaf = name.split(".")
        at = root
        for step in way:
            if not hasattr(at, step):
                setattr(at, step, Holder())
            at = getattr(at, step)
        x = x.half() if x.is_floating_point() else x
        at.register_buffer(leaf, x) if "running" in leaf or not x.is_floating_point() else at.register_parameter(leaf, torch.nn.Parameter(x, False))
    torch.jit.script(root).save(str(path))


def check(shared):
    """The code above against the numbers of Zero-shot-RIS's own."""
    sys.path.insert(0, str(shared))
    import seeded_clip
    for f in sorted((shared / "expected").glob("glclip-*.safetensors")):
        meta, e = safe_open(f, "pt").metadata(), load_file(f)
        c = dict(seeded_clip.CONFIGS[meta["config"]], size=224, head=64)
        resnet = c.pop("kind") == "rn"
        s = {n: torch.from_numpy(np.asarray(x)) for n, x in seeded_clip.openai_state(meta["config"], int(meta["seed"])).items()}
        model = (ResNet if resnet else Vit)(s, c)
        m = e["masks"].float()
        if "picture" in e:
            p = e["picture"]
        else:
            from PIL import Image
            im = Image.open(shared / "images" / (meta["image"] + ".png")).convert("RGB").resize(m.shape[:0:-1], Image.BILINEAR)
            p = (torch.from_numpy(np.asarray(im, np.float32) / 255).permute(2, 0, 1) - MEAN) / STD
        with torch.no_grad():
            small = resize(p[None], 224, 224)
            found = {"local": model.whole(crops(p, m, e["boxes"], 224))}
            for name, ids in (("sentence", "sentence_ids"), ("noun_phrase", "noun_ids")):
                found[name] = encode_text(s, c, e[ids])
                found[name] = unit(found[name]) if resnet else found[name]
            if resnet:
                found["global"] = model.masked(small, m)
            else:
                found |= {k: model.masked(small, m, c["layers"] - int(k[11:])) for k in e if k.startswith("global_last")}
                found["global_only_block_L_minus_2"] = model.masked(small, m, c["layers"] - 2, only=True)
            g = found["global" if resnet else "global_last3"]
            for k in e:
                if k.startswith("score"):
                    v, r = (float(x[1:]) for x in k.split("_")[1:])
                    found[k] = scores(s, resnet, g, found["local"], found["sentence"], found["noun_phrase"], v, r)
            for k in sorted(found):
                print(f"{f.stem} {k}: {float((found[k] - e[k]).abs().max()):.2g} of {float(e[k].abs().max()):.3g}")


def main():
    m, boxes = regions(48, 72)
    image = picture(72, 48, 5)
    for name, c, resnet, seed in (("vit", VIT, False, 21), ("rn", RN, True, 22)):
        s = state(c, resnet, seed)
        model = (ResNet if resnet else Vit)(s, c)
        with torch.no_grad():
            e = dict(picture=image, masks=m, boxes=boxes, sentence_ids=token_ids(SENTENCE), noun_ids=token_ids(NOUN))
            e |= features(s, c, model, resnet, image, m, boxes, c["size"])
            if resnet:  # the position table at another grid
                wide = features(s, c, model, resnet, image, m, boxes, 96)
                e |= {"wide_global": wide["global"], "wide_local": wide["local"]}
        if not resnet:
            write("vit", "config.json", hf_config(c), "model.safetensors", hf_names(s), e)
        write("rn" if resnet else "vit-open_clip", "open_clip_config.json", open_clip_config(c), "open_clip_model.safetensors", s, e if resnet else None)
        print(name, {k: (tuple(v.shape), round(float(v.float().std()), 3)) for k, v in e.items()})
    for name, c in (("vit", VIT_PT), ("rn", RN_PT)):
        sizes = {"input_resolution": c["size"], "context_length": CONTEXT, "vocab_size": c["vocabulary"]}
        archive(state(c, name == "rn", 23), OUT / f"{name}.pt", {k: torch.tensor(v) for k, v in sizes.items()})
    few = {"a.weight": torch.ones(2)}
    archive(few, OUT / "bad-list.pt", {"sizes": [1, 2]})  # a list is made by a call


if __name__ == "__main__":
    if "--check" in sys.argv:
        check(pathlib.Path(sys.argv[sys.argv.index("--check") + 1]))
    else:
        main()
