import { describe, expect, it } from 'vitest';
import { serve, resultOf } from '../../../../tests/support/serve';
import { smallRanks } from '../../../../tests/support/small-specs';
import { trainOn } from '../../../../tests/support/training';
import type { SpecEdit } from '../../drift/edits/spec-edit';
import { trainedSpec } from '../../engine/train';
import { writePacked } from '../../engine/formats/packed';
import { encodeUtf8 } from '../../engine/text/utf8';

const TRAINING = trainOn('abab', { alphabet: 'bytes', minFrequency: 2 });
/** Packed tokenizer with one merge: a, b and ab are 97, 98 and 256. */
const OWN = writePacked('mine', trainedSpec(TRAINING));

/** A service that records its downloads. */
function setUp() {
	const downloads: string[] = [];
	const served = serve((id) => {
		downloads.push(id);
		// A known pattern avoids building the table twice.
		return Promise.resolve({ ...smallRanks(), pre_tokenizer: trainedSpec(TRAINING).pre_tokenizer });
	});
	const params = { text: encodeUtf8('aab'), special: 'text' as const };
	const encode = (tokenizer: string, own?: Uint8Array) =>
		served.send('encode', { ...params, tokenizer, savedFile: own });
	const idsOf = async (tokenizer: string, own?: Uint8Array) => [
		...resultOf('encode', await encode(tokenizer, own)).encoding.ids
	];
	const built = () =>
		served.posted.filter(
			(message) => message.type === 'progress' && message.progress.phase === 'prepare'
		).length;
	return { ...served, downloads, params, encode, idsOf, built };
}

/** Not a valid file, so reading it fails. */
const BROKEN = Uint8Array.of(1, 2, 3);

describe('a saved tokenizer', () => {
	it('is read once per id from the file in the request, unless that is damaged, without a download', async () => {
		const { encode, idsOf, downloads, built } = setUp();
		const { encoding, vocabularySize } = resultOf('encode', await encode('own-1', OWN));
		expect([...encoding.ids]).toEqual([97, 256]);
		expect(vocabularySize).toBe(257);
		// A worker that knows the id doesn't read the file again.
		expect(await idsOf('own-1', BROKEN)).toEqual([97, 256]);
		expect([built(), downloads]).toEqual([1, []]);
		const damaged = await encode('own-2', OWN.slice(0, 40));
		expect(damaged).toMatchObject({ type: 'error', retry: false });
	});

	it('is built again only after 16 others', async () => {
		const { encode, idsOf } = setUp();
		for (let i = 0; i < 16; i++) await idsOf(`own-${i}`, OWN);
		expect(await idsOf('own-0', BROKEN)).toEqual([97, 256]);
		await idsOf('own-16', OWN);
		expect(await idsOf('own-0', BROKEN)).toEqual([97, 256]);
		expect(await encode('own-1', BROKEN)).toMatchObject({ type: 'error' });
	});

	it('is checked by the library that reads any tokenizer.json, which reports each part', async () => {
		const { call, params, built } = setUp();
		const check = await call('check', { ...params, tokenizer: 'own-1', savedFile: OWN });
		expect(check).toEqual({ verdict: 'agrees' });
		// The engine's tables, the file for the library, and the library's tables.
		expect(built()).toBe(3);
	});

	it('is named as what occupies the thread while its tables are built, even if they cannot be', async () => {
		const { send, params, posted } = setUp();
		const edits: SpecEdit[] = [{ kind: 'split-regex', split: 9, regex: 'a' }];
		await send('encode', { ...params, tokenizer: 'own-1', savedFile: OWN, edits });
		const types = posted.map((message) =>
			message.type === 'progress' ? message.progress.phase : message.type
		);
		expect(types).toEqual(['received', 'prepare', 'built', 'prepare', 'built', 'error']);
	});
});

it('an edited tokenizer is built once per list of edits, of which it keeps four, and leaves the original', async () => {
	const { call, params, idsOf, built, downloads } = setUp();
	/** Encodes "aab" with a built-in tokenizer edited to prepend a number of spaces. */
	const prefixed = async (spaces: number) => {
		const value = { type: 'Prepend', prepend: ' '.repeat(spaces) } as const;
		const edits: SpecEdit[] = [{ kind: 'normalizer', value }];
		return [...(await call('encode', { ...params, tokenizer: 'gpt2', edits })).encoding.ids];
	};
	for (const spaces of [1, 1, 2, 3, 4, 1])
		expect(await prefixed(spaces)).toEqual([...Array<number>(spaces).fill(32), 97, 97, 98]);
	expect(await idsOf('gpt2')).toEqual([97, 97, 98]);
	// The tokenizer itself and four edited ones.
	expect([built(), downloads]).toEqual([5, ['gpt2']]);
	await prefixed(5);
	await prefixed(1);
	expect(built()).toBe(6);
	await prefixed(2);
	expect(built()).toBe(7);
});
