/** Tokenizers that hang, use more and more memory, or fail, opened the way a visitor opens a file. */
import type { Page } from '@playwright/test';
import { drop } from '../e2e/dropped-files';
import {
	addedToken,
	byteLevel,
	replace,
	sequence,
	split,
	tokenizerFile,
	vocabOf
} from '../support/spec-parts';
import { alerts, assert, someOf, isSeen, until, type Fault } from './fault';

const BYTES = byteLevel();
const LETTERS = vocabOf([...'abcdefghijklmnopqrstuvwxyz']);

const tokenizer = (parts: object = {}, model: object = {}) =>
	JSON.stringify({
		...tokenizerFile({ pre_tokenizer: BYTES, decoder: BYTES, ...parts }),
		model: { type: 'BPE', vocab: LETTERS, merges: [], ...model }
	});

const splitAt = (Regex: string) => {
	const bytes = byteLevel({ use_regex: false });
	return tokenizer({ pre_tokenizer: sequence('pre_tokenizer', split({ Regex }), bytes) });
};
const replaceAll = (Regex: string, content: string) => replace({ Regex }, content);
const normalizers = (...list: readonly object[]) =>
	tokenizer({ normalizer: sequence('normalizer', ...list) });
const times = <T>(count: number, make: (i: number) => T): T[] =>
	Array.from({ length: count }, (_, i) => make(i));
const nested = (depth: number, open: string, inner: string, close: string) =>
	open.repeat(depth) + inner + close.repeat(depth);
const added = (id: number, content: string, normalized = false) =>
	addedToken(id, content, { special: false, normalized });
/** Replaces a `null` field in a file with JSON text, for values nested too deeply to build from objects. */
const withText = (json: string, part: string, text: string) =>
	json.replace(`"${part}":null`, `"${part}":${text}`);

