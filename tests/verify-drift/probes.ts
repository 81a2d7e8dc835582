/** Texts on which two tokenizers may differ, generated from their files. */
import { fromByteLevel } from '../../src/lib/engine/structures/byte-level';
import { pick, randomFrom, randomTexts, type Random } from '../support/random-texts';
import { diverseCharacters, NEWER_THAN_UNICODE_9, WHITE_SPACE } from './characters';
import { mergeParts } from './merges';
import { countsOf, parseRegex, writeMatch } from './regex';
import type { Merge, TokenizerJson } from './types';

/** Contexts for a character. The character replaces `_`. */
const CONTEXTS = [
	...['_', 'a_b', ' _', '_ ', '1_2', 'a _', '_\n', '._!', '__', '_a', ' _b', "'_", 'a__ b'],
	'中_'
];

const RUNS = [..."aZ0 \n\t.-_='!é中م½", '▁', '\u0301', '🎉', '\r\n', ' \n', 'ab', '\u3000'];
const LENGTHS = [
	2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 16, 17, 31, 32, 33, 63, 64, 65, 99, 100, 101, 127, 128, 129, 130,
	255, 256, 257
];

const PHRASES = [
	...['2024-01-31', '31.12.1999', '1/2/03', '12:30:59', '+49 (0)30 1234567', '555-1234'],
	...['(555) 123-4567', 'jane.doe@example.org', 'a@b.co', 'https://example.org/a?b=c#d'],
	...['http://x.y', 'www.example.com', '192.168.0.1', '::1', '#hashtag', '@name', '$1,234.56'],
	...['1e-10', '0xFF', '3.14159', '1,000,000', '50%', 'v1.2.3', 'C++', 'x_y', 'camelCase'],
	...['HTTPServer', "don't", "DON'T", "I'LL we're you'd they've I'm", 'it’s', '*/ /*', 'x */* y'],
	...['/* c */', '// c', '<!-- c -->', '<a href="b">c</a>', '```js\n1\n```', 'a\\nb', '{{x}}'],
	...[':-)', '👩‍👩‍👧', '1️⃣', '#️⃣', '🇩🇪', '👍🏽', 'é', 'e\u0301', 'Å', 'ﬁne', '①②', 'ｆｕｌｌ', '㋿'],
	...['令和', '½', 'def f(x):\n    return x\n', 'a\r\n\r\nb', '\n\n\n', 'a \n b', '  a  '],
	'a\t\tb',
	...[' ', '  ', '', '   \n', '\u3000a', 'The year 2023, 1234567 apples and 3.5% of 10-20.'],
	...['I said: "No!" ... and left.', 'foo(bar[0], "baz");']
];

let common: readonly string[] | null = null;

/** Texts to try on every pair: characters in context, repeated strings, and random sequences of characters. */
function commonProbes(): readonly string[] {
	const random = randomFrom(29);
	const characters = diverseCharacters();
	const texts: string[] = [...PHRASES, ...PHRASES.map((phrase) => `a ${phrase} b`)];
	for (const space of WHITE_SPACE) {
		for (const context of CONTEXTS) texts.push(context.replaceAll('_', space));
		for (const other of [' ', '\n', '\t', '\u3000', '\r\n']) {
			texts.push(`a${space}${other}b`, `a${other}${space}b`);
			texts.push(`x${space.repeat(3)}${other}`, `${space}${other}1`);
		}
	}
	for (const [i, character] of characters.entries()) {
		texts.push(character, `a${character}b`, ` ${character}`, character + pick(random, characters));
		for (let j = 0; j < 3; j++) {
			texts.push(CONTEXTS[(i + j * 5) % CONTEXTS.length].replaceAll('_', character));
		}
	}
	for (const character of NEWER_THAN_UNICODE_9) {
		for (const context of CONTEXTS) texts.push(context.replaceAll('_', character));
	}
	for (const run of RUNS) for (const length of LENGTHS) texts.push(run.repeat(length));
	for (const length of [300, 513, 1025, 2100]) {
		for (const run of [...'a 1.é']) texts.push(run.repeat(length));
	}
	texts.push(...randomTexts(7, 4500), ...randomTexts(8, 500, 60));
	while (texts.length < MIN_COMMON_TEXTS) {
		const length = 1 + Math.floor(random() * 6);
		texts.push(Array.from({ length }, () => pick(random, characters)).join(''));
	}
	return texts.map((text) => text.toWellFormed());
}

