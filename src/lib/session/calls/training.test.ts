import { describe, expect, it } from 'vitest';
import { THREE_MERGES } from '../../../../tests/support/fake-training';
import { serve } from '../../../../tests/support/serve';
import { listed } from '../../../../tests/support/training';
import { decodeUtf8, encodeUtf8 } from '../../engine/text/utf8';
import type { TrainingRules } from '../../engine/train';
import type { CountParams } from './counting';
import type { TrainParams } from './training';
import type { FromWorker } from '../../workers/protocol';

/** minbpe's example, which encodes to 258 100 258 97 99. */
const EXAMPLE = 'aaabdaaabac';
const EXAMPLE_RULES: TrainingRules = { ...THREE_MERGES, ties: 'first-seen', feed: 'whole' };
const RUN = { session: 'train', run: 1 };

function setUp() {
	const served = serve();
	const train = (text: string, rules = EXAMPLE_RULES, run = RUN) =>
		served.call('train', { ...trainParams(text, rules), ...run });
	return { ...served, train };
}

const trainParams = (text: string, rules = EXAMPLE_RULES): TrainParams => ({
	...RUN,
	corpus: { text: encodeUtf8(text) },
	rules,
	text: encodeUtf8(text)
});

const countParams = (
	content: string | Uint8Array<ArrayBuffer>,
	more: Partial<CountParams> = {}
): CountParams => ({
	corpus: new Blob([content]),
	format: 'text',
	rules: { pattern: 'gpt2', feed: 'lines' },
	byteStart: 0,
	...more
});

const progressOf = (posted: readonly FromWorker[], id = 1) =>
	posted.flatMap((message) =>
		message.id === id && message.type === 'progress' ? [message.progress] : []
	);

describe('training', () => {
	it('merges the example as published, and returns the steps of a text', async () => {
		const { train, transferred } = setUp();
		const { training, tokens, distinct, corpusTokens, steps, matched } = await train(EXAMPLE);
		expect([...training.products]).toEqual([256, 257, 258]);
		expect([...training.merges]).toEqual([97, 97, 256, 97, 257, 98]);
		expect([...training.counts]).toEqual([4, 2, 2]);
		expect(training.end).toBe('size');
		expect(tokens.lengths[258]).toBe(4);
		expect(distinct).toBe(1);
		expect(matched).toBe(true);
		const unmatched = await setUp().train(EXAMPLE, { ...EXAMPLE_RULES, pattern: { regex: 'z+' } });
		expect(unmatched.matched).toBe(false);
		expect([...corpusTokens]).toEqual([11, 9, 7, 5]);
		expect(decodeUtf8(steps.bytes)).toBe(EXAMPLE);
		const { bytes, mergedAt, products } = steps;
		expect(transferred.at(-1)).toEqual([bytes, mergedAt, products].map(({ buffer }) => buffer));
	});

	it('learns the same from counted parts as from the text', async () => {
		const { call, train } = setUp();
		const rules = { ...THREE_MERGES, vocabularySize: 300 };
		const parts = await Promise.all(
			['low low lower\n', 'newest newest\n'].map(async (part) => {
				const { counts } = await call('count', countParams(part));
				return counts;
			})
		);
		const counted = await call('train', {
			...RUN,
			corpus: { parts },
			rules,
			text: new Uint8Array()
		});
		const whole = await train('low low lower\nnewest newest\n', rules);
		expect(counted.training).toEqual(whole.training);
		expect(counted.distinct).toBe(whole.distinct);
	});

	it('reports progress, and can be stopped, with the previous training kept', async () => {
		const { service, posted, send, call, train, until } = setUp();
		await train(EXAMPLE);
		// Too many merges for one time slice.
		const words = Array.from({ length: 3000 }, (_, i) => `${i * 7919} ${i * 104_729}`).join('\n');
		const rules = { ...EXAMPLE_RULES, vocabularySize: 20_000, minFrequency: 1 };
		const stopped = send('train', { ...trainParams(words, rules), run: 2 });
		await until(({ id, type }) => id === 2 && type === 'progress');
		service.handle({ cancel: 2 });
		expect((await stopped).type).toBe('cancelled');
		expect(progressOf(posted, 2)[0]).toMatchObject({ phase: 'merge', target: 20_000 - 256 });
		const { pairs } = await call('pairs', { ...RUN, merges: 0, most: 1 });
		expect(pairs).toEqual([{ left: 97, right: 97, count: 4 }]);
	});

	it.each<[string, string, Partial<TrainingRules>, object]>([
		['an empty corpus', '', {}, { message: expect.stringContaining('corpus is empty') as string }],
		['a small size', 'ab', { vocabularySize: 10 }, { rule: 'vocabularySize' }],
		['a broken pattern', 'ab', { pattern: { regex: '(a' } }, { rule: 'pattern' }],
		['a special token twice', 'ab', { specialTokens: ['<s>', '<s>'] }, { rule: 'specialTokens' }]
	])('refuses %s, and says which rule is to blame', async (_, text, rules, error) => {
		const { send, call, train } = setUp();
		await train(EXAMPLE);
		const answer = await send('train', {
			...trainParams(text, { ...EXAMPLE_RULES, ...rules }),
			run: 2
		});
		expect(answer).toMatchObject({ type: 'error', retry: false, ...error });
		// The worker still has the previous training run.
		expect(await call('pairs', { ...RUN, merges: 0, most: 1 })).toMatchObject({ pairs: [{}] });
	});
});

