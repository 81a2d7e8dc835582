"""Writes sentencepiece.json: small models with every combination of options, and SentencePiece's results for texts.

    pip install sentencepiece==0.2.3 protobuf
    python3 tests/oracle/sentencepiece.py
"""

import sys

# This file has the same name as the library, so its folder must not be searched.
sys.path.pop(0)

import base64
import io
import itertools
import json
import pathlib
import tempfile

import sentencepiece
from sentencepiece import sentencepiece_model_pb2 as proto

# Includes replacements with other text, nothing and several spaces, and one of the longer of two matches.
RULES = {"x": "a", "xy": "d", "\u0001": "", "\t": " ", "\u2026": "  . ", "\u2581": " "}
PIECES = [
    *[["<unk>", 0, 2], ["<s>", 0, 3], ["</s>", 0, 3], ["^", 0, 3], ["<ctl>", 0, 3]],
    *[["\u2581a", -1, 1], ["ab", -2, 1], ["bc", -3, 1], ["\u2581ab", -4, 1], ["\u2581\u2581", -5, 1], ["abc", -6, 1], ["12", -7, 1]],
    *[[letter, -8 - i, 1] for i, letter in enumerate("\u2581abcdx12.<")],
]
SYMBOLS = ["\u2581bc", "cd", "cdx", "y x", "\u2581\u2581\u2581", "1", "xy", "\u7684", "  c"]
TEXTS = [
    *["", " ", "  ", "\u0001", " \u0001 ", "\t", "\u2581", "\u2581 ", "a", " a", "a ", "  a   b  ", "\u2581\u2581a", "a\u2581", "abc", "ab bc abcd"],
    *["bc", "a bc", "cd", "cdx", "bcdx", "y x", "a y xy x", "a  c", "   a", "12", "112 1", "xy xyx", "\u7684a\u7684", "a\u0001\u0001b", "a \u0001 b"],
    *["\u2026", "a\u2026 b", "x\ty", "a^b", "<ctl>", "<s>a", "<unk>", "\u00e9\u00e9a\u00e9", "\u00e9 \u00e9", "\u65e5\u7684\u672c", "<0x61>", "a\nb"],
]


def table():
    """Returns the table that training compiles from the rules."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        codes = lambda text: " ".join(f"{ord(character):X}" for character in text)
        file.write("".join(f"{codes(a)}\t{codes(b)}\n" for a, b in RULES.items()))
        file.flush()
        model = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(["abc"]),
            model_writer=model,
            model_type="bpe",
            vocab_size=7,
            normalization_rule_tsv=file.name,
            minloglevel=2,
        )
    return proto.ModelProto.FromString(model.getvalue()).normalizer_spec.precompiled_charsmap


def answers(charsmap, byteFallback, addsPrefix, removesSpaces, hasTable, hasSymbols):
    model = proto.ModelProto()
    model.trainer_spec.model_type = 2
    model.trainer_spec.byte_fallback = byteFallback
    model.normalizer_spec.precompiled_charsmap = charsmap if hasTable else b""
    model.normalizer_spec.add_dummy_prefix = addsPrefix
    model.normalizer_spec.remove_extra_whitespaces = removesSpaces
    pieces = [*PIECES, *([symbol, 0, 4] for symbol in SYMBOLS if hasSymbols and symbol != "1")]
    # A user-defined symbol can be a single character, which would be a piece anyway.
    pieces = [[piece, score, 4 if piece == "1" and hasSymbols else type] for piece, score, type in pieces]
    pieces += [[f"<0x{byte:02X}>", 0, 6] for byte in range(256) if byteFallback]
    for piece, score, type in pieces:
        model.pieces.add(piece=piece, score=score, type=type)
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.SerializeToString())
    ids = processor.encode(TEXTS)
    options = {"byteFallback": byteFallback, "addsPrefix": addsPrefix, "removesSpaces": removesSpaces}
    return {**options, "hasTable": hasTable, "pieces": pieces[: len(pieces) - 256 * byteFallback], "ids": ids, "decoded": processor.decode(ids)}


charsmap = table()
content = {
    "reference": f"sentencepiece {sentencepiece.__version__}",
    "table": base64.b64encode(charsmap).decode(),
    "texts": TEXTS,
    "models": [answers(charsmap, *flags) for flags in itertools.product([False, True], repeat=5)],
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
