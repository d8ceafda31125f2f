"""The commands of packaging/cluster's Kubernetes files, run here as the pods would run them: merged, they are one run.

kubernetes_test.py PROGRAM SOURCE_FOLDER. 77 (skipped) without PyYAML.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

try:
    import yaml
except ImportError:
    print("skipped: PyYAML is not installed (apt-get install python3-yaml)")
    sys.exit(77)

program, source = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])


def job(name):
    with open(source / "packaging/cluster" / name, encoding="utf-8") as file:
        documents = list(yaml.safe_load_all(file))
    assert len(documents) == 1, name
    found = documents[0]
    assert (found["apiVersion"], found["kind"]) == ("batch/v1", "Job"), name
    return found["spec"]


def container(spec):
    (only,) = spec["template"]["spec"]["containers"]
    return only


shards, merge = job("kubernetes-shards.yaml"), job("kubernetes-merge.yaml")
one, other = container(shards), container(merge)
count = shards["completions"]
environment = {entry["name"]: entry["value"] for entry in one["env"]}
assert shards["completionMode"] == "Indexed"
assert environment["SHARDS"] == str(count) and shards["maxFailedIndexes"] == count, "the number of shards, three times"
assert shards["template"]["spec"]["restartPolicy"] == "Never", "a podFailurePolicy demands it"
named = {rule["onExitCodes"]["containerName"] for rule in shards["podFailurePolicy"]["rules"] if "onExitCodes" in rule}
assert named == {one["name"]}
for each in (one, other):
    assert [mount["mountPath"] for mount in each["volumeMounts"]] == ["/data"]
assert one["image"] == other["image"]

with tempfile.TemporaryDirectory() as folder:
    data = pathlib.Path(folder)
    (data / "photos/more").mkdir(parents=True)
    for name in ("a.png", "b.png", "more/a.png"):
        shutil.copy(source / "resources/examples/coffee.png", data / "photos" / name)
    shutil.copy(source / "resources/examples/cat.png", data / "photos/a.jpg")
    # The small model stands in for the built-in one, which is what the command takes.
    (data / "models/sight").mkdir(parents=True)
    for name in ("config.json", "preprocessor_config.json", "model.safetensors"):
        shutil.copy(source / "tests/reference/clipseg/plain" / name, data / "models/sight")
    for name in ("vocab.json", "merges.txt"):
        shutil.copy(source / "tests/reference/bpe" / name, data / "models/sight")
    (data / "bin").mkdir()
    wrapper = data / "bin/maskwright-cli"
    wrapper.write_text(f'#!/bin/sh\nset -- "$@"\ncase " $* " in *" --merge "*) ;; *) set -- "$@" --model "{data}/models/sight";; esac\n'
                       f'exec "{program}" "$@"\n')
    wrapper.chmod(0o755)

    def start(command, **variables):
        here = [word.replace("/data/", f"{data}/") for word in command]
        path = f"{data}/bin:{os.environ['PATH']}"
        return subprocess.run(here, env={**os.environ, "PATH": path, **variables}, capture_output=True, text=True)

    for index in reversed(range(count)):
        done = start(one["command"], JOB_COMPLETION_INDEX=str(index), **environment)
        assert done.returncode == 0, done.stderr
    merged = start(other["command"])
    assert merged.returncode == 0, merged.stderr

    whole = subprocess.run([program, "segment", data / "photos", "--phrase", "dog", "--model", data / "models/sight",
                            "-o", f"{data}/whole/"], capture_output=True, text=True)
    assert whole.returncode == 0, whole.stderr
    assert merged.stdout == whole.stdout.replace(f"{data}/whole/", f"{data}/masks/")
    subprocess.run(["diff", "-r", data / "whole", data / "masks"], check=True)
print("done")
