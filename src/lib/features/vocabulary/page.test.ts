import { describe, expect, it } from 'vitest';
import { buildVocabulary } from '../../engine';
import { encodeUtf8 } from '../../engine/text';
import type { Names } from '../../session/links/page-address.svelte';
import { createVocabularyAddress } from './address';
import { VocabularyState } from './page.svelte';
import { REACHES } from './reach';
import { NO_TOKEN } from './table';
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
			ids: tokens.length,
			tokens: tokens.filter(Boolean).length,
			special: 0,
			counts: { kind: [tokens.length], script: [tokens.length] },
			normalizer: []
		}
	};
}

function mount() {
	const vocabulary = fakeCalls<'vocabulary'>();
	const reach = fakeCalls<'reach'>();
	const textOrder = fakeCalls<'textOrder'>();
	const details = fakeCalls<'describe'>();
	const view = new VocabularyState(
		{
			connect: () => ({
				vocabulary: vocabulary.method,
				reach: reach.method,
				textOrder: textOrder.method
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

describe('the vocabulary page', () => {
	it('shows its prerendered beginning until the vocabulary is loaded', async () => {
		const { view, vocabulary } = mount();
		expect([...(view.found?.ids ?? [])]).toEqual([0, 1]);
		view.search = 'b';
		expect(view.found).toBeNull();
		view.load();
		vocabulary.calls[0].resolve(vocabularyOf('a', 'b', 'bb'));
		await settle();
		expect([...(view.found?.ids ?? [])]).toEqual([1, 2]);
		expect(view.status).toBe('ready');
	});

	it('never shows the tokens of another tokenizer', async () => {
		const { view, vocabulary } = mount();
		view.load();
		vocabulary.calls[0].resolve(vocabularyOf('a', 'b', 'c'));
		await settle();
		view.chosen = 2;
		view.setTokenizer('gpt2');
		view.load();
		expect(view.chosen).toBeNull();
		expect(view.shown).toBeNull();
		expect(view.found).toBeNull();
		expect(view.status).toBe('loading');
	});

	it('goes to the nearest id that has a token', async () => {
		const { view, vocabulary } = mount();
		view.load();
		vocabulary.calls[0].resolve(vocabularyOf('a', '', 'c'));
		await settle();
		view.chosen = 0;
		expect(view.neighbour(1)).toBe(2);
		expect(view.neighbour(-1)).toBeNull();
	});

	it('checks reachability only when it is asked for, and can stop', async () => {
		const { view, vocabulary, reach } = mount();
		view.load();
		vocabulary.calls[0].resolve(vocabularyOf('a', 'b'));
		await settle();
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
	});

	it('forgets a check that runs or failed when another tokenizer is chosen', async () => {
		const { view, vocabulary, reach } = mount();
		view.load();
		vocabulary.calls[0].resolve(vocabularyOf('a', 'b'));
		await settle();
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

	it('lists what the check found', async () => {
		const { view, vocabulary, reach } = mount();
		view.load();
		vocabulary.calls[0].resolve(vocabularyOf('a', 'b'));
		await settle();
		view.kind = 'unreachable';
		view.load();
		reach.calls[0].resolve(Uint8Array.of(REACHES.indexOf('own'), REACHES.indexOf('proven')));
		await settle();
		expect([...(view.found?.ids ?? [])]).toEqual([1]);
		expect(view.reachOf(1)).toBe('proven');
	});
});

describe('a link to the vocabulary', () => {
	const LINK =
		'?tokenizer=gpt2&id=7&q=%C2%B7x&by=text&script=Latin&kind=byte&sort=bytes&picture=kind&facts=1';

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

	it('says which values it does not know', async () => {
		const { address, open } = mount();
		await open('?kind=odd&script=Elvish&sort=size');
		for (const name of ['kind=odd', 'script=Elvish', 'sort=size'])
			expect(address.problem).toContain(name);
	});
});
