"""The checks of tests/gpu.sh: PROGRAM PICTURES SCRATCH MODEL... Exit code 1 where one failed."""

import json
import os
import pathlib
import struct
import subprocess
import sys
import time
import zlib

import numpy as np

PROGRAM, PICTURES, SCRATCH = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
MODELS = sys.argv[4:]
PHRASES = ["cat", "horse", "grass", "car", "traffic light", "person", "wine glass", "bottle"]
MANY = [f"{colour} {thing}" for colour in ("red", "black", "small", "old")
        for thing in ("cat", "dog", "horse", "car", "chair", "table", "bottle", "cup", "book", "tree", "boat", "bird",
                      "ball", "hat", "lamp", "door")]  # 64
EXACT = 1e-3  # of the largest logit, in float32: another library's order of sums
SAME = 0.99  # IoU of masks in the precision that auto chooses with those of float32
failures = []


def check(holds, text):
    print(("ok      " if holds else "FAILED  ") + text, flush=True)
    if not holds:
        failures.append(text)


def run(*words, environment=None):
    begun = time.monotonic()
    done = subprocess.run([PROGRAM, *map(str, words)], capture_output=True, text=True,
                          env={**os.environ, **(environment or {})})
    return done, time.monotonic() - begun


class Found:
    """What segment says of pictures: logits [pictures, phrases, h, w] and the lines on stderr."""

    def __init__(self, model, pictures, phrases, device, dtype="float32", environment=None):
        for old in SCRATCH.glob("*.npy"):
            old.unlink()
        words = [word for phrase in phrases for word in ("--phrase", phrase)]
        done, self.seconds = run("segment", *pictures, *words, "--save-logits", f"{SCRATCH}/{{stem}}.npy", "--model", model,
                                 "--device", device, "--dtype", dtype, environment=environment)
        self.code, self.lines = done.returncode, [line for line in done.stderr.splitlines() if line]
        self.logits = None
        if self.code == 0:  # pictures in their proportions have maps of their own size
            self.logits = [np.load(SCRATCH / f"{pathlib.Path(picture).stem}.npy") for picture in pictures]

    def moved(self):
        return sum("goes on on the processor" in line for line in self.lines)


def difference(one, other):
    """Of the largest logit. What is not a number is no small difference."""
    return max(float(np.abs(a - b).max() / np.abs(a).max()) if np.isfinite(b).all() else np.inf
               for a, b in zip(one, other, strict=True))


def ious(exact, rough, threshold):
    """Of every phrase that has a mask; where a model of random numbers has none, of each map's highest tenth."""
    cut = np.full(len(exact), threshold)
    if (exact > threshold).mean() < 1e-3:
        cut = np.quantile(exact, 0.9, axis=(1, 2))
    values = []
    for a, b, level in zip(exact, rough, cut):
        either = ((a > level) | (b > level)).sum()
        if (a > level).sum() >= 30:
            values.append(float(((a > level) & (b > level)).sum() / either))
    return values


def bench(model, picture, phrases, device, dtype, runs=5):
    """Medians in milliseconds, and how much memory of the device was taken at most, in MiB."""
    watcher = subprocess.Popen(["nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader,nounits", "-lms", "20"],
                               stdout=subprocess.PIPE, text=True)
    words = [word for phrase in phrases for word in ("--phrase", phrase)]
    done, _ = run("bench", picture, *words, "--model", model, "--device", device, "--dtype", dtype, "--runs", runs,
                  "--json")
    watcher.terminate()
    used = [int(line) for line in watcher.communicate()[0].split() if line.isdigit()]
    if done.returncode != 0:
        return None, done.stderr.strip()
    return json.loads(done.stdout), max(used, default=0) - min(used, default=0)


def tell(name, measured, memory):
    if measured is None:
        check(False, f"{name}: {memory}")
        return
    ms = measured["milliseconds"]
    print(f"        {name}: load {ms['load']:.0f}, encode {ms['encode']:.1f}, text {ms['text']:.1f}, decode "
          f"{ms['decode']:.1f} ms; {memory} MiB of the device", flush=True)


