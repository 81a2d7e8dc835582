import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemoryIo } from '../../../../tests/support/memory-io';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { resultOf, serve } from '../../../../tests/support/serve';
import { SMALL_WORDS, smallRanks } from '../../../../tests/support/small-specs';
import { run } from '../../../cli/main';
import { generatedFolder } from '../../../tools/generated';
import { prerender } from '../../../tools/prerender';
import { prerenderInflation } from './prerender';
import { LANGUAGES } from '../../session/downloads/language-texts';
import { encodeUtf8 } from '../../engine/text/utf8';
import type { Request } from '../../workers/protocol';

beforeEach(() => {
	vi.stubGlobal('fetch', (address: string) => {
		const name = /languages\/(first|all)/.exec(address)?.[0] ?? address;
		const file = new Uint8Array(readFileSync(join(generatedFolder, `${name}.bin`)));
		return Promise.resolve(new Response(file));
	});
});
afterEach(() => {
	vi.unstubAllGlobals();
});

/** A service with the catalogue's own vocabularies. */
const serveCatalogue = () => serve((id) => Promise.resolve(packedSpec(id)));

const declarationsRequest = (id: number, tokenizer: string, codes: readonly string[]): Request => ({
	id,
	method: 'measureDeclarations',
	params: { tokenizer, codes }
});

const textsRequest = (id: number, ...texts: string[]): Request => ({
	id,
	method: 'measureUserTexts',
	params: { tokenizer: 'cl100k_base', texts: texts.map(encodeUtf8) }
});

describe('measureDeclarations', () => {
	it('measures declarations in the order of the request, even repeated ones', async () => {
		const { service, end } = serveCatalogue();
		service.handle(declarationsRequest(1, 'cl100k_base', ['tur', 'eng', 'tur']));
		const { measures } = resultOf('measureDeclarations', await end(1));
		const { tur, eng } = prerender(prerenderInflation).measures.cl100k_base;
		expect(measures).toEqual([tur, eng, tur]);
	});

	it('gives every language the measures that the command line prints', async () => {
		const { service, end } = serveCatalogue();
		const codes = LANGUAGES.map(({ code }) => code);
		service.handle(declarationsRequest(1, 'llama3', codes));
		const { measures } = resultOf('measureDeclarations', await end(1));
		const io = new MemoryIo();
		await run(['inflation', '-t', 'llama3', '--json'], io);
		type Row = { language: string; tokens: number; bytes: number; chars: number; words: number };
		const printed = new Map((JSON.parse(io.output) as Row[]).map((row) => [row.language, row]));
		measures.forEach(({ tokens, bytes, chars, words }, i) => {
			expect(printed.get(codes[i])).toMatchObject({ tokens, bytes, chars, words });
		});
		expect(printed.size).toBe(measures.length);
	});

	it('answers batches in order, and skips a cancelled one', async () => {
		const { service, posted, end } = serveCatalogue();
		service.handle(declarationsRequest(1, 'cl100k_base', ['eng', 'tur']));
		service.handle(declarationsRequest(2, 'cl100k_base', ['fin', 'hun']));
		service.handle(declarationsRequest(3, 'cl100k_base', ['mya']));
		service.handle({ cancel: 2 });
		await end(3);
		const ends = posted.filter(({ type }) => /result|cancelled/.test(type));
		expect(ends.map(({ id, type }) => `${type} ${id}`)).toEqual([
			'result 1',
			'cancelled 2',
			'result 3'
		]);
		expect(posted.some(({ id, type }) => id === 2 && type === 'start')).toBe(false);
	});

	it('reports progress, and stops when it is cancelled', async () => {
		const { service, posted, until, end } = serveCatalogue();
		service.handle(
			declarationsRequest(
				1,
				'cl100k_base',
				LANGUAGES.map(({ code }) => code)
			)
		);
		const message = await until(
			({ type, ...rest }) =>
				type === 'progress' && 'progress' in rest && rest.progress.phase === 'encode'
		);
		expect(message).toMatchObject({ progress: { share: expect.any(Number) as number } });
		service.handle({ cancel: 1 });
		expect((await end(1)).type).toBe('cancelled');
		const shares = posted.flatMap((one) =>
			one.type === 'progress' && one.progress.phase === 'encode' ? [one.progress.share] : []
		);
		expect(shares.at(-1)).toBeLessThan(0.5);
	});

	it('names an unknown language', async () => {
		const { service, end } = serveCatalogue();
		service.handle(declarationsRequest(1, 'cl100k_base', ['en']));
		expect(await end(1)).toMatchObject({
			type: 'error',
			message: 'There is no declaration "en" in this build of the lab.'
		});
	});
});

describe('measureUserTexts', () => {
	it('measures each text as it is', async () => {
		const { service, end } = serve(() => Promise.resolve(smallRanks()));
		service.handle(textsRequest(1, 'hello hell\r\né', ''));
		const { measures } = resultOf('measureUserTexts', await end(1));
		expect(SMALL_WORDS).toContain('hell');
		expect(measures).toEqual([
			{
				// hello, a space, hell, CR, LF and the two bytes of é.
				tokens: 7,
				bytes: 14,
				chars: 13,
				words: 3,
				oneTokenWords: 2,
				fallbackBytes: 2,
				droppedBytes: 0,
				partTokens: null
			},
			{
				tokens: 0,
				bytes: 0,
				chars: 0,
				words: null,
				oneTokenWords: null,
				fallbackBytes: 0,
				droppedBytes: 0,
				partTokens: null
			}
		]);
	});

	it('reports progress in a long text', async () => {
		const { service, posted, end } = serve(() => Promise.resolve(smallRanks()));
		service.handle(textsRequest(1, 'hello', `${'hello\n'.repeat(40_000)}hello`));
		const { measures } = resultOf('measureUserTexts', await end(1));
		expect(measures.map(({ tokens }) => tokens)).toEqual([1, 80_001]);
		const shares = posted.flatMap((one) =>
			one.type === 'progress' && one.progress.phase === 'encode' ? [one.progress.share] : []
		);
		expect(shares.length).toBeGreaterThan(2);
		expect(shares).toEqual(shares.toSorted((a, b) => a - b));
		expect(shares[0]).toBeGreaterThan(0.5);
	});
});
