import { describe, expect, it } from 'vitest';
import { buildVocabulary } from '../../engine';
import { encodeUtf8 } from '../../engine/text';
import { VocabularyState } from './page.svelte';
import { NO_TOKEN, REACHES } from './table';
import type { LoadedVocabulary } from './worker';
import { fakeCalls, settle } from '../../../../tests/support/fake-calls';
import { fakeLab, linksOf } from '../../../../tests/support/fake-lab';
import { newTokenizer } from '../../../../tests/support/memory-store';

function vocabularyOf(...tokens: string[]): LoadedVocabulary {
	return {
		table: {
			vocabulary: buildVocabulary(tokens.map((token) => encodeUtf8(token))),
			kinds: Uint8Array.from(tokens, (token) => (token === '' ? NO_TOKEN : 0)),
			scripts: Uint8Array.from(tokens, () => 0)
		},
		summary: {
			...{ ids: tokens.length, tokens: tokens.filter(Boolean).length, special: 0 },
			...{ counts: { kind: [tokens.length], script: [tokens.length] }, normalizer: [] },
			...{ longest: [], scripts: [] }
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
	const { lab } = fakeLab();
	const workers = { vocabulary: vocabulary.method, reach: reach.method };
	const tokenizing = { describe: details.method };
	const view = new VocabularyState(Object.assign(lab, { connect: () => workers, tokenizing }), {
		summary: vocabularyOf('a', 'b').summary,
		tokenizer: 'o200k_base',
		unreachable: { count: 1, longest: [] }
	});
	const { document, value } = view;
	return { lab, view, document, value, ...linksOf(document), vocabulary, reach, details };
}

it('shows its prerendered figures until the vocabulary is loaded', async () => {
	const { view, value, vocabulary, reach } = mount();
	expect([view.summary?.tokens, view.unreachable?.count]).toEqual([2, 1]);
	value.search = 'b';
	expect(view.found).toBeNull();
	view.load();
	vocabulary.calls[0].resolve(vocabularyOf('a', 'b', '', 'bb'));
	await settle();
	expect([...(view.found?.ids ?? [])]).toEqual([1, 3]);
	expect(view.status).toBe('ready');
	expect(reach.calls).toEqual([]);
});

it('checks the tokens of another tokenizer for the overview, and not for a list', async () => {
	const { view, value, vocabulary, reach } = mount();
	value.tokenizer = 'gpt2';
	view.load();
	vocabulary.calls[0].resolve(vocabularyOf('a', 'b'));
	await settle();
	value.all = true;
	view.load();
	expect([view.unreachable, reach.calls.length]).toEqual([null, 0]);
	value.all = false;
	view.load();
	reach.calls[0].resolve(Uint8Array.of(REACHES.indexOf('own'), REACHES.indexOf('proven')));
	await settle();
	expect(view.unreachable).toEqual({ count: 1, longest: [{ id: 1, bytes: encodeUtf8('b') }] });
});

it('never shows the tokens of another tokenizer', async () => {
	const { view, value } = await loaded('a', 'b', 'c');
	value.chosen = 2;
	value.tokenizer = 'gpt2';
	view.load();
	expect([value.chosen, view.summary, view.found]).toEqual([null, null, null]);
	expect(view.status).toBe('loading');
});

it('checks reachability only when it is asked for, can stop, and lists what it found', async () => {
	const { view, value, reach } = await loaded('a', 'b');
	view.load();
	expect(reach.calls).toHaveLength(0);
	value.kind = 'unreachable';
	view.load();
	expect(reach.calls).toHaveLength(1);
	expect(view.found).toBeNull();
	view.stopCheck();
	expect(reach.calls[0].options.signal?.aborted).toBe(true);
	expect(view.reach.error).toBe('Stopped.');
	// It isn't repeated automatically.
	view.load();
	expect(reach.calls).toHaveLength(1);
	void view.reach.ask(value.tokenizer);
	expect(reach.calls).toHaveLength(2);
	expect(view.reachOf(1)).toBeNull();
	reach.calls[1].resolve(Uint8Array.of(REACHES.indexOf('own'), REACHES.indexOf('proven')));
	await settle();
	expect([...(view.found?.ids ?? [])]).toEqual([1]);
	expect(view.reachOf(1)).toBe('proven');
});

it('forgets a check that runs or failed when another tokenizer is chosen', async () => {
	const { view, value, vocabulary, reach } = await loaded('a', 'b');
	value.kind = 'unreachable';
	view.load();
	value.tokenizer = 'gpt2';
	view.load();
	expect(reach.calls[0].options.signal?.aborted).toBe(true);
	expect(view.reach.status).toBe('idle');
	vocabulary.calls[1].resolve(vocabularyOf('a'));
	await settle();
	view.load();
	reach.calls[1].reject(new Error('out of memory'));
	await settle();
	value.tokenizer = 'o200k_base';
	view.load();
	vocabulary.calls[2].resolve(vocabularyOf('a', 'b'));
	await settle();
	view.load();
	expect(view.reach.error).toBeNull();
	expect(reach.calls).toHaveLength(3);
});

describe('a link to the vocabulary', () => {
	const LINK = '?tokenizer=gpt2&id=7&q=%C2%B7x&script=Latin&kind=byte&sort=bytes';

	it('restores everything, and is written as it was read, with what was typed behind the #', async () => {
		const { document, value, open, link } = mount();
		await open(LINK);
		expect(document.problem).toBeNull();
		expect(value).toMatchObject({ tokenizer: 'gpt2', chosen: 7, search: '·x' });
		expect(document.capture().search).toBe(LINK);
		expect(await link()).toBe(LINK.replace('&q=%C2%B7x', '') + '#v1?q=%C2%B7x');
	});

	it('is plain by default, and a permalink names its tokenizer', () => {
		const { document, value } = mount();
		expect(document.capture().search).toBe('');
		value.chosen = 1;
		expect(document.capture().search).toBe('?tokenizer=o200k_base&id=1');
	});

	it('describes no token of another tokenizer than the one it names', async () => {
		const { document, value, open } = mount();
		value.tokenizer = 'gpt2';
		await open('?tokenizer=own-1&id=5');
		expect(document.problem).toContain('“own-1”');
		expect(value).toMatchObject({ tokenizer: 'o200k_base', chosen: null });
	});
});

it('shows the first tokenizer in place of one that is deleted, until that is undone', async () => {
	const { lab, value } = mount();
	const { id } = await lab.savedTokenizers.save(newTokenizer('mine'));
	value.tokenizer = id;
	value.chosen = 3;
	const restore = await lab.savedTokenizers.remove(id);
	expect(value).toMatchObject({ tokenizer: 'o200k_base', chosen: null });
	await restore();
	expect(value).toMatchObject({ tokenizer: id, chosen: 3 });
});