def png(path, width, height):
    """A large picture that is no single colour, deflated with little effort."""
    y, x = np.mgrid[0:height, 0:width]
    pixels = np.stack([(x * 255 // width), (y * 255 // height), ((x // 64 + y // 64) % 2) * 200], 2).astype(np.uint8)
    rows = np.concatenate([np.zeros((height, 1), np.uint8), pixels.reshape(height, -1)], 1).tobytes()

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
                     chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


def same_masks(model, threshold):
    pictures = [PICTURES / name for name in ("cat.png", "table.jpg", "herd.jpg", "street.jpg")]
    here = Found(model, pictures, PHRASES, "cpu")
    for dtype in ("float32", "float16", "bfloat16", "auto"):
        there = Found(model, pictures, PHRASES, "cuda", dtype)
        if there.code != 0:
            check(False, f"{dtype}: {there.lines}")
            continue
        worst = difference(here.logits, there.logits)
        values = [iou for pair in zip(here.logits, there.logits) for iou in ious(*pair, threshold)]
        text = f"{dtype}: logits differ by {worst:.1e} of the largest, IoU {np.mean(values):.4f} of {len(values)} masks"
        if dtype in ("float16", "bfloat16"):  # asked for by name, whatever becomes of the masks
            print("        " + text, flush=True)
        else:
            check(worst < EXACT if dtype == "float32" else np.mean(values) >= SAME, text)


def many_phrases(model):
    pictures = [PICTURES / "street.jpg"]
    together, few = Found(model, pictures, MANY, "cuda"), Found(model, pictures, MANY[:2], "cuda")
    check(together.code == 0 and difference(few.logits, [together.logits[0][:2]]) < EXACT,
          f"{len(MANY)} phrases together are what two are")
    here = Found(model, pictures, MANY, "cpu")
    check(difference(here.logits, together.logits) < EXACT, "and what the processor finds")
    return here.logits


def large_picture(model):
    picture = SCRATCH / "large.png"
    png(picture, 6000, 4000)
    here, there = Found(model, [picture], ["sky"], "cpu"), Found(model, [picture], ["sky"], "cuda")
    check(there.code == 0 and difference(here.logits, there.logits) < EXACT, "24 megapixels, resized on the device")


def times(model, large):
    for dtype in ("float32", "auto"):
        tell(f"{dtype}, one phrase", *bench(model, PICTURES / "street.jpg", ["car"], "cuda", dtype))
        tell(f"{dtype}, {len(MANY)} phrases", *bench(model, PICTURES / "street.jpg", MANY, "cuda", dtype))
        if large:
            tell(f"{dtype}, 24 megapixels", *bench(model, SCRATCH / "large.png", ["sky"], "cuda", dtype))


def total():
    said = subprocess.run(["nvidia-smi", "--query-gpu=memory.total", "--format=csv,noheader,nounits"],
                          capture_output=True, text=True).stdout
    return int(said.split()[0])


def out_of_memory(model, exact):
    """LibTorch's allocator is held to less and less; whatever does not fit there is done on the processor."""
    said = []
    for limit in (10, 150, 250, 350, 500, 1000):
        share = {"PYTORCH_CUDA_ALLOC_CONF": f"per_process_memory_fraction:{limit / total():.6f}"}
        there = Found(model, [PICTURES / "street.jpg"], MANY, "cuda", environment=share)
        said.append(f"{limit} MiB {'moved' if there.moved() else 'stayed'}")
        if there.code != 0 or there.moved() > 1 or difference(exact, there.logits) >= EXACT:
            check(False, f"held to {limit} MiB: exit code {there.code}, {there.lines}")
    check(said[0].endswith("moved"), "memory that runs out: " + ", ".join(said))


HOG = """
import sys, torch
keep = torch.empty(torch.cuda.mem_get_info()[0] - int(sys.argv[1]) * 2**20, dtype=torch.uint8, device="cuda")
print("full", flush=True)
sys.stdin.read()
"""


def full_device(model):
    """Another program has taken the memory."""
    pictures, phrases = [PICTURES / "cat.png"], ["cat", "dog"]
    exact = Found(model, pictures, phrases, "cpu").logits
    for left in (100, 700):
        hog = subprocess.Popen([sys.executable, "-c", HOG, str(left)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
        if hog.stdout.readline().strip() != "full":
            print("        a full device is not tried: " + (hog.stderr.read().strip().splitlines() or ["?"])[-1])
            return
        there = Found(model, pictures, phrases, "cuda")
        hog.communicate("")
        check(there.code == 0 and difference(exact, there.logits) < EXACT and there.moved() <= 1,
              f"{left} MiB left by another program: " + ("moved" if there.moved() else "stayed") + f" {there.lines}")


def others(model):
    """What else a model is asked for."""
    picture = PICTURES / "street.jpg"
    vectors = []
    for device in ("cpu", "cuda"):
        done, _ = run("embed", "--image", picture, "--region", "40,60,120,110", "-o", SCRATCH / "c.npy", "--model", model,
                      "--device", device)
        vectors.append(np.load(SCRATCH / "c.npy") if done.returncode == 0 else None)
    check(vectors[1] is not None and difference(*vectors) < EXACT, "a marked object's condition")
    counts = []
    for device in ("cpu", "cuda"):
        done, _ = run("proposals", picture, "--source", "detector", "-o", SCRATCH / "p.json", "--model", model, "--device",
                      device)
        counts.append(len((SCRATCH / "p.json").read_bytes()) if done.returncode == 0 else done.stderr.strip())
    if isinstance(counts[0], int):
        check(isinstance(counts[1], int) and abs(counts[0] - counts[1]) < 0.02 * counts[0],
              f"the detector's proposals ({counts[0]} and {counts[1]} bytes)")
    chosen = []
    for device in ("cpu", "cuda"):
        done, _ = run("refer", picture, "--expression", "the car on the left", "-o", SCRATCH / "r.png", "--model", model,
                      "--device", device)
        chosen.append((SCRATCH / "r.png").read_bytes() if done.returncode == 0 else done.stderr.strip())
    if isinstance(chosen[0], bytes):
        check(chosen[0] == chosen[1], "the same region is referred to" +
              ("" if isinstance(chosen[1], bytes) else f": {chosen[1]}"))


print(subprocess.run(["nvidia-smi", "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader"],
                     capture_output=True, text=True).stdout.strip(), flush=True)


def attempt(step, *arguments):
    """The next steps may still tell something where one fails."""
    try:
        return step(*arguments)
    except Exception as error:
        check(False, f"{step.__name__}: {error!r}")
        return None


def main():
    for number, model in enumerate(MODELS):
        info = json.loads(run("info", "--model", model, "--device", "cuda", "--json")[0].stdout)
        level, begun = info["default_threshold"], time.monotonic()
        print(f"{info['name']}, LibTorch {info['libtorch']}", flush=True)
        attempt(same_masks, model, float(np.log(level / (1 - level))))
        exact = attempt(many_phrases, model)
        whole = number == 0 and not os.environ.get("MASKWRIGHT_GPU_SHORT")
        if whole:  # what is no model's own
            attempt(large_picture, model)
            attempt(out_of_memory, model, exact)
            attempt(full_device, model)
            attempt(others, model)
        attempt(times, model, whole)
        print(f"        {time.monotonic() - begun:.0f} s", flush=True)
    return 1 if failures else 0


sys.exit(main())
