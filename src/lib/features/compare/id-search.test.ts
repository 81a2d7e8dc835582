import { expect, it } from 'vitest';
import { fakeMethods, settle } from '../../../../tests/support/fake-calls';
import { WorkerError } from '../../workers/client';
import type { IdsFit } from '../../tokenizers/ids';
import { findSpecialIds, IdSearch } from './id-search.svelte';

const IDS = Uint32Array.of(1, 2);
const answer = (fit: IdsFit) => ({
	...{ document: new Uint8Array(), outOfRange: [], distinct: 0, vocabularySize: 0 },
	encoding: { ids: IDS, byteStarts: IDS, byteEnds: IDS },
	fit
});
const fits = answer({ verdict: 'fits', reserved: null });

function setUp() {
	const { methods, calls } = fakeMethods('spell');
	const search = new IdSearch(methods);
	search.start(IDS, ['a', 'b', 'c']);
	return { search, asked: () => calls.spell.map(({ params }) => params.tokenizer), calls };
}

it('tries one tokenizer after another, and goes on after one that cannot be loaded', async () => {
	const { search, asked, calls } = setUp();
	expect(asked()).toEqual(['a']);
	calls.spell[0].resolve(fits);
	await settle();
	expect(search.of(IDS)).toEqual({ isRunning: true, tried: 1, all: 3, failed: 0, fitting: ['a'] });
	calls.spell[1].reject(new WorkerError('no network', true));
	await settle();
	// It would need a reserved token.
	calls.spell[2].resolve(answer({ verdict: 'fits', reserved: '<unused72>' }));
	await settle();
	expect(search.of(IDS)).toEqual({ isRunning: false, tried: 3, all: 3, failed: 1, fitting: ['a'] });
	expect(asked()).toEqual(['a', 'b', 'c']);
});

it('keeps what it has found when it is stopped, and shows nothing of it for other ids', async () => {
	const { search, asked, calls } = setUp();
	calls.spell[0].resolve(fits);
	await settle();
	search.stop();
	calls.spell[1].resolve(fits);
	await settle();
	expect(search.of(IDS)).toEqual({ isRunning: false, tried: 1, all: 3, failed: 0, fitting: ['a'] });
	expect(asked()).toEqual(['a', 'b']);
	expect(search.of(Uint32Array.of(3))).toBeNull();
});

it.each([
	[[128000, 9906], '128000 <|begin_of_text|>', 'llama3'],
	[[128000, 9, 128009], '128000 <|begin_of_text|> 128009 <|eot_id|>', 'llama3'],
	[[151644, 872], '151644 <|im_start|>', 'qwen2.5 qwen3'],
	// In a vocabulary this large, 128000 is an ordinary token.
	[[128000, 199_000], undefined, undefined],
	// Special in many vocabularies, ordinary in just as many.
	[[1, 15043], undefined, undefined],
	[[], undefined, undefined]
])('of %j, the special tokens %s tell %s', (ids, tokens, tokenizers) => {
	const found = findSpecialIds(Uint32Array.from(ids), {
		llama3: [
			[128000, '<|begin_of_text|>'],
			[128009, '<|eot_id|>']
		],
		qwen3: [[151644, '<|im_start|>']],
		'qwen2.5': [[151644, '<|im_start|>']],
		llama2: [[1, '<s>']]
	});
	expect(found?.tokens.flat().join(' ')).toBe(tokens);
	expect(found?.tokenizers.join(' ')).toBe(tokenizers);
});
