import { describe, expect, it } from 'vitest';
import { IntBuffer } from '../structures/int-buffer';
import { buildVocabulary } from '../structures/vocabulary';
import { createPartSplitter } from './independent-parts';
import { TokenTable } from '../structures/token-table';

const utf8 = (text: string) => new TextEncoder().encode(text);
const BYTES = Array.from(
	{ length: 256 },
	(_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`
);
const FALLBACK = Int32Array.from(BYTES.keys());

function partsOf(tokens: string[], merges: [string, string][], text: string): string[] | null {
	const all = [...BYTES, ...tokens];
	const table = new TokenTable(buildVocabulary(all.map(utf8)));
	const ids = Uint32Array.from(merges.flat(), (token) => all.indexOf(token));
	const split = createPartSplitter(table, ids, FALLBACK);
	if (!split) return null;
	const bytes = utf8(text);
	const ends = new IntBuffer();
	split(bytes, 0, bytes.length, ends);
	let from = 0;
	return Array.from(ends.toArray(), (end) => {
		const part = new TextDecoder().decode(bytes.subarray(from, end));
		from = end;
		return part;
	});
}

describe('createPartSplitter', () => {
	const WORDS = ['▁', 'a', 'b', '>', '▁a', 'ab', '▁▁', '>▁'];

	it('splits before ▁ if no token has ▁ after another character', () => {
		expect(partsOf(WORDS, [['▁', 'a']], '▁ab▁a▁▁b>▁a')).toEqual(['▁ab', '▁a', '▁▁', 'b', '>▁a']);
	});

	it('splits around characters that no token joins', () => {
		expect(partsOf(['中', '文', '中文', '本'], [['中', '文']], '中文本中😀文')).toEqual([
			'中文',
			'本',
			'中',
			'😀',
			'文'
		]);
	});

	it('is null if the theorem does not apply', () => {
		expect(partsOf(['a', '<0x00><0x01>'], [['<0x00>', '<0x01>']], 'a')).toBeNull();
		const table = new TokenTable(buildVocabulary(['a'].map(utf8)));
		expect(createPartSplitter(table, new Uint32Array(0), null)).toBeNull();
		expect(createPartSplitter(table, new Uint32Array(0), new Int32Array(256).fill(-1))).toBeNull();
		expect(createPartSplitter(table, null, FALLBACK)).toBeNull();
	});
});
