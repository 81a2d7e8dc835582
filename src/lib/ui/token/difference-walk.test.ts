import { describe, expect, it } from 'vitest';
import { DifferenceWalk } from './difference-walk.svelte';

/** Three differing spans: bytes [2, 5), [8, 9), [20, 30). */
const DIFFERENCES = Uint32Array.of(2, 5, 8, 9, 20, 30);

function walk() {
	let differences = DIFFERENCES;
	return {
		walk: new DifferenceWalk(() => differences),
		change: (next: Uint32Array<ArrayBuffer>) => {
			differences = next;
		}
	};
}

describe('DifferenceWalk', () => {
	it('begins without a span', () => {
		const { walk: differences } = walk();
		expect(differences.current).toBe(-1);
		expect(differences.focus).toBeNull();
	});

	it('steps forward from the first span and around the end', () => {
		const { walk: differences } = walk();
		expect([1, 2, 3, 4].map(() => differences.step(1))).toEqual([2, 8, 20, 2]);
		expect(differences.current).toBe(0);
		expect(differences.focus).toEqual({ start: 2, end: 5 });
	});

	it('steps back from the last span and around the beginning', () => {
		const { walk: differences } = walk();
		expect([1, 2, 3, 4].map(() => differences.step(-1))).toEqual([20, 8, 2, 20]);
		expect(differences.current).toBe(2);
	});

	it('continues from the pinned bytes and unpins them', () => {
		const { walk: differences } = walk();
		differences.pin({ start: 8, end: 9 });
		expect(differences.focus).toEqual({ start: 8, end: 9 });
		expect(differences.step(1)).toBe(20);
		expect(differences.focus).toEqual({ start: 20, end: 30 });
		differences.pin({ start: 10, end: 12 });
		expect(differences.step(-1)).toBe(8);
	});

	it('focuses the bytes under the pointer, then the pinned ones, then the span', () => {
		const { walk: differences } = walk();
		differences.step(1);
		differences.pin({ start: 10, end: 12 });
		differences.hover({ start: 0, end: 1 });
		expect(differences.focus).toEqual({ start: 0, end: 1 });
		differences.hover(null);
		expect(differences.focus).toEqual({ start: 10, end: 12 });
		differences.pin(null);
		expect(differences.focus).toEqual({ start: 2, end: 5 });
	});

	it('forgets the bytes under the pointer and the pinned ones with another text', () => {
		let text = 'a text';
		const differences = new DifferenceWalk(
			() => DIFFERENCES,
			() => text
		);
		differences.pin({ start: 10, end: 12 });
		differences.hover({ start: 0, end: 1 });
		text = 'another text';
		expect(differences.focus).toBeNull();
	});

	it('ends when it is unpinned', () => {
		const { walk: differences } = walk();
		differences.step(1);
		differences.unpin();
		expect(differences.current).toBe(-1);
		expect(differences.focus).toBeNull();
		expect(differences.step(1)).toBe(2);
	});

	it('starts over with a new comparison, even with the same differences', () => {
		const { walk: differences, change } = walk();
		differences.step(1);
		differences.step(1);
		change(DIFFERENCES.slice());
		expect(differences.current).toBe(-1);
		expect(differences.focus).toBeNull();
		expect(differences.step(1)).toBe(2);
	});

	it('goes nowhere without differences', () => {
		const { walk: differences, change } = walk();
		change(new Uint32Array());
		expect(differences.step(1)).toBeNull();
		expect(differences.step(-1)).toBeNull();
		expect(differences.current).toBe(-1);
	});

	it('ends with the comparison that the difference of a link waited for', () => {
		let differences = new Uint32Array();
		const linked = new DifferenceWalk(
			() => differences,
			() => 'text'
		);
		expect(linked.arrive()).toBeNull();
		linked.take(null, 1);
		differences = DIFFERENCES;
		expect(linked.current).toBe(1);
		expect(linked.arrive()).toBe(8);
		expect(linked.arrive()).toBeNull();
		expect(linked.current).toBe(1);
		differences = DIFFERENCES.slice();
		expect(linked.current).toBe(-1);
	});

	it('does not leave the pinned token of a link for its difference', () => {
		const linked = new DifferenceWalk(
			() => DIFFERENCES,
			() => 'text'
		);
		linked.take({ start: 10, end: 12, tokenizer: 'gpt2' }, 1);
		expect(linked.arrive()).toBeNull();
		expect(linked.current).toBe(1);
	});

	it('ignores the pin of a tokenizer that is not shown', () => {
		let shown = ['gpt2', 'qwen3'];
		const pinning = new DifferenceWalk(
			() => DIFFERENCES,
			() => 'text',
			(id) => shown.includes(id)
		);
		pinning.pin({ start: 10, end: 12 }, 'gpt2');
		expect(pinning.pinned).toEqual({ start: 10, end: 12, tokenizer: 'gpt2' });
		shown = ['qwen3'];
		expect(pinning.pinned).toBeNull();
		expect(pinning.focus).toBeNull();
		expect(pinning.step(1)).toBe(2);
	});
});