describe('calls about a training', () => {
	it('encodes another text with the first merges, without its steps unless they are asked for', async () => {
		const { call, train, transferred } = setUp();
		await train(EXAMPLE);
		const params = { ...RUN, text: encodeUtf8('aaab'), merges: 1, withSteps: false };
		const encoded = await call('encodeTrained', params);
		expect(encoded).toMatchObject({ distinct: 3, vocabularySize: 257, steps: null });
		expect([...(encoded?.encoding.ids ?? [])]).toEqual([256, 97, 98]);
		expect(transferred.at(-1)).toHaveLength(2);
		const both = await call('encodeTrained', { ...params, withSteps: true });
		expect(both?.encoding).toEqual(encoded?.encoding);
		expect(both?.steps).toEqual(await call('steps', { ...RUN, text: params.text }));
		expect(await call('encodeTrained', { ...params, run: 2 })).toBeNull();
	});

	it('returns the steps of another text, transferred', async () => {
		const { call, train, transferred } = setUp();
		await train(EXAMPLE);
		const { bytes, mergedAt, products } = await call('steps', {
			...RUN,
			text: encodeUtf8('aab\naaab')
		});
		expect(decodeUtf8(bytes)).toBe('aab\naaab');
		// In "aab", merge 1 joins "aa". In "aaab", all boundaries disappear: at merges 1, 2 and 3.
		expect([...mergedAt.subarray(5, 8)].toSorted()).toEqual([1, 2, 3]);
		expect(transferred.at(-1)).toEqual([bytes, mergedAt, products].map(({ buffer }) => buffer));
	});

	it('counts pairs after a number of merges', async () => {
		const { call, train } = setUp();
		await train(EXAMPLE);
		const { pairs, tied, distinct } = await call('pairs', { ...RUN, merges: 1, most: 2 });
		// aa a b d aa a b a c: two each of aa+a and a+b; one each of b+d, d+aa, b+a and a+c.
		expect(pairs).toEqual([
			{ left: 256, right: 97, count: 2 },
			{ left: 97, right: 98, count: 2 }
		]);
		expect([tied, distinct]).toEqual([2, 6]);
	});

	it('are about the newest run of a session, separately for each session', async () => {
		const { call, train, send } = setUp();
		await train(EXAMPLE);
		await train('xyxy', EXAMPLE_RULES, { session: 'yours', run: 1 });
		await train('zzzz', EXAMPLE_RULES, { session: 'train', run: 2 });
		expect(await send('pairs', { ...RUN, merges: 0, most: 1 })).toMatchObject({
			type: 'error',
			message: 'This training is no longer in memory. Train again.'
		});
		const yours = await call('pairs', { session: 'yours', run: 1, merges: 0, most: 1 });
		expect(yours.pairs[0]).toMatchObject({ left: 120, right: 121 });
	});
});

