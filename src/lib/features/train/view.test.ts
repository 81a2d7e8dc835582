import { describe, expect, it } from 'vitest';
import { trainedOn } from '../../../../tests/support/fake-training';
import { TrainView } from './view.svelte';

const [first, linked, other] = ['aab', 'abab', 'baba'].map((text) => trainedOn(text));

describe('the listed page and the open merge tree', () => {
	it('remain with the training, also while a worker repeats it', () => {
		const view = new TrainView();
		view.follow(first);
		Object.assign(view, { page: 2, tree: 256 });
		const repeated = { ...first, run: { session: 'train', run: 9 } };
		view.follow(repeated);
		expect([view.page, view.tree]).toEqual([2, 256]);
	});

	it('end with the training, whose ids mean other tokens in the next', () => {
		const view = new TrainView();
		view.follow(first);
		Object.assign(view, { page: 2, tree: 256, search: 'a' });
		view.follow(other);
		expect([view.page, view.tree, view.search]).toEqual([1, null, 'a']);
	});

	it('of a link wait for its training', () => {
		const view = new TrainView();
		view.follow(first);
		view.take({ page: 3, tree: 257 });
		view.follow(first);
		view.follow(linked);
		expect([view.page, view.tree]).toEqual([3, 257]);
		view.follow(other);
		expect([view.page, view.tree]).toEqual([1, null]);
	});
});
