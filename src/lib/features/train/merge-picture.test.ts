import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../engine/text';
import { mergePicture } from './merge-picture';

const token = (id: number, text: string) => ({ id, bytes: encodeUtf8(text) });

/** Merge 2 of three: `b` and `a` to `ba`, in "aba cba". */
const shown = {
	step: 2,
	merge: {
		left: token(98, 'b'),
		right: token(97, 'a'),
		product: token(257, 'ba'),
		count: 2,
		removed: 2,
		reused: false
	},
	merges: 3,
	tokensLeft: 5,
	tokens: {
		document: encodeUtf8('aba cba'),
		window: { start: 0, end: 7 },
		encoding: {
			ids: Uint32Array.of(97, 257, 32, 99, 257),
			byteStarts: Uint32Array.of(0, 1, 3, 4, 5),
			byteEnds: Uint32Array.of(1, 3, 4, 5, 7)
		},
		boundaries: Uint32Array.of(2, 6),
		isBefore: false
	},
	bytes: { first: 0, last: 7, total: 20 }
};

const framed = (svg: string) => [...svg.matchAll(/stroke-width="2.5"/g)].length / 4;

describe('mergePicture', () => {
	it('draws the pair, its product and the corpus, and frames what the merge made', () => {
		const svg = mergePicture(shown);
		expect(svg).toContain('>Merge 2 of 3: 5 tokens in the corpus<');
		expect(svg).toContain('>merge 2<');
		expect(svg).toContain('>twice<');
		expect(svg).toContain('>bytes 0–7 of 20<');
		expect(svg).toContain('>5 tokens<');
		// The product, and two tokens of the corpus.
		expect(framed(svg)).toBe(3);
	});

	it('draws only the corpus before the first merge, and only the merge of a table of counts', () => {
		const before = mergePicture({ ...shown, step: 0, merge: null });
		expect(before).toContain('>Before the first of 3 merges: 5 tokens in the corpus<');
		expect(before).not.toContain('twice');
		const counts = mergePicture({ ...shown, tokens: null, bytes: null });
		expect(counts).toContain('>twice<');
		expect(counts).not.toContain('bytes 0');
	});
});
