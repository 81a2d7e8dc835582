import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { embedSnippet } from './embed';

test('the README has the snippet', () => {
	const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
	const squeeze = (text: string) => text.replace(/\s+/g, '');
	const snippet = squeeze(embedSnippet('https://example.org/strawberry/'));
	expect(squeeze(readme).includes(snippet)).toBe(true);
});
