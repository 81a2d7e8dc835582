import {
	buildVocabulary,
	fromByteLevel,
	listOfPairs,
	toByteLevel,
	type AddedTokenSpec,
	type TokenizerSpec
} from '../../engine';
import { createSpecialToken, sentencePieceDecoder } from '../../engine/stages';
import { byteToken } from '../../engine/text';
import { GgufMetadata, readGgufMetadata } from './gguf';
import { llamaCppPreTokenizer, type LlamaCppPreTokenizer } from './llama-cpp-patterns';
import {
	bosTemplate,
	firstRepeated,
	mergesFromScores,
	stringVocabulary
} from './sentencepiece-merges';
import type { SlicedFile, TokenizerReading } from './types';

/** Vocabularies that aren't BPE, keyed by the value of `tokenizer.ggml.model`. */
const OTHER_MODELS: Readonly<Record<string, string>> = {
	bert: 'WordPiece, which takes the longest match in a vocabulary instead of merging',
	t5: 'Unigram, which chooses the most probable split instead of merging',
	rwkv: 'RWKV’s trie, which takes the longest match instead of merging',
	plamo2: 'PLaMo 2’s own algorithm, which uses a table of scores instead of merges',
	hybriddna: 'BPE mixed with DNA k-mers',
	whitespace: 'a vocabulary of whole words, which splits text at white space instead of merging',
	no_vocab: 'no vocabulary',
	none: 'no vocabulary'
};

/** Token types as numbered in `tokenizer.ggml.token_type`. */
const UNKNOWN = 2;
const CONTROL = 3;
const USER_DEFINED = 4;

/**
 * Names that llama.cpp treats as control tokens regardless of their type: end-of-turn tokens and, grouped by metadata
 * key, fill-in-the-middle tokens.
 */
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
/** Tokens of gpt-oss that llama.cpp always matches in text. */
const RENDERED_NAMES: ReadonlySet<string> = new Set([
	'<|channel|>',
	'<|message|>',
	'<|start|>',
	'<|constrain|>'
]);

/**
 * Reads the tokenizer in a GGUF file's header the way llama.cpp runs it (`src/llama-vocab.cpp`, bundled in the npm
 * package node-llama-cpp 3.22.1). Control and unknown tokens become special tokens. User-defined tokens are always
 * matched in text.
 * @throws Error with a one-line message if the file is damaged, or if its tokenizer isn't BPE or can't be reproduced
 * exactly
 */
export async function readGguf(file: SlicedFile): Promise<TokenizerReading> {
	const metadata = new GgufMetadata(
		await readGgufMetadata(
			file,
			(key) => key.startsWith('tokenizer.') || /^general\.(name|architecture)$|^split\./.test(key)
		)
	);
	const model = metadata.text('tokenizer.ggml.model');
	if (model === null) {
		const part = metadata.number('split.no');
		throw new Error(
			part !== null && part > 0
				? `GGUF: got part ${part + 1} of a split model, expected the first part, which contains the tokenizer`
				: 'GGUF: got no tokenizer.ggml.model, expected a language model'
		);
	}
	const tokens = metadata.strings('tokenizer.ggml.tokens');
	if (model !== 'gpt2' && model !== 'llama' && model !== 'gemma4') {
		const is = Object.hasOwn(OTHER_MODELS, model) ? ` (${OTHER_MODELS[model]})` : '';
		throw new Error(
			`tokenizer.ggml.model: got ${JSON.stringify(model.slice(0, 60))}${is}, expected "gpt2", "llama" or "gemma4", which are BPE`
		);
	}
	if (!tokens || tokens.length === 0) {
		throw new Error('tokenizer.ggml.tokens: got no tokens, expected the vocabulary');
	}
	const repeated = firstRepeated(tokens);
	if (repeated !== undefined) {
		throw new Error(
			`tokenizer.ggml.tokens: got ${JSON.stringify(repeated.slice(0, 60))} twice, expected each token once`
		);
	}
	const types = tokenTypes(tokens, metadata);
	const context: Context = { metadata, tokens, types, stated: [], assumed: [], unsupported: [] };
	describeFile(context, model);
	const spec = model === 'llama' ? scoredSpec(context) : mergedSpec(context, model);
	const chatTemplate = metadata.text('tokenizer.chat_template');
	const { stated, assumed, unsupported } = context;
	return {
		format: 'GGUF',
		files: [file.name],
		spec,
		stated,
		assumed,
		unsupported,
		...(chatTemplate === null ? {} : { chatTemplate })
	};
}

interface Context {
	readonly metadata: GgufMetadata;
	readonly tokens: readonly string[];
	readonly types: Uint8Array;
	readonly stated: string[];
	readonly assumed: string[];
	readonly unsupported: string[];
}

