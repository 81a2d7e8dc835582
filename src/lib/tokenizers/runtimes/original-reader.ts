/** Loads a tokenizer's original files into a library, whose ids then reveal mistakes in how the lab reads the files. */
import type { AddedTokenSpec, PreTokenizerSpec, TokenizerSpec } from '../../engine';
import { escapeRegex } from '../../engine/text';
import { LIBRARY_VERSIONS } from '../catalogue/shared/descriptor';
import { isObject, parseJson } from '../files/exact-json';
import { readText } from '../files/read';
import type { LibraryFormat } from '../files/recognize';
import type { SlicedFile } from '../files/types';
import { mergeLines } from '../files/vocab-merges';
import { reasonOfLibrary, type Build } from './runtime';
import { forJavaScript, rebuildTokenizerJson } from './tokenizer-json';

const TRANSFORMERS = `transformers.js ${LIBRARY_VERSIONS['transformers.js']}`;

/** Unmodified contents of a tokenizer's files, for another program to read. */
export type OriginalTokenizer =
	| {
			readonly format: 'tokenizer.json' | 'tiktoken JSON';
			readonly json: Readonly<Record<string, unknown>>;
	  }
	/** Lines that each contain a token in base64 and its rank. */
	| { readonly format: '.tiktoken'; readonly ranks: string }
	| {
			readonly format: 'vocab.json and merges.txt';
			readonly vocab: Readonly<Record<string, unknown>>;
			/** Each merge is two tokens separated by a space. */
			readonly merges: readonly string[];
	  };

/**
 * Reads a tokenizer's files without interpreting them.
 * @param files as read by `readTokenizer`; the first one contains the vocabulary
 * @throws Error if the files have changed since they were read
 */
export async function readOriginal(
	format: LibraryFormat,
	[main, ...others]: readonly SlicedFile[]
): Promise<OriginalTokenizer> {
	const text = await readText(main);
	if (format === '.tiktoken') return { format, ranks: text };
	const json = parseJson(text);
	if (!isObject(json)) throw new Error(`${main.name}: got no object, expected the file as it was`);
	if (format !== 'vocab.json and merges.txt') return { format, json };
	const merges = others.find(({ name }) => name === 'merges.txt');
	if (!merges) throw new Error('got no merges.txt, expected the file as it was');
	return { format, vocab: json, merges: mergeLines(await readText(merges)) };
}

/** A library that has read the original files of a tokenizer. */
export interface OriginalReader {
	/** Name and version of the library. */
	readonly program: string;
	/** Encodes text without applying a template. Returns `null` if the library has no id for part of the text. */
	encode(text: string, special: 'text' | 'parse'): readonly number[] | null;
}

/**
 * Starts a library and loads a tokenizer's original files into it.
 * @param original `null` to use only the spec, written as a tokenizer.json
 * @param spec supplies what `original` doesn't specify: stages that its format lacks, and tokens from settings files
 * @param build calls each function that may take seconds
 * @throws Error with a one-line message if the library can't run the tokenizer
 */
export async function createOriginalReader(
	original: OriginalTokenizer | null,
	spec: TokenizerSpec,
	build: Build = (make) => make()
): Promise<OriginalReader> {
	switch (original?.format) {
		case undefined:
			return createTransformersReader({ ...build(() => rebuildTokenizerJson(spec)) }, build);
		case 'tokenizer.json':
			return createTransformersReader(
				withTokensOfSettings(original.json, spec.added_tokens),
				build
			);
		case 'vocab.json and merges.txt': {
			const json = build(() => rebuildTokenizerJson(spec));
			const { vocab, merges } = original;
			return createTransformersReader({ ...json, model: { ...json.model, vocab, merges } }, build);
		}
		case 'tiktoken JSON':
			return createTiktokenReader(original.json as unknown as TiktokenTables, build);
		case '.tiktoken': {
			const { rankFile } = await import('./js-tiktoken');
			return createTiktokenReader({ ...rankFile(spec), bpe_ranks: original.ranks }, build);
		}
	}
}

/** Updates a tokenizer.json with the tokens that other files add or change. */
function withTokensOfSettings(
	json: Readonly<Record<string, unknown>>,
	added: readonly AddedTokenSpec[]
): Readonly<Record<string, unknown>> {
	const listed = addedTokensOf(json);
	const known = new Map(listed.map((token) => [token.content, token]));
	const changed = added.filter((token) => {
		const before = known.get(token.content);
		return !before || FLAGS.some((flag) => (before[flag] ?? false) !== token[flag]);
	});
	const contents = new Set(changed.map(({ content }) => content));
	const kept = listed.filter(({ content }) => !contents.has(content));
	return changed.length === 0 ? json : { ...json, added_tokens: [...kept, ...changed] };
}

/** Flags that change how an added token is matched in text. */
const FLAGS = ['special', 'lstrip', 'rstrip'] as const;

type ListedToken = Pick<AddedTokenSpec, 'id' | 'content'> & Partial<AddedTokenSpec>;

const addedTokensOf = ({
	added_tokens
}: Readonly<Record<string, unknown>>): readonly ListedToken[] =>
	Array.isArray(added_tokens) ? (added_tokens as readonly ListedToken[]) : [];

/**
 * Loads a tokenizer.json into transformers.js. Rewrites what the library doesn't support: merges as pairs, Metaspace,
 * and regexes that JavaScript can't run. The regex for added tokens is replaced with one that has few groups and tries
 * the longest token first.
 */
