import { describe, expect, it } from 'vitest';
import { tokensAt } from '../../../../tests/support/encodings';
import { BlockHeights, blocksInWindow } from './block-heights';
import { blockOf, estimateLines, splitIntoBlocks } from './blocks';

/** One token per byte. */
const bytewise = (text: string) => {
	const document = new TextEncoder().encode(text);
	return {
		document,
		encoding: tokensAt(...Array.from(document, (id, at) => [id, at, at + 1] as const))
	};
};

const withBlocks = (text: string) => {
	const { document, encoding } = bytewise(text);
	return { document, encoding, starts: splitIntoBlocks(document, encoding) };
};

describe('splitIntoBlocks', () => {
	it.each([
		['', [0]],
		[`${'a'.repeat(29)}\n${'b'.repeat(100)}`, [0, 30, 126, 130]],
		// A word ends after 71 tokens, the next one after 142.
		[`${'b'.repeat(70)} ${'b'.repeat(70)} b`, [0, 70, 141, 143]]
	])(
		'ends a block at a line end if it can, else between words, else after 96 tokens: %j',
		(text, starts) => {
			expect([...withBlocks(text).starts]).toEqual(starts);
		}
	);

	it('has every token once and finds its block', () => {
		const { starts } = withBlocks('ab\n'.repeat(500));
		expect(starts.at(-1)).toBe(1500);
		for (let token = 0; token < 1500; token++) {
			const block = blockOf(starts, token);
			expect(starts[block]).toBeLessThanOrEqual(token);
			expect(starts[block + 1]).toBeGreaterThan(token);
		}
	});

	it('estimates lines from line breaks and width', () => {
		const lines = (text: string, display: 'text' | 'bytes') => {
			const { document, encoding, starts } = withBlocks(text);
			return [...estimateLines(document, encoding, starts, 40, display)];
		};
		expect(lines('a\n'.repeat(24), 'text')).toEqual([12, 12]);
		expect(lines('a'.repeat(64), 'text')).toEqual([2]);
		expect(lines('a\n'.repeat(24), 'bytes')).toEqual([2, 2]);
		expect(lines('\n'.repeat(24), 'text')).toEqual([24]);
	});
});

describe('BlockHeights', () => {
	it('stacks estimates, then measured heights', () => {
		const heights = new BlockHeights(Float32Array.of(10, 20, 30));
		expect([heights.top(0), heights.top(2), heights.top(3)]).toEqual([0, 30, 60]);
		expect(heights.measure(0, 15)).toBe(true);
		expect(heights.measure(0, 15)).toBe(false);
		expect([heights.top(1), heights.top(3)]).toEqual([15, 65]);
	});

	it('adopts the measured heights of an earlier list, but not where the estimate has changed', () => {
		const earlier = new BlockHeights(Float32Array.of(10, 20, 30, 40));
		for (const [block, height] of [12, 25, 33].entries()) earlier.measure(block, height);
		const heights = new BlockHeights(Float32Array.of(10, 21, 30, 40, 50));
		heights.adopt(earlier, 2);
		const measured = [0, 1, 2, 3].filter((block) => heights.isMeasured(block));
		expect(measured).toEqual([0]);
		expect([heights.top(1), heights.top(2), heights.top(3)]).toEqual([12, 33, 63]);
	});

	it('finds the block at a position', () => {
		const heights = new BlockHeights(Float32Array.of(10, 20, 30));
		expect([-5, 0, 9, 10, 29, 30, 1000].map((y) => heights.at(y))).toEqual([0, 0, 0, 1, 1, 2, 2]);
	});
});

describe('blocksInWindow', () => {
	const heights = new BlockHeights(new Float32Array(100).fill(50));
	const starts = Uint32Array.from({ length: 101 }, (_, block) => block * 40);

	it('draws what is in view and a margin', () => {
		const window = { y: 1000, height: 320, margin: 100, maxTokens: 4000 };
		expect(blocksInWindow(heights, starts, window)).toEqual({ first: 18, last: 29 });
	});

	it('stays within the maximum, visible blocks first', () => {
		const window = { y: 1000, height: 320, margin: 1000, maxTokens: 320 };
		const { first, last } = blocksInWindow(heights, starts, window);
		expect({ first, last }).toEqual({ first: 20, last: 28 });
	});

	it('draws nothing without blocks, and at least one if there are any', () => {
		const window = { y: 0, height: 320, margin: 0, maxTokens: 1 };
		const none = new BlockHeights(new Float32Array(0));
		expect(blocksInWindow(none, Uint32Array.of(0), window)).toEqual({ first: 0, last: 0 });
		expect(blocksInWindow(heights, starts, window)).toEqual({ first: 0, last: 1 });
	});
});
