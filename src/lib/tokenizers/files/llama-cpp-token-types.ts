import type { GgufMetadata } from './gguf';

/** Types of tokens, as `tokenizer.ggml.token_type` numbers them. */
export const UNKNOWN = 2;
export const CONTROL = 3;
export const USER_DEFINED = 4;

/** Names by which llama.cpp recognises control tokens of any type: ends of turns, and fill-in-the-middle by its key. */
const CONTROL_NAMES: ReadonlySet<string> = new Set([
	...'<|eot_id|> <|im_end|> <|end|> <|return|> <|call|> <|flush|> <|calls|> <end_of_turn>'.split(
		' '
	),
	...'<|endoftext|> </s> <|eom_id|> <EOT> _<EOT> [EOT] [EOS] <|end_of_text|>'.split(' '),
	...'<end_of_utterance> <eos> <turn|> <|tool_response> <｜end▁of▁sentence｜> [e~['.split(' ')
]);
const FILL_NAMES: readonly (readonly [key: string, names: string])[] = [
	[
		'fim_pre',
		'<|fim_prefix|> <fim-prefix> <fim_prefix> <｜fim▁begin｜> <PRE> ▁<PRE> <|code_prefix|> <|prefix|>'
	],
	[
		'fim_suf',
		'<|fim_suffix|> <fim-suffix> <fim_suffix> <｜fim▁hole｜> <SUF> ▁<SUF> <|code_suffix|> <|suffix|>'
	],
	[
		'fim_mid',
		'<|fim_middle|> <fim-middle> <fim_middle> <｜fim▁end｜> <MID> ▁<MID> <|code_middle|> <|middle|>'
	],
	['fim_pad', '<|fim_pad|> <fim-pad> <fim_pad> <PAD> [PAD]'],
	['fim_rep', '<|fim_repo|> <|repo_name|> <fim-repo> <REPO> <reponame>'],
	['fim_sep', '<|file_sep|>']
];
/** Tokens of gpt-oss that llama.cpp always finds. */
const RENDERED_NAMES: ReadonlySet<string> = new Set([
	'<|channel|>',
	'<|message|>',
	'<|start|>',
	'<|constrain|>'
]);

/** Types of the tokens with llama.cpp's corrections by name. */
export function tokenTypes(tokens: readonly string[], metadata: GgufMetadata): Uint8Array {
	const stated = metadata.numbers('tokenizer.ggml.token_type', tokens.length);
	const types = Uint8Array.from(tokens, (_, id) => stated?.[id] ?? 1);
	const ids = new Map(tokens.map((token, id) => [token, id]));
	const set = (name: string, type: number) => {
		const id = ids.get(name);
		if (id !== undefined) types[id] = type;
	};
	for (const [key, names] of FILL_NAMES) {
		if (metadata.number(`tokenizer.ggml.${key}_token_id`) !== null) continue;
		const first = names.split(' ').find((name) => ids.has(name));
		if (first !== undefined) set(first, CONTROL);
	}
	for (const name of CONTROL_NAMES) set(name, CONTROL);
	for (const name of RENDERED_NAMES) set(name, USER_DEFINED);
	const has = (...names: readonly string[]) => names.every((name) => ids.has(name));
	const endsByCall =
		has('<|return|>', '<|call|>') || (has('<|flush|>') && (has('<|call|>') || has('<|calls|>')));
	if (endsByCall) set('<|end|>', USER_DEFINED);
	if (has('<|tool_response>')) set('</s>', 1);
	return types;
}
