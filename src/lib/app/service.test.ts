import { describe, expect, it } from 'vitest';
import { resultOf, serve } from '../../../tests/support/serve';
import { GPT2_PATTERN } from '../engine/stages';
import { smallRanks } from '../../../tests/support/small-specs';
import { DownloadError } from '../session/downloads/fetch-bytes';
import type { FromWorker, Request } from '../workers/protocol';

/** A text of several chunks, which have about 65,536 units. */
const LONG = `${'hello\n'.repeat(40_000)}hello`;

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const encodeRequest = (id: number, text: string, tokenizer = 'cl100k_base'): Request => ({
	id,
	method: 'encode',
	params: { tokenizer, text: utf8(text), special: 'text' }
});

/** Types and ids of messages in order, without receipts, progress and building. */
const order = (posted: readonly FromWorker[]) =>
	posted
		.filter(({ type }) => !['received', 'progress', 'built'].includes(type))
		.map(({ id, type }) => `${type} ${id}`);

describe('TokenizerService', () => {
	it('encodes: ids, distinct ids and the size of the vocabulary', async () => {
		const { service, end } = serve();
		service.handle(encodeRequest(1, 'hello hello'));
		const { encoding, distinct, vocabularySize } = resultOf('encode', await end(1));
		expect([...encoding.ids]).toEqual([261, 32, 261]);
		expect([...encoding.byteEnds]).toEqual([5, 6, 11]);
		expect(distinct).toBe(2);
		expect(vocabularySize).toBe(301);
	});

	it('encodes the text to the byte, with its BOM and its NUL', async () => {
		const { service, end } = serve();
		service.handle(encodeRequest(1, '\ufeffa\0\ufeff'));
		const { encoding } = resultOf('encode', await end(1));
		expect([...encoding.ids]).toEqual([0xef, 0xbb, 0xbf, 0x61, 0, 0xef, 0xbb, 0xbf]);
	});

	it('parses special tokens only if asked', async () => {
		const { service, end } = serve();
		const params = { tokenizer: 'cl100k_base', text: utf8('<|end|>'), special: 'parse' as const };
		service.handle({ id: 1, method: 'encode', params });
		service.handle(encodeRequest(2, '<|end|>'));
		expect([...resultOf('encode', await end(1)).encoding.ids]).toEqual([300]);
		expect(resultOf('encode', await end(2)).encoding.ids).toHaveLength(7);
	});

	it('reports the receipt, the download, the tables and the start, and transfers the arrays', async () => {
		const { service, posted, transferred, end } = serve((_, onprogress) => {
			onprogress({ received: 10, total: 40 });
			// Its scanner is at hand: nothing else is loaded.
			return Promise.resolve(smallRanks(GPT2_PATTERN));
		});
		service.handle(encodeRequest(1, 'hello'));
		const { encoding } = resultOf('encode', await end(1));
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
		const { service, posted, end } = serve();
		service.handle(encodeRequest(1, LONG));
		const { encoding } = resultOf('encode', await end(1));
		const shares = posted.flatMap((message) =>
			message.type === 'progress' && message.progress.phase === 'encode'
				? [message.progress.share]
				: []
		);
		expect(shares).toHaveLength(3);
		expect(shares).toEqual(shares.toSorted((a, b) => a - b));
		expect(encoding.ids).toHaveLength(80_001);
		expect(encoding.byteEnds.at(-1)).toBe(LONG.length);
	});

	it('decodes ids, except those out of range', async () => {
		const { service, end } = serve();
		const ids = Uint32Array.of(256, 999, 257);
		service.handle({ id: 1, method: 'spell', params: { tokenizer: 'cl100k_base', ids } });
		const { document, encoding, distinct, outOfRange } = resultOf('spell', await end(1));
		expect(new TextDecoder().decode(document)).toBe('hell');
		expect([...encoding.ids]).toEqual([256, 257]);
		expect(distinct).toBe(2);
		expect(outOfRange).toEqual([{ id: 999, position: 1 }]);
	});

	it('asks the library of the catalogue for a second opinion', async () => {
		const { service, end } = serve();
		const params = { tokenizer: 'cl100k_base', text: utf8('hello hell'), special: 'text' as const };
		service.handle({ id: 1, method: 'check', params });
		expect(resultOf('check', await end(1))).toEqual({ verdict: 'agrees' });
		service.handle({ id: 2, method: 'check', params: { ...params, text: utf8('x'.repeat(5000)) } });
		expect(resultOf('check', await end(2))).toMatchObject({
			verdict: 'gave-up',
			reason: expect.stringContaining('5,000 characters') as string
		});
	});

	it('compares the boundaries of encodings', async () => {
		const { service, end } = serve();
		// "abc": a|bc and ab|c differ over all three bytes.
		const encodings = [
			{ byteStarts: Uint32Array.of(0, 1), byteEnds: Uint32Array.of(1, 3) },
			{ byteStarts: Uint32Array.of(0, 2), byteEnds: Uint32Array.of(2, 3) }
		];
		service.handle({ id: 1, method: 'compare', params: { encodings, length: 3 } });
		const { differences, differs } = resultOf('compare', await end(1));
		expect([...differences]).toEqual([0, 3]);
		expect(differs.map((marks) => [...marks])).toEqual([
			[1, 1],
			[1, 1]
		]);
	});
});

