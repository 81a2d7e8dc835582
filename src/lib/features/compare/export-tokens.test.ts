import { describe, expect, it } from 'vitest';
import { endingAt } from '../../../../tests/support/fake-calls';
import { idsToJson, tokensToCsv, tokensToJson, type ExportedTokens } from './export-tokens';

const encoder = new TextEncoder();

/** A text in one tokenizer, whose tokens end at these bytes. Ids count from 100. */
const exported = (tokenizer: string, text: string, ...ends: number[]): ExportedTokens => ({
	tokenizer,
	document: encoder.encode(text),
	encoding: endingAt(...ends)
});

describe('tokensToCsv', () => {
	it('writes one line per token, tokenizer by tokenizer, with CRLF', () => {
		const csv = tokensToCsv([exported('a', 'hi you', 2, 6), exported('b', 'hi you', 6)]);
		expect(csv).toBe(
			[
				'tokenizer,position,id,byte_start,byte_end,bytes,text',
				'a,0,100,0,2,6869,hi',
				'a,1,101,2,6,20796f75," you"',
				'b,0,100,0,6,686920796f75,hi you',
				''
			].join('\r\n')
		);
	});

	it('doubles quotes and keeps commas, line ends and NUL inside the quotes', () => {
		const csv = tokensToCsv([exported('a', '"a",\r\n\0', 7)]);
		expect(csv.split('tokenizer,position,id,byte_start,byte_end,bytes,text\r\n')[1]).toBe(
			'a,0,100,0,7,2261222c0d0a00,"""a"",\r\n\0"\r\n'
		);
	});

	it('leaves the text empty for part of a character', () => {
		const csv = tokensToCsv([exported('a', 'é', 1, 2)]);
		expect(csv).toContain('a,0,100,0,1,c3,\r\na,1,101,1,2,a9,\r\n');
	});

	it('marks a token that starts like a formula, next to its exact bytes', () => {
		const csv = tokensToCsv([exported('a', '=1-1', 2, 4)]);
		expect(csv).toContain("a,0,100,0,2,3d31,'=1\r\na,1,101,2,4,2d31,'-1\r\n");
	});

	it('is only a header if there are no tokens', () => {
		const header = 'tokenizer,position,id,byte_start,byte_end,bytes,text\r\n';
		expect(tokensToCsv([])).toBe(header);
		expect(tokensToCsv([exported('a', '')])).toBe(header);
	});
});

describe('tokensToJson', () => {
	it('gives id, byte range, bytes in hex and text of every token', () => {
		expect(JSON.parse(tokensToJson([exported('a', 'hi é', 2, 5)]))).toEqual([
			{
				tokenizer: 'a',
				count: 2,
				tokens: [
					{ id: 100, byteStart: 0, byteEnd: 2, bytes: '6869', text: 'hi' },
					{ id: 101, byteStart: 2, byteEnd: 5, bytes: '20c3a9', text: ' é' }
				]
			}
		]);
	});

	it('writes null as the text for part of a character, and U+FFFD only if the text has it', () => {
		const [table] = JSON.parse(tokensToJson([exported('a', 'é\ufffd', 1, 2, 5)]));
		expect(table.tokens.map(({ text }: { text: string | null }) => text)).toEqual([
			null,
			null,
			'\ufffd'
		]);
	});

	it('keeps a BOM', () => {
		const [table] = JSON.parse(tokensToJson([exported('a', '\ufeffx', 3, 4)]));
		expect(table.tokens[0].text).toBe('\ufeff');
	});

	it('writes an empty text for tokens without bytes', () => {
		const [table] = JSON.parse(tokensToJson([exported('a', 'x', 0, 1)]));
		expect(table.tokens[0]).toEqual({ id: 100, byteStart: 0, byteEnd: 0, bytes: '', text: '' });
	});
});

describe('idsToJson', () => {
	it('is one line of JSON', () => {
		expect(idsToJson(Uint32Array.of(15339, 0, 4_294_967_295))).toBe('[15339, 0, 4294967295]');
		expect(idsToJson(new Uint32Array())).toBe('[]');
	});
});
