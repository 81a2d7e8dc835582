"""Writes hub-folders.json and src/lib/drift/hub-files/transformers-classes.json: the results of transformers 5.3.0 for folders
laid out as on the Hub.

    python3 -m venv venv && venv/bin/pip install transformers==5.3.0 tokenizers==0.22.2 jinja2==3.1.6
    venv/bin/python tests/oracle/hub-folders.py

Each folder has one of two small tokenizer.json files and other files beside it. `AutoTokenizer.from_pretrained` loads it,
and hub-folders.json records its output for fixed texts. transformers-classes.json has the stages that each BPE class of
transformers builds instead of those in tokenizer.json. Run Prettier on both afterwards.
"""

import inspect
import json
import os
import sys
import tempfile
from pathlib import Path

os.environ["TRANSFORMERS_VERBOSITY"] = "critical"
os.environ["HF_HUB_OFFLINE"] = "1"

import transformers
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from transformers import AutoTokenizer
from transformers.models.auto.configuration_auto import CONFIG_MAPPING, CONFIG_MAPPING_NAMES
from transformers.models.auto.tokenization_auto import (
    TOKENIZER_MAPPING,
    TOKENIZER_MAPPING_NAMES,
    tokenizer_class_from_name,
)
from transformers.tokenization_utils_tokenizers import TokenizersBackend

assert transformers.__version__ == "5.3.0", transformers.__version__
HERE = Path(__file__).parent

CORPUS = [
    "The quick brown fox jumps over the lazy dog. It's 2024, and 3333 foxes don't care!",
    "Hello world, hello there. We've been here before; they're not. x != y , is it ?",
] * 4

SPECIALS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
GROUPS = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"


