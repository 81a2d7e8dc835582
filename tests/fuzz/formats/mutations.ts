/** Mutates valid files according to their structure: values in JSON, lines, and lengths and types in binary formats. */

export type Random = (below: number) => number;

export interface Mutation {
	readonly bytes: Uint8Array;
	/** Description of the change, for reporting a failure. */
	readonly did: string;
}

const encoder = new TextEncoder();
const pick = <T>(items: readonly T[], random: Random): T => items[random(items.length)];

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** JSON text that no tokenizer should contain, such as numbers beyond every limit and prototype keys. */
const HOSTILE = [
	...['null', 'true', '-1', '0', '0.5', '1e300', '-0', '4294967296', '9007199254740993'],
	...['16777215'],
	...['""', '"a"', '"\\ud800"', '"\\u0000"', '"\\u001b[31m"', '"__proto__"', '[]', '{}', '[null]'],
	...['{"__proto__":{"a":1}}', '{"constructor":{"prototype":{}}}', '{"type":"Sequence"}'],
	...['{"type":"WordPiece"}', '{"Regex":"(a+)+$"}', '{"Regex":"[z-a]"}', '{"String":""}'],
	'["a","b"]'
];
/** Values so large that they are created on demand. */
const BOMBS: readonly (() => string)[] = [
	() => nested(1000),
	() => nested(200_000),
	() => `"${'a'.repeat(1 << 20)}"`,
	() => `[${'0,'.repeat(500_000)}0]`,
	() => `{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":${i}`).join(',')}}`,
	() => `{"type":"Sequence","normalizers":${nested(126)}}`
];

/** Changes one to three places in a JSON value. */
export function mutateJson(value: unknown, random: Random): Mutation {
	// Use BOMBS rarely, because most of these values are larger than the whole file.
	const hostile = () => (random(40) === 0 ? pick(BOMBS, random)() : pick(HOSTILE, random));
	let text = JSON.stringify(value);
	const did: string[] = [];
	for (let times = 1 + random(3); times > 0; times--) {
		const values = [
			...text.matchAll(/"(?:[^"\\]|\\.)*"(?=[,\]}])|-?\d[\d.eE+-]*|true|false|null|\[\]|\{\}/g)
		];
		const keys = [...text.matchAll(/"(?:[^"\\]|\\.)*"(?=:)/g)];
		const structures = [...text.matchAll(/[[\]{},:]/g)];
		const kind = pick(['value', 'value', 'key', 'structure', 'cut', 'repeat'] as const, random);
		const found = pick(kind === 'key' ? keys : kind === 'structure' ? structures : values, random);
		if (!found) break;
		const contents = {
			value: hostile,
			key: () =>
				pick(['"__proto__"', '"constructor"', '""', '"type"', pick(keys, random)[0]], random),
			structure: () => pick(['', '[', ']', '{', '}', ',', ':'], random),
			cut: () => '',
			repeat: () => pick(values, random)[0]
		};
		const [start, content] = [found.index, contents[kind]()];
		did.push(`${kind} at ${start}: ${found[0].slice(0, 30)} → ${content.slice(0, 30)}`);
		const rest = kind === 'cut' ? '' : text.slice(start + found[0].length);
		text = text.slice(0, start) + content + rest;
	}
	return { bytes: encoder.encode(text), did: did.join('; ') };
}

const HOSTILE_WORDS = [
	...['', ' ', '-1', '0', '1e9', '4194304', '99999999999', 'NaN', '!', '====', 'YQ==', '\u0000'],
	...['Ġ', '#version']
];

/** Maximum length of a word after repetition. Creating a longer word would take more memory than reading it. */
const MAX_WORD_UNITS = 4_000_000;

/** Changes words in one to three lines. */
export function mutateLines(text: string, random: Random): Mutation {
	const lines = text.split('\n');
	const did: string[] = [];
	for (let times = 1 + random(3); times > 0; times--) {
		const at = random(lines.length);
		const words = (lines[at] ?? '').split(' ');
		const word = random(words.length);
		const kind = pick(['word', 'word', 'repeat', 'remove', 'swap', 'long', 'many'], random);
		did.push(`${kind} in line ${at + 1}`);
		if (kind === 'word') words[word] = pick(HOSTILE_WORDS, random);
		if (kind === 'remove') words.splice(word, 1);
		if (kind === 'swap') words.reverse();
		if (kind === 'long') {
			const long = words[word] || 'a';
			const times = random(50) === 0 ? 200_000 : 200;
			words[word] = long.repeat(Math.min(times, Math.ceil(MAX_WORD_UNITS / long.length)));
		}
		lines[at] = words.join(' ');
		if (kind === 'repeat') lines.splice(random(lines.length), 0, lines[at]);
		if (kind === 'many' && random(20) === 0) lines.splice(at, 0, ...lines, ...lines);
	}
	return { bytes: encoder.encode(lines.join('\n')), did: did.join('; ') };
}

/** Hostile values for lengths and types. */
const HOSTILE_NUMBERS = [
	...[0n, 1n, 2n, 9n, 0x7fn, 0xffn, 0xffffn, 0x7fffffffn, 0xffffffffn],
	...[1n << 40n, (1n << 63n) - 1n, (1n << 64n) - 1n]
];

/**
 * Changes one to four places in a binary file. Prefers bytes with small values, because these may belong to lengths or
 * types.
 */
export function mutateBytes(source: Uint8Array, random: Random): Mutation {
	let bytes = source.slice();
	const did: string[] = [];
	for (let times = 1 + random(4); times > 0 && bytes.length > 0; times--) {
		const at = random(3) === 0 ? random(bytes.length) : smallNumber(bytes, random);
		const kind = pick(
			['byte', 'bit', 'number', 'number', 'cut', 'remove', 'insert', 'copy'],
			random
		);
		did.push(`${kind} at ${at}`);
		if (kind === 'byte') bytes[at] = random(256);
		if (kind === 'bit') bytes[at] ^= 1 << random(8);
		if (kind === 'number') {
			const width = pick([1, 4, 8], random);
			const number = pick(HOSTILE_NUMBERS, random);
			for (let i = 0; i < width && at + i < bytes.length; i++) {
				bytes[at + i] = Number((number >> BigInt(8 * i)) & 0xffn);
			}
		}
		if (kind === 'cut' && random(3) === 0) bytes = bytes.slice(0, at);
		if (kind === 'remove') bytes = splice(bytes, at, 1 + random(12), new Uint8Array(0));
		if (kind === 'insert') {
			const inserted = Uint8Array.from({ length: 1 + random(12) }, () => random(256));
			bytes = splice(bytes, at, 0, inserted);
		}
		if (kind === 'copy') {
			const from = random(bytes.length);
			bytes = splice(bytes, at, 0, bytes.slice(from, from + 1 + random(200)));
		}
	}
	return { bytes, did: did.join('; ') };
}

/** Offset of a random byte, preferably with a value below 32, because small values may belong to lengths or types. */
function smallNumber(bytes: Uint8Array, random: Random): number {
	for (let tries = 0; tries < 50; tries++) {
		const at = random(bytes.length);
		if (bytes[at] < 32) return at;
	}
	return random(bytes.length);
}

const splice = (bytes: Uint8Array, at: number, removed: number, inserted: Uint8Array) =>
	new Uint8Array(Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + removed)]));
