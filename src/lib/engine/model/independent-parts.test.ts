import { describe, expect, it } from 'vitest';
import { IntBuffer } from '../structures/int-buffer';
import { listOfPairs } from '../structures/merge-list';
import { buildVocabulary } from '../structures/vocabulary';
import {
	createByteLevelPartSplitter,
	createPartSplitter,
	type PartSplitter
} from './independent-parts';
import { TokenTable } from '../structures/token-table';

const utf8 = (text: string) => new TextEncoder().encode(text);
const BYTES = Array.from(
	{ length: 256 },
	(_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`
);
const NO_MERGES = listOfPairs(new Uint32Array(0));
const FALLBACK = Int32Array.from(BYTES.keys());

function partsOf(tokens: string[], merges: [string, string][], text: string): string[] | null {
	const all = [...BYTES, ...tokens];
	const table = new TokenTable(buildVocabulary(all.map(utf8)));
	const ids = listOfPairs(Uint32Array.from(merges.flat(), (token) => all.indexOf(token)));
	return partsBy(createPartSplitter(table, ids, FALLBACK), text);
}

function partsBy(split: PartSplitter | null, text: string): string[] | null {
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
		expect(createPartSplitter(table, NO_MERGES, null)).toBeNull();
		expect(createPartSplitter(table, NO_MERGES, new Int32Array(256).fill(-1))).toBeNull();
		expect(createPartSplitter(table, null, FALLBACK)).toBeNull();
	});
});

describe('createByteLevelPartSplitter', () => {
	const EVERY_BYTE = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
	const splitterOf = (tokens: Uint8Array[]) =>
		createByteLevelPartSplitter(new TokenTable(buildVocabulary(tokens)));

	it('splits between characters that no token joins, whole or in part', () => {
		// Of 本 and 日, and of 日 and 語, one token has only a part.
		const joined = [utf8('中文'), utf8('本日').subarray(0, 4), utf8('日語').subarray(2)];
		const split = splitterOf([...EVERY_BYTE, ...joined]);
		expect(partsBy(split, '中文本日語文中')).toEqual(['中文', '本日語', '文', '中']);
	});

	it('does not take the end of a token for a part of the next one', () => {
		const split = splitterOf([...EVERY_BYTE, utf8('a中').subarray(0, 2), utf8('文本')]);
		expect(partsBy(split, '文本')).toEqual(['文本']);
	});

	it('is null without a token for every byte', () => {
		expect(splitterOf(EVERY_BYTE.slice(1))).toBeNull();
	});
});
