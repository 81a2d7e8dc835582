import {
	EXTRAS,
	createDecoder,
	Field,
	parseDecoder,
	parseNormalizer,
	parsePreTokenizer
} from '../../engine/stages';
import { byteLength } from '../../engine/text';
import { runNormalizer, runPreTokenizer } from '../config/stages';
import type { NativeParts } from './native-parts';
import { nativeMatches } from './native-regex';
import {
	flatten,
	type NativeNormalizer,
	type NativePostProcessor,
	type NativeReplace
} from './native-stages';
import { outOfBounds, Panic, Undecided } from './serde';
import { orNull } from '../utilities';

/** A tokenizer that native has loaded. All parts except the model may be `null`. */
export type NativeTokenizer = Omit<NativeParts, 'model'> & {
	readonly model: NonNullable<NativeParts['model']>;
};

type AddedToken = NativeParts['added_tokens'][number];
type Truncation = NonNullable<NativeParts['truncation']>;

/**
 * Uses a tokenizer in every way in which native is known to panic on some text or ids.
 * @throws Panic in native's words for one such text
 * @throws Undecided if a stage is one that the engine cannot run
 */
export function panicOnUse(tokenizer: NativeTokenizer): void {
	let undecided: Undecided | null = null;
	for (const check of CHECKS) {
		try {
			check(tokenizer);
		} catch (error) {
			if (!(error instanceof Undecided)) throw error;
			// Another check may still find a certain panic.
			undecided ??= error;
		}
	}
	if (undecided) throw undecided;
}

const CHECKS: readonly ((tokenizer: NativeTokenizer) => void)[] = [
	({ normalizer, pre_tokenizer }) => {
		if (normalizer) panicInAlignment(normalizer, pre_tokenizer);
	},
	panicOnEmptyAddedToken,
	panicOnSwallowedToken,
	panicInPreTokenizer,
	panicInPostProcessor,
	panicInTruncation,
	panicInPadding,
	panicInDecoder
];

/** An added token that is normalized to nothing is found even between the bytes of a character, where native cannot split. */
function panicOnEmptyAddedToken({ added_tokens, normalizer }: NativeTokenizer): void {
	if (!normalizer) return;
	const contents = added_tokens.filter((token) => token.normalized && token.content !== '');
	if (contents.length === 0) return;
	const normalize = orNull(() => runNormalizer(parseNormalizer(new Field(normalizer.json, ''))));
	if (!normalize) {
		// Normalizers that the engine cannot run drop at most marks, controls and white space.
		const types = new Set(flatten(normalizer).map(({ type }) => type));
		const lasting = types.has('Precompiled') ? /[A-Za-z0-9]/ : /[^\p{M}\p{C}\p{Z}]/u;
		if (!types.has('Replace') && contents.every(({ content }) => lasting.test(content))) return;
		throw new Undecided('normalized added tokens and a normalizer that the engine cannot run');
	}
	if (!contents.some(({ content }) => normalize(content)[0] === '')) return;
	if (/[^\0-\x7f]/.test(normalize('é\n世')[0])) throw new Panic('AddedVocabulary bad split');
	throw new Undecided('an added token is normalized to nothing');
}

/**
 * A token of white space is found within the white space that a token before it strips (`rstrip`). If it also
 * strips on the left (`lstrip`), it starts where that token ends: after its own end.
 */
function panicOnSwallowedToken({ added_tokens, normalizer }: NativeTokenizer): void {
	// Of two tokens with the same content the last counts.
	const tokens = [...new Map(added_tokens.map((token) => [token.content, token])).values()];
	for (const normalized of [false, true]) {
		const found = tokens.filter((token) => token.normalized === normalized);
		const isSwallowed = ({ content, lstrip, rstrip }: AddedToken): boolean =>
			lstrip && !rstrip && /^[\s\u0085]+$/.test(content) && content !== '\ufeff';
		if (!found.some(({ rstrip }) => rstrip) || !found.some(isSwallowed)) continue;
		if (normalized && normalizer) throw new Undecided('normalized added tokens of white space');
		throw new Panic('AddedVocabulary bad split');
	}
}

function panicInPreTokenizer({ pre_tokenizer }: NativeTokenizer): void {
	for (const step of flatten(pre_tokenizer)) {
		if (step.type === 'FixedLength' && step.length === 0) {
			throw new Panic('chunk size must be non-zero');
		}
	}
}

function panicInPostProcessor({ post_processor }: NativeTokenizer): void {
	if (!post_processor) return;
	for (const addsSpecial of [false, true]) {
		for (const sequences of [1, 2]) processedCount(post_processor, sequences, addsSpecial);
	}
}

