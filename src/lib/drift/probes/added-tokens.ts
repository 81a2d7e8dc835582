import type { AddedTokenSpec, NormalizerSpec, TokenizerSpec } from '../../engine';
import { normalizerSteps } from '../../engine/stages';
import { spread } from '../sampling';

/**
 * Contexts that reveal a token's `single_word`, `lstrip` and `rstrip` flags, and whether neighbouring tokens are
 * recognised.
 */
const AROUND: readonly ((token: string) => string)[] = [
	(token) => token,
	(token) => `a${token}b`,
	(token) => `a ${token} b`,
	(token) => ` ${token} `,
	(token) => token + token,
	(token) => `${token} ${token}`,
	(token) => `${token}\n\nHi`,
	(token) => `Hi\n${token}\n`,
	(token) => `\t${token}\t`,
	(token) => `\u00a0${token}\u3000`,
	(token) => `é${token}中`,
	(token) => `1${token}2`,
	(token) => `_${token}_`,
	(token) => `.${token}.`,
	(token) => `<${token}>`,
	(token) => `Hello${token}`,
	(token) => `${token}Hello world`
];

/** Chats in the formats of well-known model families. */
export const CHATS: readonly string[] = [
	'<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n',
	'<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n',
	'<|start|>user<|message|>Hi<|end|><|start|>assistant',
	'<bos><start_of_turn>user\nHi<end_of_turn>\n<start_of_turn>model\n',
	'<s>[INST] Hi [/INST]',
	'<|user|>\nHi<|end|>\n<|assistant|>\n',
	'<｜begin▁of▁sentence｜><｜User｜>Hi<｜Assistant｜>'
];

const MAX_UNCHANGED = 48;
/** Maximum number of pairs of tokens to try, adjacent and overlapping. */
const MAX_PAIRS = 40_000;

/** Contents of added tokens that only one side has, or whose ids or flags differ. */
function changedAddedTokens(a: TokenizerSpec, b: TokenizerSpec): string[] {
	const key = (token: AddedTokenSpec) => JSON.stringify(Object.entries(token).sort());
	const [inA, inB] = [a, b].map(
		({ added_tokens }) => new Map(added_tokens.map((token) => [token.content, key(token)]))
	);
	return [...new Set([...inA.keys(), ...inB.keys()])].filter(
		(content) => inA.get(content) !== inB.get(content)
	);
}

/** Texts with added tokens: alone, within text, adjacent, overlapping, and spelled differently. */
export function* addedTokenProbes(
	a: TokenizerSpec,
	b: TokenizerSpec,
	maxChanged: number
): Generator<string> {
	const changed = changedAddedTokens(a, b).slice(0, maxChanged);
	const all = [...new Set([...a.added_tokens, ...b.added_tokens].map(({ content }) => content))];
	const unchanged = spread(
		all.filter((content) => !changed.includes(content)),
		MAX_UNCHANGED
	);
	for (const chat of CHATS) if (all.some((content) => chat.startsWith(content))) yield chat;
	const some = [...changed, ...unchanged];
	for (const around of AROUND) for (const content of some) yield around(content);
	for (const content of some) yield* variants(content, a.normalizer, b.normalizer);
	let pairs = 0;
	for (const content of changed.length > 0 ? changed : unchanged) {
		for (const other of all) {
			if (pairs++ > MAX_PAIRS) return;
			yield* together(content, other);
		}
	}
}

/** Combines two tokens in both orders, adjacent and with every possible overlap. */
function* together(one: string, other: string): Generator<string> {
	yield one + other;
	yield other + one;
	for (const [left, right] of [
		[one, other],
		[other, one]
	]) {
		for (let shared = 1; shared < Math.min(left.length, right.length, 24); shared++) {
			if (!left.endsWith(right.slice(0, shared))) continue;
			const both = left + right.slice(shared);
			yield both;
			yield `x ${both} y`;
		}
	}
}

/**
 * Texts that a normalizer might produce from a token or turn into one: other letter cases, normal forms or characters.
 */
function* variants(
	content: string,
	...normalizers: readonly (NormalizerSpec | null)[]
): Generator<string> {
	yield content.slice(1);
	yield content.slice(0, -1);
	if (normalizers.every((normalizer) => normalizer === null)) return;
	yield content.toUpperCase();
	yield content.toLowerCase();
	for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) yield content.normalize(form);
	// NFKC turns fullwidth forms into ASCII.
	yield content.replace(/[!-~]/g, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0));
	for (const step of normalizers.flatMap(normalizerSteps)) {
		if (step.type === 'Prepend') {
			yield step.prepend + content;
			if (content.startsWith(step.prepend)) yield content.slice(step.prepend.length);
		}
		if (step.type !== 'Replace' || !('String' in step.pattern)) continue;
		const { String: from } = step.pattern;
		if (step.content !== '') yield content.replaceAll(step.content, from);
		if (from !== '') yield content.replaceAll(from, step.content);
	}
	yield `a ${content.toUpperCase()} b`;
}
