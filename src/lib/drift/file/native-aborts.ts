import {
	createDecoder,
	Field,
	parseDecoder,
	parseNormalizer,
	createNormalizer
} from '../../engine/stages';
import { decodeUtf8, encodeUtf8 } from '../../engine/text';
import { panicInAlignment, runnable } from './native-alignment';
import type { NativeVocabulary } from './native-model';
import {
	flatten,
	type NativeDecoder,
	type NativeNormalizer,
	type NativePostProcessor,
	type NativePreTokenizer
} from './native-stages';
import { outOfBounds, Panic, Undecided } from './serde';

/** A tokenizer that native has loaded, as far as using it may panic. */
export interface NativeTokenizer {
	readonly truncation: NativeTruncation | null;
	readonly padding: NativePadding | null;
	readonly added_tokens: readonly AddedToken[];
	readonly normalizer: NativeNormalizer | null;
	readonly pre_tokenizer: NativePreTokenizer | null;
	readonly post_processor: NativePostProcessor | null;
	readonly decoder: NativeDecoder | null;
	readonly model: NativeVocabulary;
}

export interface AddedToken {
	readonly content: string;
	readonly lstrip: boolean;
	readonly rstrip: boolean;
	readonly normalized: boolean;
}

export interface NativeTruncation {
	readonly max_length: number;
	readonly strategy: 'LongestFirst' | 'OnlyFirst' | 'OnlySecond';
	readonly stride: number;
}

export interface NativePadding {
	readonly strategy: {
		readonly variant: 'BatchLongest' | 'Fixed';
		readonly content: number | null;
	};
	readonly pad_to_multiple_of: number | null;
}

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
	const normalize = runnable(() => {
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
		const bytes = encodeUtf8(text);
		const result = normalize({ bytes, start: 0, end: bytes.length, origin: null });
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

/** The stride must be shorter than what a text is cut to, which in a pair depends on the other text. */
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

const shortestOfPair = (strategy: NativeTruncation['strategy'], most: number): number =>
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
		const decode = runnable(() => {
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
