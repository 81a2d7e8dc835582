import { describe, expect, it, vi } from 'vitest';
import { memoryStore, newTokenizer as tokenizer } from '../../../tests/support/memory-store';
import type { LinkedTokenizer } from './links/own-tokenizers';
import { SavedTokenizers } from './saved-tokenizers.svelte';

describe('tokenizers that a link names', () => {
	const fingerprint = (digit: string) => `bpe-lab-drift-v1:${digit.repeat(64)}`;
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

	it('are found by the fingerprint that an earlier release gave them', async () => {
		const own = setUp();
		const known = {
			fingerprint: `bpe-lab-drift-v2:${'a'.repeat(64)}`,
			formerFingerprint: fingerprint('1')
		};
		const { id } = await own.save({ ...tokenizer('mine'), ...known });
		expect(resolve(own)).toBe(id);
		expect(resolve(own, { ...linked, id: 'own-2', fingerprint: known.fingerprint })).toBe(id);
		expect(resolve(own, { ...linked, id: 'own-3', fingerprint: fingerprint('2') })).toBe('own-3');
		// Links say the fingerprint of today.
		expect(own.described).toContainEqual({ id, name: 'mine', hub: null, ...known });
	});

	it('are found if an earlier release stored them, by their former fingerprint', async () => {
		const { stored, open } = memoryStore();
		const earlier = { ...tokenizer('mine'), fingerprint: fingerprint('1') };
		stored.set('own-mine', { ...earlier, id: 'own-mine', saved: 1 });
		const own = new SavedTokenizers(open);
		await own.load();
		expect(own.find('own-mine')).toMatchObject({
			fingerprint: null,
			formerFingerprint: fingerprint('1')
		});
		expect(resolve(own)).toBe('own-mine');
		// A link of today with their id is not refused: nothing says that it means another.
		const later = { ...linked, id: 'own-mine', fingerprint: `bpe-lab-drift-v2:${'a'.repeat(64)}` };
		expect(resolve(own, later)).toBe('own-mine');
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
		stored.set('own-linked', { ...tokenizer('mine'), id: 'own-linked', saved: 1 });
		const own = new SavedTokenizers(open);
		resolve(own);
		expect(own.missing).toHaveLength(1);
		await own.load();
		expect([own.missing, own.find('own-linked')?.name]).toEqual([[], 'mine']);
	});
});
