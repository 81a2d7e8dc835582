import { describe, expect, it, vi } from 'vitest';
import { SAME, setUpDiffPage } from '../../../../../tests/support/fake-diff-page';
import { useFakeTimers } from '../../../../../tests/support/fake-timers';
import { newTokenizer } from '../../../../../tests/support/memory-store';

// Anything that the fake workers leave unanswered ends with the test.
useFakeTimers();

const side = (tokenizer: string) => ({ tokenizer, edits: [] });

/** The page, in a lab with a saved tokenizer. */
async function setUp() {
	const { lab, page } = setUpDiffPage();
	const { id } = await lab.savedTokenizers.save(newTokenizer('mine'));
	const undo = () => lab.announcement.shown?.actions[0].run();
	return { lab, page, id, undo, ...page };
}

describe('deleting a saved tokenizer', () => {
	it('is undone on the sides that had it and were not changed since', async () => {
		const { lab, id, diff, setSides } = await setUp();
		const before = { a: side(id), b: side(id) };
		setSides(before, 500);
		const undo = await lab.savedTokenizers.remove(id);
		expect([diff.sides.a.tokenizer, diff.sides.b.tokenizer]).toEqual(['llama3', 'llama3']);
		await undo();
		expect([diff.sides, diff.rows]).toEqual([before, 500]);
		// A side that was changed since then is kept.
		const restore = await lab.savedTokenizers.remove(id);
		setSides({ ...diff.sides, b: side('qwen3') }, 500);
		await restore();
		expect(diff.sides).toEqual({ a: side(id), b: side('qwen3') });
		const restoreAgain = await lab.savedTokenizers.remove(id);
		setSides({ a: side('gpt2'), b: side('llama2') }, null);
		await restoreAgain();
		expect(diff.sides).toEqual({ a: side('gpt2'), b: side('llama2') });
	});
});

describe('deleting a saved tokenizer that is B', () => {
	it('leaves two sides that differ, and is undone', async () => {
		const { lab, id, diff, page } = await setUp();
		page.setSide('b', side(id));
		const undo = await lab.savedTokenizers.remove(id);
		expect(diff.sides).toBe(page.first.sides);
		await undo();
		expect(diff.sides.b).toEqual(side(id));
	});
});

describe('the offer to undo', () => {
	it('brings back a text that an example replaced, until the example is edited', async () => {
		const { lab, page, undo } = await setUp();
		lab.input.show('mine');
		page.replaceText('example', 'Replaced.');
		undo();
		expect(lab.input.text).toBe('mine');
		page.replaceText('example', 'Replaced.');
		lab.input.show('example, edited');
		expect(lab.announcement.shown).toBeNull();
	});

	it('brings back changes that a side lost, until the sides are replaced', async () => {
		const { lab, page, value } = await setUp();
		page.setSides({ a: side('gpt2'), b: side('gpt2') }, null);
		page.setSide('b', page.first.sides.b);
		expect(lab.announcement.shown).toBeNull();
		page.setSide('b', side('gpt2'));
		expect(lab.announcement.shown?.message).toBe('Removed from B: pre-tokenizer: ByteLevel.');
		value.b = 'llama2';
		expect(lab.announcement.shown).toBeNull();
	});
});

describe('the verdict', () => {
	/** The page after comparing a tokenizer with itself, before the text and all tokens are compared. */
	async function compare() {
		const { page, workers } = setUpDiffPage();
		const { diff } = page;
		page.setSides({ a: side('gpt2'), b: side('gpt2') }, null);
		diff.follow();
		await vi.waitFor(() => expect(workers[0]?.requests).toHaveLength(1));
		const [worker] = workers;
		worker.say({ type: 'result', id: worker.requests[0].id, result: SAME });
		await vi.waitFor(() => expect(diff.compared).not.toBeNull());
		return page;
	}

	it('waits for the text, and is not final if that was stopped', async () => {
		const { diff, diffText, question } = await compare();
		diffText.follow(question);
		expect([diff.running, diff.stage]).toEqual([['self-encode', 'text'], 'running']);
		diffText.stop();
		expect([diff.running, diff.unfinished]).toEqual([['self-encode'], ['text']]);
	});

	it('waits for damage that is being measured', async () => {
		const { diff, damage } = await compare();
		void damage.measure({ sides: diff.sides, rows: null });
		expect(diff.running).toContain('damage');
		damage.stop();
		expect([diff.running, diff.unfinished]).toEqual([['self-encode', 'text'], []]);
	});
});
