import { describe, expect, it } from 'vitest';
import { resultOf, serve } from '../../../tests/support/serve';
import { GPT2_PATTERN } from '../engine/stages';
import { smallRanks } from '../../../tests/support/small-specs';
import { DownloadError } from '../session/downloads/fetch-bytes';
import type { FromWorker } from '../workers/protocol';

/** Several chunks long; a chunk has about 65,536 UTF-16 code units. */
const LONG = `${'hello\n'.repeat(24_000)}hello`;

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const params = (text: string, tokenizer = 'cl100k_base') =>
	({ tokenizer, text: utf8(text), special: 'text' }) as const;

function start(source?: Parameters<typeof serve>[0]) {
	const served = serve(source);
	const encode = (text: string, tokenizer?: string) =>
		served.send('encode', params(text, tokenizer));
	return { ...served, encode };
}

/** Types and ids of messages in order, without receipts, progress and `built`. */
const order = (posted: readonly FromWorker[]) =>
	posted
		.filter(({ type }) => !['received', 'progress', 'built'].includes(type))
		.map(({ id, type }) => `${type} ${id}`);

it('encodes to the byte: ids, distinct ids and the size of the vocabulary', async () => {
	const { encoding, distinct, vocabularySize } = await serve().call(
		'encode',
		params('\ufeffhello\0 hello')
	);
	expect([...encoding.ids]).toEqual([0xef, 0xbb, 0xbf, 261, 0, 32, 261]);
	expect([...encoding.byteEnds]).toEqual([1, 2, 3, 8, 9, 10, 15]);
	expect([distinct, vocabularySize]).toEqual([6, 301]);
});

it('reports the receipt, the download, the tables and the start, and transfers the arrays', async () => {
	const { call, posted, transferred } = serve((_, onprogress) => {
		onprogress({ received: 10, total: 40 });
		// Its scanner is built in, so nothing else is loaded.
		return Promise.resolve(smallRanks(GPT2_PATTERN));
	});
	const { encoding } = await call('encode', params('hello'));
	expect(posted.slice(0, -1)).toEqual([
		{ id: 1, type: 'received' },
		{ id: 1, type: 'progress', progress: { phase: 'download', received: 10, total: 40 } },
		{ id: 1, type: 'progress', progress: { phase: 'prepare' } },
		{ id: 1, type: 'built' },
		{ id: 1, type: 'start' }
	]);
	const { ids, byteStarts, byteEnds } = encoding;
	expect(transferred.at(-1)).toEqual(
		expect.arrayContaining([ids.buffer, byteStarts.buffer, byteEnds.buffer])
	);
});

it('reports the share of a long text, and returns the whole encoding', async () => {
	const { call, posted } = serve();
	const { encoding } = await call('encode', params(LONG));
	const shares = posted.flatMap((message) =>
		message.type === 'progress' && message.progress.phase === 'encode'
			? [message.progress.share]
			: []
	);
	expect(shares).toHaveLength(2);
	expect(shares).toEqual(shares.toSorted((a, b) => a - b));
	expect(encoding.ids).toHaveLength(48_001);
	expect(encoding.byteEnds.at(-1)).toBe(LONG.length);
});

it('decodes ids, except those out of range', async () => {
	const ids = Uint32Array.of(256, 999, 257);
	const spelled = await serve().call('spell', { tokenizer: 'cl100k_base', ids });
	expect(new TextDecoder().decode(spelled.document)).toBe('hell');
	expect([...spelled.encoding.ids]).toEqual([256, 257]);
	expect(spelled).toMatchObject({ distinct: 2, outOfRange: [{ id: 999, position: 1 }] });
});

it('asks the library of the catalogue for a second opinion', async () => {
	const { call } = serve();
	expect(await call('check', params('hello hell'))).toEqual({ verdict: 'agrees' });
	expect(await call('check', params('x'.repeat(5000)))).toMatchObject({
		verdict: 'gave-up',
		reason: expect.stringContaining('5,000 characters') as string
	});
});

describe('loading', () => {
	it('happens once per tokenizer, even for requests that arrive meanwhile', async () => {
		const asked: string[] = [];
		const { encode } = start((id) => {
			asked.push(id);
			return Promise.resolve(smallRanks());
		});
		await Promise.all([encode('a'), encode('b'), encode('c', 'gpt2')]);
		await encode('d');
		expect(asked).toEqual(['cl100k_base', 'gpt2']);
	});

	it('offers a retry after a failure, and tries again with the next request', async () => {
		let attempts = 0;
		const message = 'the network did not answer';
		const { encode } = start(() => {
			attempts++;
			return attempts === 1
				? Promise.reject(new DownloadError(message))
				: Promise.resolve(smallRanks());
		});
		expect(await encode('a')).toEqual({ id: 1, type: 'error', message, retry: true });
		expect([...resultOf('encode', await encode('a')).encoding.ids]).toEqual([97]);
		expect(attempts).toBe(2);
	});

	it('offers no retry if it can never succeed', async () => {
		const { encode } = start(() => Promise.reject(new Error('no such tokenizer')));
		expect(await encode('a')).toMatchObject({ message: 'no such tokenizer', retry: false });
	});

	it('does not delay work on loaded tokenizers', async () => {
		const { encode } = start((id) =>
			id === 'gpt2' ? new Promise(() => undefined) : Promise.resolve(smallRanks())
		);
		void encode('a', 'gpt2');
		expect((await encode('a')).type).toBe('result');
	});
});

describe('work', () => {
	it('is done one at a time, in order of arrival', async () => {
		const { encode, posted } = start();
		await Promise.all([LONG, 'a', LONG].map((text) => encode(text)));
		const steps = [1, 2, 3].flatMap((id) => [`start ${id}`, `result ${id}`]);
		expect(order(posted)).toEqual(steps);
	});

	it('ends between two chunks after a cancellation, and the next begins', async () => {
		const { encode, service, posted, until } = start();
		void encode(LONG);
		const second = encode('a');
		await until((message) => message.type === 'progress' && message.progress.phase === 'encode');
		service.handle({ cancel: 1 });
		await second;
		expect(order(posted)).toEqual(['start 1', 'cancelled 1', 'start 2', 'result 2']);
	});

	it('never starts if it is cancelled while it waits', async () => {
		const { encode, service, posted } = start();
		const ends = [encode(LONG), encode(LONG)];
		service.handle({ cancel: 2 });
		await Promise.all(ends);
		expect(order(posted).toSorted()).toEqual(['cancelled 2', 'result 1', 'start 1']);
	});

	it('continues after a failure', async () => {
		const { encode, send } = start();
		const failed = send('check', params('a', 'no-such'));
		const encoded = encode('a');
		const message = expect.stringContaining('unknown tokenizer "no-such"') as string;
		expect(await failed).toMatchObject({ type: 'error', message });
		expect((await encoded).type).toBe('result');
	});
});
