"""Loads tokenizer.json files with the libraries of this environment and saves them again.

Reads one JSON object per line, `{"name", "folder"}`, and writes one per file and way of loading,
`{"name", "way", "path"}` or `{"name", "way", "error"}`. The argument is the folder for the saved files.
"""

import json
import sys
from pathlib import Path


def ways():
    """Returns the ways of loading and saving that this environment supports, by name."""
    try:
        import transformers
    except ImportError:
        import tokenizers

        load = tokenizers.Tokenizer.from_file
        save = lambda folder, out: load(f"{folder}/tokenizer.json").save(f"{out}/tokenizer.json")
        return {f"tokenizers {tokenizers.__version__}": save}

    transformers.logging.set_verbosity_error()

    def from_file(folder, out):
        path = f"{folder}/tokenizer.json"
        transformers.PreTrainedTokenizerFast(tokenizer_file=path).save_pretrained(out)

    def automatic(folder, out):
        if not Path(folder, "tokenizer_config.json").exists():
            raise FileNotFoundError("no tokenizer_config.json")
        # By default, the library may ask whether to run the model's code, then wait for an answer on standard input.
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder, trust_remote_code=False)
        tokenizer.save_pretrained(out)

    name = f"transformers {transformers.__version__}"
    return {f"{name}, PreTrainedTokenizerFast": from_file, f"{name}, AutoTokenizer": automatic}


target = Path(sys.argv[1])
savers = ways()
for line in sys.stdin.read().splitlines():
    task = json.loads(line)
    for number, (way, save) in enumerate(savers.items()):
        answer = {"name": task["name"], "way": way}
        out = target / f"{task['name']}-{number}"
        try:
            out.mkdir(parents=True, exist_ok=True)
            save(task["folder"], str(out))
            answer["path"] = str((out / "tokenizer.json").resolve(strict=True))
        except BaseException as error:  # A Rust panic is no Exception.
            if isinstance(error, KeyboardInterrupt):
                raise
            answer["error"] = " ".join(str(error).split())[:300] or type(error).__name__
        print(json.dumps(answer), flush=True)