/** Large enough that each pair is tried on more than 20,000 texts, including those generated from its files. */
const MIN_COMMON_TEXTS = 18_000;

/** Texts to try on every pair that has `file` on one side. The texts are the same in every run. */
export function baseProbes(file: TokenizerJson): string[] {
	const random = randomFrom(31);
	const own = [
		...addedTokenTexts(file, random),
		...patternTexts(file, random, 2500),
		...vocabularyTexts(file, random)
	];
	common ??= commonProbes();
	return shuffled([...common, ...own.map((text) => text.toWellFormed())], random);
}

function shuffled<T>(items: T[], random: Random): T[] {
	for (let i = items.length - 1; i > 0; i--) {
		const j = Math.floor(random() * (i + 1));
		[items[i], items[j]] = [items[j], items[i]];
	}
	return items;
}

const TOKEN_CONTEXTS = [
	...['@', ' @', '@ ', 'a@b', 'a @ b', '@@', '@\n', '  @  x', '\n@\u3000', '@.', '1@1'],
	...['_@_', 'é@中']
];

/** Inserts text into each context in place of `@`. */
const inContexts = (contexts: readonly string[], text: string): string[] =>
	contexts.map((context) => context.replaceAll('@', () => text));

/** Added tokens alone, in pairs, inside text, shortened and overlapping each other. */
function addedTokenTexts({ added_tokens }: TokenizerJson, random: Random): string[] {
	const contents = added_tokens.map(({ content }) => content);
	const texts: string[] = [];
	const some =
		contents.length > 120 ? [...contents.slice(0, 60), ...contents.slice(-60)] : contents;
	for (const token of some) {
		texts.push(...inContexts(TOKEN_CONTEXTS, token));
		texts.push(token.toUpperCase(), token.toLowerCase());
		texts.push(` a${token.slice(0, -1)} b`, token.slice(1));
		texts.push(
			...inContexts(['@Hello', 'Hi @\t@', '\u00a0@\u0085'], token),
			token.normalize('NFKC')
		);
		for (let i = 0; i < 3; i++) {
			const other = pick(random, contents);
			texts.push(token + other, `${token} ${other}`);
			texts.push(token.slice(0, -1) + other, `x${token}\n${other}y`);
		}
	}
	for (const token of contents) {
		if (!some.includes(token)) texts.push(`a${token} b`);
		const last = token.at(-1) ?? '';
		for (const other of some) {
			if (other !== token && other.startsWith(last))
				texts.push(token + other.slice(1), `x ${token}${other.slice(1)} y`);
			if (texts.length > 9000) return texts;
		}
	}
	return texts;
}

/** All strings in certain fields, anywhere in a stage. */
function stringsOf(stage: unknown, fields: readonly string[]): string[] {
	if (Array.isArray(stage)) return stage.flatMap((step) => stringsOf(step, fields));
	if (typeof stage !== 'object' || stage === null) return [];
	return Object.entries(stage).flatMap(([key, value]) =>
		typeof value === 'string' && fields.includes(key) ? [value] : stringsOf(value, fields)
	);
}

/** All regular expressions anywhere in a stage. */
export const patternsOf = (stage: unknown): string[] => stringsOf(stage, ['Regex']);

/** Strings that match the patterns and literals in the stages. */
function patternTexts(file: TokenizerJson, random: Random, count: number): string[] {
	const characters = diverseCharacters();
	const stages = [file.normalizer, file.pre_tokenizer, file.decoder];
	const nodes = patternsOf(stages).flatMap((pattern) => {
		try {
			return [parseRegex(pattern)];
		} catch {
			// The parser does not support this pattern, so rely on the other probes.
			return [];
		}
	});
	const texts: string[] = [];
	for (const literal of stringsOf(stages, ['String', 'content', 'prepend', 'replacement'])) {
		for (const context of CONTEXTS) texts.push(context.replaceAll('_', literal));
	}
	if (nodes.length === 0) return texts;
	const bounds = new Set(nodes.flatMap(countsOf).filter((bound) => bound < 3000));
	for (const bound of bounds) {
		for (const run of RUNS)
			for (const more of [-1, 0, 1, 2, bound + 1])
				texts.push(run.repeat(Math.max(1, bound + more)));
		texts.push(...runsOfEntries(file, random, bound));
	}
	for (let i = 0; i < count; i++) {
		const write = () => writeMatch(pick(random, nodes), random, characters).slice(0, 600);
		const text = Array.from({ length: 1 + Math.floor(random() * 3) }, write).join(
			pick(random, ['', '', ' ', '\n'])
		);
		texts.push(text, `x${text}`, `${text}1 y`);
	}
	return texts;
}

