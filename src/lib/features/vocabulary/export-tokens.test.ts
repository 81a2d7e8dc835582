import { expect, it } from 'vitest';
import { buildVocabulary } from '../../engine';
import { encodeUtf8 } from '../../engine/text';
import { TOKEN_KINDS } from '../../session/documents/vocabulary';
import { tokensToCsv } from './export-tokens';

it('writes the tokens in the given order, with part of a character as bytes only', () => {
	const tokens = [encodeUtf8('a,"b"\n'), Uint8Array.of(0xe2, 0x80), encodeUtf8(' ')];
	const table = {
		vocabulary: buildVocabulary(tokens),
		kinds: Uint8Array.from(['ordinary', 'partial', 'byte'] as const, (kind) =>
			TOKEN_KINDS.indexOf(kind)
		),
		scripts: new Uint8Array(3)
	};
	const lines = tokensToCsv(table, Uint32Array.of(2, 0, 1)).split('\r\n');
	expect(lines.map((line) => line.split(',').slice(0, 2).join())).toEqual([
		'id,bytes',
		'2,20',
		'0,612c2262220a',
		'1,e280',
		''
	]);
	expect(lines[1]).toContain(',20," ",byte,');
	expect(lines[2]).toContain(',"a,""b""\n",ordinary,');
	expect(lines[3]).toContain('e280,,partial,');
});
