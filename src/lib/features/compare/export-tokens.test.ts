import { expect, it } from 'vitest';
import { endingAt } from '../../../../tests/support/fake-calls';
import { idsToJson, tokensToCsv, tokensToJson, type ExportedTokens } from './export-tokens';

const encoder = new TextEncoder();

/** A text in one tokenizer, with tokens that end at these bytes. Ids start at 100. */
const exported = (tokenizer: string, text: string, ...ends: number[]): ExportedTokens => ({
	tokenizer,
	document: encoder.encode(text),
	encoding: endingAt(...ends)
});

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

it.each([
	[
		'leaves the text empty for part of a character',
		exported('a', 'é', 1, 2),
		'a,0,100,0,1,c3,\r\na,1,101,1,2,a9,\r\n'
	],
	[
		'marks a token that starts like a formula, next to its exact bytes',
		exported('a', '=1-1', 2, 4),
		"a,0,100,0,2,3d31,'=1\r\na,1,101,2,4,2d31,'-1\r\n"
	],
	['is only a header if there are no tokens', exported('a', ''), '']
])('%s', (_, tokens, lines) => {
	const header = 'tokenizer,position,id,byte_start,byte_end,bytes,text\r\n';
	expect(tokensToCsv([tokens])).toBe(header + lines);
});

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

it.each([
	['null as the text for part of a character', 'é', [1, 2], [null, null]],
	['U+FFFD only if the text has it', '\ufffd', [3], ['\ufffd']],
	['a BOM', '\ufeffx', [3, 4], ['\ufeff', 'x']],
	['an empty text for tokens without bytes', 'x', [0, 1], ['', 'x']]
])('writes %s', (_, text, ends, texts) => {
	const [table] = JSON.parse(tokensToJson([exported('a', text, ...ends)]));
	expect(table.tokens.map((token: { text: string | null }) => token.text)).toEqual(texts);
});

it('writes ids as one line of JSON', () => {
	expect(idsToJson(Uint32Array.of(15339, 0, 4_294_967_295))).toBe('[15339, 0, 4294967295]');
	expect(idsToJson(new Uint32Array())).toBe('[]');
});
