#!/usr/bin/env python3
"""Makes tests/reference/clipseg: three tiny models with seeded noise for weights, and what other programs compute with them.

refined, plain    CLIPSeg as Hugging Face transformers computes it (float32; plain's weights are stored as BF16)
lite              EfficientNet-Lite with Maskwright's similarity map and pyramid head, computed by the PyTorch code below,
                  which was written from the design and not from the C++

Each folder is a model folder (its vocabulary is tests/reference/bpe, linked in by the tests) with one file more,
expected.safetensors: `picture` is the 8-bit input [h, w, 3], the rest is named as in the code below.
Needs torch, transformers 5, safetensors, pillow, numpy:  python3 make_clipseg_fixtures.py
"""
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import save_file
from transformers import CLIPSegConfig, CLIPSegForImageSegmentation, CLIPTokenizer

HERE = pathlib.Path(__file__).parent
OUT = HERE / "clipseg"
VOCABULARY, BOS, EOS = 814, 812, 813
PHRASES = ["a cat", "the man's hat", "x"]
MEAN, STD = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
TEXT = dict(hidden_size=16, num_attention_heads=2, intermediate_size=24, num_hidden_layers=2, vocab_size=VOCABULARY,
            max_position_embeddings=12, hidden_act="quick_gelu", layer_norm_eps=1e-5, bos_token_id=BOS, eos_token_id=EOS,
            pad_token_id=1)


def clipseg_config(patch, image, extract, cond, refined, reduce, act="quick_gelu"):
    return dict(architectures=["CLIPSegForImageSegmentation"], model_type="clipseg", projection_dim=20, reduce_dim=reduce,
                extract_layers=extract, conditional_layer=cond, decoder_num_attention_heads=2, decoder_intermediate_size=24,
                decoder_hidden_act="quick_gelu", decoder_attention_dropout=0.0, logit_scale_init_value=2.6592,
                use_complex_transposed_convolution=refined, text_config=dict(TEXT, model_type="clipseg_text_model"),
                vision_config=dict(model_type="clipseg_vision_model", hidden_size=24, num_attention_heads=3,
                                   intermediate_size=32, num_hidden_layers=4, patch_size=patch, image_size=image,
                                   num_channels=3, hidden_act=act, layer_norm_eps=1e-5))


def noise(name, shape, generator):
    """Scales that keep every layer's output near one, so that a mistake anywhere shows at the end."""
    x = torch.randn(shape, generator=generator)
    if name.endswith("logit_scale"):
        return torch.tensor(2.6592)
    if "norm" in name or "layrnorm" in name:
        return 1 + 0.1 * x if name.endswith("weight") else 0.05 * x
    if name.endswith("bias"):
        return 0.05 * x
    if "embedding" in name and "patch" not in name:
        return 0.5 * x
    if "transposed_convolution" in name and not name.endswith("0.weight"):
        return x * 2.0 / shape[0] ** 0.5
    return x * 1.2 / max(1, int(np.prod(shape[1:]))) ** 0.5


def picture(width, height, seed):
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    base = np.stack([127 + 120 * np.sin(x / 5 + seed), 255 * y / height, 127 + 120 * np.cos((x + y) / 7)], -1)
    return np.clip(base + rng.normal(0, 12, base.shape), 0, 255).astype(np.uint8)


def pixels(array, width, height):
    im = np.asarray(Image.fromarray(array).resize((width, height), Image.BILINEAR), np.float32) / 255
    return ((torch.from_numpy(im) - MEAN) / STD).permute(2, 0, 1)[None].contiguous()


def write_folder(name, config, tensors, size, expected):
    folder = OUT / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    (folder / "preprocessor_config.json").write_text(json.dumps({"size": {"height": size, "width": size}}) + "\n")
    save_file({k: v.contiguous() for k, v in tensors.items()}, folder / "model.safetensors")
    save_file({k: v.detach().contiguous().clone() for k, v in expected.items()}, folder / "expected.safetensors")
    print(name, {k: tuple(v.shape) for k, v in expected.items()}, "logits std", float(expected["logits"].std()))


