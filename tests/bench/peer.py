#!/usr/bin/env python3
"""The other side of `maskwright-cli bench --against PYTHON`: transformers, or OpenVINO, asked as their documentation does.

The program carries this file and runs it as `PYTHON -c THIS serve`, or `PYTHON -c THIS once ENGINE MODEL DTYPE THREADS
PICTURE PHRASE OUT` for a process that starts, makes one mask and ends.

`serve` speaks JSON lines over standard input and output. Its first line is a greeting:
    {"hello": "maskwright-bench 1", "engines": ["transformers", "openvino"], "versions": {"torch": "2.6.0"}, "missing": ""}
`missing` says why there is no engine. Then one line answers one request: {"id": 7, "do": "masks", "phrases": ["cat"]} gets
{"id": 7, "milliseconds": 480.1}, or {"id": 7, "error": "..."} where it went wrong, or {"id": 7, "unable": "..."} where this
engine has no such thing. Times are taken here, so that the pipe and the parsing are not among them.
"""
import sys

sys.path = [folder for folder in sys.path if folder]  # with -c the current folder is there, and a torch.py in it would win

import contextlib
import importlib
import json
import os
import re
import time


class Unable(Exception):
    """This engine has no such step."""


def versions():
    found, missing = {}, []
    for name in ("torch", "transformers", "PIL", "openvino"):
        try:
            found[name] = str(importlib.import_module(name).__version__)
        except Exception as problem:  # a broken package raises what it likes
            if name != "openvino":
                missing.append(f"{name}: {problem}")
    found["python"] = sys.version.split()[0]
    if "torch" in found:
        products = re.search(r"MKL-DNN v([\d.]+)", importlib.import_module("torch").__config__.show())
        found["oneDNN of torch"] = products.group(1) if products else "none"
    engines = [] if missing else ["transformers"] + (["openvino"] if "openvino" in found else [])
    return {"engines": engines, "versions": found, "missing": "; ".join(missing)}


def make_processor(folder):
    from transformers import CLIPSegProcessor, CLIPTokenizerFast, ViTImageProcessor

    with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
        positions = json.load(file).get("text_config", {}).get("max_position_embeddings", 77)
    if any(os.path.exists(os.path.join(folder, name)) for name in ("preprocessor_config.json", "processor_config.json")):
        processor = CLIPSegProcessor.from_pretrained(folder)
    else:
        # A folder without one, as the seeded checkpoints are: the numbers of CIDAS/clipseg-rd64-refined.
        images = ViTImageProcessor(
            size={"height": 352, "width": 352}, image_mean=[0.485, 0.456, 0.406], image_std=[0.229, 0.224, 0.225]
        )
        processor = CLIPSegProcessor(images, CLIPTokenizerFast.from_pretrained(folder))
    # A folder without tokenizer_config.json does not say where texts are cut.
    processor.tokenizer.model_max_length = min(processor.tokenizer.model_max_length, positions)
    return processor


class Transformers:
    """CLIPSegProcessor and CLIPSegForImageSegmentation, one model call a picture with its phrases."""

    def __init__(self, model, dtype, threads, scratch):
        import torch
        from transformers import CLIPSegForImageSegmentation

        self.torch = torch
        torch.set_num_threads(threads)
        self.dtype = getattr(torch, dtype)
        self.processor = make_processor(model)
        self.model, loaded = CLIPSegForImageSegmentation.from_pretrained(model, dtype=self.dtype, output_loading_info=True)
        if loaded["missing_keys"] or loaded["mismatched_keys"]:
            raise ValueError("the folder's weights are not those of transformers' CLIPSeg")
        self.model.eval()
        self.size = None

    def prepare(self, pictures, phrases=None):
        more = {"size": {"height": self.size, "width": self.size}} if self.size else {}
        if phrases is None:
            return self.processor(images=pictures, return_tensors="pt", **more)
        return self.processor(text=phrases, images=pictures, padding=True, truncation=True, return_tensors="pt", **more)

    def encode(self, picture):
        pixels = self.prepare([picture])["pixel_values"].to(self.dtype)
        with self.torch.inference_mode():
            self.model.clip.vision_model(pixels, output_hidden_states=True)

    def probabilities(self, picture, phrases):
        """One map a phrase, float32 [phrases, side, side]."""
        inputs = self.prepare([picture] * len(phrases), phrases)
        inputs["pixel_values"] = inputs["pixel_values"].to(self.dtype)
        with self.torch.inference_mode():
            logits = self.model(**inputs).logits
        return self.squared(logits, len(phrases))

    def supported(self, picture, support):
        """The map of what `support`, an engineered picture, shows."""
        pixels = self.prepare([picture])["pixel_values"].to(self.dtype)
        example = self.prepare([support])["pixel_values"].to(self.dtype)
        with self.torch.inference_mode():
            logits = self.model(pixel_values=pixels, conditional_pixel_values=example).logits
        return self.squared(logits, 1)

    def squared(self, logits, count):
        # Of one phrase some versions give [side, side], some [1, side, side].
        return logits.float().reshape(count, logits.shape[-2], logits.shape[-1]).sigmoid()


