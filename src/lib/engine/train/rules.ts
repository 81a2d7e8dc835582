import { fromByteLevel, toByteLevel } from '../structures/byte-level';
import type { MergingRules, PretokenCounts, TrainingRules, TieRule } from './types';

/** Thrown for invalid training rules. */
export class TrainingRuleError extends Error {
	override readonly name = 'TrainingRuleError';

	/** @param rule the rule to change */
	constructor(
		readonly rule: keyof TrainingRules,
		message: string,
		options?: ErrorOptions
	) {
		super(message, options);
	}
}

/** Lists the alphabet's bytes by id: all 256, or the observed bytes in the order of GPT-2's byte alphabet. */
export function trainingAlphabet(
	alphabet: MergingRules['alphabet'],
	counts: PretokenCounts
): Uint8Array {
	const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
	if (alphabet === 'bytes') return all;
	const occurs = new Uint8Array(256);
	const { bytes } = counts;
	for (let i = 0; i < bytes.length; i++) occurs[bytes[i]] = 1;
	const order = (byte: number) => toByteLevel(Uint8Array.of(byte)).charCodeAt(0);
	return all.filter((byte) => occurs[byte] === 1).sort((a, b) => order(a) - order(b));
}

/**
 * Tokens that no merge may produce. In tokenizer.json, which uses GPT-2's byte alphabet, they would look like special
 * tokens.
 */
export class ReservedTokens {
	/** The reserved tokens, written in GPT-2's byte alphabet. */
	readonly #keys: ReadonlySet<string>;
	/** Length in bytes of the longest reserved token; 0 if there are none. */
	readonly maxBytes: number;

	constructor(specialTokens: readonly string[]) {
		const reserved = specialTokens.map(fromByteLevel).filter((bytes) => bytes !== null);
		this.#keys = new Set(reserved.map(toByteLevel));
		this.maxBytes = Math.max(0, ...reserved.map((bytes) => bytes.length));
	}

	/** Whether the parts form a reserved token when concatenated. */
	has(...parts: readonly Uint8Array[]): boolean {
		// A token can be as long as the corpus, so only short tokens are converted to strings.
		const length = parts.reduce((sum, part) => sum + part.length, 0);
		return length <= this.maxBytes && this.#keys.has(parts.map(toByteLevel).join(''));
	}
}

/** @throws TrainingRuleError for invalid rules; Error for an empty corpus */
export function checkMergingRules(
	rules: MergingRules,
	alphabet: Uint8Array,
	counts: PretokenCounts
): void {
	if (counts.ends.length === 0) {
		throw new Error('the corpus is empty; add text and train again');
	}
	const { vocabularySize, minFrequency, maxTokenLength } = rules;
	checkWhole('vocabularySize', 'vocabulary size', vocabularySize, 1);
	checkWhole('minFrequency', 'minimum frequency', minFrequency, 0);
	if (maxTokenLength !== null)
		checkWhole('maxTokenLength', 'maximum token length', maxTokenLength, 1);
	checkSpecialTokens(rules.specialTokens, alphabet);
	const special = rules.specialTokens.length;
	const minSize = alphabet.length + special;
	if (vocabularySize < minSize) {
		throw new TrainingRuleError(
			'vocabularySize',
			`vocabulary size ${vocabularySize} is too small: the alphabet has ${alphabet.length} bytes` +
				(special > 0
					? ` and there ${special === 1 ? 'is 1 special token' : `are ${special} special tokens`}`
					: '') +
				`; choose ${minSize} or more`
		);
	}
}

function checkWhole(rule: keyof MergingRules, name: string, value: number, min: number): void {
	if (Number.isSafeInteger(value) && value >= min) return;
	throw new TrainingRuleError(rule, `${name} ${value}: expected a whole number of at least ${min}`);
}

function checkSpecialTokens(specialTokens: readonly string[], alphabet: Uint8Array): void {
	const seen = new Set<string>();
	for (const token of specialTokens) {
		const shown = JSON.stringify(token);
		if (token === '') throw wrongToken('special token "" is empty; use at least one character');
		if (!token.isWellFormed()) {
			throw wrongToken(
				`special token ${shown} contains a lone surrogate, which has no UTF-8; remove it`
			);
		}
		if (seen.has(token)) throw wrongToken(`special token ${shown} is given twice; remove one`);
		seen.add(token);
		const bytes = fromByteLevel(token);
		if (bytes?.length === 1 && alphabet.includes(bytes[0])) {
			throw wrongToken(
				`special token ${shown} is how the alphabet writes a byte; choose a longer one`
			);
		}
	}
}

const wrongToken = (message: string) => new TrainingRuleError('specialTokens', message);

/** Exceeds the size of any vocabulary that can be trained. Two ids below this limit fit in one safe integer. */
export const MAX_IDS = 2 ** 26;

/** The two token ids of each pair, indexed by pair. The arrays may be replaced by longer ones at any time. */
interface PairIds {
	readonly left: ArrayLike<number>;
	readonly right: ArrayLike<number>;
}

/**
 * Creates a function that computes a pair's key for the tie-breaking rule: among pairs with equal counts, the pair with
 * the smallest key is merged first.
 * @param firstSeen returns a key for a pair; keys ascend in the order in which pairs first occur in the current tokens
 */
export function createTieKey(
	ties: TieRule,
	pairs: PairIds,
	firstSeen: (pair: number) => number
): (pair: number) => number {
	return ties === 'huggingface'
		? (pair) => pairs.left[pair] * MAX_IDS + pairs.right[pair]
		: firstSeen;
}
