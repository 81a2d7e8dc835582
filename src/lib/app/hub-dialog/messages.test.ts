import { describe, expect, it } from 'vitest';
import { COMMIT, listingOf } from '../../../../tests/support/test-hub';
import type { HubFile } from '../../session/tokenizers/hub/hub';
import type { HubProblem } from '../../session/tokenizers/hub/problem';
import {
	describeCommit,
	describeLoad,
	describeNoTokenizer,
	describeProblem,
	describeSize,
	describeTooLarge
} from './messages';

const host = 'huggingface.co';
const repository = 'owner/name';

it('has words of its own for each problem, with what to do', () => {
	const problems: readonly HubProblem[] = [
		{ kind: 'offline' },
		{ kind: 'silent', host },
		{ kind: 'gated', repository, withToken: false },
		{ kind: 'gated', repository, withToken: true },
		{ kind: 'no-repository', repository, withToken: false },
		{ kind: 'no-repository', repository, withToken: true },
		{ kind: 'no-revision', repository, revision: 'v9' },
		{ kind: 'no-file', path: 'tokenizer.json' },
		{ kind: 'bad-token' },
		{ kind: 'rate-limit', seconds: null },
		{ kind: 'rate-limit', seconds: 1 },
		{ kind: 'web-page', host },
		{ kind: 'status', host, status: 503 },
		{ kind: 'unexpected', found: '[]' },
		{ kind: 'bad-path', path: '../tokenizer.json' },
		{ kind: 'truncated', path: 'tokenizer.json', received: 1000, size: 2_000_000 },
		{ kind: 'no-ranges', host, path: 'model.gguf', size: 4e9 },
		{ kind: 'damaged', path: 'tokenizer.json' }
	];
	const described = problems.map(describeProblem);
	expect(new Set(described).size).toBe(problems.length);
	for (const words of described) expect(words).toMatch(/^\S.+[.] .+[.]$|^.+[:.] .+[.]$/);
	for (const words of ['no branch, tag or commit "v9"', 'in 1 second.', 'after 1 kB of 2.0 MB.'])
		expect(described.join()).toContain(words);
});

it.each([
	[describeCommit(listingOf({})), 'owner/name at 607a30d (main)'],
	[describeCommit(listingOf({ revision: COMMIT })), 'owner/name at 607a30d'],
	[describeNoTokenizer(listingOf({})), 'has no tokenizer.json']
])('a listing: %s', (words, expected) => {
	expect(words).toContain(expected);
	if (expected.includes(' at ')) expect(words).toBe(expected);
});

describe('the files to load', () => {
	const file = (size: number): HubFile => ({ path: 'tokenizer.json', size, hash: null });

	it('are added up', () => {
		expect(describeLoad([file(1_000_000), file(400_000)])).toBe('Load 1.4 MB');
		expect(describeSize(file(1_000_000))).toBe('1.0 MB');
	});

	it('are only a header of a GGUF file, however large it is', () => {
		const gguf = { ...file(4_100_000_000), path: 'model-Q4.gguf' };
		expect(describeLoad([gguf])).toBe('Load the header');
		expect(describeSize(gguf)).toBe('4.1 GB; loads only the header, a few MB');
		expect(describeTooLarge([gguf], 67_000_000)).toBeNull();
	});

	it('may be too large', () => {
		const tooLarge = describeTooLarge([file(90_000_000)], 67_000_000);
		expect(tooLarge).toBe('tokenizer.json is 90.0 MB. The lab reads at most 67.0 MB.');
		expect(describeTooLarge([file(67_000_000)], 67_000_000)).toBeNull();
	});
});
