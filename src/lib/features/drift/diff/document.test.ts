import { expect, it, vi } from 'vitest';
import { hashOf } from '../../../../../tests/support/fake-address';
import { sidesOf } from '../../../../../tests/support/fake-drift';
import { useFakeTimers } from '../../../../../tests/support/fake-timers';
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
	const has = (id: string) => ['a', 'b', 'c'].includes(id);
	const tokenizers = { load: () => Promise.resolve(), has };
	const view = new DiffView();
	const state = { diff, view, documents, setText, tokenizers, firstAddress: FIRST };
	const address = createDiffAddress(state, (to) => written.push(to));
	return { address, state, set, setText, written };
}

useFakeTimers();

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
	await address.read(url('?a=c&rows=none#v1.t=AAAA'));
	expect(address.problem).toMatch(/“rows=none”.*damaged/);
	expect(set).toHaveBeenCalledExactlyOnceWith(sidesOf('c', 'b'), null);
	expect(setText).toHaveBeenCalledTimes(1);
});

it('takes over what could be read of a link with one bad side', async () => {
	const { address, state, set, setText } = mount();
	const link = '?a=c&b=nobody&rows=7&special=parse&vocabulary=added';
	await address.read(url(`${link}${await hashOf('text')}`));
	expect(address.problem).toContain('Neither tokenizer of the link was opened');
	expect(address.isUnreadable).toBe(true);
	expect(set).toHaveBeenCalledExactlyOnceWith(FIRST.sides, 7);
	expect(setText).toHaveBeenCalledExactlyOnceWith('text');
	expect(state.view.link).toMatchObject({ special: 'parse', vocabularyList: 'added' });
});

it('leaves the view as it is if the address has only an anchor', async () => {
	const { address, state } = mount();
	state.view.template = true;
	await address.read(url('#real-model-letters'));
	expect(state.view.link.template).toBe(true);
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
	// Files are in no link.
	state.documents.text = null;
	address.write();
	await vi.advanceTimersByTimeAsync(300);
	expect([address.unlinked, written[2]]).toEqual(['file', '?a=a&b=c']);
});
