import { expect, it } from 'vitest';
import { byteLevel } from '../../../../tests/support/spec-parts';
import { describeEdit } from './messages';
import { parseEdits } from './parse-edit';
import type { SpecEdit } from './spec-edit';

/** Edits, some with their description. */
const EDITS: readonly (readonly [SpecEdit, string | null])[] = [
	[{ kind: 'normalizer', value: { type: 'NFC' } }, 'normalizer: NFC'],
	[{ kind: 'normalizer', value: null }, 'no normalizer'],
	[{ kind: 'pre_tokenizer', value: byteLevel() }, null],
	[{ kind: 'split-regex', split: 0, regex: ' ?\\p{L}+' }, 'Split 1: different regex'],
	[{ kind: 'post_processor', value: null }, null],
	[{ kind: 'decoder', value: { type: 'Fuse' } }, null],
	[{ kind: 'bos', times: 2, token: '<s>' }, '<s> twice before the text'],
	[{ kind: 'bos', times: 0, token: null }, 'no BOS'],
	[{ kind: 'ignore-merges', value: false }, 'ignore_merges off'],
	[{ kind: 'prefix-space', value: true }, 'a space before the text'],
	[{ kind: 'drop-added-tokens', which: 'special' }, 'special tokens dropped'],
	[{ kind: 'drop-added-tokens', which: 'not-special' }, null],
	[{ kind: 'drop-added-tokens', which: { contents: ['<a>', '<b>'] } }, '<a> and 1 more dropped'],
	[{ kind: 'added-token-flags', which: 'all', flags: { rstrip: true } }, 'added tokens: rstrip on'],
	[{ kind: 'swap-merges', ranks: [5, 9] }, 'merges 5 and 9 swapped'],
	[{ kind: 'drop-last-merges', count: 1000 }, 'last 1,000 merges dropped'],
	[{ kind: 'drop-last-merges', count: 1 }, 'last merge dropped'],
	[{ kind: 'swap-ids', ids: [1, 2] }, 'ids 1 and 2 swapped'],
	[{ kind: 'shift-ids', from: 10, by: 2 }, 'ids from 10 on increased by 2'],
	[{ kind: 'clean-up-spaces', value: true }, 'clean-up of spaces on']
];

it('gives back every edit that went through JSON', () => {
	const edits = EDITS.map(([edit]) => edit);
	expect(parseEdits(JSON.parse(JSON.stringify(edits)), 'edits')).toEqual(edits);
});

it.each(EDITS.filter(([, description]) => description !== null))(
	'%j is described in a few words',
	(edit, description) => {
		expect(describeEdit(edit)).toBe(description);
	}
);

it.each([
	[{}, /the link’s changes.*an array/],
	[[{ kind: 'explode' }], /\[0\]\.kind.*explode/],
	[[{ kind: 'swap-ids', ids: [1] }], /\[0\]\.ids.*two numbers/],
	[[{ kind: 'bos', times: 3, token: null }], /\[0\]\.times/],
	[[{ kind: 'normalizer', value: { type: 'Magic' } }], /Magic/],
	[Array.from({ length: 33 }, () => EDITS[0][0]), /33 edits/]
])('names what is wrong, where, and what was expected: %#', (json, message) => {
	expect(() => parseEdits(json, 'the link’s changes')).toThrow(message);
});