function describeFile({ metadata, stated, assumed, tokens }: Context, model: string): void {
	const name = metadata.text('general.name');
	const architecture = metadata.text('general.architecture');
	if (name !== null) stated.push(`The model is named ${JSON.stringify(name.slice(0, 100))}.`);
	if (architecture !== null) {
		stated.push(`The architecture is ${JSON.stringify(architecture.slice(0, 60))}.`);
	}
	stated.push(`tokenizer.ggml.model is "${model}" with ${tokens.length} tokens.`);
	assumed.push(
		'Text is tokenized as in llama.cpp, so the ids may differ from those of the model’s own library.'
	);
}

/** Builds a BPE tokenizer from listed merges, with GPT-2's byte alphabet or, for Gemma 4, with `▁` and `<0xNN>`. */
function mergedSpec(context: Context, model: 'gpt2' | 'gemma4'): TokenizerSpec {
	const { metadata, tokens, stated, assumed } = context;
	const word = model === 'gemma4' ? 'gemma4' : (metadata.text('tokenizer.ggml.pre') ?? '');
	const preTokenizer = llamaCppPreTokenizer(word === '' ? 'default' : word);
	describePreTokenizer(context, word, preTokenizer);
	const ids = new Map(tokens.map((token, id) => [token, id]));
	const merges = listOfPairs(parseMerges(metadata.strings('tokenizer.ggml.merges'), ids));
	const byteLevel = !preTokenizer.writesSpaces;
	if (byteLevel) {
		const missing = missingBytes(tokens, true).length;
		if (missing > 0) {
			context.unsupported.push(
				`${missing} bytes have no token and are dropped; the symbols around a dropped byte may then merge, but in llama.cpp they don't.`
			);
		}
	} else requireBytes(tokens);
	const added = addedTokens(context);
	const isAdded = new Set(added.map(({ id }) => id));
	const foreign: { id: number; content: string }[] = [];
	const contents = tokens.map((token, id) => {
		if (isAdded.has(id)) return undefined;
		const bytes = fromByteLevel(token);
		if (bytes === null || bytes.length === 0) foreign.push({ id, content: token });
		return bytes ?? undefined;
	});
	const addsBos =
		model === 'gemma4' ||
		(metadata.boolean('tokenizer.ggml.add_bos_token') ?? !!preTokenizer.addsBos);
	const byteLevelStage = {
		type: 'ByteLevel',
		add_prefix_space: false,
		trim_offsets: false,
		use_regex: false
	} as const;
	const splits = preTokenizer.patterns.map(
		(Regex) => ({ type: 'Split', pattern: { Regex }, behavior: 'Isolated', invert: false }) as const
	);
	if (!byteLevel) {
		stated.push('A space becomes ▁, and a byte without a token becomes <0xNN>.');
		assumed.push(
			'A line that is itself a token is used whole, without merging; llama.cpp does this only for empty lines.'
		);
	}
	return {
		normalizer: byteLevel ? null : { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
		pre_tokenizer: {
			type: 'Sequence',
			pretokenizers: byteLevel ? [...splits, byteLevelStage] : splits
		},
		model: {
			type: 'BPE',
			vocabulary: byteLevel ? buildVocabulary(contents) : stringVocabulary(tokens),
			byte_level: byteLevel,
			merges,
			unk_token: null,
			fuse_unk: false,
			byte_fallback: !byteLevel,
			ignore_merges: !byteLevel || !!preTokenizer.ignoresMerges,
			...(byteLevel && foreign.length > 0 ? { foreign_tokens: foreign } : {})
		},
		post_processor: bosTemplate(context.tokens, {
			bos: addsBos ? specialId(context, 'bos', 11) : null,
			eos: metadata.boolean('tokenizer.ggml.add_eos_token') ? specialId(context, 'eos', 11) : null
		}),
		decoder: byteLevel ? byteLevelStage : sentencePieceDecoder(false),
		added_tokens: added
	};
}

function missingBytes(tokens: readonly string[], byteLevel: boolean): number[] {
	const known = new Set(tokens);
	return Array.from({ length: 256 }, (_, byte) => byte).filter(
		(byte) => !known.has(byteLevel ? toByteLevel(Uint8Array.of(byte)) : byteToken(byte))
	);
}

/** @throws Error if a byte has no token, which makes llama.cpp fail */
function requireBytes(tokens: readonly string[]): void {
	const [byte, ...more] = missingBytes(tokens, false);
	if (byte === undefined) return;
	throw new Error(
		`tokenizer.ggml.tokens: got no token for ${more.length + 1} bytes, such as ${byteToken(byte)}, expected <0x00> to <0xFF>`
	);
}

function describePreTokenizer(
	{ stated, assumed }: Context,
	word: string,
	{ name, departs }: LlamaCppPreTokenizer
): void {
	if (word === '') {
		assumed.push(
			`tokenizer.ggml.pre is missing, so llama.cpp uses ${name} and warns that quality suffers.`
		);
	} else {
		stated.push(`tokenizer.ggml.pre is "${word}": ${name}, from llama.cpp’s src/llama-vocab.cpp.`);
	}
	if (departs) assumed.push(`${departs[0].toUpperCase()}${departs.slice(1)}.`);
}

/**
 * Parses merges written as `left right`. `left` may begin with a space. If a merge is repeated, llama.cpp uses the
 * first occurrence.
 */
function parseMerges(
	lines: readonly string[] | null,
	ids: ReadonlyMap<string, number>
): Uint32Array {
	if (!lines)
		throw new Error('tokenizer.ggml.merges: got none, expected the merges of a BPE tokenizer');
	const merges = new Uint32Array(2 * lines.length);
	const seen = new Set<number>();
	let length = 0;
	lines.forEach((line, rank) => {
		const space = line.indexOf(' ', 1);
		const [first, second] = [line.slice(0, space), line.slice(space + 1)];
		const left = space < 0 ? undefined : ids.get(first);
		const right = ids.get(second);
		if (left === undefined || right === undefined || !ids.has(first + second)) {
			throw new Error(
				`tokenizer.ggml.merges[${rank}]: got ${JSON.stringify(line.slice(0, 60))}, expected two tokens whose concatenation is a token`
			);
		}
		const pair = left * 2 ** 24 + right;
		if (seen.has(pair)) return;
		seen.add(pair);
		merges[length++] = left;
		merges[length++] = right;
	});
	return merges.slice(0, length);
}

/** Builds a SentencePiece BPE tokenizer, which first merges the pair whose token has the highest score. */
function scoredSpec(context: Context): TokenizerSpec {
	const { metadata, tokens, assumed, stated } = context;
	const scores = metadata.numbers('tokenizer.ggml.scores', tokens.length);
	if (!scores) throw new Error('tokenizer.ggml.scores: got none, expected a score for each token');
	requireBytes(tokens);
	if (scores.some(Number.isNaN)) {
		throw new Error(
			"tokenizer.ggml.scores: got a score that isn't a number, expected only numbers"
		);
	}
	const addsSpace = metadata.boolean('tokenizer.ggml.add_space_prefix') ?? true;
	const addsBos = metadata.boolean('tokenizer.ggml.add_bos_token') ?? true;
	stated.push(
		addsSpace
			? 'A space is added before the text and after each special token.'
			: 'No space is added before the text.'
	);
	assumed.push(
		'Merges are derived from the scores: the pair whose merged token has the highest score goes first.'
	);
	if (metadata.boolean('tokenizer.ggml.remove_extra_whitespaces')) {
		context.unsupported.push(
			'remove_extra_whitespaces has no effect: llama.cpp ignores it for this model.'
		);
	}
	const replaceSpaces = { type: 'Replace', pattern: { String: ' ' }, content: '▁' } as const;
	return {
		normalizer: addsSpace
			? { type: 'Sequence', normalizers: [{ type: 'Prepend', prepend: '▁' }, replaceSpaces] }
			: replaceSpaces,
		pre_tokenizer: null,
		model: {
			type: 'BPE',
			vocabulary: stringVocabulary(tokens),
			byte_level: false,
			merges: mergesFromScores(tokens, scores, () => true),
			unk_token: null,
			fuse_unk: true,
			byte_fallback: true,
			ignore_merges: false
		},
		post_processor: bosTemplate(tokens, {
			bos: addsBos ? specialId(context, 'bos', 1) : null,
			eos: metadata.boolean('tokenizer.ggml.add_eos_token') ? specialId(context, 'eos', 2) : null
		}),
		decoder: sentencePieceDecoder(addsSpace),
		added_tokens: addedTokens(context)
	};
}

/**
 * Tokens that are matched before merging. As in llama.cpp, if the model's name contains Phi-3, each match also removes
 * the white space that follows.
 */
function addedTokens({ metadata, tokens, types }: Context): AddedTokenSpec[] {
	const takesSpace = /phi-?3/i.test(metadata.text('general.name') ?? '');
	const exempt = ['<unk>', '<s>', '<|endoftext|>'];
	return tokens.flatMap((content, id): AddedTokenSpec[] => {
		const type = types[id];
		if (content === '' || (type !== CONTROL && type !== UNKNOWN && type !== USER_DEFINED))
			return [];
		const rstrip = takesSpace && !exempt.includes(content);
		return [{ ...createSpecialToken(id, content), special: type !== USER_DEFINED, rstrip }];
	});
}

/** Id that the file lists for a special token; `null` if the id is outside the vocabulary. */
function specialId(
	{ metadata, tokens }: Context,
	name: 'bos' | 'eos',
	fallback: number
): number | null {
	const stated = metadata.number(`tokenizer.ggml.${name}_token_id`);
	const id = stated !== null && tokens[stated] !== undefined ? stated : fallback;
	return id < tokens.length ? id : null;
}

/** Token types, with llama.cpp's corrections for tokens with certain names. */
function tokenTypes(tokens: readonly string[], metadata: GgufMetadata): Uint8Array {
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