def clipseg(name, config, seed, size, store):
    torch.manual_seed(seed)
    model = CLIPSegForImageSegmentation(CLIPSegConfig(**{k: v for k, v in config.items() if k != "architectures"})).eval()
    generator = torch.Generator().manual_seed(seed)
    tensors = {n: noise(n, tuple(t.shape), generator).to(store) for n, t in sorted(model.state_dict().items())
               if not n.endswith("position_ids")}
    model.load_state_dict({n: t.float() for n, t in tensors.items()}, strict=False)
    tok = CLIPTokenizer.from_pretrained(HERE / "bpe")
    ids = torch.tensor([(i + [EOS] * 12)[:12] for i in tok(PHRASES)["input_ids"]])
    one, two = picture(70, 45, seed), picture(33, 60, seed + 1)
    x, s = pixels(one, size, size), pixels(two, size, size)
    with torch.no_grad():
        t = model.clip.text_projection(model.clip.text_model(input_ids=ids).pooler_output)
        vision = lambda p: model.clip.vision_model(pixel_values=p, output_hidden_states=True, interpolate_pos_encoding=True)
        v = model.clip.visual_projection(vision(s).pooler_output)
        hidden = vision(x).hidden_states
        run = lambda c: as_maps(model(pixel_values=x.expand(len(c), -1, -1, -1), conditional_embeddings=c).logits, c)
        expected = dict(picture=torch.from_numpy(one), support_picture=torch.from_numpy(two), pixel_values=x, input_ids=ids,
                        text_embeds=t, logits=run(t), support_pixel_values=s, support_embeds=v, support_logits=run(v),
                        mixed_logits=run(0.3 * v + 0.7 * t[:1]))
        expected |= {f"activation_{i}": hidden[i + 1] for i in config["extract_layers"]}
        # Any grid, not only squares: the tower alone (the decoder in transformers knows squares only).
        wide = pixels(one, size + 2 * config["vision_config"]["patch_size"], size)
        model.clip.vision_model.embeddings.interpolate_pos_encoding = lambda e, h, w: grid_positions(model, h, w)
        expected |= {"wide_pixel_values": wide, "wide_last": vision(wide).hidden_states[-1]}
    write_folder(name, config, tensors, size, expected)


def as_maps(logits, conditions):
    """[N, h, w]; transformers drops N where it is 1."""
    return logits.reshape(len(conditions), *logits.shape[-2:])


