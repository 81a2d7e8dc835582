import { expect, it } from 'vitest';
import { describeEdit } from './messages';
import type { SpecEdit } from './spec-edit';

it.each<[SpecEdit, string]>([
	[{ kind: 'normalizer', value: null }, 'no normalizer'],
	[{ kind: 'normalizer', value: { type: 'NFC' } }, 'normalizer: NFC'],
	[{ kind: 'split-regex', split: 0, regex: 'a' }, 'Split 1: different regex'],
	[{ kind: 'bos', times: 0, token: null }, 'no BOS'],
	[{ kind: 'bos', times: 2, token: '<s>' }, '<s> twice before the text'],
	[{ kind: 'ignore-merges', value: false }, 'ignore_merges off'],
	[{ kind: 'prefix-space', value: true }, 'a space before the text'],
	[{ kind: 'drop-added-tokens', which: 'special' }, 'special tokens dropped'],
	[{ kind: 'drop-added-tokens', which: { contents: ['<a>', '<b>'] } }, '<a> and 1 more dropped'],
	[{ kind: 'added-token-flags', which: 'all', flags: { rstrip: true } }, 'added tokens: rstrip on'],
	[{ kind: 'swap-merges', ranks: [5, 9] }, 'merges 5 and 9 swapped'],
	[{ kind: 'drop-last-merges', count: 1000 }, 'last 1,000 merges dropped'],
	[{ kind: 'drop-last-merges', count: 1 }, 'last merge dropped'],
	[{ kind: 'reorder-merges', order: 'shuffled', seed: 1 }, 'merges shuffled'],
	[{ kind: 'swap-ids', ids: [1, 2] }, 'ids 1 and 2 swapped'],
	[{ kind: 'shift-ids', from: 10, by: 2 }, 'ids from 10 on increased by 2'],
	[{ kind: 'clean-up-spaces', value: true }, 'clean-up of spaces on']
])('%j is described in a few words', (edit, description) => {
	expect(describeEdit(edit)).toBe(description);
});