def bytes_tokenizer():
    """Builds a byte-level tokenizer that splits digits into groups of three."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(__import__("tokenizers").Regex(GROUPS), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=380, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), special_tokens=[], show_progress=False
    )
    tokenizer.train_from_iterator(CORPUS, trainer)
    tokenizer.add_special_tokens(SPECIALS)
    tokenizer.add_tokens([AddedToken("<tool>", normalized=False)])
    return tokenizer


def pieces_tokenizer():
    """Builds a tokenizer like SentencePiece's: ▁ for spaces, and byte-fallback tokens."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first", split=True)
    specials = ["<unk>", "<s>", "</s>"] + [f"<0x{byte:02X}>" for byte in range(256)]
    trainer = trainers.BpeTrainer(vocab_size=400, special_tokens=specials, show_progress=False)
    tokenizer.train_from_iterator(CORPUS, trainer)
    made = json.loads(tokenizer.to_str())
    made["model"].update(byte_fallback=True, fuse_unk=True, unk_token="<unk>")
    made["added_tokens"] = made["added_tokens"][:3]
    made["pre_tokenizer"]["split"] = False
    made["decoder"] = {
        "type": "Sequence",
        "decoders": [
            {"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
            {"type": "ByteFallback"},
            {"type": "Fuse"},
            {"type": "Strip", "content": " ", "start": 1, "stop": 0},
        ],
    }
    return Tokenizer.from_str(json.dumps(made))


CHATML = "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
OTHER = CHATML.replace("<|im_end|>\n", "{{ eos_token }}\n")
SHORT = "{% for m in messages %}{{ m['content'] }}{% endfor %}"

BYTES = {
    "tokenizer_class": "PreTrainedTokenizerFast",
    "eos_token": "<|im_end|>",
    "pad_token": "<|endoftext|>",
    "chat_template": CHATML,
    "model_max_length": 512,
}
PIECES = {
    "tokenizer_class": "LlamaTokenizerFast",
    "bos_token": "<s>",
    "eos_token": "</s>",
    "unk_token": "<unk>",
    "pad_token": "</s>",
    "model_max_length": 512,
}


def decoder_tokens(base, changes=None):
    """Returns added_tokens_decoder in the form that transformers 4 wrote."""
    tokens = json.loads(BASES[base].to_str())["added_tokens"]
    listed = {str(token.pop("id")): token for token in tokens}
    for key, change in (changes or {}).items():
        listed[key] = {**listed.get(key, {}), **change}
    return listed


BASES = {"bytes": bytes_tokenizer(), "pieces": pieces_tokenizer()}
IDS = {token: BASES["bytes"].token_to_id(token) for token in [*SPECIALS, "<tool>"]}


def folder(base, change=None, files=None, without=()):
    config = {**(BYTES if base == "bytes" else PIECES), **(change or {})}
    config = {key: value for key, value in config.items() if key not in without}
    texts = {"tokenizer_config.json": json.dumps(config, ensure_ascii=False)}
    for name, content in (files or {}).items():
        texts[name] = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return {"base": base, "files": texts}


def token(content, **flags):
    return {
        "__type": "AddedToken", "content": content, "lstrip": False, "normalized": False, "rstrip": False,
        "single_word": False, "special": True, **flags,
    }


NEW = {"content": "fox", "lstrip": False, "normalized": False, "rstrip": False, "single_word": False, "special": True}

FOLDERS = {
    "bytes": folder("bytes"),
    "class Llama": folder("bytes", {"tokenizer_class": "LlamaTokenizerFast"}),
    "class GPT2": folder("bytes", {"tokenizer_class": "GPT2Tokenizer"}),
    "class Qwen2": folder("bytes", {"tokenizer_class": "Qwen2Tokenizer"}),
    "class Cohere": folder("bytes", {"tokenizer_class": "CohereTokenizerFast"}),
    "class GPTNeoX": folder("bytes", {"tokenizer_class": "GPTNeoXTokenizer"}),
    "class Gemma": folder("bytes", {"tokenizer_class": "GemmaTokenizer"}),
    "class that is unknown": folder("bytes", {"tokenizer_class": "NoSuchTokenizer"}),
    "class TokenizersBackend": folder("bytes", {"tokenizer_class": "TokenizersBackend"}),
    "no class": folder("bytes", without=["tokenizer_class"]),
    "class Llama, model type qwen2": folder("bytes", {"tokenizer_class": "LlamaTokenizerFast"}, {"config.json": {"model_type": "qwen2"}}),
    "class Llama, model type llama": folder("bytes", {"tokenizer_class": "LlamaTokenizerFast"}, {"config.json": {"model_type": "llama"}}),
    "no class, model type llama": folder("bytes", None, {"config.json": {"model_type": "llama"}}, without=["tokenizer_class"]),
    "add_prefix_space": folder("bytes", {"add_prefix_space": True}),
    "class GPT2, add_prefix_space": folder("bytes", {"tokenizer_class": "GPT2Tokenizer", "add_prefix_space": True}),
    "legacy": folder("bytes", {"legacy": False}),
    "split_special_tokens": folder("bytes", {"split_special_tokens": True}),
    "split_special_tokens false": folder("bytes", {"split_special_tokens": False}),
    "clean_up": folder("bytes", {"clean_up_tokenization_spaces": True}),
    "clean_up false": folder("bytes", {"clean_up_tokenization_spaces": False}),
    "padding_side left": folder("bytes", {"padding_side": "left"}),
    "padding_side right": folder("bytes", {"padding_side": "right"}),
    "truncation_side left": folder("bytes", {"truncation_side": "left"}),
    "truncation_side left, model_max_length 4": folder("bytes", {"truncation_side": "left", "model_max_length": 4}),
    "model_max_length 4": folder("bytes", {"model_max_length": 4}),
    "model_max_length 1e30": folder("bytes", {"model_max_length": 1000000000000000019884624838656}),
    "no model_max_length": folder("bytes", without=["model_max_length"]),
    "model_max_length null": folder("bytes", {"model_max_length": None}),
    "eos_token as object": folder("bytes", {"eos_token": token("<|im_end|>")}),
    "eos_token other": folder("bytes", {"eos_token": "<|endoftext|>"}),
    "eos_token null": folder("bytes", {"eos_token": None}),
    "eos_token of no vocabulary": folder("bytes", {"eos_token": "<|eot|>"}),
    "pad_token other": folder("bytes", {"pad_token": "<|im_end|>"}),
    "unk_token": folder("bytes", {"unk_token": "<|endoftext|>"}),
    "mask_token": folder("bytes", {"mask_token": "<tool>"}),
    "add_bos_token": folder("bytes", {"add_bos_token": True, "add_eos_token": True}),
    "decoder the same": folder("bytes", {"added_tokens_decoder": decoder_tokens("bytes")}),
    "decoder with lstrip": folder("bytes", {"added_tokens_decoder": decoder_tokens("bytes", {str(IDS["<tool>"]): {"lstrip": True}})}),
    "decoder with special": folder("bytes", {"added_tokens_decoder": decoder_tokens("bytes", {str(IDS["<tool>"]): {"special": True}})}),
    "decoder with a new token": folder("bytes", {"added_tokens_decoder": decoder_tokens("bytes", {"900": NEW})}),
    "decoder without tokens": folder("bytes", {"added_tokens_decoder": {}}),
    "class Llama, decoder without tokens": folder("bytes", {"tokenizer_class": "LlamaTokenizer", "added_tokens_decoder": {}}),
    "additional tokens that are there": folder("bytes", {"additional_special_tokens": ["<|im_start|>", "<|im_end|>"]}),
    "additional tokens, not special": folder("bytes", {"additional_special_tokens": ["<tool>"]}),
    "additional tokens that are new": folder("bytes", {"additional_special_tokens": ["<|new|>"]}),
    "additional tokens of the vocabulary": folder("bytes", {"additional_special_tokens": ["The"]}),
    "extra tokens that are new": folder("bytes", {"extra_special_tokens": ["<|new|>"]}),
    "extra tokens by name": folder("bytes", {"extra_special_tokens": {"image_token": "<|new|>"}}),
    "map with roles": folder("bytes", None, {"special_tokens_map.json": {"eos_token": "<|im_end|>", "pad_token": token("<|endoftext|>")}}, without=["eos_token", "pad_token"]),
    "map with another role": folder("bytes", None, {"special_tokens_map.json": {"eos_token": "<|endoftext|>"}}),
    "map beside a decoder": folder("bytes", {"added_tokens_decoder": decoder_tokens("bytes")}, {"special_tokens_map.json": {"eos_token": "<|endoftext|>"}}),
    "template in a file": folder("bytes", None, {"chat_template.jinja": CHATML}, without=["chat_template"]),
    "template in a file with a newline": folder("bytes", None, {"chat_template.jinja": CHATML + "\n"}, without=["chat_template"]),
    "template in a file over the field": folder("bytes", {"chat_template": SHORT}, {"chat_template.jinja": CHATML}),
    "template with CRLF": folder("bytes", {"chat_template": CHATML + "\r\n"}),
    "template other": folder("bytes", {"chat_template": OTHER}),
    "template other, eos_token other": folder("bytes", {"chat_template": OTHER, "eos_token": "<|endoftext|>"}),
    "template short": folder("bytes", {"chat_template": SHORT}),
    "template by name": folder("bytes", {"chat_template": [{"name": "default", "template": CHATML}]}),
    "templates by name": folder("bytes", {"chat_template": [{"name": "default", "template": CHATML}, {"name": "rag", "template": SHORT}]}),
    "no template": folder("bytes", without=["chat_template"]),
    "template null": folder("bytes", {"chat_template": None}),
    "pieces": folder("pieces"),
    "pieces, class LlamaTokenizer": folder("pieces", {"tokenizer_class": "LlamaTokenizer"}),
    "pieces, class of none": folder("pieces", {"tokenizer_class": "PreTrainedTokenizerFast"}),
    "pieces, legacy": folder("pieces", {"legacy": True}),
    "pieces, legacy false": folder("pieces", {"legacy": False}),
    "pieces, add_prefix_space false": folder("pieces", {"add_prefix_space": False}),
    "pieces, add_prefix_space true": folder("pieces", {"add_prefix_space": True}),
    "pieces, add_prefix_space, legacy": folder("pieces", {"add_prefix_space": True, "legacy": True}),
    "pieces, padding_side left": folder("pieces", {"padding_side": "left"}),
    "pieces, padding_side right": folder("pieces", {"padding_side": "right"}),
    "pieces, class Gemma": folder("pieces", {"tokenizer_class": "GemmaTokenizer"}),
    "pieces, decoder of three": folder("pieces", {"added_tokens_decoder": decoder_tokens("pieces")}),
    "pieces, bos_token other": folder("pieces", {"bos_token": "</s>"}),
}

TEXTS = [
    "Hello world",
    " Hello  world",
    "It's 3333 foxes, isn't it ?",
    "x != y , and they 've n't !",
    "a <tool> b<tool>",
    "<|im_start|>user\nHi<|im_end|>",
    "The <|new|> fox<|eot|>",
    "</s>Hello <s> there",
    "<|endoftext|>",
    "e\u0301 ▁x 1234567 …\n\n",
]
CHAT = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]


