import { describe, expect, it } from 'vitest';
import { byteLevel } from '../../../../tests/support/spec-parts';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { createTokenizer, type TokenizerSpec } from '../../engine';
import { byteLength } from '../../engine/text/utf8';
import { applyEdit } from '../edits/apply';
import type { SpecEdit } from '../edits/spec-edit';
import { runToEnd } from '../calls';
import { compareDocument, textFindings } from './documents';
import { PLAIN_READING, readIds, returnTrip } from './read';

function compare(id: string, edit: SpecEdit, texts: Readonly<Record<string, string>>) {
	const a = createTokenizer(packedSpec(id));
	const b = createTokenizer(applyEdit(packedSpec(id), edit));
	const documents = Object.entries(texts).map(([name, text]) => {
		const encoded = { bytes: byteLength(text), a: a.encode(text), b: b.encode(text) };
		return runToEnd(compareDocument({ name, text, ...encoded }, { a, b }, PLAIN_READING)).findings;
	});
	return textFindings(documents);
}

const GPT2: SpecEdit = { kind: 'pre_tokenizer', value: byteLevel() };

describe('compareDocument and textFindings', () => {
	it('add up, name the first divergence, and put the worst document first', () => {
		const found = compare('llama3', GPT2, {
			plain: 'Hello world',
			number: 'What is 3333+777?',
			numbers: '3333 3333'
		});
		expect(found).toMatchObject({
			documents: 3,
			documentsChanged: 2,
			// llama.cpp#6914: 3333 is 8765, 18 and becomes 1644, 1644.
			firstDivergence: { document: 'number', byte: 8, idsA: [8765, 18], idsB: [1644, 1644] }
		});
		expect([...found.worstFirst]).toEqual([2, 1, 0]);
		expect(found.tokensA).toBe(found.perDocument.reduce((sum, { tokensA }) => sum + tokensA, 0));
		expect(found.perDocument[0]).toMatchObject({ changedTokens: 0, firstDivergence: null });
		expect(found.changedTokens).toBe(
			found.perDocument[1].changedTokens + found.perDocument[2].changedTokens
		);
	});

	it('show one token where every id differs', () => {
		const { perDocument } = compare(
			'gpt2',
			{ kind: 'shift-ids', from: 0, by: 1 },
			{ a: 'Hello world' }
		);
		expect(perDocument[0]).toMatchObject({
			changedTokens: 2,
			cutTokens: 0,
			firstDivergence: { byte: 0, idsA: [15496], idsB: [15497] },
			largestIdB: 15497
		});
	});

	it('count what only one side has tokens for', () => {
		const drop: SpecEdit = {
			kind: 'normalizer',
			value: { type: 'Replace', pattern: { Regex: '.' }, content: '' }
		};
		const counts = { tokensA: 1, tokensB: 0, changedTokens: 1, cutTokens: 1, bytes: 5 };
		expect(compare('gpt2', drop, { a: 'Hello' })).toMatchObject(counts);
	});

	it('say which side gives the text back', () => {
		const cleanUp: SpecEdit = { kind: 'clean-up-spaces', value: true };
		const { perDocument } = compare('cl100k_base', cleanUp, { code: 'x != y', prose: 'Hello' });
		expect(perDocument.map(({ roundTripsA, roundTripsB }) => [roundTripsA, roundTripsB])).toEqual([
			[true, false],
			[true, true]
		]);
	});
});

describe('readIds', () => {
	const tokenizer = createTokenizer(packedSpec('gpt2'));

	it('decodes ids, and lets those without a token stand', () => {
		const { ids } = tokenizer.encode('Hello world');
		expect(readIds(tokenizer, ids)).toEqual({ text: 'Hello world', missing: 0 });
		expect(readIds(tokenizer, [ids[0], 99_999, ids[1], 50_257])).toEqual({
			text: 'Hello⟨99999⟩ world⟨50257⟩',
			missing: 2
		});
		expect(readIds(tokenizer, [])).toEqual({ text: '', missing: 0 });
	});
});

describe('returnTrip', () => {
	const cleanUp = (spec: TokenizerSpec) =>
		applyEdit(spec, { kind: 'clean-up-spaces', value: true });
	it.each([
		['comes back', packedSpec('gpt2'), 'a\ufeff \ud800', 'a\ufeff \ufffd', true, true],
		[
			'loses what the normalizer changes, and then has the same ids',
			packedSpec('qwen3'),
			'cafe\u0301',
			'café',
			false,
			true
		],
		[
			'loses what the decoder changes, and then has other ids',
			cleanUp(packedSpec('cl100k_base')),
			'! ! !',
			'!!!',
			false,
			false
		]
	])('%s', (_, spec, text, read, sameText, sameIds) => {
		const tokenizer = createTokenizer(spec);
		const trip = returnTrip(tokenizer, text, tokenizer.encode(text).ids, 'text');
		expect(trip).toEqual({ text: read, sameText, sameIds });
	});
});
