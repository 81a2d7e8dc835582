import { describe, expect, it } from 'vitest';
import { serve, resultOf } from '../../../../tests/support/serve';
import { smallRanks } from '../../../../tests/support/small-specs';
import { trainOn } from '../../../../tests/support/training';
import type { SpecEdit } from '../../drift/edits/spec-edit';
import { trainedSpec } from '../../engine/train';
import { writePacked } from '../../engine/formats/packed';
import { encodeUtf8 } from '../../engine/text/utf8';

const TRAINING = trainOn('abab', { alphabet: 'bytes', minFrequency: 2 });
/** The packed file of a tokenizer with the merge ab: a, b, ab are 97, 98, 256. */
const OWN = writePacked('mine', trainedSpec(TRAINING));

/** A service that counts its downloads. */
function setUp() {
	const downloads: string[] = [];
	const served = serve((id) => {
		downloads.push(id);
		// With a known pattern it is built at the first attempt.
		return Promise.resolve({ ...smallRanks(), pre_tokenizer: trainedSpec(TRAINING).pre_tokenizer });
	});
	let id = 0;
	const params = (tokenizer: string, own?: Uint8Array) => ({
		tokenizer,
		own,
		text: encodeUtf8('aab'),
		special: 'text' as const
	});
	const encode = (tokenizer: string, own?: Uint8Array) => {
		served.service.handle({ id: ++id, method: 'encode', params: params(tokenizer, own) });
		return served.end(id);
	};
	const check = (tokenizer: string, own?: Uint8Array) => {
		served.service.handle({ id: ++id, method: 'check', params: params(tokenizer, own) });
		return served.end(id);
	};
	return { ...served, downloads, encode, check };
}

describe('a saved tokenizer', () => {
	it('is read from the file in the request, without a download', async () => {
		const { encode, downloads } = setUp();
		const { encoding, vocabularySize } = resultOf('encode', await encode('own-1', OWN));
		expect([...encoding.ids]).toEqual([97, 256]);
		expect(vocabularySize).toBe(257);
		expect(downloads).toEqual([]);
	});

	it('is built once per id', async () => {
		const { encode, posted } = setUp();
		await encode('own-1', OWN);
		// A worker that knows the id does not read the file again.
		const { encoding } = resultOf('encode', await encode('own-1', Uint8Array.of(1, 2, 3)));
		expect([...encoding.ids]).toEqual([97, 256]);
		expect(posted.filter(({ type }) => type === 'progress')).toHaveLength(1);
	});

	it('is built again only after 16 others', async () => {
		const { encode } = setUp();
		const idsOf = async (id: string, file: Uint8Array) => [
			...resultOf('encode', await encode(id, file)).encoding.ids
		];
		await idsOf('own-0', OWN);
		for (let i = 1; i < 16; i++) await idsOf(`own-${i}`, OWN);
		// Not a file, so reading it fails.
		const BROKEN = Uint8Array.of(1, 2, 3);
		expect(await idsOf('own-0', BROKEN)).toEqual([97, 256]);
		await idsOf('own-16', OWN);
		expect(await idsOf('own-0', BROKEN)).toEqual([97, 256]);
		expect(await encode('own-1', BROKEN)).toMatchObject({ type: 'error' });
	});

	it('is checked by the library that reads any tokenizer.json', async () => {
		const { check } = setUp();
		expect(resultOf('check', await check('own-1', OWN))).toEqual({ verdict: 'agrees' });
	});

	it('reports each part of a check, because a large one takes seconds', async () => {
		const { check, posted } = setUp();
		await check('own-1', OWN);
		const prepared = posted.filter(
			(message) => message.type === 'progress' && message.progress.phase === 'prepare'
		);
		// The engine's tables, the file for the library, and the library's tables.
		expect(prepared).toHaveLength(3);
	});

	it('is named as what occupies the thread while its tables are built, even if they cannot be', async () => {
		const { service, end, posted } = setUp();
		const edits: SpecEdit[] = [{ kind: 'split-regex', split: 9, regex: 'a' }];
		const params = {
			tokenizer: 'own-1',
			own: OWN,
			text: encodeUtf8('a'),
			special: 'text' as const
		};
		service.handle({ id: 9, method: 'encode', params: { ...params, edits } });
		await end(9);
		const types = posted.map((message) =>
			message.type === 'progress' ? message.progress.phase : message.type
		);
		expect(types).toEqual(['received', 'prepare', 'built', 'prepare', 'built', 'error']);
	});

	it('is refused if it is damaged, and read again with the next request', async () => {
		const { encode } = setUp();
		expect(await encode('own-1', OWN.slice(0, 40))).toMatchObject({ type: 'error', retry: false });
		const { encoding } = resultOf('encode', await encode('own-1', OWN));
		expect([...encoding.ids]).toEqual([97, 256]);
	});
});

describe('an edited tokenizer', () => {
	/** Encodes "aab" with a catalogue tokenizer edited to prepend a number of spaces. */
	const prefixed = (served: ReturnType<typeof setUp>, id: number, spaces: number) => {
		const edits: SpecEdit[] = [
			{ kind: 'normalizer', value: { type: 'Prepend', prepend: ' '.repeat(spaces) } }
		];
		const params = { tokenizer: 'gpt2', edits, text: encodeUtf8('a'), special: 'text' as const };
		served.service.handle({ id, method: 'encode', params });
		return served.end(id);
	};

	it('has its edits, and the original does not change', async () => {
		const served = setUp();
		const { encoding } = resultOf('encode', await prefixed(served, 101, 1));
		expect([...encoding.ids]).toEqual([32, 97]);
		const plain = resultOf('encode', await served.encode('gpt2'));
		expect([...plain.encoding.ids]).toEqual([97, 97, 98]);
		expect(served.downloads).toEqual(['gpt2']);
	});

	it('is built once for the same edits, and again after many others', async () => {
		const served = setUp();
		const built = () =>
			served.posted.filter(
				(message) => message.type === 'progress' && message.progress.phase === 'prepare'
			).length;
		for (const [id, spaces] of [1, 1, 2, 3, 4, 1].entries())
			await prefixed(served, 101 + id, spaces);
		// The tokenizer itself, and four edited ones.
		expect(built()).toBe(5);
		await prefixed(served, 120, 5);
		await prefixed(served, 121, 1);
		expect(built()).toBe(6);
		await prefixed(served, 122, 2);
		expect(built()).toBe(7);
	});
});
