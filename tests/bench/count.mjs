// Speed of the packaged `bpe-lab count`, and the memory it takes for input without an end.
import { join } from 'node:path';
import { corpora } from './corpora.mjs';
import { median } from './table.mjs';
import { expectAtMost } from './targets.mjs';
import { measure } from './whole-process.mjs';

const MAX_MEGABYTES = 300;
const CHUNK_UNITS = 1 << 16;
/** Length up to which the memory for a line is within the bound. */
const RECORD_UNITS = 4_100_000;

let words = 0;
const newWord = () => (words++ + 60_466_176).toString(36);

/** Chunks of text without an end. */
function* chunksOf(part) {
	for (;;) {
		let chunk = '';
		while (chunk.length < CHUNK_UNITS) chunk += part();
		yield chunk;
	}
}

/** JSON lines of new words, with a character that makes their strings wide. */
function* records() {
	for (;;) {
		let text = '日';
		while (text.length < RECORD_UNITS) text += `${newWord()} `;
		yield `${JSON.stringify({ text })}\n`;
	}
}

/** The first bytes of endless text. */
function* take(chunks, bytes) {
	for (let read = 0; read < bytes;) {
		const chunk = chunks.next().value;
		read += chunk.length;
		yield chunk;
	}
}

/** Inputs that could go on, by what is hard about them. `megabytes`: how much is read, `isRefused`: before its end. */
const ENDLESS = {
	'ever new words': { text: chunksOf(() => `${newWord()}\n`), megabytes: 64 },
	'ever new long words': {
		text: chunksOf(() => `${newWord()}${'-long'.repeat(50)}\n`),
		megabytes: 256
	},
	'a line of new words without an end': { text: chunksOf(() => `${newWord()} `), megabytes: 64 },
	'JSON lines of 4 MB': { options: ['--ndjson', 'text'], text: records(), megabytes: 64 },
	'a JSON line without an end': {
		options: ['--ndjson', 'text'],
		text: chunksOf(() => '{"text":"'),
		megabytes: 128,
		isRefused: true
	},
	'a word without an end': { text: chunksOf(() => 'word'), megabytes: 64, isRefused: true }
};

export async function benchCount(bin, folder, { rounds, quick }) {
	const { file, bytes } = corpora().at(quick ? 1 : 2);
	const results = [];
	for (let round = 0; round < rounds; round++) {
		results.push(await measure([bin, 'count', '--out', join(folder, 'counts'), file]));
	}
	const perSecond = bytes / 1e6 / median(results.map(({ wall }) => wall));
	console.log(
		`count --out on ${(bytes / 1e6).toFixed(0)} MB of text: ${perSecond.toFixed(1)} MB/s`
	);
	const memory = [['text', Math.max(...results.map(({ megabytes }) => megabytes))]];
	for (const [name, { options = [], text, megabytes, isRefused }] of Object.entries(ENDLESS)) {
		const input = take(text, (quick ? megabytes / 4 : megabytes) * 1e6);
		const out = ['--out', join(folder, 'counts')];
		const result = await measure(
			[bin, 'count', ...options, ...out],
			{},
			{ input, code: isRefused ? 2 : 0 }
		);
		memory.push([name, result.megabytes]);
	}
	const input = take(
		chunksOf(() => `${newWord()} `),
		(quick ? 16 : 64) * 1e6
	);
	const encoding = await measure([bin, 'encode', '-t', 'cl100k_base', '--count'], {}, { input });
	memory.push(['encode --count, ever new words', encoding.megabytes]);
	for (const [name, megabytes] of memory) {
		expectAtMost(`MB of memory, count: ${name}`, megabytes, MAX_MEGABYTES);
	}
	console.log();
}