async function createTransformersReader(
	json: Readonly<Record<string, unknown>>,
	build: Build
): Promise<OriginalReader> {
	const { PreTrainedTokenizer } = await import('@xenova/transformers/src/tokenizers.js');
	const added = addedTokensOf(json);
	const model = isObject(json.model) ? json.model : {};
	const merges = Array.isArray(model.merges) ? (model.merges as readonly unknown[]) : [];
	const stage = json.pre_tokenizer as PreTokenizerSpec | null | undefined;
	const adapted = {
		normalizer: json.normalizer ?? null,
		pre_tokenizer: adaptPreTokenizer(stage ? forJavaScript(stage) : null),
		model: {
			...model,
			type: 'BPE',
			merges: merges.map((pair) => (Array.isArray(pair) ? pair.join(' ') : pair))
		},
		added_tokens: added,
		// The ids don't depend on these stages, because the text is encoded without a template.
		post_processor: null,
		decoder: null
	};
	const tokenizer = build(() => withLibraryError(() => new PreTrainedTokenizer(adapted, {})));
	/** Tokens that should match only whole words but that the library also finds inside words. */
	const wholeWords = added.filter(({ single_word }) => single_word);
	const all = tokenizer.added_tokens;
	return {
		program: TRANSFORMERS,
		encode(text, special) {
			const isFound = (token: { readonly special?: boolean }) =>
				special === 'parse' || token.special !== true;
			// The library sets `null` if there are no added tokens, but its type doesn't allow `null`.
			tokenizer.added_tokens_regex = addedTokenRegex(added.filter(isFound)) as RegExp;
			tokenizer.added_tokens = all.filter(isFound);
			const wellFormed = text.toWellFormed();
			if (wholeWords.some(({ content }) => wellFormed.includes(content))) return null;
			// The library would prepend a ▁ even to empty text.
			const ids: (number | undefined)[] =
				wellFormed === ''
					? []
					: withLibraryError(() =>
							tokenizer.encode(wellFormed, null, { add_special_tokens: false })
						);
			return ids.every((id) => id !== undefined) ? ids : null;
		}
	};
}

/**
 * Regex that tries longer tokens first and has one group per run of tokens that strip the same spaces; `null` if there
 * are no tokens.
 */
function addedTokenRegex(tokens: readonly ListedToken[]): RegExp | null {
	const groups: { readonly before: string; readonly after: string; readonly texts: string[] }[] =
		[];
	for (const token of tokens.toSorted((a, b) => b.content.length - a.content.length)) {
		const [before, after] = [token.lstrip, token.rstrip].map((strips) => (strips ? '\\s*' : ''));
		const last = groups.at(-1);
		const text = escapeRegex(token.content);
		if (last?.before === before && last.after === after) last.texts.push(text);
		else groups.push({ before, after, texts: [text] });
	}
	const parts = groups.map(({ before, after, texts }) => `${before}(${texts.join('|')})${after}`);
	return parts.length > 0 ? new RegExp(parts.join('|')) : null;
}

/** Calls a library. @throws Error with the library's name and the reason */
function withLibraryError<T>(create: () => T, library = TRANSFORMERS): T {
	try {
		return create();
	} catch (cause) {
		throw new Error(`${library} can't run the tokenizer: ${reasonOfLibrary(cause)}`, { cause });
	}
}

/**
 * Rewrites Metaspace in the older form that the library expects, which has a different name for the prefix setting and
 * requires a separate stage for the split.
 */
function adaptPreTokenizer(stage: PreTokenizerSpec | null): unknown {
	if (stage?.type === 'Sequence')
		return { ...stage, pretokenizers: stage.pretokenizers.map(adaptPreTokenizer) };
	if (stage?.type !== 'Metaspace') return stage;
	// Some files omit `split`, or use the older name, `add_prefix_space`, for the prefix setting.
	const { split: isSplit = true } = stage as Partial<typeof stage>;
	const metaspace = { add_prefix_space: stage.prepend_scheme !== 'never', ...stage };
	if (!isSplit) return metaspace;
	const split = { type: 'Split', pattern: { Regex: '▁[^▁]*|[^▁]+' } };
	return { type: 'Sequence', pretokenizers: [metaspace, split] };
}

interface TiktokenTables {
	readonly pat_str: string;
	readonly bpe_ranks: string;
	readonly special_tokens: Readonly<Record<string, number>>;
}

/** Starts js-tiktoken with ranks converted to its own line format: `!`, the first token's rank, then the tokens. */
async function createTiktokenReader(
	{ pat_str, bpe_ranks, special_tokens }: TiktokenTables,
	build: Build
): Promise<OriginalReader> {
	const [{ Tiktoken }, { expandContractions }] = await Promise.all([
		import('js-tiktoken/lite'),
		import('./js-tiktoken')
	]);
	const program = `js-tiktoken ${LIBRARY_VERSIONS['js-tiktoken']}`;
	const lines = bpe_ranks.split(/\r?\n/).flatMap((line) => {
		const words = line.trim().split(' ');
		if (words[0] === '!') return [words.join(' ')];
		return words.length === 2 && words[0] !== '=' ? [`! ${words[1]} ${words[0]}`] : [];
	});
	const tables = {
		pat_str: expandContractions(pat_str),
		bpe_ranks: lines.join('\n'),
		special_tokens: { ...special_tokens }
	};
	const tiktoken = build(() => withLibraryError(() => new Tiktoken(tables), program));
	return {
		program,
		encode: (text, special) =>
			withLibraryError(
				() => tiktoken.encode(text.toWellFormed(), special === 'parse' ? 'all' : [], []),
				program
			)
	};
}
