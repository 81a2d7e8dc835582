import { describe, expect, it } from 'vitest';
import { choose, deselect, describeRemoved, restoreRemoved } from './removal';

describe('restoreRemoved', () => {
	it('restores an unchanged list exactly', () => {
		expect(restoreRemoved(['b'], ['a', 'b', 'c'], ['a', 'c'])).toEqual(['a', 'b', 'c']);
		expect(restoreRemoved([], ['a', 'b'], ['a', 'b'])).toEqual(['a', 'b']);
	});

	it('keeps what was added or moved since', () => {
		expect(restoreRemoved(['d', 'c', 'a'], ['a', 'b', 'c'], ['b'])).toEqual(['d', 'c', 'a', 'b']);
	});

	it('restores only what was removed, after what it followed and is still there', () => {
		expect(restoreRemoved(['x', 'a', 'y'], ['a', 'b', 'c', 'd'], ['c'])).toEqual([
			'x',
			'a',
			'c',
			'y'
		]);
		expect(restoreRemoved(['x'], ['a', 'b'], ['b'])).toEqual(['b', 'x']);
		expect(restoreRemoved(['x', 'b'], ['a', 'b'], ['b'])).toEqual(['x', 'b']);
	});
});

/** The tokenizers of a page. */
function choiceOf(...ids: readonly string[]) {
	return {
		tokenizers: ids,
		setTokenizers(to: readonly string[]) {
			this.tokenizers = to;
		}
	};
}

describe('choose', () => {
	it('puts back what it removed, among what is chosen by then', () => {
		const choice = choiceOf('a', 'b', 'c');
		const { removed, restore } = choose(choice, ['a', 'd']);
		expect(choice.tokenizers).toEqual(['a', 'd']);
		expect(removed).toEqual(['b', 'c']);
		choice.setTokenizers(['d', 'e']);
		restore();
		expect(choice.tokenizers).toEqual(['b', 'c', 'd', 'e']);
	});
});

describe('deselect', () => {
	it('removes a tokenizer, and does nothing if it is not chosen', () => {
		const choice = choiceOf('a', 'b', 'c');
		const deselectFrom = (id: string) =>
			deselect(id, choice.tokenizers, (ids) => choose(choice, ids));
		expect(deselectFrom('d')).toBeUndefined();
		const restore = deselectFrom('b');
		expect(choice.tokenizers).toEqual(['a', 'c']);
		restore?.();
		expect(choice.tokenizers).toEqual(['a', 'b', 'c']);
	});
});

describe('describeRemoved', () => {
	it('names what was removed', () => {
		expect(describeRemoved(['gpt2'])).toBe('Removed gpt2.');
		expect(describeRemoved(['gpt2', 'llama3'])).toBe('Removed gpt2 and llama3.');
	});
});
