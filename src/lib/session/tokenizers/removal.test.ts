import { expect, it } from 'vitest';
import { choose, deselect, restoreRemoved } from './removal';

it.each([
	['an unchanged list', ['b'], ['a', 'b', 'c'], ['a', 'c'], ['a', 'b', 'c']],
	['an emptied list', [], ['a', 'b'], ['a', 'b'], ['a', 'b']],
	['beside what was added or moved', ['d', 'c', 'a'], ['a', 'b', 'c'], ['b'], ['d', 'c', 'a', 'b']],
	['after what is still there', ['x', 'a', 'y'], ['a', 'b', 'c', 'd'], ['c'], ['x', 'a', 'c', 'y']],
	['at the start', ['x'], ['a', 'b'], ['b'], ['b', 'x']],
	['nothing that is chosen again', ['x', 'b'], ['a', 'b'], ['b'], ['x', 'b']]
])('restores %s', (_, now, before, removed, restored) => {
	expect(restoreRemoved(now, before, removed)).toEqual(restored);
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

it('choosing puts back what it removed, among what is chosen by then', () => {
	const choice = choiceOf('a', 'b', 'c');
	const { removed, restore } = choose(choice, ['a', 'd']);
	expect(choice.tokenizers).toEqual(['a', 'd']);
	expect(removed).toEqual(['b', 'c']);
	choice.setTokenizers(['d', 'e']);
	restore();
	expect(choice.tokenizers).toEqual(['b', 'c', 'd', 'e']);
});

it('deselecting removes a tokenizer, and does nothing if it is not chosen', () => {
	const choice = choiceOf('a', 'b', 'c');
	const deselectFrom = (id: string) =>
		deselect(id, choice.tokenizers, (ids) => choose(choice, ids));
	expect(deselectFrom('d')).toBeUndefined();
	const restore = deselectFrom('b');
	expect(choice.tokenizers).toEqual(['a', 'c']);
	restore?.();
	expect(choice.tokenizers).toEqual(['a', 'b', 'c']);
});
