"""Writes the oracle's rows for a tokenizer.json, with the ids from Hugging Face's library.

    pip install tokenizers
    python3 tests/oracle/make.py TOKENIZER.json "where it is from" > tests/oracle/expected/<id>.json
"""

import base64
import hashlib
import json
import pathlib
import sys

import tokenizers

file, origin = sys.argv[1:]
spec = json.loads(pathlib.Path(file).read_text("utf-8"))
inputs = json.loads(pathlib.Path(__file__).with_name("inputs.json").read_text("utf-8"))
# Lone surrogates become U+FFFD.
texts = [row["text"].encode("utf-16", "surrogatepass").decode("utf-16", "replace") for row in inputs]
special_tokens = [[token["id"], token["content"]] for token in spec["added_tokens"] if token["special"]]


def encode(spec):
    tokenizer = tokenizers.Tokenizer.from_str(json.dumps(spec))
    return [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]


def without_special_tokens():
    """Renames special tokens to private-use characters that no text contains. Their entries in the model keep their ids."""
    names = {content: f"\U00100000\U0010fffd{id}" for id, content in special_tokens}
    renamed = lambda token: names.get(token, token)
    added = [{**token, "content": renamed(token["content"])} for token in spec["added_tokens"]]
    vocab = {renamed(token): id for token, id in spec["model"]["vocab"].items()}
    return {**spec, "added_tokens": added, "model": {**spec["model"], "vocab": vocab}}


def bytes_of_characters():
    """Returns bytes by the characters that represent them in byte-level BPE."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    return {
        **{chr(byte): byte for byte in printable},
        **{chr(256 + i): byte for i, byte in enumerate(others)},
    }


is_byte_level = '"ByteLevel"' in json.dumps([spec["pre_tokenizer"], spec["decoder"]])
BYTES = bytes_of_characters()
digest = hashlib.sha256()
for token, id in sorted(spec["model"]["vocab"].items(), key=lambda entry: entry[1]):
    # Some files also list special tokens in the model's vocabulary.
    if [id, token] in special_tokens:
        continue
    token_bytes = bytes(BYTES[c] for c in token) if is_byte_level else token.encode()
    digest.update(f"{id} {base64.b64encode(token_bytes).decode()}\n".encode())

rows = {
    "reference": f"Hugging Face tokenizers {tokenizers.__version__} (Python) on {origin}",
    "tokensSha256": digest.hexdigest(),
    "specialTokens": special_tokens,
    "text": encode(without_special_tokens()),
    "parse": encode(spec),
}
lines = (f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False, separators=(',', ':'))}" for key, value in rows.items())
print("{\n" + ",\n".join(lines) + "\n}")
