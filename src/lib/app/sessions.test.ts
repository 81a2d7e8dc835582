import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeDocument, FILES, FIRST } from '../../../tests/support/fake-document';
import type { LinkContent } from '../session/documents/link-codec';
import { KeptValues, type KeptValue } from '../session/kept-values';
import { SharedInput } from '../session/shared-input.svelte';
import { Sessions, type Snapshot } from './sessions';

/** Stored values, by key. */
const kept = new Map<string, KeptValue>();
beforeEach(() => {
	kept.clear();
	vi.spyOn(KeptValues.prototype, 'keep').mockImplementation((value) => {
		const key = `key ${kept.size}`;
		kept.set(key, value);
		return { key, isStored: true };
	});
	vi.spyOn(KeptValues.prototype, 'find').mockImplementation((key) =>
		Promise.resolve(kept.get(key))
	);
});

const LONG = 'long '.repeat(4_000);

/** Sessions of a tab that shows a page with a document. */
function setUp(path = 'train') {
	const input = new SharedInput();
	const fake = fakeDocument();
	const tab = { path };
	const go = (page: string) => Promise.resolve(void (tab.path = page));
	const lab = { input, shown: fake } as never;
	return { ...fake, input, tab, sessions: new Sessions(lab, () => tab.path, go) };
}

const reloaded = (snapshot: Snapshot | null) => JSON.parse(JSON.stringify(snapshot)) as Snapshot;

describe('a snapshot', () => {
	it('holds short texts, and the keys of long ones and of files', () => {
		const { sessions, input, shown, value } = setUp();
		[input.text, value.count] = ['short', 7];
		expect(sessions.snapshot()).toEqual({
			...{ page: 'train', search: '?n=7', text: 'short', files: null },
			input: FIRST
		});
		expect(kept.size).toBe(0);
		input.text = LONG;
		shown.content = { kind: 'ids', value: `${LONG}2`, sample: 'short' };
		expect(sessions.snapshot()).toMatchObject({
			text: { key: 'key 0' },
			input: { kind: 'ids', value: { key: 'key 1' }, sample: 'short' }
		});
		shown.content = 'file';
		expect(sessions.snapshot()).toMatchObject({ input: null, files: 'key 3' });
		expect([...kept.values()]).toEqual([LONG, `${LONG}2`, LONG, FILES]);
	});

	it('holds a long text itself until that is stored, because a reload would interrupt it', () => {
		const { sessions, input } = setUp();
		vi.spyOn(KeptValues.prototype, 'keep').mockReturnValue({ key: 'key', isStored: false });
		input.text = LONG;
		expect(sessions.snapshot()).toMatchObject({ text: LONG });
		input.text = LONG.repeat(50);
		expect(sessions.snapshot()).toMatchObject({ text: { key: 'key' } });
	});

	it('is of a page that can be opened again', () => {
		expect(setUp('unknown').sessions.snapshot()).toBeNull();
		const closed = new Sessions({ shown: null } as never, () => 'train', vi.fn());
		expect(closed.snapshot()).toBeNull();
	});
});

describe('going back', () => {
	it.each<[string, LinkContent]>([
		['a short text', { kind: 'text', value: 'short' }],
		['a long list of ids', { kind: 'ids', value: LONG }],
		['a second text', { kind: 'text', value: LONG, sample: 'short' }]
	])('restores fields, the shared text and %s', async (_, content) => {
		const { sessions, ...before } = setUp();
		before.shown.content = content;
		[before.input.text, before.value.count] = [`${LONG}shared`, 7];
		const { sessions: after, input, shown, value } = setUp();
		await after.return(reloaded(sessions.snapshot()));
		expect([input.text, shown.content, value.count]).toEqual([`${LONG}shared`, content, 7]);
	});

	it('restores files', async () => {
		const { sessions, shown, openFiles } = setUp();
		shown.content = 'file';
		await sessions.return(reloaded(sessions.snapshot()));
		expect(openFiles).toHaveBeenCalledExactlyOnceWith(FILES);
	});

	it('is what a snapshot returns to until it is done', async () => {
		const { sessions, input } = setUp();
		input.text = LONG;
		const snapshot = sessions.snapshot();
		input.text = 'later';
		const returning = sessions.return(snapshot);
		expect(sessions.snapshot()).toBe(snapshot);
		await returning;
		expect(input.text).toBe(LONG);
		input.text = 'latest';
		expect(sessions.snapshot()).toMatchObject({ text: 'latest' });
	});

	it.each(['text', 'input', 'files'])(
		'changes nothing if the browser has lost the %s',
		async (lost) => {
			const { sessions, input, shown, value, openFiles } = setUp();
			[input.text, value.count] = ['shared', 7];
			const files = lost === 'files' ? 'lost' : null;
			await sessions.return({
				...{ page: 'train', search: '?n=8', files },
				text: lost === 'text' ? { key: 'lost' } : 'before',
				input: { kind: 'text', value: lost === 'input' ? { key: 'lost' } : 'before' }
			});
			expect([input.text, value.count]).toEqual(['shared', 7]);
			expect(shown.content).toBe('default');
			expect(openFiles).not.toHaveBeenCalled();
			expect(sessions.snapshot()).toMatchObject({ text: 'shared' });
		}
	);

	it('changes nothing on another page, also if that is shown only by then', async () => {
		const { sessions, input, tab } = setUp();
		[input.text, tab.path] = [LONG, ''];
		const snapshot = { ...reloaded(sessions.snapshot()), page: 'train' as const };
		input.text = 'shared';
		await sessions.return(null);
		const elsewhere = sessions.return(snapshot);
		expect(sessions.snapshot()).toMatchObject({ page: '', text: 'shared' });
		await elsewhere;
		tab.path = 'train';
		const returning = sessions.return(snapshot);
		tab.path = '';
		await returning;
		expect(input.text).toBe('shared');
	});

	it('to a later snapshot wins, even if an earlier one is read last', async () => {
		const { sessions, input } = setUp();
		const found = new Map<string, (value: string) => void>();
		vi.spyOn(KeptValues.prototype, 'find').mockImplementation(
			(key) => new Promise((resolve) => found.set(key, resolve))
		);
		const to = (key: string): Promise<void> =>
			sessions.return({ page: 'train', search: '', text: { key }, input: null, files: null });
		const returns = [to('early'), to('late')];
		for (const key of ['late', 'early']) found.get(key)?.(key);
		await Promise.all(returns);
		expect(input.text).toBe('late');
	});
});

it('goes back to what another page showed', async () => {
	const { sessions, input, shown, value } = setUp();
	[input.text, value.count] = ['before', 7];
	const back = sessions.remember();
	await sessions.show('strawberry', { search: '?n=8', input: null, files: null });
	input.text = 'later';
	expect([sessions.page, value.count]).toEqual(['strawberry', 8]);
	await back();
	expect([sessions.page, input.text, value.count]).toEqual(['train', 'before', 7]);
	expect(shown.content).toEqual(FIRST);
});