/** Twenty files, keyed by what is wrong with each. Created one at a time, because some are large. */
const POISONS: Readonly<Record<string, () => string>> = {
	'a regex with nested repeats': () => splitAt('(a+)+$'),
	'a regex with overlapping choices': () => splitAt('(a|aa)+$'),
	'a regex that looks ahead exponentially': () => splitAt('(?=(a*)*b)a'),
	'a regex with a million repeats': () => splitAt('(a{0,1000}){0,1000}b'),
	'a regex with a class of 40,000 characters': () =>
		splitAt(`[${times(40_000, (i) => String.fromCodePoint(0x4e00 + 2 * i)).join('')}]+`),
	'a regex of 20,000 groups': () => splitAt(nested(20_000, '(', 'a', ')')),
	'a text that doubles 24 times': () => normalizers(...times(24, () => replaceAll('a', 'aa'))),
	'a text that doubles in the added tokens': () =>
		tokenizer({
			normalizer: sequence(
				'normalizer',
				...times(20, () => replaceAll('e', 'ee')),
				replaceAll('e+', 'e')
			),
			added_tokens: times(200, (i) => added(26 + i, `e${i}`, true))
		}),
	'a prefix of 20 MB': () => normalizers({ type: 'Prepend', prepend: 'e'.repeat(20e6) }),
	'a prefix that doubles': () =>
		normalizers({ type: 'Prepend', prepend: 'ee' }, ...times(26, () => replaceAll('e', 'ee'))),
	'normalizers nested 20,000 deep': () =>
		withText(
			tokenizer(),
			'normalizer',
			nested(20_000, '{"type":"Sequence","normalizers":[', '{"type":"NFC"}', ']}')
		),
	'lists nested 200,000 deep': () =>
		withText(tokenizer(), 'post_processor', nested(200_000, '[', '', ']')),
	'a post-processor with 200,000 ids': () =>
		tokenizer({
			post_processor: {
				type: 'TemplateProcessing',
				single: [{ SpecialToken: { id: 'x', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
				pair: [],
				special_tokens: {
					x: { id: 'x', ids: times(200_000, () => 1), tokens: times(200_000, () => 'b') }
				}
			}
		}),
	'200,000 added tokens': () =>
		tokenizer({ added_tokens: times(200_000, (i) => added(26 + i, `<${i}>`)) }),
	'an added token of 10 MB': () => tokenizer({ added_tokens: [added(26, 'a'.repeat(10e6))] }),
	'added tokens with one long beginning': () =>
		tokenizer({ added_tokens: times(3000, (i) => added(26 + i, 'a'.repeat(i + 1))) }),
	'tokens of up to 3,000 letters': () => {
		const vocab: Record<string, number> = { ...LETTERS };
		for (let length = 2; length < 3000; length++) vocab['a'.repeat(length)] = 24 + length;
		return tokenizer({}, { vocab, merges: times(2998, (i) => `${'a'.repeat(i + 1)} a`) });
	},
	'500,000 merges of tokens that are missing': () =>
		tokenizer({}, { merges: times(500_000, (i) => `x${i} y${i}`) }),
	'ids of four thousand million': () =>
		tokenizer({}, { vocab: { ...LETTERS, z: 4_294_967_295, y: 4_000_000_000 } }),
	'a regex that matches nothing, everywhere': () =>
		normalizers(...times(30, () => replaceAll('', 'aa')))
};

const TEXT = `${'a'.repeat(40)}! eeeeeeeeee ${'a'.repeat(300)}b`;
const LINES = times(20_000, (line) => `Line ${line}: größer ${line * 7919}, 你好.\n`).join('');

async function counts(page: Page): Promise<string> {
	const found: string[] = [];
	for (const id of ['gpt2', 'llama2']) {
		const count = `[data-tokenizer="${id}"][data-status="ready"] [data-token-count]`;
		await until(`${id} answers`, () => isSeen(page, count));
		// `innerText` would be empty as long as the page is hidden, which it is until its link has been applied.
		found.push((await page.locator(count).textContent()) ?? '');
	}
	return found.join();
}

export const POISON_TOKENIZERS: Fault = {
	name: 'poison tokenizers, idle and during work',
	target: '25 s for each request; innocent ones are answered',
	maxMs: 25_000,
	count: 2 * Object.keys(POISONS).length,
	async *run(stage, random, count) {
		const all = Object.keys(POISONS).flatMap((name) => [
			{ name, isBusy: false },
			{ name, isBusy: true }
		]);
		for (const { name, isBusy } of someOf(random, all, count)) {
			yield stage.try(`${name}, ${isBusy ? 'during work' : 'idle'}`, async (visitor) => {
				const page = await visitor.open('./?t=gpt2,llama2');
				const text = page.getByTestId('text-input');
				await text.fill(TEXT);
				const right = await counts(page);
				if (isBusy) await text.fill(LINES);
				const content = POISONS[name]();
				const droppedAt = performance.now();
				await drop(page, { name: 'poison.json', content });
				if (isBusy) await text.fill(TEXT);
				const said = page.locator('.announcement');
				await until('an answer about the file', async () =>
					/is a tokenizer|poison/.test(`${await said.innerText()} ${await alerts(page)}`)
				);
				const openedMs = performance.now() - droppedAt;
				const openedAt = performance.now();
				const loading = '[data-tokenizer^="own-"][data-status="loading"]';
				await until(
					'an answer of the tokenizer, if it was opened',
					async () => !(await isSeen(page, loading))
				);
				const answeredMs = performance.now() - openedAt;
				const message = await alerts(page);
				assert(
					!/undefined|NaN|\[object|call stack|Invalid|heap/.test(message) && message.length < 1200,
					`not in words: ${message.slice(0, 300)}`
				);
				const found = await counts(page);
				assert(found === right, `got ${found}, expected ${right}`);
				return Math.max(openedMs, answeredMs);
			});
		}
	}
};
