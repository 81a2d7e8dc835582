import { expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../../tests/support/fake-calls';
import type { CaseOutcome } from '../../../drift/cases/types';
import { Gallery, type GalleryCase } from './gallery.svelte';

const caseOf = (slug: string): GalleryCase => ({
	slug,
	a: { tokenizer: 'a' },
	b: { tokenizer: 'b' },
	task: { does: 'encode', a: { text: slug } },
	expect: [{ sees: 'different-ids' }]
});
const side = { text: '', tokens: [], reads: null, error: null };
const outcome = (status: CaseOutcome['status']): CaseOutcome => ({
	status,
	why: '',
	seen: [],
	a: side,
	b: side
});

function mount() {
	const { method, calls } = fakeCalls<'driftCase'>();
	const gallery = new Gallery({ driftCase: method });
	const ask = (...slugs: string[]) => slugs.forEach((slug) => gallery.ask(caseOf(slug)));
	/** Answers the call at `index`. */
	const answer = async (index: number, status: CaseOutcome['status'] = 'reproduced') => {
		calls[index].resolve(outcome(status));
		await settle();
	};
	/** Rejects the call at `index`, as the worker does once it's stopped. */
	const end = async (index: number) => {
		calls[index].reject(new DOMException('stopped', 'AbortError'));
		await settle();
	};
	const statuses = (...slugs: string[]) => slugs.map((slug) => gallery.of(slug)?.status);
	/** The requested cases, in order. */
	const asked = () => calls.map(({ params }) => 'text' in params.task.a && params.task.a.text);
	return { gallery, calls, ask, answer, end, statuses, asked };
}

it('computes cases one after another, each once', async () => {
	const { gallery, calls, ask, answer, statuses } = mount();
	ask('one', 'two', 'one');
	expect(calls).toHaveLength(1);
	expect(statuses('one', 'two', 'three')).toEqual(['loading', 'waiting', undefined]);
	expect(gallery.open).toBe(2);
	await answer(0);
	expect(calls).toHaveLength(2);
	await answer(1, 'not-reproduced');
	expect([gallery.answered, gallery.reproduced, gallery.open]).toEqual([2, 1, 0]);
	ask('one');
	expect(calls).toHaveLength(2);
});

it('says what failed, goes on with the others and tries again on request', async () => {
	const { gallery, calls, ask, answer, statuses } = mount();
	ask('one', 'two');
	calls[0].reject(new Error('the network did not answer'));
	await settle();
	expect(gallery.of('one')).toEqual({ status: 'error', message: 'The network did not answer' });
	expect(statuses('two')).toEqual(['loading']);
	await answer(1);
	ask('one');
	expect(calls).toHaveLength(3);
});

it('drops waiting cases, keeps answers, and goes on later', async () => {
	const { gallery, calls, ask, answer, end, statuses } = mount();
	ask('one', 'two', 'three');
	await answer(0);
	gallery.stop();
	expect(calls[1].options.signal?.aborted).toBe(true);
	calls[1].options.onprogress?.({ phase: 'prepare' });
	await end(1);
	expect(statuses('one', 'two', 'three')).toEqual(['answered', undefined, undefined]);
	ask('three');
	expect(calls).toHaveLength(3);
});

it('computes all cases if all are requested right after a stop', async () => {
	const { gallery, calls, ask, answer, end, statuses } = mount();
	ask('one');
	gallery.stop();
	// The stopped request hasn't ended yet.
	ask('one', 'two');
	expect(statuses('one', 'two')).toEqual(['loading', 'waiting']);
	await end(0);
	await answer(1);
	await answer(2);
	expect(calls).toHaveLength(3);
	expect([gallery.answered, gallery.open]).toEqual([2, 0]);
});

it('lets a case go first, even if it was never requested, and computes none twice', async () => {
	const { gallery, ask, answer, asked } = mount();
	ask('one', 'two', 'three');
	gallery.prefer(caseOf('three'));
	await answer(0);
	gallery.prefer(caseOf('four'));
	for (const call of [1, 2, 3]) await answer(call);
	gallery.prefer(caseOf('one'));
	expect(asked()).toEqual(['one', 'three', 'four', 'two']);
});
