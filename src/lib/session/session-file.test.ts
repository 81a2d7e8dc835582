import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSession, SESSION_PAGES, writeSession, type Session } from './session-file';

const anyText = fc
	.array(fc.integer({ min: 0, max: 0xffff }))
	.map((units) => String.fromCharCode(...units));
const anySession: fc.Arbitrary<Session> = fc.record({
	page: fc.constantFrom(...SESSION_PAGES),
	search: anyText,
	input: fc.option(fc.record({ kind: fc.constantFrom('text', 'ids'), value: anyText })),
	files: fc.option(fc.array(fc.record({ name: anyText, text: anyText }))),
	text: anyText,
	tokenizers: fc.array(
		fc.record({
			id: fc.stringMatching(/^own-[\w-]+$/),
			name: anyText,
			summary: anyText,
			vocabularySize: fc.nat(),
			saved: fc.nat(),
			source: fc.constantFrom('trained' as const, 'imported' as const),
			file: fc.uint8Array({ minLength: 1 })
		})
	)
});

describe('session files', () => {
	it('restore everything exactly, with lone surrogates and line endings', () => {
		fc.assert(
			fc.property(anySession, (session) => {
				expect(parseSession(JSON.parse(writeSession(session)))).toEqual(session);
			})
		);
	});

	it('keep only the known fields of a tokenizer', () => {
		const tokenizer = { ...TOKENIZER, source: undefined, script: 'x' };
		expect(parseSession({ ...SOUND, tokenizers: [tokenizer] })?.tokenizers).toEqual([
			{ ...TOKENIZER, source: 'trained', file: Uint8Array.of(0) }
		]);
	});

	it('are told from other JSON', () => {
		for (const json of [null, 1, 'x', [], {}, { model: {} }, { format: 'other' }])
			expect(parseSession(json)).toBeNull();
	});

	const TOKENIZER = {
		id: 'own-1',
		name: 'a',
		summary: '',
		vocabularySize: 1,
		saved: 1,
		source: 'imported',
		file: 'AA'
	};
	const SOUND = {
		format: 'bpe-lab session',
		version: 1,
		page: 'train',
		search: '?size=300',
		input: null,
		files: null,
		text: 'a',
		tokenizers: []
	};
	it.each([
		[{ version: 2 }, 'has version 2, but this page reads version 1'],
		[{ page: 'admin' }, 'expected “”, “train”, “strawberry”'],
		[{ search: 1 }, 'expected a text in “search”'],
		[{ input: { kind: 'html', value: '' } }, 'in “input”'],
		[{ files: [{ name: 'a' }] }, 'in “files”'],
		[{ text: undefined }, 'in “text”'],
		[{ tokenizers: [{ id: 'a' }] }, 'in “tokenizers”']
	])('say what is wrong: %j', (change, message) => {
		expect(() => parseSession({ ...SOUND, ...change })).toThrow(message);
	});

	it.each([
		{ file: '~' },
		{ id: '' },
		{ id: 't' },
		{ source: 'constructor' },
		{ vocabularySize: -5.5 },
		{ saved: '1' }
	])('refuse a tokenizer with %j', (wrong) => {
		const tokenizers = [{ ...TOKENIZER, ...wrong }];
		expect(() => parseSession({ ...SOUND, tokenizers })).toThrow('in “tokenizers”');
	});
});
