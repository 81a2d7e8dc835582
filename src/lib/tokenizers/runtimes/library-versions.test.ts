import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LIBRARY_VERSIONS } from './library-versions';

const installed = (library: string): unknown =>
	JSON.parse(
		readFileSync(
			new URL(`../../../../node_modules/${library}/package.json`, import.meta.url),
			'utf8'
		)
	);

it('are the versions of the installed libraries', () => {
	expect(installed('js-tiktoken')).toMatchObject({ version: LIBRARY_VERSIONS['js-tiktoken'] });
	expect(installed('@xenova/transformers')).toMatchObject({
		version: LIBRARY_VERSIONS['transformers.js']
	});
});
