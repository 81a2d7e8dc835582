import { fromByteLevel, toByteLevel } from '../structures/byte-level';
import type { MergingRules, PretokenCounts, TrainingRules } from './types';

/** Rules that cannot be followed. The message says what was found, what was expected and what to do. */
export class TrainingRuleError extends Error {
	override readonly name = 'TrainingRuleError';

	/** @param rule the one to change */
	constructor(
		readonly rule: keyof TrainingRules,
		message: string,
		options?: ErrorOptions
	) {
		super(message, options);
	}
}

/**
 * Lists the bytes that tokens are made of, in the order of their ids: all 256, or those that occur, in the
 * order of GPT-2's byte alphabet.
 */
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
 * The spellings that no merge may make, because tokenizer.json would write the product like a special
 * token: the bytes that special tokens stand for in GPT-2's byte alphabet.
 */
export class ReservedSpellings {
	/** One character per byte. */
	readonly #spellings: ReadonlySet<string>;
	/** Length of the longest; 0 if there is none. */
	readonly maxBytes: number;

	constructor(specialTokens: readonly string[]) {
		const reserved = specialTokens.map(fromByteLevel).filter((bytes) => bytes !== null);
		this.#spellings = new Set(reserved.map(asKey));
		this.maxBytes = Math.max(0, ...reserved.map((bytes) => bytes.length));
	}

	/** Whether these bytes, one part after the other, are reserved. */
	has(...parts: readonly Uint8Array[]): boolean {
		// Only short ones become a string: a token may be as long as the corpus.
		const length = parts.reduce((sum, part) => sum + part.length, 0);
		return length <= this.maxBytes && this.#spellings.has(parts.map(asKey).join(''));
	}
}

const asKey = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** @throws TrainingRuleError for invalid rules; Error for an empty corpus */
export function checkMergingRules(
	rules: MergingRules,
	alphabet: Uint8Array,
	counts: PretokenCounts
): void {
	if (counts.ends.length === 0) {
		throw new Error('the corpus is empty: expected text to learn from, so give some');
	}
	const { vocabularySize, minFrequency, maxTokenLength } = rules;
	checkWhole('vocabularySize', 'vocabulary size', vocabularySize, 1);
	checkWhole('minFrequency', 'minimum frequency', minFrequency, 0);
	if (maxTokenLength !== null)
		checkWhole('maxTokenLength', 'maximum token length', maxTokenLength, 1);
	checkSpecialTokens(rules.specialTokens, alphabet);
	const least = alphabet.length + rules.specialTokens.length;
	if (vocabularySize < least) {
		const special = rules.specialTokens.length;
		throw new TrainingRuleError(
			'vocabularySize',
			`vocabulary size ${vocabularySize} is too small: the alphabet has ${alphabet.length} bytes` +
				(special > 0
					? ` and there ${special === 1 ? 'is 1 special token' : `are ${special} special tokens`}`
					: '') +
				`, so ask for ${least} or more`
		);
	}
}

function checkWhole(rule: keyof MergingRules, name: string, value: number, least: number): void {
	if (Number.isSafeInteger(value) && value >= least) return;
	throw new TrainingRuleError(rule, `${name} ${value}: expected a whole number from ${least} up`);
}

function checkSpecialTokens(specialTokens: readonly string[], alphabet: Uint8Array): void {
	const seen = new Set<string>();
	for (const token of specialTokens) {
		const shown = JSON.stringify(token);
		if (token === '')
			throw wrongToken('special token "" is empty: expected at least one character');
		if (/\p{Cs}/u.test(token)) {
			throw wrongToken(`special token ${shown} has a lone surrogate, which no UTF-8 stands for`);
		}
		if (seen.has(token)) throw wrongToken(`special token ${shown} is given twice: leave one out`);
		seen.add(token);
		const bytes = fromByteLevel(token);
		if (bytes?.length === 1 && alphabet.includes(bytes[0])) {
			throw wrongToken(
				`special token ${shown} is how the alphabet writes a byte of the text: choose a longer one`
			);
		}
	}
}

const wrongToken = (message: string) => new TrainingRuleError('specialTokens', message);
