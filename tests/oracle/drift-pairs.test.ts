import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeDrift, readTokenizerFile } from '../../src/lib/drift/index';

const FOLDER = join(import.meta.dirname, 'drift-pairs');
const NAMES = readdirSync(FOLDER)
	.filter((name) => name.endsWith('-a.json'))
	.map((name) => name.slice(0, -'-a.json'.length));

const UNREAD = 'p46-unknown-stage';

describe('small pairs of files, one per class of change', () => {
	it('are both changes and copies', () => {
		expect(NAMES.filter((name) => name.startsWith('p')).length).toBeGreaterThanOrEqual(36);
		expect(NAMES.filter((name) => name.startsWith('a')).length).toBeGreaterThanOrEqual(19);
	});

	const textOf = (name: string, side: 'a' | 'b') =>
		readFileSync(join(FOLDER, `${name}-${side}.json`), 'utf8');

	// The command refuses what the engine cannot read: no verdict, exit code 2.
	it(`${UNREAD} is refused, with the stage that the engine does not have`, () => {
		expect(() => readTokenizerFile(textOf(UNREAD, 'b'))).toThrow(
			'pre_tokenizer.type: got "Punctuation"'
		);
	});

	it.each(NAMES.filter((name) => name !== UNREAD))('%s', async (name) => {
		const [a, b] = (['a', 'b'] as const).map((side) => readTokenizerFile(textOf(name, side)));
		const { verdict } = await judgeDrift(a, b);
		const stopped = verdict === 'silent' || verdict === 'crash';
		expect(stopped, verdict).toBe(name.startsWith('p'));
	});
});
