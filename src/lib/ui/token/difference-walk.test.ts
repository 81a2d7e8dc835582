import { expect, it } from 'vitest';
import { DifferenceWalk } from './difference-walk.svelte';

/** Three differing spans: bytes [2, 5), [8, 9) and [20, 30). */
const DIFFERENCES = Uint32Array.of(2, 5, 8, 9, 20, 30);

function setUp(isShown?: (tokenizer: string) => boolean) {
	let differences = DIFFERENCES;
	let text = 'a text';
	return {
		walk: new DifferenceWalk(
			() => differences,
			() => text,
			isShown
		),
		change: (next: Uint32Array<ArrayBuffer>) => {
			differences = next;
		},
		type: (next: string) => {
			text = next;
		}
	};
}

it.each([
	[1, [2, 8, 20, 2], 0, { start: 2, end: 5 }],
	[-1, [20, 8, 2, 20], 2, { start: 20, end: 30 }]
] as const)('begins without a span, and steps by %i around the ends', (by, bytes, at, focus) => {
	const { walk } = setUp();
	expect([walk.current, walk.focus]).toEqual([-1, null]);
	expect(bytes.map(() => walk.step(by))).toEqual(bytes);
	expect([walk.current, walk.focus]).toEqual([at, focus]);
});

it('continues from the pinned bytes and unpins them', () => {
	const { walk } = setUp();
	walk.pin({ start: 8, end: 9 });
	expect(walk.focus).toEqual({ start: 8, end: 9 });
	expect(walk.step(1)).toBe(20);
	expect(walk.focus).toEqual({ start: 20, end: 30 });
	walk.pin({ start: 10, end: 12 });
	expect(walk.step(-1)).toBe(8);
});

it('focuses the bytes under the pointer, then the pinned ones, then the span', () => {
	const { walk } = setUp();
	walk.step(1);
	walk.pin({ start: 10, end: 12 });
	walk.hover({ start: 0, end: 1 });
	expect(walk.focus).toEqual({ start: 0, end: 1 });
	walk.hover(null);
	expect(walk.focus).toEqual({ start: 10, end: 12 });
	walk.pin(null);
	expect(walk.focus).toEqual({ start: 2, end: 5 });
});

it('forgets the bytes under the pointer and the pinned ones with another text', () => {
	const { walk, type } = setUp();
	walk.pin({ start: 10, end: 12 });
	walk.hover({ start: 0, end: 1 });
	type('another text');
	expect(walk.focus).toBeNull();
});

it('starts over when it is unpinned, or with a new comparison of the same differences', () => {
	const { walk, change } = setUp();
	for (const end of [() => walk.unpin(), () => change(DIFFERENCES.slice())]) {
		walk.step(1);
		walk.step(1);
		end();
		expect([walk.current, walk.focus]).toEqual([-1, null]);
		expect(walk.step(1)).toBe(2);
	}
});

it('goes nowhere without differences', () => {
	const { walk, change } = setUp();
	change(new Uint32Array());
	expect([walk.step(1), walk.step(-1), walk.current]).toEqual([null, null, -1]);
});

it('ends with the comparison that the difference of a link waited for', () => {
	const { walk, change } = setUp();
	change(new Uint32Array());
	expect(walk.arrive()).toBeNull();
	walk.difference = 2;
	change(DIFFERENCES);
	expect([walk.current, walk.arrive(), walk.arrive(), walk.difference]).toEqual([1, 8, null, 2]);
	change(DIFFERENCES.slice());
	expect([walk.current, walk.difference]).toEqual([-1, null]);
});

it('does not leave the pinned token of a link for its difference', () => {
	const { walk } = setUp();
	walk.pinned = { start: 10, end: 12, tokenizer: 'gpt2' };
	walk.difference = 2;
	expect([walk.arrive(), walk.current]).toEqual([null, 1]);
});

it('ignores the pin of a tokenizer that is not shown', () => {
	let shown = ['gpt2', 'qwen3'];
	const { walk } = setUp((id) => shown.includes(id));
	walk.pin({ start: 10, end: 12 }, 'gpt2');
	expect(walk.pinned).toEqual({ start: 10, end: 12, tokenizer: 'gpt2' });
	shown = ['qwen3'];
	expect([walk.pinned, walk.focus, walk.step(1)]).toEqual([null, null, 2]);
});
