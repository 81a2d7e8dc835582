import { describe, expect, it } from 'vitest';
import { trainedOn } from '../../../../tests/support/fake-training';
import { TrainView } from './view.svelte';

const [first, linked, other] = ['aab', 'abab', 'baba'].map((text) => trainedOn(text));

describe('the open merge tree', () => {
	it('remains with the training, also while a worker repeats it', () => {
		const view = new TrainView();
		view.follow(first);
		Object.assign(view, { tree: 256 });
		const repeated = { ...first, run: { session: 'train', run: 9 } };
		view.follow(repeated);
		expect(view.tree).toBe(256);
	});

	it('ends with the training, whose ids mean other tokens in the next', () => {
		const view = new TrainView();
		view.follow(first);
		Object.assign(view, { tree: 256, search: 'a' });
		view.follow(other);
		expect([view.tree, view.search]).toEqual([null, 'a']);
	});

	it('of a link waits for its training', () => {
		const view = new TrainView();
		view.follow(first);
		view.take({ tree: 257 });
		view.follow(first);
		view.follow(linked);
		expect(view.tree).toBe(257);
		view.follow(other);
		expect(view.tree).toBeNull();
	});
});