def grid_positions(model, height, width):
    e = model.clip.vision_model.embeddings
    table, patch = e.position_embedding.weight, e.patch_size
    side = int((len(table) - 1) ** 0.5)
    grid = table[1:].reshape(1, side, side, -1).permute(0, 3, 1, 2)
    grid = F.interpolate(grid, size=(height // patch, width // patch), mode="bicubic", align_corners=False)
    return torch.cat([table[:1], grid.permute(0, 2, 3, 1).reshape(-1, table.shape[1])])[None]


# The lite model. Stages: expand, kernel, stride, channels, repeats.
STAGES = [(1, 3, 1, 6, 1), (3, 3, 2, 8, 2), (3, 5, 2, 10, 2), (2, 3, 2, 12, 2), (2, 5, 1, 14, 1), (2, 3, 2, 16, 2)]
STEM, HEAD, STRIDE, PROJECTION, D = 6, 24, 16, 20, 12
EXTRACT, PYRAMID, CHANNELS = [6, 9], [4, 2], [8, 6]


def same(x, kernel, stride, dilation):
    """TensorFlow's "same" padding."""
    pads = []
    for side in (x.shape[3], x.shape[2]):
        total = max((-(-side // stride) - 1) * stride + dilation * (kernel - 1) + 1 - side, 0)
        pads += [total // 2, total - total // 2]
    return F.pad(x, pads)


def lite_blocks():
    """(expand, kernel, stride, dilation, in, out) of every block at output stride STRIDE."""
    blocks, reached, dilation, channels = [], 2, 1, STEM
    for expand, kernel, stride, out, repeats in STAGES:
        for i in range(repeats):
            s, here = (stride if i == 0 else 1), dilation
            if s > 1 and reached * s > STRIDE:
                dilation, s = dilation * s, 1
            reached *= s
            blocks.append((expand, kernel, s, here, channels, out))
            channels = out
    return blocks


def lite_shapes():
    shapes = {"clip.logit_scale": (), "clip.text_projection.weight": (PROJECTION, 16),
              "clip.visual_projection.weight": (PROJECTION, HEAD),
              "clip.text_model.embeddings.token_embedding.weight": (VOCABULARY, 16),
              "clip.text_model.embeddings.position_embedding.weight": (12, 16)}

    def layer(name, out, *rest):
        shapes[name + ".weight"], shapes[name + ".bias"] = (out, *rest), (out,)

    def block(name, width, hidden):
        for q in ("q", "k", "v", "out"):
            layer(f"{name}.self_attn.{q}_proj", width, width)
        for n in "12":
            layer(f"{name}.layer_norm{n}", width)
        layer(name + ".mlp.fc1", hidden, width)
        layer(name + ".mlp.fc2", width, hidden)

    for i in range(2):
        block(f"clip.text_model.encoder.layers.{i}", 16, 24)
    layer("clip.text_model.final_layer_norm", 16)
    v = "clip.vision_model."
    layer(v + "stem", STEM, 3, 3, 3)
    for i, (expand, kernel, _, _, cin, out) in enumerate(lite_blocks()):
        if expand != 1:
            layer(f"{v}blocks.{i}.expand", cin * expand, cin, 1, 1)
        layer(f"{v}blocks.{i}.depthwise", cin * expand, 1, kernel, kernel)
        layer(f"{v}blocks.{i}.project", out, cin * expand, 1, 1)
    layer(v + "head", HEAD, lite_blocks()[-1][5], 1, 1)
    layer("decoder.film_mul", D, PROJECTION)
    layer("decoder.film_add", D, PROJECTION)
    for i, tap in enumerate(reversed(EXTRACT)):
        layer(f"decoder.reduces.{i}", D, lite_blocks()[tap][5])
        block(f"decoder.layers.{i}", D, 24)
    shapes |= {"decoder.similarity.scale": (), "decoder.similarity.bias": (), "decoder.similarity.weight": (D,),
               "decoder.pyramid.similarity": ()}
    cin = D
    for i, (tap, c) in enumerate(zip(PYRAMID, CHANNELS)):
        layer(f"decoder.pyramid.{i}.reduce", c, cin, 1, 1)
        layer(f"decoder.pyramid.{i}.lateral", c, lite_blocks()[tap][5], 1, 1)
        layer(f"decoder.pyramid.{i}.mix", c, c, 3, 3)
        cin = c
    layer("decoder.pyramid.out", 1, cin, 1, 1)
    return shapes


def attention(p, x, heads):
    n, t, c = x.shape
    q, k, v = (F.linear(x, p[f"self_attn.{a}_proj.weight"], p[f"self_attn.{a}_proj.bias"]).view(n, t, heads, -1).transpose(1, 2)
               for a in "qkv")
    weights = ((q / (c // heads) ** 0.5) @ k.transpose(-1, -2)).softmax(-1)
    return F.linear((weights @ v).transpose(1, 2).reshape(n, t, c), p["self_attn.out_proj.weight"], p["self_attn.out_proj.bias"])


def post_norm_block(p, x, heads):
    norm = lambda i, y: F.layer_norm(y, y.shape[-1:], p[f"layer_norm{i}.weight"], p[f"layer_norm{i}.bias"], 1e-5)
    x = norm(1, x + attention(p, x, heads))
    hidden = F.relu(F.linear(x, p["mlp.fc1.weight"], p["mlp.fc1.bias"]))
    return norm(2, x + F.linear(hidden, p["mlp.fc2.weight"], p["mlp.fc2.bias"]))


def lite_forward(w, x, c):
    scope = lambda prefix: {k[len(prefix):]: t for k, t in w.items() if k.startswith(prefix)}
    conv = lambda p, y, **kw: F.conv2d(y, p["weight"], p["bias"], **kw)
    v = scope("clip.vision_model.")
    part = lambda name: {"weight": v[name + ".weight"], "bias": v[name + ".bias"]}
    y = F.relu6(conv(part("stem"), same(x, 3, 2, 1), stride=2))
    maps = []
    for i, (expand, kernel, stride, dilation, cin, out) in enumerate(lite_blocks()):
        z = F.relu6(conv(part(f"blocks.{i}.expand"), y)) if expand != 1 else y
        z = F.relu6(conv(part(f"blocks.{i}.depthwise"), same(z, kernel, stride, dilation), stride=stride, dilation=dilation,
                         groups=z.shape[1]))
        z = conv(part(f"blocks.{i}.project"), z)
        y = y + z if stride == 1 and cin == out else z
        maps.append(y)
    head = F.relu6(conv(part("head"), y)).flatten(2).transpose(1, 2)
    dense = head @ w["clip.visual_projection.weight"].T
    pooled = head.mean(1) @ w["clip.visual_projection.weight"].T
    n, gh, gw = len(c), maps[EXTRACT[-1]].shape[2], maps[EXTRACT[-1]].shape[3]
    cosine = F.normalize(c, dim=-1) @ F.normalize(dense[0], dim=-1).T  # [n, T]
    scaled = cosine * w["decoder.similarity.scale"] + w["decoder.similarity.bias"]
    a = None
    for i, tap in enumerate(reversed(EXTRACT)):
        tokens = maps[tap].flatten(2).transpose(1, 2).expand(n, -1, -1)
        r = F.linear(tokens, w[f"decoder.reduces.{i}.weight"], w[f"decoder.reduces.{i}.bias"])
        a = r if a is None else a + r
        if i == 0:
            mul = F.linear(c, w["decoder.film_mul.weight"], w["decoder.film_mul.bias"])[:, None]
            add = F.linear(c, w["decoder.film_add.weight"], w["decoder.film_add.bias"])[:, None]
            a = mul * a + add + scaled[:, :, None] * w["decoder.similarity.weight"]
        a = post_norm_block(scope(f"decoder.layers.{i}."), a, 2)
    y = a.transpose(1, 2).reshape(n, D, gh, gw)
    for i, tap in enumerate(PYRAMID):
        q = scope(f"decoder.pyramid.{i}.")
        sub = lambda k: {"weight": q[k + ".weight"], "bias": q[k + ".bias"]}
        lateral = conv(sub("lateral"), maps[tap])
        y = F.interpolate(conv(sub("reduce"), y), size=lateral.shape[2:], mode="bilinear", align_corners=False)
        y = F.relu(y + lateral + y * lateral)
        y = F.relu(y + conv(sub("mix"), y, padding=1))
    logits = conv({"weight": w["decoder.pyramid.out.weight"], "bias": w["decoder.pyramid.out.bias"]}, y)
    skip = F.interpolate(scaled.reshape(n, 1, gh, gw), size=logits.shape[2:], mode="bilinear", align_corners=False)
    logits = (logits + w["decoder.pyramid.similarity"] * skip)[:, 0]
    return maps, dense, pooled, cosine, logits


def lite(seed, width, height):
    generator = torch.Generator().manual_seed(seed)
    tensors = {n: noise(n, s, generator) for n, s in lite_shapes().items()}
    tensors |= {"decoder.similarity.scale": torch.tensor(6.0), "decoder.similarity.bias": torch.tensor(-1.0)}
    config = dict(architectures=["CLIPSegForImageSegmentation"], model_type="clipseg", projection_dim=PROJECTION, reduce_dim=D,
                  extract_layers=EXTRACT, conditional_layer=0, decoder_num_attention_heads=2, decoder_intermediate_size=24,
                  use_complex_transposed_convolution=False, logit_scale_init_value=2.6592, similarity_map=True,
                  pyramid_layers=PYRAMID, pyramid_channels=CHANNELS, default_threshold=0.35,
                  text_config=dict(TEXT, model_type="clipseg_text_model"),
                  vision_config=dict(model_type="efficientnet_lite", hidden_size=HEAD, stem_channels=STEM, output_stride=STRIDE,
                                     stages=[n for s in STAGES for n in s]))
    one = picture(70, 45, seed)
    x = pixels(one, width, height)
    c = torch.randn((3, PROJECTION), generator=generator)
    maps, dense, pooled, cosine, logits = lite_forward(tensors, x, c)
    expected = dict(picture=torch.from_numpy(one), pixel_values=x, conditions=c, dense=dense, pooled=pooled, cosine=cosine, logits=logits)
    expected |= {f"activation_{i}": maps[i].flatten(2).transpose(1, 2) for i in EXTRACT}
    expected |= {f"map_{i}": maps[i] for i in PYRAMID}
    write_folder("lite", config, tensors, width, expected)


if __name__ == "__main__":
    torch.use_deterministic_algorithms(True)
    clipseg("refined", clipseg_config(8, 32, [0, 1, 3], 0, True, 12), 11, 48, torch.float32)
    clipseg("plain", clipseg_config(16, 48, [1, 2], 1, False, 8, "gelu"), 12, 64, torch.bfloat16)
    lite(13, 64, 64)
