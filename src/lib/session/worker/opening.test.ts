import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { randomTokenizerJson } from '../../../../tests/support/random-specs';
import { randomFrom } from '../../../../tests/support/random-texts';
import { parseTokenizerJson, toByteLevel } from '../../engine';
import { readPacked } from '../../engine/packed';
import { writeSession } from '../session-file';
import { openJson } from './opening';

const PAIRS = new URL('../../../../tests/oracle/drift-pairs/', import.meta.url);
const BYTE_ALPHABET = Array.from({ length: 256 }, (_, byte) => toByteLevel(Uint8Array.of(byte)));

/** Asserts that opening a file keeps everything that its reader finds in it. */
function expectSameSpec(name: string, text: string) {
	const opened = openJson(name, text);
	if (opened?.kind !== 'tokenizer') throw new Error(`${name} is no tokenizer`);
	expect(readPacked(opened.file)).toEqual({ name, spec: parseTokenizerJson(JSON.parse(text)) });
}

describe('a tokenizer.json', () => {
	it('keeps its whole spec in the packed file', () => {
		for (let seed = 1; seed <= 300; seed++) {
			const json = randomTokenizerJson(randomFrom(seed), BYTE_ALPHABET);
			expectSameSpec(`random ${seed}`, JSON.stringify(json));
		}
	});

	it('keeps the spec of real pairs that differ in one field', () => {
		const names = readdirSync(PAIRS).filter((name) => name.endsWith('.json'));
		expect(names.length).toBeGreaterThan(10);
		for (const name of names) expectSameSpec(name, readFileSync(new URL(name, PAIRS), 'utf8'));
	});

	it('says which file cannot be used, and why', () => {
		const unigram = JSON.stringify({ model: { type: 'Unigram', vocab: [['a', 0]] } });
		expect(() => openJson('t5.json', unigram)).toThrow(
			/^The lab cannot use the tokenizer t5\.json: .*(BPE|Unigram)/
		);
	});
});

it('recognizes a session file', () => {
	const session = {
		page: 'train',
		search: '',
		input: null,
		files: null,
		text: 'a',
		tokenizers: []
	} as const;
	expect(openJson('any', writeSession(session))).toEqual({ kind: 'session', session });
});

it.each(['{"a":1}', '{', '', '{"model":"gpt2"}', '{"model":{"type":"BPE"}}'])(
	'%j is neither',
	(text) => {
		expect(openJson('any', text)).toBeNull();
	}
);
