import { fromByteLevel } from '../../../src/lib/engine/structures/byte-level';
import { pick, randomFrom, type Random } from '../../support/random-texts';
import { split } from '../../support/spec-parts';
import { mergeParts } from '../merges';
import type { Mutation, TokenizerJson } from '../types';
import { preTokenizerMutations } from './pre-tokenizers';
import { change, stepsOf, withSteps } from './stage-steps';

/** Class of the mutations here. */
export const JOINED = 'joined characters';

const isContinuation = (byte: number | undefined): boolean =>
	byte !== undefined && (byte & 0xc0) === 0x80;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bytes as text; `null` if they are not UTF-8. */
function textOf(bytes: Uint8Array): string | null {
	try {
		return decoder.decode(bytes);
	} catch {
		return null;
	}
}

/** Whether a token begins with the end of a character and ends with the beginning of another. */
function joinsCharacters(bytes: Uint8Array): boolean {
	const last = bytes.findLastIndex((byte) => !isContinuation(byte));
	return isContinuation(bytes[0]) && last > 0 && textOf(bytes.subarray(last)) === null;
}

const isWithinCharacter = (bytes: Uint8Array): boolean =>
	bytes.every((byte, i) => i === 0 || isContinuation(byte));

/**
 * A byte-level file whose only tokens of several characters begin and end with parts of one; the others are parts of
 * characters or whole ones. `null` if no such token is left.
 */
export function joinedFile(file: TokenizerJson): TokenizerJson | null {
	const bytesOf = (token: string) => fromByteLevel(token) ?? new Uint8Array();
	const kept = new Set(Object.keys(file.model.vocab).filter((token) => token.length === 1));
	const merges = file.model.merges.filter((merge) => {
		const parts = mergeParts(merge);
		const bytes = bytesOf(parts.join(''));
		if (!parts.every((part) => kept.has(part))) return false;
		if (!isWithinCharacter(bytes) && !joinsCharacters(bytes)) return false;
		kept.add(parts.join(''));
		return true;
	});
	if (![...kept].some((token) => joinsCharacters(bytesOf(token)))) return null;
	const vocab = Object.fromEntries([...kept].map((token, id) => [token, id]));
	return { ...file, model: { ...file.model, vocab, merges } };
}

/** Characters by the last bytes, and by the first bytes, of their UTF-8. */
const characters = { ends: new Map<string, string[]>(), begins: new Map<string, string[]>() };

function charactersByBytes() {
	const add = (map: Map<string, string[]>, bytes: Uint8Array, character: string) => {
		const list = map.get(String(bytes)) ?? [];
		list.push(character);
		map.set(String(bytes), list);
	};
	if (characters.ends.size > 0) return characters;
	for (let code = 0x80; code < 0x20000; code++) {
		if (code >= 0xd800 && code < 0xe000) continue;
		const character = String.fromCodePoint(code);
		const bytes = Uint8Array.from(Buffer.from(character));
		for (let length = 1; length < bytes.length; length++) {
			add(characters.ends, bytes.subarray(-length), character);
			add(characters.begins, bytes.subarray(0, length), character);
		}
	}
	return characters;
}

/** Texts with each token that joins characters, of many pairs of characters with its bytes. */
function joinedTexts(file: TokenizerJson, random: Random): string[] {
	const { ends, begins } = charactersByBytes();
	return Object.keys(file.model.vocab).flatMap((token) => {
		const bytes = fromByteLevel(token) ?? new Uint8Array();
		if (!joinsCharacters(bytes)) return [];
		const first = bytes.findIndex((byte) => !isContinuation(byte));
		const last = bytes.findLastIndex((byte) => !isContinuation(byte));
		const middle = textOf(bytes.subarray(first, last));
		const left = ends.get(String(bytes.subarray(0, first))) ?? [];
		const right = begins.get(String(bytes.subarray(last))) ?? [];
		if (middle === null || left.length === 0 || right.length === 0) return [];
		return Array.from({ length: 300 }, (_, i) => {
			const text = pick(random, left) + middle + pick(random, right);
			return i % 3 === 0 ? ` ${text}` : text;
		});
	});
}

/** Classes of which one letter, or one mark, is split off or left out. */
const SPLIT = ['\\p{Lu}', '\\p{Lo}', '\\p{M}', '\\p{P}', '\\p{Nd}', '\\p{Hebrew}', '\\p{Myanmar}'];

/** One of this many other changes of the pre-tokenizer is tried. */
const SHARE = 12;

/** Changes of the pre-tokenizer that show only in tokens that join characters. */
export function joinedMutations(file: TokenizerJson, seed: number): Mutation[] {
	const probes = joinedTexts(file, randomFrom(seed));
	const steps = stepsOf(file, 'pre_tokenizer');
	const first = SPLIT.flatMap((name) =>
		['Isolated', 'MergedWithPrevious', 'MergedWithNext'].map((behavior) =>
			change(JOINED, `pre-tokenizer: ${name} ${behavior} first`, () =>
				withSteps(file, 'pre_tokenizer', [split({ Regex: name }, behavior), ...steps])
			)
		)
	);
	const others = preTokenizerMutations(file).filter(
		({ class: name }) => !['D9', 'refused', 'unread stage', 'formatting'].includes(name)
	);
	// Most edits of a regular expression change no text that has only letters.
	const some = others.filter((_, i) => (i + seed) % SHARE === 0);
	return [...first, ...some].map((mutation) => ({ ...mutation, class: JOINED, probes }));
}
