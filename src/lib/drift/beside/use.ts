import type { Tokenizer } from '../../engine';
import { outcomeOfIds } from '../compare-output';
import { CLEAN_UPS } from '../edits/apply';
import { describeWitness } from '../messages';
import { inTransformers, nothing, silent, type Change, type FolderPair } from './folders';
import {
	BOS_AND_EOS,
	CLEAN_UP,
	describeLength,
	describePadding,
	describeTruncation,
	NO_DIFFERENCE,
	SAME,
	SPLIT_SPECIAL
} from './messages';
import type { LoadedTokenizer } from './transformers';
import { equalNumbers } from '../equal';

type Side = LoadedTokenizer['paddingSide'];

/** A's tokenizer in transformers, and the side on which it pads with B's setting. */
export interface UsedTokenizer {
	/** `null` if the lab cannot run it. */
	readonly tokenizer: Tokenizer | null;
	readonly pad: LoadedTokenizer['roles']['pad_token'];
	readonly paddingSides: readonly [a: Side, b: Side];
}

/** Compares how a tokenizer is used: special tokens in texts, clean-up, padding and truncation. */
export function compareUse(pair: FolderPair, used: UsedTokenizer): void {
	const { a, b } = pair;
	const file = 'tokenizer_config.json';
	const add = (field: string, change: () => Change) => {
		if (pair.differ(file, field)) pair.add(file, field, change());
	};
	add('split_special_tokens', () =>
		a.split_special_tokens === b.split_special_tokens
			? nothing('formatting-only', SAME)
			: splitSpecial(used.tokenizer, a.split_special_tokens)
	);
	add('clean_up_tokenization_spaces', () =>
		a.clean_up_tokenization_spaces === b.clean_up_tokenization_spaces
			? nothing('formatting-only', SAME)
			: cleanUp(used.tokenizer, a.clean_up_tokenization_spaces)
	);
	add('padding_side', () => comparePadding(used));
	add('truncation_side', () => {
		const [sideA, sideB] = [a.truncation_side ?? 'right', b.truncation_side ?? 'right'];
		return sideA === sideB
			? nothing('formatting-only', SAME)
			: silent('batches', describeTruncation(sideA, sideB));
	});
	add('model_max_length', () =>
		a.model_max_length === b.model_max_length
			? nothing('formatting-only', SAME)
			: silent('batches', describeLength(a.model_max_length, b.model_max_length))
	);
	for (const field of ['add_bos_token', 'add_eos_token']) {
		add(field, () => nothing('harmless', BOS_AND_EOS));
	}
}

function splitSpecial(tokenizer: Tokenizer | null, inA: boolean): Change {
	const sentence = SPLIT_SPECIAL(inA ? 'A' : 'B');
	if (!tokenizer) return silent('ids', sentence);
	for (const { content, special } of tokenizer.spec.added_tokens) {
		if (!special) continue;
		const outcomes = (['parse', 'text'] as const).map((mode) =>
			outcomeOfIds(tokenizer, [...tokenizer.encode(content, { special: mode }).ids])
		);
		if (equalNumbers(outcomes[0].ids, outcomes[1].ids)) continue;
		const witness = inTransformers('encode', [content], inA ? outcomes.toReversed() : outcomes);
		return silent('ids', `${sentence} ${describeWitness(witness)}`, witness);
	}
	return nothing('harmless', `${sentence} ${NO_DIFFERENCE}`);
}

/** A decoded text as transformers cleans it up. */
export const cleanedUp = (text: string): string =>
	CLEAN_UPS.reduce((cleaned, [from, to]) => cleaned.replaceAll(from, to), text);

function cleanUp(tokenizer: Tokenizer | null, inA: boolean): Change {
	const sentence = CLEAN_UP(inA ? 'A' : 'B');
	if (!tokenizer) return silent('text', sentence);
	for (const [spaced] of CLEAN_UPS) {
		const input = `x${spaced}`;
		const { ids, text } = outcomeOfIds(tokenizer, [...tokenizer.encode(input).ids]);
		if (cleanedUp(text) === text) continue;
		const outcomes = [text, cleanedUp(text)].map((one) => ({ ids, text: one }));
		const witness = inTransformers('decode', [input], inA ? outcomes.toReversed() : outcomes);
		return silent('text', `${sentence} ${describeWitness(witness)}`, witness);
	}
	return nothing('harmless', `${sentence} ${NO_DIFFERENCE}`);
}

export function comparePadding({ tokenizer, pad, paddingSides: [a, b] }: UsedTokenizer): Change {
	if (a === b) return nothing('formatting-only', SAME);
	const sentence = describePadding(a, b, pad !== null);
	if (!pad) return nothing('harmless', sentence);
	return paddedDifferently(tokenizer, [a, pad.id], [b, pad.id], sentence);
}

const BATCH = ['Hello', 'Hello world, hello'];

/** Shows a short text beside a longer one, padded in two ways. */
export function paddedDifferently(
	tokenizer: Tokenizer | null,
	a: readonly [Side, id: number],
	b: readonly [Side, id: number],
	sentence: string
): Change {
	if (!tokenizer) return silent('batches', sentence);
	const [short, long] = BATCH.map((text) => [
		...tokenizer.encode(text, { special: 'parse', addSpecialTokens: true }).ids
	]);
	if (short.length >= long.length) return silent('batches', sentence);
	const outcomes = [a, b].map(([side, id]) => {
		const padding = Array<number>(long.length - short.length).fill(id);
		return outcomeOfIds(
			tokenizer,
			side === 'left' ? [...padding, ...short] : [...short, ...padding]
		);
	});
	const witness = inTransformers('encode-batch', BATCH, outcomes, true);
	return silent('batches', `${sentence} ${describeWitness(witness)}`, witness);
}
