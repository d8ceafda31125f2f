#!/usr/bin/env python3
"""Makes tests/reference/bpe: a small vocabulary in the layout of CLIP's, and cases.json with the ids of transformers' CLIPTokenizer.

The vocabulary is trained here, on the text below. Needs transformers 5: python3 make_bpe_fixture.py
"""
import collections
import json
import os
import random

MERGES = 300
TEXT = """
a photo of a cat. a photograph of a dog. an image of a horse. a cropped photo of a person riding a bicycle.
the man's hat is on the table; the woman's umbrella isn't open. they're walking, we'll follow, I've seen it, he'd agree, I'm here.
two cups and three bowls stand beside a blue vase of flowers, one banana, one orange and one apple.
a photo of the train in the station, a photo of one boat on the river, a good photo of a bird on a branch.
the red car, the yellow bus, the green truck, the traffic light and the stop sign at the corner of the street.
a black cat sleeps on a sofa while a white dog waits at the door of the kitchen beside the refrigerator and the oven.
eine katze, ein hund, das haus an der strasse. un chat noir, une tasse de café. un gato en la mesa, dos perros en la playa.
고양이 한 마리와 강아지 두 마리. 猫と犬。 一只猫和一只狗。 Straße, naïve, coöperate, 1 2 3 42 2024!
""" * 2

CASES = [
    "", " ", "a cat", "A CAT", "  a \t\n cat  ", "the man's hat", "don't", "they're we'll I've I'm he'd it's", "THEY'RE", "'s 't 'x '",
    "a photo of a {}.", "!!! ... ?!", "3.14 and 2024", "１２３ Ⅷ ½ ① ٣", "café cafe\u0301 CAFÉ", "\u212b \u0344 \u0958", "Straße STRASSE ẞ",
    "İstanbul ISTANBUL ı", "ΟΔΥΣΣΕΥΣ ς", "고양이", "\u1100\u1161\u11a8 \uac00\u11a8", "猫と犬", "か\u3099 が", "👩\u200d👩\u200d👧 🇰🇷 ❤️", "\u0301\u0316\u0327x",
    "q\u0308\u0323 q\u0323\u0308", "a\u00a0b\u3000c\u200bd\ufeffe\u0085f", "\x00\x01\x7f", "שלום مرحبا", "ﬁ ǅ 𝒜", "<|startoftext|>", "a<|endoftext|>b",
    "<|ENDOFTEXT|>!!", "!!<|EndOfText|>", "<|startoftext|", "\u0301<|endoftext|>\u0301", "\U00016ea0 \ua7dc \U000105c0 \U00010d50", "\U00011935\U00011930",
    "\u1abf\u0301 e\u0898\u0301", "supercalifragilisticexpialidocious", "a photo of " * 20, "x" * 200,
]


def byte_symbols():
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [b for b in range(256) if b not in printable]
    return {b: chr(b) for b in printable} | {b: chr(256 + i) for i, b in enumerate(others)}


def train(text, count):
    symbols = byte_symbols()
    words = collections.Counter(text.lower().split())
    split = {w: [*(symbols[b] for b in w.encode()[:-1]), symbols[w.encode()[-1]] + "</w>"] for w in words}
    merges = []
    while len(merges) < count:
        pairs = collections.Counter()
        for word, parts in split.items():
            for pair in zip(parts, parts[1:]):
                pairs[pair] += words[word]
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        for parts in split.values():
            i = 0
            while i + 1 < len(parts):
                if (parts[i], parts[i + 1]) == best:
                    parts[i : i + 2] = [best[0] + best[1]]
                i += 1
    alphabet = sorted(symbols.values(), key=ord)
    tokens = alphabet + [c + "</w>" for c in alphabet]
    tokens += [t for t in dict.fromkeys(a + b for a, b in merges) if t not in tokens]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    return {t: i for i, t in enumerate(tokens)}, merges


def random_texts(count):
    random.seed(7)
    words = [w for w in TEXT.split()] + ["'s", "<|endoftext|>", "\u0301", "!", "7", "\u00a0", "İ", "Σ"]
    for _ in range(count):
        kind = random.random()
        if kind < 0.5:
            yield "".join(random.choice(words) + random.choice(["", " "]) for _ in range(random.randrange(1, 9)))
        else:
            yield "".join(chr(random.choice([random.randrange(0x20, 0x250), random.randrange(0x300, 0x370), random.randrange(0xE000, 0x1F700)]))
                          for _ in range(random.randrange(1, 9)))


def main():
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bpe")
    os.makedirs(folder, exist_ok=True)
    vocabulary, merges = train(TEXT, MERGES)
    with open(os.path.join(folder, "vocab.json"), "w", encoding="utf-8") as file:
        json.dump(vocabulary, file, ensure_ascii=True, separators=(",", ":"))
        file.write("\n")
    with open(os.path.join(folder, "merges.txt"), "w", encoding="utf-8") as file:
        file.write("#version: 0.2\n" + "".join(f"{a} {b}\n" for a, b in merges))

    from transformers import CLIPTokenizer

    tokenizer = CLIPTokenizer.from_pretrained(folder)
    with open(os.path.join(folder, "cases.json"), "w", encoding="utf-8") as file:
        lines = [json.dumps({"text": t, "ids": tokenizer(t)["input_ids"]}, separators=(",", ":")) for t in [*CASES, *random_texts(80)]]
        file.write("[\n" + ",\n".join(lines) + "\n]\n")


if __name__ == "__main__":
    main()