/**
 * Texts made of vocabulary entries and longer than a repetition bound. The bound affects the ids only if it is reached
 * inside a token.
 */
function runsOfEntries(file: TokenizerJson, random: Random, bound: number): string[] {
	const entries = Object.keys(file.model.vocab)
		.slice(0, 4000)
		.map((entry) => entryText(file, entry));
	const kinds = [
		...[/^\p{L}{2,}$/u, /^[a-z]{3,5}$/, /^\p{N}+$/u, /^[^\s\p{L}\p{N}]{2,}$/u],
		...[/^\s+$/, /^[A-Z]{2,}$/]
	];
	return kinds.flatMap((kind) => {
		const some = entries.filter((text) => kind.test(text));
		if (some.length === 0) return [];
		return Array.from({ length: 8 }, (_, i) => {
			const one = pick(random, some);
			// Every second text begins with a token that lacks its first character. This shifts the tokens after it, so
			// that the bound is more likely to be reached inside one of them.
			let text = (i % 4 < 2 ? '' : ' ') + (i % 2 === 0 ? '' : one.slice(1));
			while (text.length < bound + 12) text += i < 4 ? one : pick(random, some);
			return text;
		});
	});
}

/** Text that a vocabulary entry stands for. */
export function entryText(file: TokenizerJson, entry: string): string {
	const byteLevel = JSON.stringify(file.pre_tokenizer ?? '').includes('"ByteLevel"');
	if (byteLevel) {
		const bytes = fromByteLevel(entry);
		if (bytes) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
	}
	return entry.replaceAll('▁', ' ');
}

/** Texts that may move a pre-token boundary when placed before, inside or after a token. */
const NEIGHBOURS = [
	...[' ', '  ', '\n', '\r\n', '\t', '1', '12', 'a', 'A', '.', '\u3000', '\u2009', '\u0085', 'é'],
	...['_', '-', '\u0301', '\u200d', '中', '½', '٣', '/', "'", '(', '’']
];
const CONTRACTIONS = [
	...["'s", "'t", "'re", "'ve", "'m", "'ll", "'d", "'S", "'T", "'RE", "'Ve", "'M", "'LL", "'D"],
	"'ſ"
];

/**
 * Vocabulary entries alone and in context. A pre-token boundary affects the ids only if, without it, a token would
 * cross it.
 */
function vocabularyTexts(file: TokenizerJson, random: Random): string[] {
	const entries = Object.keys(file.model.vocab);
	const texts: string[] = [];
	const some = Array.from({ length: Math.min(entries.length, 1800) }, (_, i) =>
		entryText(file, entries[Math.floor((i * entries.length) / Math.min(entries.length, 1800))])
	);
	for (const text of some) {
		texts.push(text, text + pick(random, some), `${text} ${pick(random, some).trim()}`);
		for (let i = 0; i < 2; i++)
			texts.push(pick(random, NEIGHBOURS) + text, text + pick(random, NEIGHBOURS));
		if (text.length > 1) {
			const middle = 1 + Math.floor(random() * (text.length - 1));
			texts.push(text.slice(0, middle) + pick(random, NEIGHBOURS) + text.slice(middle));
		}
	}
	const words = some.filter((text) => /^[a-z]{2,}$/i.test(text));
	for (const word of words.slice(0, 120)) {
		for (const contraction of CONTRACTIONS)
			texts.push((random() < 0.5 ? 'I' : '') + contraction + word);
	}
	for (const space of WHITE_SPACE) {
		for (let i = 0; i < 12; i++) {
			const word = pick(random, words.length > 0 ? words : ['the']);
			const other = pick(random, [' ', '\n', '\r\n', '\t', '  ', '!', '1', '...', '\n\n']);
			texts.push(space + word, `${space} ${word}`, ` ${space}${word}`);
			texts.push(word + space + other + word, word + other + space + word);
			texts.push(other + other + space + other);
		}
	}
	return texts;
}

