import { describe, expect, it, vi } from 'vitest';
import { memoryStore, newTokenizer as tokenizer } from '../../../tests/support/memory-store';
import type { LinkedTokenizer } from './links/own-tokenizers';
import { completeTokenizer, SavedTokenizers } from './saved-tokenizers.svelte';

describe('tokenizers that a link names', () => {
	const fingerprint = (digit: string) => `bpe-lab-drift-v2:${digit.repeat(64)}`;
	const linked = { id: 'own-linked', name: 'theirs', fingerprint: fingerprint('1'), hub: null };
	const setUp = () => new SavedTokenizers(memoryStore().open);
	const resolve = (own: SavedTokenizers, tokenizer: LinkedTokenizer = linked) =>
		own.resolve([tokenizer]).get(tokenizer.id) ?? '';

	it('are found by id, or by their fingerprint under another id and name', async () => {
		const own = setUp();
		const { id } = await own.save({ ...tokenizer('mine'), fingerprint: fingerprint('1') });
		expect(resolve(own, { ...linked, id })).toBe(id);
		expect(resolve(own)).toBe(id);
		expect(resolve(own, { ...linked, id, fingerprint: null })).toBe(id);
		expect(own.missing).toEqual([]);
	});

	it('are found by their repository and commit on the Hub', async () => {
		const own = setUp();
		const hub = { repository: 'a/b', commit: '0'.repeat(40) };
		const origin = { kind: 'hub', ...hub, files: [] } as const;
		const { id } = await own.save({ ...tokenizer('mine'), origin });
		expect(resolve(own, { ...linked, hub })).toBe(id);
		// A repository may hold several tokenizers.
		const file = { ...tokenizer('original'), origin, fingerprint: fingerprint('2') };
		await own.save(file);
		const another = { ...linked, id: 'own-another', hub, fingerprint: fingerprint('3') };
		await own.remove(id);
		expect(resolve(own, another)).toBe('own-another');
		const other = { repository: 'a/b', commit: '1'.repeat(40) };
		expect(resolve(own, { ...linked, hub: other })).toBe('own-linked');
	});

	it('are told apart by their fingerprints if one repository has several', async () => {
		const own = setUp();
		const hub = { repository: 'a/b', commit: '0'.repeat(40) };
		const origin = { kind: 'hub', ...hub, files: [] } as const;
		await own.save({ ...tokenizer('another file'), origin, fingerprint: fingerprint('2') });
		expect(resolve(own, { ...linked, hub })).toBe('own-linked');
		const { id } = await own.save({ ...tokenizer('it'), origin, fingerprint: fingerprint('1') });
		expect([id, own.missing]).toEqual(['own-linked', []]);
	});

	it('are missing if none is the same, each once, with the names of the link', () => {
		const own = setUp();
		expect([resolve(own), resolve(own)]).toEqual(['own-linked', 'own-linked']);
		expect(own.missing).toEqual([linked]);
		expect(own.list).toEqual([]);
	});

	it('are missing if another tokenizer has their id', async () => {
		const own = setUp();
		await own.save({ ...tokenizer('mine'), id: 'own-linked', fingerprint: fingerprint('2') });
		const id = resolve(own);
		expect(id).toMatch(/^own-/);
		expect(id).not.toBe('own-linked');
		expect(own.missing).toEqual([{ ...linked, id }]);
	});

	it('get the place and the name of the link once a tokenizer with their fingerprint is saved', async () => {
		const own = setUp();
		resolve(own);
		const chosen: string[] = [];
		own.beforeRemoving((id) => {
			chosen.push(`without ${id}`);
			return () => chosen.push(own.find(id)?.name ?? '');
		});
		const other = await own.save({ ...tokenizer('other'), fingerprint: fingerprint('2') });
		expect([other.id === 'own-linked', chosen]).toEqual([false, []]);
		const { id, name } = await own.save({ ...tokenizer('file'), fingerprint: fingerprint('1') });
		expect([id, name, own.missing]).toEqual(['own-linked', 'theirs', []]);
		// Pages ask for it again.
		await vi.waitFor(() => expect(chosen).toEqual(['without own-linked', 'theirs']));
	});

	it('take one with another fingerprint only if they are told to', async () => {
		const { stored, open } = memoryStore();
		const own = new SavedTokenizers(open);
		resolve(own);
		const { id } = await own.save({ ...tokenizer('file'), fingerprint: fingerprint('2') });
		await own.fill('own-linked', id);
		expect(own.list).toMatchObject([{ id: 'own-linked', name: 'theirs' }]);
		expect([own.missing, [...stored.keys()]]).toEqual([[], ['own-linked']]);
	});

	it('appear when a late storage brings them', async () => {
		const { stored, open } = memoryStore();
		stored.set(
			'own-linked',
			completeTokenizer({ ...tokenizer('mine'), id: 'own-linked', saved: 1 })
		);
		const own = new SavedTokenizers(open);
		resolve(own);
		expect(own.missing).toHaveLength(1);
		await own.load();
		expect([own.missing, own.find('own-linked')?.name]).toEqual([[], 'mine']);
	});
});
