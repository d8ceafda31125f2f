#!/usr/bin/env python3
"""Makes tests/reference/sentencepiece: two small models (unigram and BPE) and the ids that libsentencepiece gives with them.

Needs spm_train and spm_encode of Debian's package `sentencepiece`: python3 make_sentencepiece_fixture.py
The normalisation rules are few, so that the files stay small: lower case of A to Z, full-width forms, and one that grows.
"""
import json
import os
import subprocess
import tempfile

from make_bpe_fixture import TEXT, random_texts

TEXTS = ["", " ", "a cat", "A CAT", "  a   photo of a  cat  ", "고양이 한 마리", "ＡＢＣ and ﷺ", "snowman ☃☃ 👩\u200d👧", "photocat catphoto", "<s> </s> <unk>",
         "<0x41>", "\u2581cat", "\u2581", "the man's hat", "x" * 60, "über naïve", "猫と犬。", "a photo of " * 12]


def rules():
    lines = [f"{ord(c):X}\t{ord(c.lower()):X}" for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    lines += [f"{0xFF21 + i:X}\t{0x61 + i:X}" for i in range(26)]
    lines += ["FDFA\t61 20 62 20 63", "3000\t20", "9\t20", "A0\t20", "200B\t"]
    return "\n".join(lines) + "\n"


def run(*command, text=None):
    return subprocess.run(command, input=text, check=True, capture_output=True, text=True).stdout


def main():
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sentencepiece")
    os.makedirs(folder, exist_ok=True)
    texts = [t for t in [*TEXTS, *random_texts(60)] if not set("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029\0") & set(t)]
    with tempfile.TemporaryDirectory() as work:
        corpus, table = os.path.join(work, "corpus.txt"), os.path.join(work, "rules.tsv")
        with open(corpus, "w", encoding="utf-8") as file:
            file.write(TEXT)
        with open(table, "w", encoding="utf-8") as file:
            file.write(rules())
        for kind, more in [("unigram", ["--vocab_size=420", "--byte_fallback=true"]),
                           ("bpe", ["--vocab_size=200", "--user_defined_symbols=photo", "--character_coverage=0.98"])]:
            prefix = os.path.join(work, kind)
            run("spm_train", f"--input={corpus}", f"--model_prefix={prefix}", f"--model_type={kind}", f"--normalization_rule_tsv={table}",
                "--hard_vocab_limit=false", "--max_sentence_length=20000", *more)
            model = os.path.join(folder, kind + ".model")
            os.replace(prefix + ".model", model)
            lines = run("spm_encode", f"--model={model}", "--output_format=id", text="".join(t + "\n" for t in texts)).split("\n")
            with open(os.path.join(folder, kind + "_cases.json"), "w", encoding="utf-8") as file:
                cases = [json.dumps({"text": t, "ids": [int(i) for i in line.split()]}, separators=(",", ":")) for t, line in zip(texts, lines)]
                file.write("[\n" + ",\n".join(cases) + "\n]\n")


if __name__ == "__main__":
    main()
