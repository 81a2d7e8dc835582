import { Charsmap } from '../normalize/charsmap';
import {
	type AddedTokenSpec,
	type BpeModelSpec,
	type TokenizerSpec,
	normalizerSteps,
	preTokenizerSteps
} from '../spec';
import { fromByteLevel } from '../structures/byte-level';
import { listOfPairs } from '../structures/merge-list';
import { buildVocabulary } from '../structures/vocabulary';
import { encodeUtf8 } from '../text/utf8';
import { resolveAddedTokens } from './added-tokens';
import { describe } from '../wrong-argument';
import { Field } from './field';
import { parseDecoder, parseNormalizer, parsePostProcessor, parsePreTokenizer } from './stages';

/** The largest published tokenizers have about 300,000 entries. */
const MAX_ENTRIES = 1 << 22;
const MAX_ID = (1 << 22) - 1;
const MAX_MERGES = 1 << 24;

/**
 * Reads the parsed JSON of a tokenizer.json. Ignores truncation, padding and dropout.
 * @throws Error with the field, what was found and what was expected, if the file is invalid or uses a feature that the
 * engine does not reproduce exactly
 */
export function parseTokenizerJson(json: unknown): TokenizerSpec {
	const file = new Field(json, '');
	// Checked first, so that a file with a different type of model is rejected for this reason, not for its stages.
	checkModelType(file.get('model'));
	const pre_tokenizer = parsePreTokenizer(file.get('pre_tokenizer'));
	const byteLevel = preTokenizerSteps(pre_tokenizer).some(({ type }) => type === 'ByteLevel');
	const { model, ids } = parseModel(file.get('model'), byteLevel);
	const added_tokens = parseAddedTokens(file.get('added_tokens'), ids);
	const normalizer = parseNormalizer(file.get('normalizer'));
	// Tables are checked here because the parsers of stages don't check them. Pages also use these parsers for stages in
	// links, without loading the code that reads tables.
	for (const step of normalizerSteps(normalizer))
		if (step.type === 'Precompiled') new Charsmap(step.precompiled_charsmap);
	return {
		normalizer,
		pre_tokenizer,
		model: removeAddedTokens(model, added_tokens),
		post_processor: parsePostProcessor(file.get('post_processor')),
		decoder: parseDecoder(file.get('decoder')),
		added_tokens
	};
}

/** What Hugging Face's other model types do instead of merging, for error messages. */
const OTHER_MODELS: ReadonlyMap<string, string> = new Map([
	['Unigram', 'chooses the most probable split'],
	['WordPiece', 'takes the longest matches'],
	['WordLevel', 'looks up whole words']
]);

function checkModelType(model: Field): void {
	const type = model.get('type');
	// Old files don't specify a type, but only BPE models have merges.
	if (type.isNull && !model.get('merges').isNull) return;
	const method = OTHER_MODELS.get(String(type.value));
	if (method !== undefined) {
		throw type.error(
			`"BPE"; ${String(type.value)} ${method} instead of merging, so use Hugging Face's tokenizers library for this file`
		);
	}
	type.oneOf('BPE');
}

function parseModel(field: Field, byteLevel: boolean) {
	const affixes = parseAffixes(field);
	const unknown = field.get('unk_token');
	const { ids, vocabulary, foreign } = parseVocabulary(field.get('vocab'), byteLevel);
	const model: BpeModelSpec = {
		type: 'BPE',
		vocabulary,
		byte_level: byteLevel,
		merges: listOfPairs(
			parseMerges(field.get('merges'), ids, affixes.continuing_subword_prefix ?? '')
		),
		unk_token: unknown.isNull ? null : unknown.string(),
		fuse_unk: field.get('fuse_unk').booleanOr(false),
		byte_fallback: field.get('byte_fallback').booleanOr(false),
		ignore_merges: field.get('ignore_merges').booleanOr(false),
		...affixes,
		...(foreign.length > 0 ? { foreign_tokens: foreign } : {})
	};
	return { model, ids };
}

function parseAffixes(
	field: Field
): Pick<BpeModelSpec, 'continuing_subword_prefix' | 'end_of_word_suffix'> {
	const names = ['continuing_subword_prefix', 'end_of_word_suffix'] as const;
	const affixes = names.map((name) => {
		const affix = field.get(name);
		return [name, affix.isNull ? '' : affix.string()] as const;
	});
	return Object.fromEntries(affixes.filter(([, content]) => content !== ''));
}