describe('counting', () => {
	it('counts the pre-tokens, bytes and characters of a part, and transfers the counts', async () => {
		const { call, posted, transferred } = setUp();
		const { counts, bytes, chars, matched } = await call('count', countParams('é é\né'));
		expect(listed(counts)).toEqual([
			['é', 2],
			[' é', 1],
			['\n', 1]
		]);
		expect({ bytes, chars, matched }).toEqual({ bytes: 8, chars: 5, matched: true });
		expect(progressOf(posted)).toEqual([{ phase: 'count', bytes: 8, total: 8 }]);
		const arrays = [counts.bytes, counts.ends, counts.counts];
		expect(transferred.at(-1)).toEqual(arrays.map(({ buffer }) => buffer));
	});

	it('counts a character across two chunks once, and can be stopped between them', async () => {
		const { call, posted, service, until, send } = setUp();
		// A chunk is one megabyte. The three-byte character begins one byte before its end.
		const long = `${'a'.repeat((1 << 20) - 1)}日本\n`;
		const { chars, bytes } = await call('count', countParams(long));
		expect({ chars, bytes }).toEqual({ chars: (1 << 20) + 2, bytes: (1 << 20) + 6 });
		expect(progressOf(posted)).toHaveLength(2);
		const stopped = send('count', countParams(long));
		await until((message) => message.id === 2 && message.type === 'progress');
		service.handle({ cancel: 2 });
		expect((await stopped).type).toBe('cancelled');
	});

	it('adds up a table of counts, with the size of its text', async () => {
		const { call } = setUp();
		const table = '"é"\t2\n" a"\t3\n"é"\t1\n';
		const params = countParams(table, { format: 'counts' });
		const { counts, bytes, chars, matched } = await call('count', params);
		expect(listed(counts)).toEqual([
			['é', 3],
			[' a', 3]
		]);
		expect({ bytes, chars, matched }).toEqual({ bytes: 12, chars: 9, matched: true });
	});

	const long = `"${'a'.repeat((1 << 20) - 2)}é`;
	it.each<['text' | 'counts', string, string, number[], string]>([
		['text', 'that is not UTF-8, by the byte of its file', 'a', [0xff], 'byte 101 (0xFF)'],
		['counts', 'with a line that is none, by its number', '"a"\t1\n"b"\tmany\n', [], 'line 2: got'],
		['counts', 'that is not UTF-8, by the byte', '"a', [0xff, 0x22, 0x09, 0x31], 'byte 2 (0xFF)'],
		[
			'counts',
			'with an error after a character across two chunks',
			long,
			[0xff],
			'byte 1048577 (0xFF)'
		],
		['counts', 'that ends within a character', '"a"\t1\n"', [0xc3], 'at byte 7 (0xC3)']
	])('refuses %s %s', async (format, _, text, bytes, message) => {
		const content = Uint8Array.from([...encodeUtf8(text), ...bytes]);
		const byteStart = format === 'text' ? 100 : 0;
		const answer = await setUp().send('count', countParams(content, { format, byteStart }));
		const expected = expect.stringContaining(message) as string;
		expect(answer).toMatchObject({ type: 'error', retry: false, message: expected });
	});

	it('refuses a broken pattern, by the rule', async () => {
		const params = countParams('a', { rules: { pattern: { regex: '[a' }, feed: 'lines' } });
		const error = { type: 'error', retry: false, rule: 'pattern' };
		expect(await setUp().send('count', params)).toMatchObject(error);
	});
});
