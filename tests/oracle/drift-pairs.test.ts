import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTokenizerFile } from '../../src/lib/drift/index';
import { reportUntilStopped } from '../support/drift-report';
import { sized } from '../support/size';

const FOLDER = join(import.meta.dirname, 'drift-pairs');
const NAMES = readdirSync(FOLDER)
	.filter((name) => name.endsWith('-a.json'))
	.map((name) => name.slice(0, -'-a.json'.length));

/** Hugging Face's library aborts on this pair, which only running the library reveals; see src/cli/native.test.ts. */
const ONLY_NATIVE = 'p33-prepend-nothing';

describe('small pairs of files, one per class of change', () => {
	it('are both changes and copies', () => {
		expect(NAMES.filter((name) => name.startsWith('p')).length).toBeGreaterThanOrEqual(36);
		expect(NAMES.filter((name) => name.startsWith('a')).length).toBeGreaterThanOrEqual(19);
	});

	it.each(NAMES)('%s', async (name) => {
		const [a, b] = await Promise.all(
			['a', 'b'].map((side) =>
				readTokenizerFile(readFileSync(join(FOLDER, `${name}-${side}.json`), 'utf8'))
			)
		);
		const isChange = name.startsWith('p') && name !== ONLY_NATIVE;
		// If nothing differs, all inputs are tried.
		const { verdict } = await reportUntilStopped(a, b, {
			budget: isChange ? 'deep' : sized('quick', 'deep')
		});
		const isStopped = verdict === 'silent' || verdict === 'crash';
		expect(isStopped, verdict).toBe(isChange);
	});
});
