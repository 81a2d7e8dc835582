import { describe, expect, it } from 'vitest';
import { parseEdits } from './parse-edit';
import type { SpecEdit } from './spec-edit';

const EDITS: readonly SpecEdit[] = [
	{ kind: 'normalizer', value: { type: 'NFC' } },
	{ kind: 'normalizer', value: null },
	{
		kind: 'pre_tokenizer',
		value: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true }
	},
	{ kind: 'split-regex', split: 1, regex: ' ?\\p{L}+' },
	{ kind: 'post_processor', value: null },
	{ kind: 'decoder', value: { type: 'Fuse' } },
	{ kind: 'bos', times: 2, token: '<s>' },
	{ kind: 'bos', times: 0, token: null },
	{ kind: 'ignore-merges', value: false },
	{ kind: 'prefix-space', value: true },
	{ kind: 'drop-added-tokens', which: 'not-special' },
	{ kind: 'drop-added-tokens', which: { contents: ['<|im_end|>'] } },
	{ kind: 'added-token-flags', which: 'all', flags: { rstrip: false } },
	{ kind: 'swap-merges', ranks: [5, 9] },
	{ kind: 'drop-last-merges', count: 1000 },
	{ kind: 'reorder-merges', order: 'reversed' },
	{ kind: 'reorder-merges', order: 'shuffled', seed: 7 },
	{ kind: 'swap-ids', ids: [1, 2] },
	{ kind: 'shift-ids', from: 50259, by: 1 },
	{ kind: 'clean-up-spaces', value: true }
];

describe('parseEdits', () => {
	it('gives back every edit that went through JSON', () => {
		expect(parseEdits(JSON.parse(JSON.stringify(EDITS)), 'edits')).toEqual(EDITS);
	});

	it('names what is wrong, where, and what was expected', () => {
		const message = (json: unknown) => {
			try {
				parseEdits(json, 'the link’s changes');
			} catch (error) {
				return error instanceof Error ? error.message : String(error);
			}
			return null;
		};
		expect(message({})).toMatch(/the link’s changes.*an array/);
		expect(message([{ kind: 'explode' }])).toMatch(/\[0\]\.kind.*explode/);
		expect(message([{ kind: 'swap-ids', ids: [1] }])).toMatch(/\[0\]\.ids.*two numbers/);
		expect(message([{ kind: 'bos', times: 3, token: null }])).toMatch(/\[0\]\.times/);
		expect(message([{ kind: 'normalizer', value: { type: 'Magic' } }])).toMatch(/Magic/);
		expect(message(Array.from({ length: 33 }, () => EDITS[0]))).toMatch(/33 edits/);
	});
});
