import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashOf } from '../../../../../tests/support/fake-address';
import { sidesOf } from '../../../../../tests/support/fake-drift';
import { createDiffAddress, type LinkedState } from './address';
import { DiffView } from './view.svelte';

const FIRST = { sides: sidesOf('a', 'b'), rows: null, text: 'first' };
const url = (rest: string) => new URL(`https://host/drift/diff/${rest}`);

function mount() {
	const written: string[] = [];
	const set = vi.fn<LinkedState['diff']['set']>();
	const setText = vi.fn<LinkedState['setText']>();
	const diff = { sides: FIRST.sides, rows: null, set };
	const open = vi.fn<LinkedState['documents']['open']>();
	const documents = { text: FIRST.text as string | null, all: [], open };
	const tokenizers = {
		load: () => Promise.resolve(),
		has: (id: string) => ['a', 'b', 'c'].includes(id)
	};
	const view = new DiffView();
	const state = { diff, view, documents, setText, tokenizers, firstAddress: FIRST };
	const address = createDiffAddress(state, (to) => written.push(to));
	return { address, state, set, setText, written };
}

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

describe('the address of a diff', () => {
	it('takes over sides, rows and text', async () => {
		const { address, set, setText } = mount();
		await address.read(url(`?a=c&rows=7${await hashOf('a\r\nb')}`));
		expect(set).toHaveBeenCalledExactlyOnceWith(sidesOf('c', 'b'), 7);
		expect(setText).toHaveBeenCalledExactlyOnceWith('a\r\nb');
		expect(address.problem).toBeNull();
	});

	it('reports what is wrong with a link, and takes over the rest', async () => {
		const { address, set, setText } = mount();
		await address.read(url(`?a=nobody${await hashOf('text')}`));
		expect(address.problem).toContain('“nobody”');
		expect(set).not.toHaveBeenCalled();
		expect(setText).toHaveBeenCalledExactlyOnceWith('text');
		await address.read(url('?a=c#v1.t=AAAA'));
		expect(address.problem).toContain('damaged');
		expect(set).toHaveBeenCalledExactlyOnceWith(sidesOf('c', 'b'), null);
		expect(setText).toHaveBeenCalledTimes(1);
		address.dismiss();
		expect(address.problem).toBeNull();
	});

	it('takes over what could be read of a link with one bad side', async () => {
		const { address, state, set, setText } = mount();
		const link = `?a=c&b=nobody&rows=7&special=parse&template=on&view=ids&vocabulary=added&vocabulary-find=the&unreachable=b&unreachable-find=9&open=fingerprints&closed=config`;
		await address.read(url(`${link}${await hashOf('text')}`));
		expect(address.problem).toContain('Neither tokenizer of the link was opened');
		expect(address.isUnreadable).toBe(true);
		expect(set).toHaveBeenCalledExactlyOnceWith(FIRST.sides, 7);
		expect(setText).toHaveBeenCalledExactlyOnceWith('text');
		expect(state.view.link).toEqual({
			special: 'parse',
			template: true,
			display: 'ids',
			vocabularyList: 'added',
			vocabularySearch: 'the',
			unreachableList: 'b',
			unreachableSearch: '9',
			open: ['fingerprints'],
			closed: ['config'],
			values: []
		});
	});

	it('keeps the sides of a link whose rows are bad', async () => {
		const { address, set } = mount();
		await address.read(url('?a=c&b=a&rows=none'));
		expect(address.problem).toContain('“rows=none”');
		expect(set).toHaveBeenCalledExactlyOnceWith(sidesOf('c', 'a'), null);
	});

	it('leaves the view as it is if the address has only an anchor', async () => {
		const { address, state } = mount();
		state.view.setSectionOpen('real-model', true);
		await address.read(url('#real-model-letters'));
		expect(state.view.link.open).toEqual(['real-model']);
	});

	it('leaves everything as it is if the address is plain', async () => {
		const { address, set, setText } = mount();
		await address.read(url(''));
		expect(set).not.toHaveBeenCalled();
		expect(setText).not.toHaveBeenCalled();
	});

	it('writes what differs from a plain address once the state rests, and does not read it back', async () => {
		const { address, state, set, written } = mount();
		address.write();
		await vi.advanceTimersByTimeAsync(300);
		expect(written).toEqual(['']);
		state.diff.sides = sidesOf('a', 'c');
		state.documents.text = 'typed';
		address.write();
		await vi.waitFor(() => expect(written).toHaveLength(2));
		expect(written[1]).toMatch(/^\?a=a&b=c&rest#v1\.t=/);
		await address.read(url(written[1]));
		expect(set).not.toHaveBeenCalled();
	});

	it('says that files are not in the link', async () => {
		const { address, state, written } = mount();
		state.documents.text = null;
		address.write();
		await vi.advanceTimersByTimeAsync(300);
		expect(address.unlinked).toBe('file');
		expect(written).toEqual(['']);
	});
});
