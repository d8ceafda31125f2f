#!/usr/bin/env python3
"""Makes tests/reference/sentencepiece/mini_cases.json: phrases in Mini's seven languages with the ids of its tokenizer.

Needs the package `sentencepiece` of PyPI (used: 0.2.3): python3 make_phrase_fixture.py
The ids are those of models/mini/tokenizer.model without begin and end marker. (In very long runs of one or two letters two
segmentations can weigh the same up to the last bit, and versions of the library choose differently; none is among these.)
"""
import json
import os

import sentencepiece

# Things, kinds of them and places, to be put together in each language's own way.
THINGS = {
    "en": ("a {1} {0}", ["dog", "bicycle", "umbrella", "teapot", "lighthouse", "grand piano", "hot-air balloon", "fire hydrant", "stained-glass window", "T-shirt"],
           ["black", "broken", "wooden", "tiny", "half-hidden"], ["{} on the left", "two {}s", "the man's {}", "no {}", "a photo of {}, at night"]),
    "de": ("{1} {0}", ["Straßenbahn", "Kühlschrank", "Fußgängerüberweg", "Regenschirm", "Küchenstuhl", "Größenmaßstab", "Gänse", "Eichhörnchen", "Schlüssel", "Baumhaus"],
           ["rote", "ältere", "überdachte", "süße", "weiße"], ["{} links im Bild", "drei {}", "ohne {}", "die {} der Frau", "{} (außen)"]),
    "fr": ("{0} {1}", ["vélo", "fenêtre", "œuf", "château", "garçon", "boîte à lettres", "forêt", "tasse à café", "grue", "réverbère"],
           ["rouge", "brisée", "d'été", "à côté", "très âgé"], ["l'{}", "un {} qui dort", "des {}s", "pas de {}", "{} : détail"]),
    "es": ("{0} {1}", ["niño", "cigüeña", "paraguas", "árbol", "camión", "pingüino", "sillón", "autobús", "jamón", "año nuevo"],
           ["azul", "pequeño", "de jardín", "roto", "más alto"], ["¿{}?", "¡{}!", "una señal de {}", "sin {}", "el {} del rey"]),
    "ja": ("{1}{0}", ["自転車", "猫", "傘", "消火栓", "ランドセル", "コーヒーカップ", "お城", "とけい", "電車", "桜の木"],
           ["赤い", "小さな", "壊れた", "木の", "古い"], ["{}と犬", "{}の写真", "左の{}", "{}がない", "「{}」"]),
    "ko": ("{1} {0}", ["자전거", "고양이", "우산", "소화전", "책가방", "커피잔", "성", "시계", "기차", "벚나무"],
           ["빨간", "작은", "부서진", "나무로 된", "오래된"], ["{}와 개", "{} 사진", "왼쪽에 있는 {}", "{} 없음", "할머니의 {}"]),
    "zh": ("{1}{0}", ["自行车", "猫", "雨伞", "消防栓", "书包", "咖啡杯", "城堡", "鐘", "火車", "樱花树"],
           ["红色的", "小", "坏了的", "木头", "旧"], ["{}和狗", "{}的照片", "左边的{}", "没有{}", "《{}》"]),
}
ODD = [
    # Nothing, and space of every kind.
    "", " ", "   ", "\t", "\n", "\r\n", "\u00a0", "\u3000", "\u2003\u2009", "\u200b", "\ufeff", " a ", "a\tb", "a\nb", "  two  spaces  ", "\u3000猫\u3000", "a\u200bb",
    # Case, compatibility forms, combining marks: what NFKC and case folding change.
    "DOG", "Dog", "STRASSE", "Straße", "STRAẞE", "ﬁsh and ﬂag", "ＤＯＧ", "Ｄｏｇ１２３", "ﾈｺ", "ﾊﾟﾝﾀﾞ", "①②③", "㌢", "㈱", "ﷺ", "½ cup", "x²", "H₂O", "™", "Ⅷ", "…",
    "cafe\u0301", "café", "CAFÉ", "e\u0302\u0323", "e\u0323\u0302", "Å \u212b A\u030a", "\u1100\u1161\u11a8", "각", "か\u3099", "が", "İstanbul", "ı", "ς σ Σ", "ΟΔΟΣ", "ǆ ǅ Ǆ", "ß ẞ",
    # Characters that no piece has: their bytes.
    "☃", "snowman ☃☃", "𝔊𝔬𝔱𝔥𝔦𝔠", "𓀀", "𐍈", "🐶", "a 🐶 dog", "👩\u200d👧", "👍🏽", "🇰🇷", "1️⃣", "❤️", "\U0010ffff", "\ue000", "\ufffd", "ɐɔ", "ꙮ", "ᚠᚢᚦ", "ไก่", "שלום", "مرحبا", "привет", "γάτα", "नमस्ते",
    # What looks like a marker or a piece.
    "<s>", "</s>", "<unk>", "<s> dog </s>", "<0x41>", "<0x0A>", "\u2581", "\u2581dog", "dog\u2581", "_dog_", "##dog", "</w>",
    # Numbers, signs, addresses.
    "0", "42", "3.14", "1,000,000", "-7 °C", "50%", "$5", "€ 9,99", "#hashtag", "@name", "C++", "a/b", "a\\b", "a&b", "(left)", "[right]", "{}", "\"quoted\"", "‘quoted’", "„Hund“", "dog;cat", "dog, cat", "dog. cat!", "?!", "---", "http://example.org/a?b=c", "user@example.org", "IMG_0042.JPG",
    # Several scripts in one.
    "red 자전거", "猫cat고양이", "der 犬", "Wi-Fi アンテナ", "USB케이블", "北京 Hauptbahnhof", "T恤", "Ｔシャツ", "café コーヒー", "año 新年 새해",
    # Control characters and the edges of UTF-8's lengths.
    "\x01", "a\x7fb", "\x85", "\u07ff", "\u0800", "\uffff", "\U00010000", "a\x00b",
    # Long ones.
    "a" * 500, "dog " * 120, "猫" * 300, "🐶" * 80, " " * 400, "x" + " " * 400 + "y", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", "고양이" * 60, "e\u0301" * 90, "ﷺ" * 30, "streetlamp" * 40 + " post " * 40,
]


def phrases():
    for pattern, things, kinds, places in THINGS.values():
        for i, thing in enumerate(things):
            yield thing
            yield pattern.format(thing, kinds[i % len(kinds)])
            yield pattern.format(thing, kinds[(3 * i + 2) % len(kinds)]).upper()
            yield places[i % len(places)].format(thing)
            yield places[(i + 2) % len(places)].format(pattern.format(thing, kinds[(i + 1) % len(kinds)]))
    yield from ODD


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    model = sentencepiece.SentencePieceProcessor(model_file=os.path.join(here, "..", "..", "models", "mini", "tokenizer.model"))
    lines = [json.dumps({"text": text, "ids": model.encode(text)}, separators=(",", ":"), ensure_ascii=True) for text in dict.fromkeys(phrases())]
    with open(os.path.join(here, "sentencepiece", "mini_cases.json"), "w", encoding="utf-8") as file:
        file.write("[\n" + ",\n".join(lines) + "\n]\n")
    print(len(lines), "cases")


if __name__ == "__main__":
    main()