/** The number of encodings that a processor makes of `count`. A template takes one or two. */
function processedCount(
	processor: NativePostProcessor,
	count: number,
	addsSpecial: boolean
): number {
	if (processor.type === 'other') return count;
	if (processor.type === 'Sequence') {
		return processor.steps.reduce((made, step) => processedCount(step, made, addsSpecial), count);
	}
	if (count !== 1 && count !== 2) throw new Panic('not yet implemented');
	const pieces = count === 2 ? processor.pair : processor.single;
	const made = pieces.filter((piece) => {
		if (piece.variant === 'Sequence') {
			const index = piece.content.id === 'A' ? 0 : 1;
			if (index >= count) throw outOfBounds(count, index);
			return true;
		}
		if (addsSpecial && !processor.special.has(piece.content.id)) {
			throw new Panic('no entry found for key');
		}
		return addsSpecial;
	});
	return made.length;
}

function addedCount(processor: NativePostProcessor | null, isPair: boolean): number {
	if (!processor) return 0;
	if (processor.type === 'other') return processor.added[isPair ? 1 : 0];
	const { type } = processor;
	const counts =
		type === 'Sequence'
			? processor.steps.map((step) => addedCount(step, isPair))
			: processor[isPair ? 'pair' : 'single'].map((piece) =>
					piece.variant === 'Sequence' ? 0 : (processor.special.get(piece.content.id) ?? 0)
				);
	return counts.reduce((sum, added) => sum + added, 0);
}

/** The stride must be shorter than a truncated text, whose length in a pair depends on the other text. */
function panicInTruncation({ truncation, post_processor }: NativeTokenizer): void {
	if (!truncation) return;
	const { max_length, strategy, stride } = truncation;
	for (const isPair of [false, true]) {
		for (const added of [0, addedCount(post_processor, isPair)]) {
			const most = max_length - added;
			// Below 0 it wraps around, and no text is too long.
			if (most <= 0) continue;
			if (strategy === 'OnlySecond' && !isPair) continue;
			const shortest = isPair ? shortestOfPair(strategy, most) : most;
			if (stride >= shortest) {
				throw new Panic(
					`\`stride\` must be strictly less than \`max_len=${shortest}\` (note that \`max_len\` may be ` +
						'shorter than the max length of the original model, as it subtracts the number of special ' +
						'characters'
				);
			}
		}
	}
}

const shortestOfPair = (strategy: Truncation['strategy'], most: number): number =>
	strategy === 'LongestFirst' ? Math.max(1, Math.floor(most / 2)) : 1;

/** Padding for which no machine has the memory, and for which some do not. */
const MAX_PADDED = 2 ** 40;
const MAX_PADDED_EVERYWHERE = 2 ** 24;
/** Rust counts the bytes of an allocation in 63 bits; an id takes four. */
const MAX_ALLOCATED_IDS = 2 ** 61;

function panicInPadding({ padding }: NativeTokenizer): void {
	if (!padding) return;
	const { strategy, pad_to_multiple_of } = padding;
	const fixed = strategy.content ?? 1;
	const multiple = pad_to_multiple_of ?? 0;
	const length = multiple > 0 ? Math.ceil(fixed / multiple) * multiple : fixed;
	if (length >= MAX_ALLOCATED_IDS) throw new Panic('capacity overflow');
	if (length >= MAX_PADDED) throw new Panic(`memory allocation of ${length * 4} bytes failed`);
	if (length >= MAX_PADDED_EVERYWHERE) throw new Undecided(`padding to ${length} tokens`);
}

/**
 * Strip removes `stop` characters from the end of a token without checking that it has as many, and counts those
 * twice that it removes from the start.
 */
function panicInDecoder({ decoder, model, added_tokens }: NativeTokenizer): void {
	const steps = flatten(decoder);
	steps.forEach((step, i) => {
		if (step.type !== 'Strip' || step.stop === 0) return;
		if (steps[i - 1]?.type === 'join') stripToken('', step);
		const before = steps.slice(0, i).map(({ json }) => json);
		const decode = orNull(() => {
			const spec = parseDecoder(new Field({ type: 'Sequence', decoders: before }, ''));
			return spec && createDecoder(spec, EXTRAS);
		});
		if (!decode) throw new Undecided('Strip after a decoder that the engine cannot run');
		const tokens = [...model.keys(), ...added_tokens.map(({ content }) => content)];
		// The first token of a text is treated differently.
		const lists = [[], ...tokens.map((token) => [token]), [...tokens, ...tokens]];
		for (const list of lists) for (const decoded of decode(list)) stripToken(decoded, step);
	});
}

function stripToken(
	token: string,
	{
		content,
		start,
		stop
	}: { readonly content: string; readonly start: number; readonly stop: number }
): void {
	const characters = [...token];
	const { length } = characters;
	if (characters.some((character) => character !== content)) return;
	if (stop > length) throw outOfBounds(length, 2n ** 64n - 1n);
	const first = Math.min(start, length);
	const end = length - stop;
	if (first > end) {
		throw new Panic(`slice index starts at ${first} but ends at ${end}`);
	}
}

/** Letters stay together in every pre-tokenizer that does not split by length. */
const SAMPLES = ['ab', 'Hello', ' ab', 'ab '];