/** Texts that target the vocabulary entries, merges, added tokens and patterns that differ between two files. */
export function differenceProbes(a: TokenizerJson, b: TokenizerJson): string[] {
	const random = randomFrom(57);
	const texts: string[] = [];
	for (const file of [a, b]) {
		if (JSON.stringify(a.added_tokens) !== JSON.stringify(b.added_tokens)) {
			const other = file === a ? b : a;
			const same = new Set(other.added_tokens.map((token) => JSON.stringify(token)));
			const changed = file.added_tokens.filter((token) => !same.has(JSON.stringify(token)));
			texts.push(...addedTokenTexts({ ...file, added_tokens: changed.slice(0, 200) }, random));
		}
	}
	const stagesDiffer = (['normalizer', 'pre_tokenizer', 'decoder'] as const).some(
		(name) => JSON.stringify(a[name]) !== JSON.stringify(b[name])
	);
	if (stagesDiffer) texts.push(...patternTexts(b, random, 2000));
	texts.push(...entryProbes(a, b, changedEntries(a, b)));
	return texts.map((text) => text.toWellFormed());
}

/**
 * Vocabulary entries with different ids, the products of merges that differ or have moved, and strings in which two of
 * these merges compete for the same token.
 */
function changedEntries(a: TokenizerJson, b: TokenizerJson): string[] {
	const changed = new Set<string>();
	const idsOfB = b.model.vocab;
	for (const [entry, id] of Object.entries(a.model.vocab)) {
		if (!Object.hasOwn(idsOfB, entry) || idsOfB[entry] !== id) changed.add(entry);
		if (changed.size > 3000) break;
	}
	for (const entry of Object.keys(idsOfB)) {
		if (!Object.hasOwn(a.model.vocab, entry)) changed.add(entry);
		if (changed.size > 5000) break;
	}
	const listA = a.model.merges;
	const listB = b.model.merges;
	if (!Array.isArray(listA) || !Array.isArray(listB)) return [...changed];
	const same = sameLength(listA, listB);
	const most = Math.min(listA.length, listB.length) - same;
	const end = Math.min(most, sameLength(listA.toReversed(), listB.toReversed()));
	const moved = [listA, listB].flatMap((list) => {
		const middle = list.slice(same, list.length - end);
		return middle.length > 800 ? [...middle.slice(0, 400), ...middle.slice(-400)] : middle;
	});
	const pairs = moved.map(mergeParts);
	for (const [left, right] of pairs) changed.add(left + right);
	for (const [left, right] of pairs.slice(0, 60)) {
		for (const [otherLeft, otherRight] of pairs.slice(0, 60)) {
			if (right === otherLeft) changed.add(left + right + otherRight);
			if (left === otherRight) changed.add(otherLeft + left + right);
		}
	}
	return [...changed];
}

const sameMerge = (one: unknown, other: unknown): boolean =>
	one === other ||
	(Array.isArray(one) && Array.isArray(other) && one[0] === other[0] && one[1] === other[1]);

/** Number of merges before the first difference. */
function sameLength(one: readonly Merge[], other: readonly Merge[]): number {
	const at = one.findIndex((merge, i) => !sameMerge(merge, other[i]));
	return at < 0 ? one.length : at;
}

function entryProbes(a: TokenizerJson, b: TokenizerJson, entries: readonly string[]): string[] {
	if (entries.length === 0) return [];
	const texts: string[] = [];
	const random = randomFrom(77);
	const letters = [...'aeinorstl ET0.\n'];
	for (const entry of entries) {
		const text = entryText(a, entry);
		texts.push(text, ` ${text}`, `a${text}`, `${text}s`, text + text, `x ${text} y`);
		if (entries.length < 500)
			for (const letter of letters) texts.push(letter + text, text + letter);
	}
	// Add longer tokens that contain a changed entry, because they place the entry next to its usual neighbours.
	const few = entries.slice(0, 40);
	let found = 0;
	for (const file of [a, b]) {
		for (const token of Object.keys(file.model.vocab)) {
			if (found > 4000) break;
			if (few.some((entry) => token.length > entry.length && token.includes(entry))) {
				const text = entryText(file, token);
				texts.push(text, ` ${text}`, `${text} ${pick(random, letters)}`);
				found++;
			}
		}
	}
	return texts;
}