class OpenVino(Transformers):
    """The same model converted with ov.convert_model; pictures and texts are prepared by CLIPSegProcessor all the same."""

    def __init__(self, model, dtype, threads, scratch):
        import openvino
        import torch

        self.torch = torch
        torch.set_num_threads(threads)
        self.dtype = torch.float32  # of what it is given; inside, the hint below counts
        self.processor = make_processor(model)
        self.size = None
        settings = {
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_NUM_THREADS": threads,
            "INFERENCE_PRECISION_HINT": "bf16" if dtype == "bfloat16" else "f32",
        }
        self.compiled = openvino.compile_model(os.path.join(scratch, "openvino.xml"), "CPU", settings)

    @staticmethod
    def convert(model, scratch):
        import openvino
        import torch
        from PIL import Image
        from transformers import CLIPSegForImageSegmentation

        network = CLIPSegForImageSegmentation.from_pretrained(model, dtype=torch.float32).eval()

        class Logits(torch.nn.Module):
            """The tracer knows no transformers outputs."""

            def __init__(self):
                super().__init__()
                self.network = network

            def forward(self, input_ids, attention_mask, pixel_values):
                return self.network(input_ids=input_ids, attention_mask=attention_mask, pixel_values=pixel_values).logits

        pictures = [Image.new("RGB", (64, 64))] * 2
        example = make_processor(model)(text=["a cat", "a large dog"], images=pictures, padding=True, truncation=True, return_tensors="pt")
        with torch.inference_mode():
            converted = openvino.convert_model(Logits(), example_input=dict(example))
        openvino.save_model(converted, os.path.join(scratch, "openvino.xml"), compress_to_fp16=False)

    def encode(self, picture):
        raise Unable("the converted model is one graph")

    def supported(self, picture, support):
        raise Unable("the converted model takes phrases")

    def probabilities(self, picture, phrases):
        if self.size:
            raise Unable("the converted model has one size")
        inputs = self.prepare([picture] * len(phrases), phrases)
        given = {name: inputs[name].numpy() for name in ("input_ids", "attention_mask", "pixel_values")}
        logits = self.torch.from_numpy(self.compiled(given)[0])
        return self.squared(logits, len(phrases))


ENGINES = {"transformers": Transformers, "openvino": OpenVino}


def masks(engine, picture, phrases):
    """Masks of the picture's size, as a person wants them: 8-bit [phrases, height, width], 255 inside."""
    maps = engine.probabilities(picture, phrases)
    return at_full_size(engine.torch, maps, picture)


def at_full_size(torch, maps, picture):
    full = torch.nn.functional.interpolate(maps[:, None], size=(picture.height, picture.width), mode="bilinear")
    return (full[:, 0] > 0.5).to(torch.uint8) * 255


def load_picture(file):
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    return Image.open(file).convert("RGB")


def save(mask, file):
    from PIL import Image

    Image.fromarray(mask.numpy()).save(file)


def megabytes(field):
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith(field + ":"):
                return int(line.split()[1]) / 1024
    return 0.0


class Server:
    def __init__(self):
        self.engine = self.picture = self.support = None
        self.threads = 1

    def answer(self, request):
        self.begin = time.perf_counter()
        self.end = None
        more = getattr(self, "do_" + request["do"])(request) or {}
        end = self.end or time.perf_counter()
        return {"milliseconds": (end - self.begin) * 1000, **more}

    def do_load(self, request):
        self.engine = None
        self.engine = ENGINES[request["engine"]](request["model"], request["dtype"], request["threads"], request["scratch"])

    def do_convert(self, request):
        OpenVino.convert(request["model"], request["scratch"])

    def do_picture(self, request):
        picture = load_picture(request["file"])
        if "width" in request:
            picture = picture.resize((request["width"], request["height"]))
        self.picture = picture

    def do_support(self, request):
        self.support = load_picture(request["file"])

    def do_size(self, request):
        self.engine.size = request["side"] or None

    def do_encode(self, request):
        self.engine.encode(self.picture)

    def do_maps(self, request):
        self.engine.probabilities(self.picture, request["phrases"])

    def do_masks(self, request):
        masks(self.engine, self.picture, request["phrases"])

    def do_file(self, request):
        made = masks(self.engine, load_picture(request["file"]), request["phrases"])
        if "out" in request:
            self.end = time.perf_counter()
            for number, mask in enumerate(made):
                save(mask, os.path.join(request["out"], f"{number}.png"))

    def do_supported(self, request):
        self.engine.supported(self.picture, self.support)

    def do_folder(self, request):
        for number, file in enumerate(request["files"]):
            save(masks(self.engine, load_picture(file), request["phrases"])[0], os.path.join(request["out"], f"{number}.png"))

    def do_memory(self, request):
        return {"now": megabytes("VmRSS"), "peak": megabytes("VmHWM")}


def serve():
    # Libraries print what they like: standard output is the protocol's alone.
    wire = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(value):
        wire.write(json.dumps(value) + "\n")
        wire.flush()

    say({"hello": "maskwright-bench 1", **versions()})
    server = Server()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply = server.answer(request)
        except Unable as reason:
            reply = {"unable": str(reason)}
        except Exception as problem:
            reply = {"error": f"{type(problem).__name__}: {problem}"[:500]}
        say({"id": request["id"], **reply})


def once(engine, model, dtype, threads, picture, phrase, scratch, out):
    made = ENGINES[engine](model, dtype, int(threads), scratch)
    save(masks(made, load_picture(picture), [phrase])[0], out)


if __name__ == "__main__":
    # Without a network, and nothing is looked for there.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    with contextlib.suppress(KeyboardInterrupt):
        if sys.argv[1] == "serve":
            serve()
        else:
            once(*sys.argv[2:])
