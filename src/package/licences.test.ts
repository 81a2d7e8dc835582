import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { describe } from './licences.js';

const ROOT = resolve(import.meta.dirname, '../..');
const path = mkdtempSync(join(tmpdir(), 'bpe-lab-licence-'));
afterAll(() => rmSync(path, { recursive: true }));

function describeWith(license?: string): string {
	const manifest = { name: 'a', version: '1.0.0', license };
	writeFileSync(join(path, 'package.json'), JSON.stringify(manifest));
	return describe(ROOT, path);
}

test('a package whose licences are not all known is refused', () => {
	writeFileSync(join(path, 'LICENSE'), 'the text of one licence');
	expect(describeWith('ISC')).toBe('a 1.0.0, ISC\n\nthe text of one licence\n');
	for (const license of ['MIT AND BSD-3-Clause', '(MIT OR Apache-2.0)', undefined])
		expect(() => describeWith(license)).toThrow(`got the licence ${license}, expected`);
});
