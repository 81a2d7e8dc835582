"""Loads tokenizer.json files with the libraries of this environment and saves them again.

Reads one JSON object per line, `{"name", "folder"}`, and writes one per file and way of loading,
`{"name", "way", "path"}` or `{"name", "way", "error"}`. The argument is the folder for what is saved.
"""

import json
import os
import sys


def ways():
    """The ways of loading that this environment has, by name."""
    try:
        import transformers
    except ImportError:
        import tokenizers

        def plain(folder, out):
            tokenizers.Tokenizer.from_file(os.path.join(folder, "tokenizer.json")).save(
                os.path.join(out, "tokenizer.json")
            )

        return {f"tokenizers {tokenizers.__version__}": plain}

    transformers.logging.set_verbosity_error()

    def from_file(folder, out):
        path = os.path.join(folder, "tokenizer.json")
        transformers.PreTrainedTokenizerFast(tokenizer_file=path).save_pretrained(out)

    def automatic(folder, out):
        if not os.path.exists(os.path.join(folder, "tokenizer_config.json")):
            raise FileNotFoundError("no tokenizer_config.json")
        # Asked for code of the model's own, the library would read its answer from standard input.
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder, trust_remote_code=False)
        tokenizer.save_pretrained(out)

    version = transformers.__version__
    return {
        f"transformers {version}, PreTrainedTokenizerFast": from_file,
        f"transformers {version}, AutoTokenizer": automatic,
    }


def save(load, folder, out):
    """Saves one file and returns its path."""
    os.makedirs(out, exist_ok=True)
    load(folder, out)
    path = os.path.join(out, "tokenizer.json")
    if not os.path.exists(path):
        raise FileNotFoundError("no tokenizer.json was saved")
    return path


def main():
    target = sys.argv[1]
    loaders = ways()
    for line in sys.stdin.read().splitlines():
        task = json.loads(line)
        for number, (way, load) in enumerate(loaders.items()):
            answer = {"name": task["name"], "way": way}
            try:
                out = os.path.join(target, f"{task['name']}-{number}")
                answer["path"] = save(load, task["folder"], out)
            except BaseException as error:  # A Rust panic is no Exception.
                if isinstance(error, KeyboardInterrupt):
                    raise
                answer["error"] = " ".join(str(error).split())[:300] or type(error).__name__
            print(json.dumps(answer), flush=True)


main()