describe('loading', () => {
	it('happens once per tokenizer, even for requests that arrive meanwhile', async () => {
		const asked: string[] = [];
		const { service, end } = serve((id) => {
			asked.push(id);
			return Promise.resolve(smallRanks());
		});
		service.handle(encodeRequest(1, 'a'));
		service.handle(encodeRequest(2, 'b'));
		service.handle(encodeRequest(3, 'c', 'gpt2'));
		await Promise.all([end(1), end(2), end(3)]);
		service.handle(encodeRequest(4, 'd'));
		await end(4);
		expect(asked).toEqual(['cl100k_base', 'gpt2']);
	});

	it('offers a retry after a failure, and tries again with the next request', async () => {
		let attempts = 0;
		const { service, end } = serve(() => {
			attempts++;
			return attempts === 1
				? Promise.reject(new DownloadError('the network did not answer'))
				: Promise.resolve(smallRanks());
		});
		service.handle(encodeRequest(1, 'a'));
		expect(await end(1)).toEqual({
			id: 1,
			type: 'error',
			message: 'the network did not answer',
			retry: true
		});
		service.handle(encodeRequest(2, 'a'));
		expect([...resultOf('encode', await end(2)).encoding.ids]).toEqual([97]);
		expect(attempts).toBe(2);
	});

	it('offers no retry if it can never succeed', async () => {
		const { service, end } = serve(() => Promise.reject(new Error('no such tokenizer')));
		service.handle(encodeRequest(1, 'a'));
		expect(await end(1)).toMatchObject({ message: 'no such tokenizer', retry: false });
	});

	it('does not delay work on loaded tokenizers', async () => {
		const { service, end } = serve((id) =>
			id === 'gpt2' ? new Promise(() => undefined) : Promise.resolve(smallRanks())
		);
		service.handle(encodeRequest(1, 'a', 'gpt2'));
		service.handle(encodeRequest(2, 'a'));
		expect((await end(2)).type).toBe('result');
	});
});

describe('work', () => {
	it('is done one at a time, in order of arrival', async () => {
		const { service, posted, end } = serve();
		service.handle(encodeRequest(1, LONG));
		service.handle(encodeRequest(2, 'a'));
		service.handle(encodeRequest(3, LONG));
		await end(3);
		expect(order(posted)).toEqual([
			'start 1',
			'result 1',
			'start 2',
			'result 2',
			'start 3',
			'result 3'
		]);
	});

	it('ends between two chunks after a cancellation, and the next begins', async () => {
		const { service, posted, until, end } = serve();
		service.handle(encodeRequest(1, LONG));
		service.handle(encodeRequest(2, 'a'));
		await until((message) => message.type === 'progress' && message.progress.phase === 'encode');
		service.handle({ cancel: 1 });
		await end(2);
		expect(order(posted)).toEqual(['start 1', 'cancelled 1', 'start 2', 'result 2']);
	});

	it('never starts if it is cancelled while it waits', async () => {
		const { service, posted, end } = serve();
		service.handle(encodeRequest(1, LONG));
		service.handle(encodeRequest(2, LONG));
		service.handle({ cancel: 2 });
		await Promise.all([end(1), end(2)]);
		expect(order(posted).toSorted()).toEqual(['cancelled 2', 'result 1', 'start 1']);
	});

	it('continues after a failure', async () => {
		const { service, end } = serve();
		const params = { tokenizer: 'no-such', text: utf8('a'), special: 'text' as const };
		service.handle({ id: 1, method: 'check', params });
		service.handle(encodeRequest(2, 'a'));
		expect(await end(1)).toMatchObject({
			type: 'error',
			message: expect.stringContaining('unknown tokenizer "no-such"') as string
		});
		expect((await end(2)).type).toBe('result');
	});
});
