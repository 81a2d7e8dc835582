import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { packedSpec, packedTokenizer } from '../../../../tests/support/packed-tokenizers';
import { serve } from '../../../../tests/support/serve';
import { sized } from '../../../../tests/support/size';
import { generatedFolder } from '../../../tools/generated';
import { prerender } from '../../../tools/prerender';
import { Measurer } from '../../languages/measure';
import { LANGUAGES } from '../../session/downloads/language-texts';
import type { FromWorker } from '../../workers/protocol';

beforeEach(() => {
	vi.stubGlobal('fetch', (address: string) => {
		const name = /languages\/(first|all)/.exec(address)?.[0] ?? address;
		const file = new Uint8Array(readFileSync(join(generatedFolder, `${name}.bin`)));
		return Promise.resolve(new Response(file));
	});
});
const tokenizer = 'cl100k_base';

/** A service with the built-in vocabularies. */
const serveCatalogue = () => serve((id) => Promise.resolve(packedSpec(id)));

const sharesIn = (posted: readonly FromWorker[]) =>
	posted.flatMap((one) =>
		one.type === 'progress' && one.progress.phase === 'encode' ? [one.progress.share] : []
	);

it('measures declarations in the order of the request, even repeated ones', async () => {
	const { call } = serveCatalogue();
	const every = sized(20, 1);
	const codes = LANGUAGES.flatMap(({ code }, i) => (i % every === 0 ? [code] : []));
	codes.push('tur', 'eng', 'tur');
	const measures = await call('measureDeclarations', { tokenizer: 'llama3', codes });
	const texts = new Map(
		prerender((packed) => packed.languages('all')).map((text) => [text.code, text])
	);
	const llama3 = packedTokenizer('llama3');
	const measurer = new Measurer(llama3);
	const expected = codes.map((code) => {
		const text = texts.get(code);
		return text && measurer.measure(text, llama3.encode(text.text));
	});
	expect(measures).toEqual(expected);
});

it('reports progress, and stops when it is cancelled', async () => {
	const { service, posted, until, send } = serveCatalogue();
	const codes = LANGUAGES.map(({ code }) => code);
	const stopped = send('measureDeclarations', { tokenizer, codes });
	await until((message) => sharesIn([message]).length > 0);
	service.handle({ cancel: 1 });
	expect((await stopped).type).toBe('cancelled');
	expect(sharesIn(posted).at(-1)).toBeLessThan(0.5);
});
