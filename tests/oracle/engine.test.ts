import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TOKENIZER_IDS } from '../support/native-tokenizers';
import { packedTokenizer } from '../support/packed-tokenizers';

const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const inputs: { name: string; text: string }[] = read('./inputs.json');
/** Tokenizers whose rows were made with special tokens as ordinary text. */
const AS_TEXT = /_base|_edit|gpt2|claude/;

describe.each(TOKENIZER_IDS)('%s', (id) => {
	const rows: number[][] = read(`./expected/${id}.json`);
	const special = AS_TEXT.test(id) ? 'text' : 'parse';

	it('has a row for every input', () => {
		expect(rows.length).toBe(inputs.length);
	});

	it.each(inputs.map(({ name, text }, i) => ({ name, text, row: rows[i] })))(
		'encodes $name as the reference does',
		({ text, row }) => {
			expect([...packedTokenizer(id).encode(text, { special }).ids]).toEqual(row);
		}
	);
});
