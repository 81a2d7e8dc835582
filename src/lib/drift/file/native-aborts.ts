import {
	createDecoder,
	createNormalizer,
	createPreTokenizer,
	Field,
	parseDecoder,
	parseNormalizer,
	parsePreTokenizer,
	Pretokens
} from '../../engine/stages';
import { decodeUtf8, encodeUtf8 } from '../../engine/text';
import type { NativeParts } from './native-parts';
import { nativeRegex } from './native-regex';
import {
	flatten,
	type NativeNormalizer,
	type NativePostProcessor,
	type NativeReplace
} from './native-stages';
import { outOfBounds, Panic, Undecided } from './serde';
import { orNull } from '../utilities';

/** A tokenizer that native has loaded: only its model must be there. */
export type NativeTokenizer = Omit<NativeParts, 'model'> & {
	readonly model: NonNullable<NativeParts['model']>;
};

type AddedToken = NativeParts['added_tokens'][number];
type Truncation = NonNullable<NativeParts['truncation']>;

/**
 * Uses a tokenizer in every way in which it is known that native panics on some text or ids.
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
			// Another check may still find a panic for certain.
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

/**
 * An added token that is normalized to nothing is found everywhere, between the bytes of a character
 * as well, where native cannot split.
 */
function panicOnEmptyAddedToken({ added_tokens, normalizer }: NativeTokenizer): void {
	if (!normalizer) return;
	const contents = added_tokens.filter((token) => token.normalized && token.content !== '');
	if (contents.length === 0) return;
	const normalize = orNull(() => {
		const spec = parseNormalizer(new Field(normalizer.json, ''));
		return spec && createNormalizer(spec);
	});
	if (!normalize) {
		// What the engine cannot run drops marks, controls and white space at most.
		const types = new Set(flatten(normalizer).map(({ type }) => type));
		const kept = types.has('Precompiled') ? /[A-Za-z0-9]/ : /[^\p{M}\p{C}\p{Z}]/u;
		if (!types.has('Replace') && contents.every(({ content }) => kept.test(content))) return;
		throw new Undecided('normalized added tokens and a normalizer that the engine cannot run');
	}
	const normalized = (text: string): string => {
		const result = normalize(plainText(text));
		return decodeUtf8(result.bytes.subarray(result.start, result.end));
	};
	if (!contents.some(({ content }) => normalized(content) === '')) return;
	if (/[^\0-\x7f]/.test(normalized('é\n世'))) throw new Panic('AddedVocabulary bad split');
	throw new Undecided('an added token is normalized to nothing');
}

/**
 * A token of white space is found within the white space that a token before it took (`rstrip`). If it
 * takes what is before it (`lstrip`), it begins where that token ended, after its own end.
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

/** How many encodings a processor makes of so many. A template takes one or two. */
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

/** More tokens than a machine has memory for, and more than fit in the memory of few. */
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
 * Strip takes `stop` characters off the end of a token without looking whether it has as many, and
 * counts those twice that it takes off the start.
 */
function panicInDecoder({ decoder, model, added_tokens }: NativeTokenizer): void {
	const steps = flatten(decoder);
	steps.forEach((step, i) => {
		if (step.type !== 'Strip' || step.stop === 0) return;
		if (steps[i - 1]?.type === 'join') stripToken('', step);
		const before = steps.slice(0, i).map(({ json }) => json);
		const decode = orNull(() => {
			const spec = parseDecoder(new Field({ type: 'Sequence', decoders: before }, ''));
			return spec && createDecoder(spec);
		});
		if (!decode) throw new Undecided('Strip after a decoder that the engine cannot run');
		const tokens = [...model.keys(), ...added_tokens.map(({ content }) => content)];
		// The first token of a text is treated in another way than the same token later.
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
	const startCut = Math.min(start, length);
	const stopCut = length - stop;
	if (startCut > stopCut) {
		throw new Panic(`slice index starts at ${startCut} but ends at ${stopCut}`);
	}
}

function plainText(text: string) {
	const bytes = encodeUtf8(text);
	return { bytes, start: 0, end: bytes.length, origin: null };
}

/** Letters stay together in every pre-tokenizer that does not split by length. */
const SAMPLES = ['ab', 'Hello', ' ab', 'ab '];

/**
 * A text and how many of its first characters have no counterpart in the original text. There are some
 * if a normalizer put them before the first character without replacing it. Native then takes the rest
 * for the whole text when it rewrites that, and runs past the end.
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

/** Every character is looked up; its first byte must lead to a unit of the trie. */
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
	const appendKept = (start: number, end: number): void => {
		const middle = Math.max(start, Math.min(end, detachedEnd));
		append(whole.slice(start, middle), true);
		append(whole.slice(middle, end), false);
	};
	for (const match of whole.matchAll(nativeRegex(replace.pattern))) {
		appendKept(last, match.index);
		const end = match.index + match[0].length;
		append(replace.content, end <= detachedEnd);
		last = end;
	}
	appendKept(last, whole.length);
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
	const { length } = encodeUtf8(text);
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
	const split = orNull(() => {
		const spec = parsePreTokenizer(new Field({ type: 'Sequence', pretokenizers: before }, ''));
		return spec && createPreTokenizer(spec);
	});
	if (!split || JSON.stringify(before).includes('"Metaspace"')) {
		throw new Undecided('pre-tokenizers after detached text');
	}
	for (const { text, detached } of samples) {
		const whole = new Pretokens();
		const normalized = plainText(text.join(''));
		whole.reset(normalized, false).add(0, normalized.end);
		const { text: pieces, starts, ends } = split(whole);
		const first = decodeUtf8(pieces.bytes.subarray(starts.data[0], ends.data[0]));
		if (/^[A-Za-z]+$/.test(first)) rewriteAligned({ text: [...first], detached });
	}
	throw new Undecided('no sample shows whether ByteLevel panics');
}