ROLES = [f"{role}_token" for role in ["bos", "eos", "unk", "sep", "pad", "cls", "mask"]]


def attempt(work):
    try:
        return work()
    except Exception as error:
        return f"error: {type(error).__name__}"


def outputs(files, base):
    with tempfile.TemporaryDirectory() as path:
        BASES[base].save(f"{path}/tokenizer.json")
        for name, text in files.items():
            Path(path, name).write_bytes(text.encode())
        tokenizer = AutoTokenizer.from_pretrained(path)
        ids = [tokenizer.encode(text) for text in TEXTS]
        return {
            "class": type(tokenizer).__name__,
            "size": len(tokenizer),
            "ids": ids,
            "texts": [tokenizer.decode(one) for one in ids],
            "skipped": [tokenizer.decode(one, skip_special_tokens=True) for one in ids],
            "batch": attempt(lambda: tokenizer(["Hello", "Hello world, hello"], padding=True)["input_ids"]),
            "truncated": attempt(lambda: tokenizer(TEXTS[2], truncation=True)["input_ids"]),
            "prompt": attempt(lambda: tokenizer.apply_chat_template(CHAT, tokenize=False, add_generation_prompt=True)),
            "roles": {role: getattr(tokenizer, f"{role}_token_id") for role in ["bos", "eos", "unk", "pad", "mask"]},
        }