function parseVocabulary(field: Field, byteLevel: boolean) {
	const entries = Object.entries(field.object());
	if (entries.length > MAX_ENTRIES) {
		throw new Error(
			`${field.path}: got ${entries.length} entries, expected at most ${MAX_ENTRIES}`
		);
	}
	const ids = new Map<string, number>();
	const contents: (Uint8Array | undefined)[] = [];
	const foreign: { id: number; content: string }[] = [];
	const contentOf = new Map<number, string>();
	for (const [content, value] of entries) {
		const id = new Field(value, `${field.path}[${describe(content)}]`).integer(MAX_ID);
		const other = contentOf.get(id);
		if (other !== undefined) {
			throw new Error(
				`${field.path}: got id ${id} for both ${describe(other)} and ${describe(content)}, expected each id once`
			);
		}
		contentOf.set(id, content);
		ids.set(content, id);
		const bytes = byteLevel ? fromByteLevel(content) : encodeUtf8(content);
		if (bytes && bytes.length > 0) contents[id] = bytes;
		else foreign.push({ id, content });
	}
	const size = [...contentOf.keys()].reduce((largest, id) => Math.max(largest, id + 1), 0);
	contents.length = size;
	return { ids, vocabulary: buildVocabulary(contents), foreign };
}

/**
 * Parses merges written as `"a b"` or `["a", "b"]`. Both tokens and their product must be in the vocabulary.
 * @param prefix prefix of right tokens, omitted from their products
 */
function parseMerges(field: Field, ids: ReadonlyMap<string, number>, prefix: string): Uint32Array {
	if (!Array.isArray(field.value)) throw field.error('an array');
	const list: readonly unknown[] = field.value;
	if (list.length > MAX_MERGES) {
		throw new Error(`${field.path}: got ${list.length} merges, expected at most ${MAX_MERGES}`);
	}
	const merges = new Uint32Array(list.length * 2);
	for (let rank = 0; rank < list.length; rank++) {
		const merge = list[rank];
		const parts: unknown = typeof merge === 'string' ? merge.split(' ') : merge;
		const isPair = Array.isArray(parts) && parts.length === 2;
		const [left, right] = isPair ? (parts as unknown[]) : [];
		if (typeof left !== 'string' || typeof right !== 'string') {
			throw new Field(merge, `${field.path}[${rank}]`).error('two tokens');
		}
		const leftId = ids.get(left);
		const rightId = ids.get(right);
		if (!right.startsWith(prefix)) {
			throw new Error(
				`${field.path}[${rank}]: got ${describe(right)} as the right token, expected it to begin with the continuing_subword_prefix ${describe(prefix)}`
			);
		}
		const product = left + right.slice(prefix.length);
		const missing = leftId === undefined ? left : rightId === undefined ? right : product;
		if (leftId === undefined || rightId === undefined || !ids.has(missing)) {
			throw new Error(
				`${field.path}[${rank}]: got ${describe(`${left} ${right}`)} with ${describe(missing)} not in model.vocab, ` +
					`expected both tokens and their concatenation in it`
			);
		}
		merges[rank * 2] = leftId;
		merges[rank * 2 + 1] = rightId;
	}
	return merges;
}

function parseAddedTokens(field: Field, ids: ReadonlyMap<string, number>): AddedTokenSpec[] {
	if (field.isNull) return [];
	const tokens = field.array().map((token) => {
		token.get('id').integer(MAX_ID);
		return {
			content: token.get('content').string(),
			single_word: token.get('single_word').boolean(),
			lstrip: token.get('lstrip').boolean(),
			rstrip: token.get('rstrip').boolean(),
			normalized: token.get('normalized').boolean(),
			special: token.get('special').boolean()
		};
	});
	return resolveAddedTokens(tokens, ids.size, (content) => ids.get(content));
}

/** Removes tokens from `foreign_tokens` if they are also in `added_tokens`. */
function removeAddedTokens(model: BpeModelSpec, added: readonly AddedTokenSpec[]): BpeModelSpec {
	if (!model.foreign_tokens) return model;
	const contents = new Map(added.map(({ id, content }) => [id, content]));
	const { foreign_tokens, ...rest } = model;
	const foreign = foreign_tokens.filter(({ id, content }) => contents.get(id) !== content);
	return foreign.length > 0 ? { ...rest, foreign_tokens: foreign } : rest;
}
