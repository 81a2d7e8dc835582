"""Runs one Python library in its own process: native.py LIBRARY encode|train, for native.mjs.

Reads the job as JSON from standard input, and writes the answer as JSON to standard output. `encode` performs the same tasks
as contender.mjs. Each library is called in its fastest way of returning all ids of a single text.
"""

import base64
import hashlib
import json
import statistics
import sys
import time
from array import array


def load_tiktoken(job):
    import tiktoken

    # The npm package's file contains a pattern, and lines with a marker, the first token's rank, and tokens in base64.
    with open(job["ranks"], encoding="utf-8") as file:
        source = json.load(file)
    ranks = {}
    for line in source["bpe_ranks"].splitlines():
        _, first, *tokens = line.split(" ")
        for i, token in enumerate(tokens):
            ranks[base64.b64decode(token)] = int(first) + i
    encoding = tiktoken.Encoding(
        job["name"], pat_str=source["pat_str"], mergeable_ranks=ranks, special_tokens={}
    )
    return lambda text: encoding.encode_to_numpy(text, disallowed_special=())


def load_tokenizers(job):
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(job["json"])
    return lambda text: tokenizer.encode_batch_fast([text], add_special_tokens=False)[0].ids


def load_fastokens(job):
    from fastokens import Tokenizer

    tokenizer = Tokenizer.from_file(job["json"])
    return lambda text: tokenizer.encode_batch_flat([text])[0]


def load_splintr(job):
    import splintr

    return splintr.from_json(job["json"]).encode_flat


def load_gigatoken(job):
    import gigatoken

    return gigatoken.Tokenizer(job["json"]).encode


def encode(library, job):
    encode_text = globals()["load_" + library](job)
    # Some libraries finish loading only on the first call.
    encode_text("a")

    def read(name, part):
        with open(job["files"][name][part], encoding="utf-8", newline="") as file:
            return file.read()

    def measure(text):
        cpu = time.process_time()
        ids = encode_text(text)
        return time.process_time() - cpu, ids

    answers = []
    for task in job["tasks"]:
        if "warmUp" in task:
            texts = [read(name, "warmUp") for name in task["warmUp"]]
            for text in texts * task["passes"]:
                encode_text(text)
            continue
        text = read(task["text"], "text")
        megabytes = len(text.encode()) / 1e6
        seconds, ids = measure(text)
        repeats = [measure(text)[0] for _ in range(task["repeats"])]
        answers.append(
            {
                "freshCpu": megabytes / seconds,
                "againCpu": megabytes / statistics.median(repeats) if repeats else None,
                "fingerprint": hashlib.sha256(bytes_of(ids)).hexdigest(),
            }
        )
    return answers


def bytes_of(ids):
    """Returns ids as little-endian 32-bit numbers."""
    if isinstance(ids, bytes):
        return ids
    numbers = array("I", ids)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def train_gigabpe(job):
    import gigabpe

    gigabpe.train_tokenizer(
        [job["corpus"]],
        vocab_size=job["size"],
        output=job["out"],
        pretokenizer="bytelevel",
        special_tokens=[],
        threads=1,
    )


def train_rustbpe(job):
    import rustbpe

    tokenizer = rustbpe.Tokenizer()
    with open(job["corpus"], encoding="utf-8", newline="\n") as lines:
        tokenizer.train_from_iterator(lines, vocab_size=job["size"], pattern=job["pattern"])
    with open(job["out"], "wb") as file:
        for token, rank in tokenizer.get_mergeable_ranks():
            file.write(b"%s %d\n" % (base64.b64encode(bytes(token)), rank))


def train_youtokentome(job):
    import youtokentome

    youtokentome.BPE.train(
        data=job["corpus"], model=job["out"], vocab_size=job["size"], n_threads=1
    )


def train(library, job):
    import resource

    globals()["train_" + library](job)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {"cpu": usage.ru_utime, "megabytes": peak_megabytes(usage)}


def peak_megabytes(usage):
    # On Linux, ru_maxrss is at least the memory that the parent used when it started this process.
    try:
        with open("/proc/self/status", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) * 1024 / 1e6
    except OSError:
        # On macOS, ru_maxrss is in bytes.
        return usage.ru_maxrss / 1e6


if __name__ == "__main__":
    library, action = sys.argv[1:]
    answer = {"encode": encode, "train": train}[action](library, json.load(sys.stdin))
    # Some libraries write to standard output themselves.
    print("\n" + json.dumps(answer))