/**
 * A text, and the number of its first characters that have no counterpart in the original text. A normalizer that
 * adds characters before the first one without replacing it detaches them. When native rewrites the text, it takes
 * the rest for the whole and runs past the end.
 */
interface Aligned {
	readonly text: readonly string[];
	readonly detached: number;
}

/**
 * Normalizes some texts and rewrites their pre-tokens.
 * @throws Panic if native runs past the end of one
 */
function panicInAlignment(
	normalizer: NativeNormalizer,
	preTokenizer: NativeParts['pre_tokenizer']
): void {
	const results = SAMPLES.map((sample) =>
		normalizeAligned(normalizer, { text: [...sample], detached: 0 })
	);
	if (results.some(({ detached }) => detached > 0)) panicInByteLevel(preTokenizer, results);
}

function normalizeAligned(normalizer: NativeNormalizer, aligned: Aligned): Aligned {
	const { text, detached } = aligned;
	if (text.length === 0) return aligned;
	switch (normalizer.type) {
		case 'Sequence':
			return normalizer.steps.reduce((current, step) => normalizeAligned(step, current), aligned);
		case 'Prepend': {
			const added = [...normalizer.prepend];
			if (added.length === 0) return { text, detached: Math.max(detached, 1) };
			return { text: [...added, ...text], detached: detached > 0 ? detached + added.length : 0 };
		}
		case 'Replace':
			return replaceAligned(normalizer, aligned);
		case 'Strip':
			return stripAligned(normalizer, aligned);
		case 'Precompiled':
			panicInTrie(normalizer.trie);
			if (detached > 0) throw new Undecided('Precompiled after detached text');
			return aligned;
		case 'whole':
			return rewriteAligned(aligned);
		case 'other':
			return aligned;
	}
}

/** Every character is looked up, so its first byte must lead to a unit of the trie. */
function panicInTrie(trie: readonly number[]): void {
	if (trie.length === 0) throw outOfBounds(0, 0);
	const [root] = trie;
	const offset = (root >>> 10) << ((root & 0x200) >> 6);
	for (let letter = 0x61; letter <= 0x7a; letter++) {
		const index = offset ^ letter;
		if (index >= trie.length) throw outOfBounds(trie.length, index);
	}
}

function replaceAligned(replace: NativeReplace, { text, detached }: Aligned): Aligned {
	const whole = text.join('');
	const detachedEnd = text.slice(0, detached).join('').length;
	let replaced = '';
	let stillDetached = 0;
	let last = 0;
	const append = (part: string, isDetached: boolean): void => {
		replaced += part;
		if (isDetached) stillDetached += [...part].length;
	};
	const appendUnmatched = (start: number, end: number): void => {
		const middle = Math.max(start, Math.min(end, detachedEnd));
		append(whole.slice(start, middle), true);
		append(whole.slice(middle, end), false);
	};
	for (const [start, end] of nativeMatches(replace.pattern, whole)) {
		appendUnmatched(last, start);
		append(replace.content, end <= detachedEnd);
		last = end;
	}
	appendUnmatched(last, whole.length);
	return { text: [...replaced], detached: stillDetached };
}

function stripAligned(
	{ strip_left, strip_right }: { readonly strip_left: boolean; readonly strip_right: boolean },
	{ text, detached }: Aligned
): Aligned {
	const whole = text.join('');
	const leading = strip_left ? whole.length - whole.trimStart().length : 0;
	const trailing = strip_right ? whole.length - whole.trimEnd().length : 0;
	if (leading + trailing === 0) return { text, detached };
	if (detached > trailing && detached < text.length) throw pastTheEnd(whole);
	if (detached > 0) throw new Undecided('Strip after detached text');
	return { text: text.slice(leading, text.length - trailing), detached };
}

function rewriteAligned(aligned: Aligned): Aligned {
	const { text, detached } = aligned;
	if (detached > 0 && detached < text.length) throw pastTheEnd(text.join(''));
	return aligned;
}

function pastTheEnd(text: string): Panic {
	const length = byteLength(text);
	return outOfBounds(length, length);
}

/** ByteLevel rewrites each pre-token as a whole; only the first can have detached characters. */
function panicInByteLevel(
	preTokenizer: NativeParts['pre_tokenizer'],
	samples: readonly Aligned[]
): void {
	const steps = flatten(preTokenizer);
	const at = steps.findIndex(({ type }) => type === 'ByteLevel');
	if (at < 0) return;
	const before = steps.slice(0, at).map(({ json }) => json);
	const sequence = new Field({ type: 'Sequence', pretokenizers: before }, '');
	const split = orNull(() => runPreTokenizer(parsePreTokenizer(sequence)));
	if (!split || JSON.stringify(before).includes('"Metaspace"')) {
		throw new Undecided('pre-tokenizers after detached text');
	}
	for (const { text, detached } of samples) {
		const [first = ''] = split(text.join(''));
		if (/^[A-Za-z]+$/.test(first)) rewriteAligned({ text: [...first], detached });
	}
	throw new Undecided('no sample shows whether ByteLevel panics');
}
