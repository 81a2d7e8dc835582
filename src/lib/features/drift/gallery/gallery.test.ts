import { describe, expect, it } from 'vitest';
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
	const cases = fakeCalls<'driftCase'>();
	const gallery = new Gallery({ driftCase: cases.method });
	return { gallery, calls: cases.calls };
}

describe('Gallery', () => {
	it('computes cases one after another, each once', async () => {
		const { gallery, calls } = mount();
		gallery.ask(caseOf('one'));
		gallery.ask(caseOf('two'));
		gallery.ask(caseOf('one'));
		expect(calls).toHaveLength(1);
		expect(gallery.of('one')?.status).toBe('loading');
		expect(gallery.of('two')?.status).toBe('waiting');
		expect(gallery.of('three')).toBeUndefined();
		expect(gallery.open).toBe(2);
		calls[0].resolve(outcome('reproduced'));
		await settle();
		expect(calls).toHaveLength(2);
		calls[1].resolve(outcome('not-reproduced'));
		await settle();
		expect(gallery.answered).toBe(2);
		expect(gallery.reproduced).toBe(1);
		expect(gallery.open).toBe(0);
	});

	it('says what failed, goes on with the others and tries again on request', async () => {
		const { gallery, calls } = mount();
		gallery.ask(caseOf('one'));
		gallery.ask(caseOf('two'));
		calls[0].reject(new Error('the network did not answer'));
		await settle();
		expect(gallery.of('one')).toEqual({ status: 'error', message: 'The network did not answer' });
		expect(gallery.of('two')?.status).toBe('loading');
		calls[1].resolve(outcome('reproduced'));
		await settle();
		gallery.ask(caseOf('one'));
		expect(calls).toHaveLength(3);
	});

	it('computes an answered case again only on explicit request', async () => {
		const { gallery, calls } = mount();
		gallery.ask(caseOf('one'));
		calls[0].resolve(outcome('reproduced'));
		await settle();
		gallery.ask(caseOf('one'));
		expect(calls).toHaveLength(1);
		gallery.again(caseOf('one'));
		gallery.again(caseOf('one'));
		expect(calls).toHaveLength(2);
	});

	it('drops waiting cases, keeps answers, and goes on later', async () => {
		const { gallery, calls } = mount();
		for (const slug of ['one', 'two', 'three']) gallery.ask(caseOf(slug));
		calls[0].resolve(outcome('reproduced'));
		await settle();
		gallery.stop();
		expect(calls[1].options.signal?.aborted).toBe(true);
		calls[1].reject(new DOMException('stopped', 'AbortError'));
		await settle();
		expect(gallery.of('one')?.status).toBe('answered');
		expect(gallery.of('two')).toBeUndefined();
		expect(gallery.of('three')).toBeUndefined();
		gallery.ask(caseOf('three'));
		expect(calls).toHaveLength(3);
	});

	it('computes all cases if all are requested while the first is running', async () => {
		const { gallery, calls } = mount();
		const all = ['one', 'two', 'three'].map(caseOf);
		gallery.ask(all[0]);
		for (const item of all) gallery.ask(item);
		for (let done = 0; done < all.length; done++) {
			expect(calls).toHaveLength(done + 1);
			calls[done].resolve(outcome('reproduced'));
			await settle();
		}
		expect(calls.map(({ params }) => params.task.a)).toEqual(all.map(({ task }) => task.a));
		expect([gallery.answered, gallery.open]).toEqual([3, 0]);
	});

	it('computes all cases if all are requested right after a stop', async () => {
		const { gallery, calls } = mount();
		const all = ['one', 'two'].map(caseOf);
		gallery.ask(all[0]);
		gallery.stop();
		// The stopped request has not ended yet.
		for (const item of all) gallery.ask(item);
		expect([gallery.of('one')?.status, gallery.of('two')?.status]).toEqual(['loading', 'waiting']);
		calls[0].reject(new DOMException('stopped', 'AbortError'));
		await settle();
		calls[1].resolve(outcome('reproduced'));
		await settle();
		calls[2].resolve(outcome('reproduced'));
		await settle();
		expect(calls).toHaveLength(3);
		expect([gallery.answered, gallery.open]).toEqual([2, 0]);
	});

	it('lets a case go before the others that wait', async () => {
		const { gallery, calls } = mount();
		for (const slug of ['one', 'two', 'three', 'four']) gallery.ask(caseOf(slug));
		gallery.prefer(caseOf('three'));
		for (let done = 0; done < 4; done++) {
			calls[done].resolve(outcome('reproduced'));
			await settle();
		}
		expect(calls.map(({ params }) => params.task.a)).toEqual(
			['one', 'three', 'two', 'four'].map((text) => ({ text }))
		);
	});

	it('lets a case go first that was never requested, and computes an answered one only once', async () => {
		const { gallery, calls } = mount();
		for (const slug of ['one', 'two']) gallery.ask(caseOf(slug));
		gallery.prefer(caseOf('three'));
		for (let done = 0; done < 3; done++) {
			calls[done].resolve(outcome('reproduced'));
			await settle();
		}
		gallery.prefer(caseOf('one'));
		expect(calls.map(({ params }) => params.task.a)).toEqual(
			['one', 'three', 'two'].map((text) => ({ text }))
		);
	});

	it('ignores an answer that arrives after a stop', async () => {
		const { gallery, calls } = mount();
		gallery.ask(caseOf('one'));
		gallery.stop();
		calls[0].options.onprogress?.({ phase: 'prepare' });
		calls[0].resolve(outcome('reproduced'));
		await settle();
		expect(gallery.of('one')).toBeUndefined();
	});

	it('goes on if the workers are not available', async () => {
		const gallery = new Gallery({
			driftCase: () => {
				throw new Error('no workers here');
			}
		});
		gallery.ask(caseOf('one'));
		gallery.ask(caseOf('two'));
		await settle();
		expect(gallery.of('one')).toEqual({ status: 'error', message: 'No workers here' });
		expect(gallery.of('two')?.status).toBe('error');
	});
});
