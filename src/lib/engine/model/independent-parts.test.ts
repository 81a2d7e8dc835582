import { describe, expect, it } from 'vitest';
import { FALLBACK_BYTES } from '../../../../tests/support/spec-parts';
import { ByteSource } from '../structures/byte-table';
import { IntBuffer } from '../structures/arrays';
import { buildVocabulary } from '../structures/vocabulary';
import { ByteLevelParts, createPartSplitter, type PartSplitter } from './independent-parts';
import { RankRules } from './merge-rules';
import { Symbols } from './symbols';
import { TokenTable } from '../structures/token-table';

const utf8 = (text: string) => new TextEncoder().encode(text);
function partsOf(tokens: string[], text: string): string[] {
	const all = [...FALLBACK_BYTES, ...tokens];
	return partsBy(createPartSplitter(new TokenTable(buildVocabulary(all.map(utf8)))), text);
}

function partsBy(splitter: PartSplitter, text: string): string[] {
	const bytes = utf8(text);
	const ends = new IntBuffer();
	splitter.split(bytes, 0, bytes.length, ends);
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
		expect(partsOf(WORDS, '▁ab▁a▁▁b>▁a')).toEqual(['▁ab', '▁a', '▁▁', 'b', '>▁a']);
	});

	it('splits around characters that no token joins', () => {
		const parts = partsOf(['中', '文', '中文', '本'], '中文本中😀文');
		expect(parts).toEqual(['中文', '本', '中', '😀', '文']);
	});
});

describe('ByteLevelParts', () => {
	const EVERY_BYTE = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
	const partsIn = (tokens: Uint8Array[]) => {
		const table = new TokenTable(buildVocabulary(tokens));
		return new ByteLevelParts(table, new RankRules(table));
	};
	const splitterOf = (tokens: Uint8Array[]) => partsIn(tokens).splitter;
	/** Lengths of a text's initial symbols in bytes. */
	const symbolsOf = (tokens: Uint8Array[], text: string) => {
		const [symbols, bytes] = [new Symbols(), utf8(text)];
		partsIn([...EVERY_BYTE, ...tokens]).start(new ByteSource(bytes), 0, bytes.length, symbols);
		return Array.from(symbols.ends.subarray(0, symbols.count), (end, i) =>
			i === 0 ? end : end - symbols.ends[i - 1]
		);
	};

	it('splits between characters that no token joins, whole or in part', () => {
		// One token ends within 日 after 本, and another starts within 日 before 語.
		const joined = [utf8('中文'), utf8('本日').subarray(0, 4), utf8('日語').subarray(2)];
		const split = splitterOf([...EVERY_BYTE, ...joined]);
		expect(partsBy(split, '中文本日語文中')).toEqual(['中文', '本日語', '文', '中']);
	});

	it('does not take the end of a token for a part of the next one', () => {
		const split = splitterOf([...EVERY_BYTE, utf8('a中').subarray(0, 2), utf8('文本')]);
		expect(partsBy(split, '文本')).toEqual(['文本']);
	});

	it('begins with a character as one symbol if its own merges come before all others with it', () => {
		const [first, whole, both] = [utf8('中').subarray(0, 2), utf8('中'), utf8('中文')];
		expect(symbolsOf([first, whole, both], '中文a')).toEqual([3, 1, 1, 1, 1]);
		expect(symbolsOf([first, both, whole], '中文a')).toEqual([1, 1, 1, 1, 1, 1, 1]);
		expect(symbolsOf([utf8('文中'), first, whole], '中')).toEqual([1, 1, 1]);
		// Merging doesn't produce 中.
		expect(symbolsOf([whole, both], '中文a')).toEqual([1, 1, 1, 1, 1, 1, 1]);
		// A token joins the last byte of 中 with the next character.
		expect(symbolsOf([first, whole, both, utf8('中a').subarray(2)], '中a中')).toEqual([
			1, 1, 1, 1, 3
		]);
	});
});
