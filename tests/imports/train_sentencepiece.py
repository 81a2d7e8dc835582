"""Trains SentencePiece models of type BPE with different options, and writes the library's results for random strings.

    python train_sentencepiece.py <folder> <declarations>

Writes each as `<folder>/<n>.model`, and `models.json` with their options, the strings, the ids, and the texts of these.
"""

import html
import io
import json
import pathlib
import random
import re
import sys

import sentencepiece

MODELS = 84
STRINGS = 1000
LANGUAGES = ["eng", "tur", "rus", "cmn_hans", "jpn", "arb", "hin", "kor"]
RULES = ["identity", "nmt_nfkc", "nfkc", "nmt_nfkc_cf", "nfkc_cf", "custom"]
# Some replacements are empty, contain spaces or are several characters long, and some replaced strings share a prefix.
CUSTOM = {"a": "b", "xy": "z", "xyz": "", "\t": "  ", "…": " ... ", "ß": "ss", "é": "e\u0301", "Ａ": "A", "\u0001": "", "▁": " "}
SYMBOLS = [
    [],
    list("0123456789"),
    ["<sep>", "foo", "的"],
    ["▁foo", "▁", "a▁b", "▁▁"],
    [" ", "  ", "a b", "the ", " of"],
    ["ﬁ", "①", "Ａ", "\u3000", "\t", "\n\n", "e\u0301", "\u0301"],
    ["ab", "abc", "bcd", "b", "th", "he", "<|x|>"],
]
CHOICES = {
    "user_defined_symbols": SYMBOLS,
    "control_symbols": [[], ["<ctl>", "^"]],
    "byte_fallback": [False, True],
    "remove_extra_whitespaces": [True, False],
    "add_dummy_prefix": [True, False],
    "split_digits": [False, True],
    "split_by_whitespace": [True, True, False],
    "split_by_unicode_script": [True, False],
    "allow_whitespace_only_pieces": [False, True],
    "character_coverage": [1.0, 0.98],
    "unk_surface": [" ⁇ ", "<?>"],
    "pad_id": [-1, 3],
    "vocab_size": [2500, 4000],
}
UNITS = [
    *" ,  ,   , , , \t,\n,\r\n,\u00a0,\u3000,\u2028,\u200b,\ufeff,▁,▁▁,▁foo, ▁".split(","),
    *"\0 \u0001 \u0007 \u007f \u0085 \u009f \ufffd ﬁ ① ½ ™ Ａ ｱ ﾞ ㌀ e\u0301 \u0301 \u0308 ß İ Σ … xy xyz é".split(" "),
    *"foo foobar the of and a ab abc abcd bcd 0 12 1234567 3.14 <sep> <ctl> <unk> <s> <0x41> ^ <|x|> x=1; 的 的人 中文".split(),
    *"日本 人権 한국어 Привет मानव حقوق İstanbul çocuk 👩‍👩‍👧 🏽 😀 \U00020000 \U0010ffff".split(),
]


def declaration(path):
    """Returns the paragraphs of a Universal Declaration of Human Rights."""
    paragraphs = re.findall(r"<p[^>]*>(.*?)</p>", path.read_text("utf-8"), re.DOTALL)
    return [" ".join(html.unescape(re.sub("<[^>]+>", "", paragraph)).split()) for paragraph in paragraphs]


def train(options, lines, folder):
    rule = options["normalization_rule_name"]
    tsv = folder / "rules.tsv"
    codes = lambda text: " ".join(f"{ord(character):X}" for character in text)
    tsv.write_text("".join(f"{codes(a)}\t{codes(b)}\n" for a, b in CUSTOM.items()), "utf-8")
    named = {"normalization_rule_tsv": str(tsv)} if rule == "custom" else {"normalization_rule_name": rule}
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        **{**options, **named},
        sentence_iterator=iter(lines),
        model_writer=model,
        model_type="bpe",
        hard_vocab_limit=False,
        num_threads=1,
        minloglevel=2,
    )
    return model.getvalue()


def random_text(choose, pieces, lines):
    parts = []
    for _ in range(choose.randrange(12)):
        kind = choose.random()
        if kind < 0.5:
            parts.append(choose.choice(UNITS))
        elif kind < 0.75:
            parts.append(choose.choice(pieces).replace("▁", choose.choice([" ", "▁"])))
        else:
            line = choose.choice(lines)
            start = choose.randrange(len(line) + 1)
            parts.append(line[start : start + choose.randrange(20)])
    return "".join(parts)


def main(folder, declarations):
    lines = [line for code in LANGUAGES for line in declaration(declarations / f"{code}.html") if line]
    # Put white space and symbols inside the text, so that the model learns pieces that contain them.
    lines += [f"{a}  {b}\t\t{a}{b}   " for a, b in zip(UNITS * 20, UNITS[7:] * 20) if "\0" not in a + b]
    choose = random.Random(1)
    rows = []
    for number in range(MODELS):
        options = {name: choose.choice(values) for name, values in CHOICES.items()}
        options["user_defined_symbols"] = SYMBOLS[number // len(RULES) % len(SYMBOLS)]
        options["normalization_rule_name"] = RULES[number % len(RULES)]
        model = train(options, lines, folder)
        (folder / f"{number}.model").write_bytes(model)
        processor = sentencepiece.SentencePieceProcessor(model_proto=model)
        pieces = [processor.id_to_piece(id) for id in range(processor.get_piece_size())]
        texts = ["", *(random_text(choose, pieces, lines) for _ in range(STRINGS - 1))]
        ids = processor.encode(texts)
        rows.append({"options": options, "texts": texts, "ids": ids, "decoded": processor.decode(ids)})
    (folder / "models.json").write_text(json.dumps({"models": rows}), "utf-8")


main(*map(pathlib.Path, sys.argv[1:]))
