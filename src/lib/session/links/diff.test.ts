import { describe, expect, it } from 'vitest';
import { sidesOf } from '../../../../tests/support/fake-drift';
import { readDiff, writeDiff, type DiffViewLink, type LinkedDiff } from './diff';

const FALLBACK: LinkedDiff = { sides: sidesOf('gpt2', 'qwen3'), rows: null };
const PLAIN_VIEW: DiffViewLink = {
	special: 'text',
	template: false,
	display: 'text',
	vocabularyList: 'first',
	vocabularySearch: '',
	unreachableList: 'first',
	unreachableSearch: '',
	open: [],
	closed: [],
	values: []
};
const read = (search: string) =>
	readDiff(new URLSearchParams(search), FALLBACK, {
		has: (id) => ['gpt2', 'qwen3', 'llama3'].includes(id)
	});

describe('a link to a diff', () => {
	it('restores both sides, their edits, the rows and the view', () => {
		const diff: LinkedDiff = {
			sides: {
				a: { tokenizer: 'llama3', edits: [{ kind: 'bos', times: 0, token: null }] },
				b: {
					tokenizer: 'llama3',
					edits: [
						{ kind: 'split-regex', split: 0, regex: ' ?\\p{L}+|&#=' },
						{ kind: 'swap-ids', ids: [1, 2] }
					]
				}
			},
			rows: 50_400
		};
		expect(read(writeDiff(diff))).toEqual({ values: { ...diff, ...PLAIN_VIEW }, problems: [] });
		const view: DiffViewLink = {
			special: 'parse',
			template: true,
			display: 'bytes',
			vocabularyList: 'added',
			vocabularySearch: ' the',
			unreachableList: 'a',
			unreachableSearch: '280',
			open: ['real-model', 'vocabulary'],
			closed: ['config'],
			values: ['pre_tokenizer', 'post_processor']
		};
		expect(read(writeDiff({ ...diff, ...view }))).toEqual({
			values: { ...diff, ...view },
			problems: []
		});
		expect(writeDiff({ ...FALLBACK, ...view })).toBe(
			'?a=gpt2&b=qwen3&special=parse&template=on&view=bytes&vocabulary=added&vocabulary-find=+the&unreachable=a&unreachable-find=280&open=real-model+vocabulary&closed=config&values=pre_tokenizer&values=post_processor'
		);
	});

	it('has the default for what it does not name', () => {
		const sidesIn = (search: string) => read(search).values.sides;
		expect(sidesIn('?b=llama3')).toEqual(sidesOf('gpt2', 'llama3'));
		expect(sidesIn('?b=r50k_base')).toEqual(sidesOf('gpt2', 'gpt2'));
		expect(sidesIn('?edit-b=[]')).toEqual(FALLBACK.sides);
		expect(read('?rows=9').values).toEqual({ sides: null, rows: 9, ...PLAIN_VIEW });
	});

	it('names no sides if the address names none', () => {
		expect(read('?other=1')).toEqual({
			values: { sides: null, rows: null, ...PLAIN_VIEW },
			problems: ['The link has “other”, which this page does not know.']
		});
	});

	it('reports everything that is wrong with it, and opens no half of a pair', () => {
		const { values, problems } = read('?a=nonsense&edit-b=[{"kind":"explode"}]&rows=-3');
		expect(values.sides).toBeNull();
		expect(problems).toHaveLength(4);
		expect(problems[0]).toContain('“nonsense”');
		expect(problems[1]).toContain('explode');
		expect(problems[2]).toContain('Neither tokenizer of the link was opened');
		expect(problems[3]).toContain('“rows=-3”');
		expect(read('?edit-a={')).toMatchObject({
			values: { sides: null },
			problems: [
				'The link’s changes to a tokenizer cannot be read (the link is cut off or damaged).',
				expect.stringContaining('Neither')
			]
		});
		expect(read('?a=llama3&b=nonsense&rows=7').values).toMatchObject({ sides: null, rows: 7 });
		expect(read('?a=llama3&rows=-3').values.sides).toEqual(sidesOf('llama3', 'qwen3'));
	});
});
