#!/usr/bin/env python3
"""What each part of the model is worth in the trained model: copies of the folder that do not hear one of them.

  models/sight/ablation.py MODEL FOLDER [EVALUATE ARGUMENT ...]

FOLDER gets a model folder a part; with further arguments `maskwright-cli evaluate` ($MASKWRIGHT_CLI) runs on each, and
on MODEL itself. A part is not heard when nothing reads its map or feature any more: the weights that multiply it are
zero, and what a fact would have been where nobody spoke is in the bias. What others learned beside it stays, so a part
that the training could have replaced looks worth more than it is.

  evidence        the detector's word on what is meant, and on what else is there
  competition     the detector's word on what else is there, and the lead of the joint space over other names
  second_speaker  the classifier's word
  joint_space     how near the joint space is, on both grids (a tap of the decoder it stays)
  pyramid         the finer features of the pyramid head
"""
import json
import math
import os
import struct
import subprocess
import sys

# Of the maps of core/clipseg/spoken.h: similarity, the same finer, evidence, classes, evidence against, lead.
MAPS = {"evidence": [2, 4], "competition": [4, 5], "second_speaker": [3], "joint_space": [0, 1, 5], "pyramid": []}
MAP_COUNT = 6
# Of core/clipseg/presence.cpp's facts: what each is where nobody spoke.
FACTS = {
    "evidence": {6: 0, 7: math.log(0.01) / 4, 8: 0, 9: 0, 10: 0, 11: 0},
    "second_speaker": {i: math.log(1e-3 if i % 3 == 1 else 1e-5) / 4 for i in range(6)},
}


class Tensors:
    """A safetensors file whose numbers can be changed, of float16 or float32."""

    def __init__(self, path):
        with open(path, "rb") as file:
            data = file.read()
        size = struct.unpack("<Q", data[:8])[0]
        self.head = json.loads(data[8 : 8 + size])
        self.start, self.data = 8 + size, bytearray(data)

    def change(self, name, what):
        """what(index, value) -> value, for all of the tensor; index as a tuple."""
        entry = self.head[name]
        begin, end = (self.start + at for at in entry["data_offsets"])
        form = "e" if entry["dtype"] == "F16" else "f"
        count = (end - begin) // struct.calcsize(form)
        values = struct.unpack(f"<{count}{form}", self.data[begin:end])
        shape, changed = entry["shape"], []
        for flat, value in enumerate(values):
            index, rest = [], flat
            for side in reversed(shape):
                index.append(rest % side)
                rest //= side
            changed.append(what(tuple(reversed(index)), value))
        self.data[begin:end] = struct.pack(f"<{count}{form}", *changed)
        return values

    def silence(self, name, columns):
        """Zero in the columns (the second index) of a weight; what they were, by row and column."""
        was = {}

        def zero(index, value):
            if index[1] in columns:
                was[index[:2]] = value
                return 0.0
            return value

        self.change(name, zero)
        return was


def without(tensors, part):
    levels = sorted({n.split(".")[2] for n in tensors.head if n.startswith("decoder.pyramid.") and n.endswith("lateral.weight")})
    if part == "pyramid":
        for level in levels:
            for kind in ("weight", "bias"):
                tensors.change(f"decoder.pyramid.{level}.lateral.{kind}", lambda index, value: 0.0)
    silent = MAPS[part]
    for one in silent:
        tensors.change(f"decoder.maps.logits.{one}", lambda index, value: 0.0)
    if silent:
        for name in ["decoder.maps.tokens.weight"] + [f"decoder.pyramid.{level}.maps.weight" for level in levels]:
            tensors.silence(name, silent)
        # The decoder's presence head reads tokens, then the maps' largest and mean.
        tokens = tensors.head["decoder.presence.0.weight"]["shape"][1] - 2 * MAP_COUNT
        tensors.silence("decoder.presence.0.weight", [tokens + m + i for m in (0, MAP_COUNT) for i in silent])
    facts = FACTS.get(part, {})
    if facts and "decoder.named_presence.facts.weight" in tensors.head:
        was = tensors.silence("decoder.named_presence.facts.weight", facts)
        tensors.change(
            "decoder.named_presence.facts.bias",
            lambda index, value: value + sum(was[index[0], fact] * said for fact, said in facts.items()),
        )


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    model, folder, arguments = sys.argv[1], sys.argv[2], sys.argv[3:]
    folders = [model]
    for part in MAPS:
        out = os.path.join(folder, part)
        os.makedirs(out, exist_ok=True)
        for name in os.listdir(model):
            if name != "model.safetensors" and not os.path.lexists(os.path.join(out, name)):
                os.symlink(os.path.abspath(os.path.join(model, name)), os.path.join(out, name))
        tensors = Tensors(os.path.join(model, "model.safetensors"))
        without(tensors, part)
        with open(os.path.join(out, "model.safetensors"), "wb") as file:
            file.write(tensors.data)
        folders.append(out)
    for one in folders if arguments else []:
        print(f"## {one}", flush=True)
        subprocess.run([os.environ.get("MASKWRIGHT_CLI", "maskwright-cli"), "evaluate", "--model", one] + arguments, check=True)


main()