def stages_of_classes():
    """Returns the stages of each BPE class, by add_prefix_space and legacy: absent, true or false."""
    classes, pool = {}, []
    names = sorted({name for name in TOKENIZER_MAPPING_NAMES.values() if name})
    for name in names:
        found = tokenizer_class_from_name(name)
        if not (inspect.isclass(found) and issubclass(found, TokenizersBackend)):
            classes[name.removesuffix("Fast")] = {"kind": "python"}
            continue
        if found is TokenizersBackend or "__init__" not in found.__dict__:
            continue
        entry = {"kind": "other" if getattr(found, "model", None) is not models.BPE else "bpe", "padding_side": found.padding_side}
        classes[name.removesuffix("Fast")] = entry
        defaults = {key: one.default for key, one in inspect.signature(found.__init__).parameters.items()}
        entry["roles"] = {role: defaults[role] for role in ROLES if isinstance(defaults.get(role), str)}
        if entry["kind"] == "other":
            continue
        variants = {}
        for prefix in [None, True, False]:
            for legacy in [None, True, False]:
                options = {"add_prefix_space": prefix, "legacy": legacy}
                options = {key: value for key, value in options.items() if value is not None}
                try:
                    made = found(vocab={"a": 0, "<unk>": 1, "<s>": 2, "</s>": 3, "<pad>": 4, "<mask>": 5}, merges=[], **options)
                except Exception as error:
                    entry["kind"] = "other"
                    break
                stages = json.loads(made._tokenizer.to_str())
                model = {key: value for key, value in stages["model"].items() if key not in ("vocab", "merges")}
                kept = {key: stages[key] for key in ("normalizer", "pre_tokenizer", "decoder")}
                kept["model"] = model
                if kept not in pool:
                    pool.append(kept)
                variants[f"{prefix} {legacy}".lower()] = pool.index(kept)
        if entry["kind"] == "bpe":
            values = set(variants.values())
            entry["stages"] = values.pop() if len(values) == 1 else variants
    types = {key: name.removesuffix("Fast") for key, name in TOKENIZER_MAPPING_NAMES.items() if name}
    # The class used for a model without tokenizer_class, where that is a different one.
    untold = {}
    for key in CONFIG_MAPPING_NAMES:
        try:
            found = TOKENIZER_MAPPING.get(CONFIG_MAPPING[key], TokenizersBackend)
        except Exception:
            continue
        name = (found or TokenizersBackend).__name__.removesuffix("Fast")
        if name != types.get(key, "TokenizersBackend"):
            untold[key] = name
    return {"classes": classes, "stages": pool, "modelTypes": types, "untold": untold}


if __name__ == "__main__":
    found = {}
    for name, one in FOLDERS.items():
        found[name] = {**one, "transformers": attempt(lambda: outputs(one["files"], one["base"]))}
    bases = {name: json.loads(base.to_str()) for name, base in BASES.items()}
    result = {"transformers": transformers.__version__, "texts": TEXTS, "chat": CHAT, "tokenizers": bases, "folders": found}
    (HERE / "hub-folders.json").write_text(json.dumps(result, ensure_ascii=False, indent=None) + "\n")
    (HERE / "../../src/lib/drift/hub-files/transformers-classes.json").write_text(json.dumps(stages_of_classes(), ensure_ascii=False) + "\n")
