import { describe, expect, it } from 'vitest';
import { buildVocabulary } from '../../engine';
import { encodeUtf8 } from '../../engine/text';
import type { Names } from '../../session/documents/page-address.svelte';
import { createVocabularyAddress } from './address';
import { VocabularyState } from './page.svelte';
import { NO_TOKEN, REACHES } from './table';
import type { LoadedVocabulary } from './worker';
import { fakeCalls, settle } from '../../../../tests/support/fake-calls';

function vocabularyOf(...tokens: string[]): LoadedVocabulary {
	return {
		table: {
			vocabulary: buildVocabulary(tokens.map((token) => encodeUtf8(token))),
			kinds: Uint8Array.from(tokens, (token) => (token === '' ? NO_TOKEN : 0)),
			scripts: Uint8Array.from(tokens, () => 0)
		},
		summary: {
			...{ ids: tokens.length, tokens: tokens.filter(Boolean).length, special: 0 },
			...{ counts: { kind: [tokens.length], script: [tokens.length] }, normalizer: [] }
		}
	};
}

/** A page whose first vocabulary has arrived. */
async function loaded(...tokens: string[]) {
	const page = mount();
	page.view.load();
	page.vocabulary.calls[0].resolve(vocabularyOf(...tokens));
	await settle();
	return page;
}

function mount() {
	const vocabulary = fakeCalls<'vocabulary'>();
	const reach = fakeCalls<'reach'>();
	const details = fakeCalls<'describe'>();
	const view = new VocabularyState(
		{
			connect: () => ({
				vocabulary: vocabulary.method,
				reach: reach.method
			}),
			tokenizing: { describe: details.method }
		} as never,
		{ ...vocabularyOf('a', 'b'), tokenizer: 'first' }
	);
	const names: Names = {
		has: (id) => ['first', 'gpt2'].includes(id),
		load: () => Promise.resolve()
	};
	const address = createVocabularyAddress(view, names, () => undefined);
	const open = (search: string) => address.read(new URL(`https://lab/vocabulary/${search}`));
	return { view, address, open, vocabulary, reach, details };
}

it('shows its prerendered beginning until the vocabulary is loaded', async () => {
	const { view, vocabulary } = mount();
	expect([...(view.found?.ids ?? [])]).toEqual([0, 1]);
	view.search = 'b';
	expect(view.found).toBeNull();
	view.load();
	vocabulary.calls[0].resolve(vocabularyOf('a', 'b', '', 'bb'));
	await settle();
	expect([...(view.found?.ids ?? [])]).toEqual([1, 3]);
	expect(view.status).toBe('ready');
});

it('never shows the tokens of another tokenizer', async () => {
	const { view } = await loaded('a', 'b', 'c');
	view.chosen = 2;
	view.setTokenizer('gpt2');
	view.load();
	expect([view.chosen, view.shown, view.found]).toEqual([null, null, null]);
	expect(view.status).toBe('loading');
});

it('checks reachability only when it is asked for, can stop, and lists what it found', async () => {
	const { view, reach } = await loaded('a', 'b');
	view.load();
	expect(reach.calls).toHaveLength(0);
	view.kind = 'unreachable';
	view.load();
	expect(reach.calls).toHaveLength(1);
	expect(view.found).toBeNull();
	view.stopCheck();
	expect(reach.calls[0].options.signal?.aborted).toBe(true);
	expect(view.kind).toBeNull();
	expect(view.found?.ids).toHaveLength(2);
	view.kind = 'unreachable';
	view.load();
	expect(reach.calls).toHaveLength(2);
	expect(view.reachOf(1)).toBeNull();
	reach.calls[1].resolve(Uint8Array.of(REACHES.indexOf('own'), REACHES.indexOf('proven')));
	await settle();
	expect([...(view.found?.ids ?? [])]).toEqual([1]);
	expect(view.reachOf(1)).toBe('proven');
});

it('forgets a check that runs or failed when another tokenizer is chosen', async () => {
	const { view, vocabulary, reach } = await loaded('a', 'b');
	view.kind = 'unreachable';
	view.load();
	view.setTokenizer('gpt2');
	expect(reach.calls[0].options.signal?.aborted).toBe(true);
	expect(view.reach.status).toBe('idle');
	view.load();
	vocabulary.calls[1].resolve(vocabularyOf('a'));
	await settle();
	view.load();
	reach.calls[1].reject(new Error('out of memory'));
	await settle();
	view.setTokenizer('first');
	view.load();
	vocabulary.calls[2].resolve(vocabularyOf('a', 'b'));
	await settle();
	view.load();
	expect(view.reach.error).toBeNull();
	expect(reach.calls).toHaveLength(3);
});

describe('a link to the vocabulary', () => {
	const LINK = '?tokenizer=gpt2&id=7&q=%C2%B7x&script=Latin&kind=byte&sort=bytes';

	it('restores everything, and is written as it was read', async () => {
		const { address, open, view } = mount();
		await open(LINK);
		expect(address.problem).toBeNull();
		expect(view.capture()).toMatchObject({ tokenizer: 'gpt2', chosen: 7, search: '·x' });
		expect(address.capture().search).toBe(LINK);
	});

	it('is plain by default, and a permalink names its tokenizer', () => {
		const { address, view } = mount();
		expect(address.capture().search).toBe('');
		view.chosen = 1;
		expect(address.capture().search).toBe('?tokenizer=first&id=1');
	});

	it('describes no token of another tokenizer than the one it names', async () => {
		const { address, open, view } = mount();
		await open('?tokenizer=own-1&id=5');
		expect(address.problem).toContain('“own-1”');
		expect(view.chosen).toBeNull();
		expect(view.tokenizer).toBe('first');
	});
});
