import { expect, it } from 'vitest';
import { hashOf } from '../../../../../tests/support/fake-address';
import { setUpDiffPage } from '../../../../../tests/support/fake-diff-page';
import { GPT2_SPLIT } from '../../../drift/edits/spec-edit';

/** The page's document, and a function that opens a link in it. */
function mount() {
	const { lab, page } = setUpDiffPage();
	const { document } = page;
	const read = (rest: string) => document.read(new URL(`https://host/drift/diff/${rest}`));
	const sides = () => {
		const { a, editsA, b, editsB } = document.value;
		return [a, editsA, b, editsB];
	};
	return { ...lab, document, value: document.value, read, sides };
}

const FIRST = ['llama3', [], 'llama3', [GPT2_SPLIT]];

it('takes over sides, rows and text', async () => {
	const { document, value, input, read, sides } = mount();
	await read(`?a=gpt2&rows=7${await hashOf('a\r\nb')}`);
	expect(sides()).toEqual(['gpt2', [], 'llama3', [GPT2_SPLIT]]);
	expect([value.rows, input.text, document.problem]).toEqual([7, 'a\r\nb', null]);
	for (const name of ['gpt2', 'r50k_base']) {
		await read(`?b=${name}`);
		expect(sides()).toEqual(['llama3', [], 'gpt2', []]);
	}
	await read('?edit-b=[]');
	expect(sides()).toEqual(['llama3', [], 'llama3', []]);
});

it('reports what is wrong with a link, and takes over the rest', async () => {
	const { document, input, read, sides } = mount();
	await read(`?a=nobody${await hashOf('text')}`);
	expect(document.problem).toContain('“nobody”');
	expect([sides(), input.text]).toEqual([FIRST, 'text']);
	await read('?a=gpt2&edit-b=[{"kind":"explode"}]');
	expect(document.problem).toMatch(/explode.*Neither tokenizer in the link/);
	expect(sides()).toEqual(FIRST);
	await read('?a=gpt2&rows=none#v1.t=AAAA');
	expect(document.problem).toMatch(/“rows=none”.*damaged/);
	expect(sides()).toEqual(['gpt2', [], 'llama3', [GPT2_SPLIT]]);
	expect([document.value.rows, input.text]).toEqual([null, 'text']);
});

it('takes over what could be read of a link with one bad side', async () => {
	const { document, value, input, read, sides } = mount();
	const link = '?a=gpt2&b=nobody&rows=7&special=parse&vocabulary=added';
	await read(`${link}${await hashOf('text')}`);
	expect(document.problem).toContain('Neither tokenizer in the link was opened');
	expect(document.isUnreadable).toBe(true);
	expect([sides(), input.text]).toEqual([FIRST, 'text']);
	expect(value).toMatchObject({ rows: 7, special: 'parse', vocabularyList: 'added' });
});

it('stays as it is if the address has only an anchor', async () => {
	const { value, read } = mount();
	value.template = true;
	await read('#damage-title');
	expect(value.template).toBe(true);
});

it('links to what differs from a plain address', async () => {
	const { document, value, input, read, sides } = mount();
	expect(await document.link()).toBe('');
	// The changes belonged to the previous tokenizer.
	value.b = 'gpt2';
	expect(await document.link()).toBe('?a=llama3&b=gpt2');
	input.show('typed');
	const link = await document.link();
	expect(link).toMatch(/^\?a=llama3&b=gpt2&rest#v1\.t=/);
	const other = mount();
	await other.read(link);
	expect([other.sides(), other.input.text]).toEqual([sides(), 'typed']);
	await read(link.slice(0, link.indexOf('#')));
	expect(document.isUnreadable).toBe(true);
});
