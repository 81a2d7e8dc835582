import { describe, expect, it } from 'vitest';
import { sidesOf } from '../../../../tests/support/fake-drift';
import { readDiff, writeDiff, type LinkedDiff } from './diff';

const FALLBACK: LinkedDiff = { sides: sidesOf('gpt2', 'qwen3'), rows: null };
const read = (search: string) =>
	readDiff(new URLSearchParams(search), FALLBACK, {
		has: (id) => ['gpt2', 'qwen3', 'llama3'].includes(id)
	});

describe('a link to a diff', () => {
	it('restores both sides, their edits and the rows', () => {
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
		expect(read(writeDiff(diff))).toEqual({ diff, problems: [] });
	});

	it('has the default for what it does not name', () => {
		expect(read('?b=llama3').diff).toEqual({ sides: sidesOf('gpt2', 'llama3'), rows: null });
		expect(read('?b=r50k_base').diff).toEqual({ sides: sidesOf('gpt2', 'gpt2'), rows: null });
		expect(read('?rows=9').diff).toEqual({ ...FALLBACK, rows: 9 });
		expect(read('?edit-b=[]').diff).toEqual(FALLBACK);
	});

	it('is null if the address names nothing', () => {
		expect(read('?other=1')).toEqual({ diff: null, problems: [] });
	});

	it('reports everything that is wrong with it', () => {
		const { diff, problems } = read('?a=nonsense&edit-b=[{"kind":"explode"}]&rows=-3');
		expect(diff).toBeNull();
		expect(problems).toHaveLength(3);
		expect(problems[0]).toContain('“nonsense”');
		expect(problems[1]).toContain('explode');
		expect(problems[2]).toContain('“rows=-3”');
		expect(read('?edit-a={').problems).toHaveLength(1);
	});
});
