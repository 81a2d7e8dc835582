import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { embedSnippet } from './embed';

test('the documentation has the snippet', () => {
	const page = readFileSync(new URL('../../../docs/embedding.md', import.meta.url), 'utf8');
	const squeeze = (text: string) => text.replace(/\s+/g, '');
	const snippet = squeeze(embedSnippet('https://example.org/strawberry/'));
	expect(squeeze(page).includes(snippet)).toBe(true);
});
