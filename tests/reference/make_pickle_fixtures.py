#!/usr/bin/env python3
"""Write tests/reference/pickle: small files as torch.save writes them, and the values that are in them.

    python3 tests/reference/make_pickle_fixtures.py        (needs torch and safetensors; made with torch 2.15)

good-*.pth hold the same tensors in every form that must be read; their values are in expected.safetensors.
decoder-*.pth have the names of a CLIPSeg decoder. bad-*.pth must be refused. Nothing here comes from anybody's weights.
"""
import collections
import os
import pathlib

import torch
from safetensors.torch import save_file

OUT = pathlib.Path(__file__).parent / "pickle"


def tensors():
    g = torch.Generator().manual_seed(5)
    base = torch.randn(4, 6, generator=g)
    return collections.OrderedDict(
        [
            ("plain", torch.randn(2, 3, generator=g)),
            ("transposed", base.t()),
            ("column", base[:, 2]),
            ("window", base[1:3, 1:6:2]),
            ("deep", torch.randn(2, 3, 4, 5, generator=g).permute(3, 0, 2, 1)),
            ("shared", base),
            ("scalar", torch.tensor(2.5)),
            ("empty", torch.zeros(0, 7)),
            ("half", torch.randn(5, generator=g).half()),
            ("brain", torch.randn(5, generator=g).bfloat16()),
            ("double", torch.randn(3, generator=g).double()),
            ("long", torch.arange(-2, 3)),
            ("int", torch.arange(3, dtype=torch.int32)),
            ("short", torch.arange(3, dtype=torch.int16)),
            ("char", torch.arange(-1, 2, dtype=torch.int8)),
            ("byte", torch.arange(253, 256, dtype=torch.uint8)),
            ("bool", torch.tensor([True, False, True])),
        ]
    )


def decoder(refined, width=8, mlp=12, projection=6, vision=16, patch=8, layers=3):
    """A state dict with the names of the original repository's CLIPSeg decoder, for a tiny CLIP."""
    g = torch.Generator().manual_seed(7 + refined)
    state = collections.OrderedDict()

    def add(name, *shape):
        state[name + ".weight"] = torch.randn(*shape, generator=g)
        state[name + ".bias"] = torch.randn(shape[0], generator=g)

    add("film_mul", width, projection)
    add("film_add", width, projection)
    add("reduce", width, vision)  # stored, never used
    for i in range(layers):
        add(f"reduces.{i}", width, vision)
    for i in range(layers):
        state[f"blocks.{i}.self_attn.in_proj_weight"] = torch.randn(3 * width, width, generator=g)
        state[f"blocks.{i}.self_attn.in_proj_bias"] = torch.randn(3 * width, generator=g)
        add(f"blocks.{i}.self_attn.out_proj", width, width)
        add(f"blocks.{i}.linear1", mlp, width)
        add(f"blocks.{i}.linear2", width, mlp)
        add(f"blocks.{i}.norm1", width)
        add(f"blocks.{i}.norm2", width)
    if refined:
        add("trans_conv.0", width, width, 3, 3)
        for i, into in ((2, width // 2), (4, 1)):
            state[f"trans_conv.{i}.weight"] = torch.randn(width if i == 2 else width // 2, into, patch // 4, patch // 4, generator=g)
            state[f"trans_conv.{i}.bias"] = torch.randn(into, generator=g)
    else:
        state["trans_conv.weight"] = torch.randn(width, 1, patch, patch, generator=g)
        state["trans_conv.bias"] = torch.randn(1, generator=g)
    return state


class Evil:
    def __reduce__(self):
        return os.system, ("touch /tmp/maskwright-was-run",)


class Module(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(3, 2)


class Scripted(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.ones(2))

    def forward(self, x):
        return x * self.weight


def main():
    OUT.mkdir(exist_ok=True)
    plain = tensors()
    save_file({k: v.contiguous().clone() for k, v in plain.items()}, OUT / "expected.safetensors")
    torch.save(plain, OUT / "good-zip.pth")
    torch.save(plain, OUT / "good-legacy.pth", _use_new_zipfile_serialization=False)
    torch.save(dict(plain), OUT / "good-protocol4.pth", pickle_protocol=4)
    torch.save(dict(plain), OUT / "good-legacy-protocol4.pth", pickle_protocol=4, _use_new_zipfile_serialization=False)
    parameters = {k: torch.nn.Parameter(v) if v.is_floating_point() else v for k, v in plain.items()}
    torch.save({"epoch": 3, "rate": 0.5, "note": "x", "state_dict": parameters, "history": [1, (2, None)]}, OUT / "good-nested.pth")
    module = Module()
    with torch.no_grad():
        module.linear.weight.copy_(torch.arange(6.0).reshape(2, 3))
        module.linear.bias.copy_(torch.tensor([0.5, -0.5]))
    torch.save(module.state_dict(), OUT / "good-module.pth")  # carries _metadata

    torch.save(decoder(False), OUT / "decoder-plain.pth")
    torch.save(decoder(True), OUT / "decoder-refined.pth", _use_new_zipfile_serialization=False)

    for name, form in (("zip", True), ("legacy", False)):
        torch.save({"a": torch.ones(2), "b": Evil()}, OUT / f"bad-system-{name}.pth", _use_new_zipfile_serialization=form)
    torch.save(module, OUT / "bad-module.pth")
    torch.save({"a": torch.ones(2), "b": "text"}, OUT / "bad-value.pth")
    torch.save(torch.ones(2), OUT / "bad-tensor.pth")
    torch.save({"a": torch.ones(1).expand(1000)}, OUT / "bad-expanded.pth")
    torch.save({1: torch.ones(2)}, OUT / "bad-key.pth")
    torch.jit.script(Scripted()).save(OUT / "bad-script.pth")


if __name__ == "__main__":
    main()
