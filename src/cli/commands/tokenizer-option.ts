export const TOKENIZER = '-t, --tokenizer <tokenizer>';

export const TOKENIZER_HELP = 'an id of `bpe-lab tokenizers`, or the path of a tokenizer.json';
