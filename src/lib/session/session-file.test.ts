import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TokenizerOrigin } from './tokenizers/saved-tokenizer';
import { SESSION_PAGES } from './documents/page-link';
import { parseSession, writeSession, type Session } from './session-file';

const anyText = fc
	.array(fc.integer({ min: 0, max: 0xffff }))
	.map((units) => String.fromCharCode(...units));
const files = fc.array(anyText);
const anyOrigin: fc.Arbitrary<TokenizerOrigin> = fc.oneof(
	fc.constant({ kind: 'trained' as const }),
	fc.record({ kind: fc.constant('files' as const), files }),
	fc.record({ kind: fc.constant('hub' as const), repository: anyText, commit: anyText, files })
);
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
			file: fc.uint8Array({ minLength: 1 }),
			origin: anyOrigin,
			size: fc.nat(),
			fingerprint: fc.option(anyText),
			description: fc.constant(null),
			identity: fc.option(anyText)
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

	it('are told from other JSON, and keep only the known fields of a tokenizer', () => {
		for (const json of [null, 1, 'x', [], {}, { model: {} }, { format: 'other' }])
			expect(parseSession(json)).toBeNull();
		const tokenizer = { ...TOKENIZER, script: 'x' };
		expect(parseSession({ ...SOUND, tokenizers: [tokenizer] })?.tokenizers).toEqual([
			{ ...TOKENIZER, file: Uint8Array.of(0), description: null }
		]);
	});

	const TOKENIZER = {
		...{ id: 'own-1', name: 'a', summary: '', vocabularySize: 1, saved: 1, file: 'AA', size: 3 },
		origin: { kind: 'files', files: ['a.gguf'] },
		...{ fingerprint: 'bpe-lab-drift-v2:00', identity: 'Identical to gpt2.' },
		chatTemplate: '{{ messages }}'
	};
	const SOUND = {
		...{ format: 'bpe-lab session', version: 1, page: 'train', search: '?size=300' },
		...{ input: null, files: null, text: 'a', tokenizers: [] }
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
		{ vocabularySize: -5.5 },
		{ saved: '1' },
		{ origin: { kind: 'hub', files: [] } },
		{ origin: { kind: 'files', files: 'a' } },
		{ size: -1 }
	])('refuse a tokenizer with %j', (wrong) => {
		const tokenizers = [{ ...TOKENIZER, ...wrong }];
		expect(() => parseSession({ ...SOUND, tokenizers })).toThrow('in “tokenizers”');
	});
});
