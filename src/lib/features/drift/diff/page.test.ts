import { describe, expect, it, vi } from 'vitest';
import {
	builtReport,
	sameTokenizer,
	sideBySideOf,
	sidesOf,
	textFindingsOf
} from '../../../../../tests/support/fake-drift';
import { useFakeTimers } from '../../../../../tests/support/fake-timers';
import { fakeWorkers } from '../../../../../tests/support/fake-worker';
import { newTokenizer } from '../../../../../tests/support/memory-store';
import { Lab } from '../../../session/lab.svelte';
import { createDiffPage } from './page.svelte';
import type { PrerenderedDiff } from './prerender';

// What the fake workers leave unanswered ends with the test.
useFakeTimers();

/** The first sides are llama3 and itself. */
const SAME = await sameTokenizer();
const PRERENDERED: PrerenderedDiff = {
	sides: sidesOf('llama3', 'llama3'),
	text: 'An example.',
	report: builtReport(SAME.findings),
	findings: textFindingsOf(),
	drawn: sideBySideOf(2),
	witness: {} as PrerenderedDiff['witness']
};
const side = (tokenizer: string) => ({ tokenizer, edits: [] });
const file = (name: string, content: string) => new File([content], name);

/** The page of a lab with a saved tokenizer. */
async function setUp() {
	const lab = new Lab(fakeWorkers().spawn);
	const page = createDiffPage(lab, PRERENDERED);
	const { id } = await lab.savedTokenizers.save(newTokenizer('mine'));
	const undo = () => lab.announcement.shown?.actions[0].run();
	return { lab, page, id, undo, ...page };
}

describe('deleting a saved tokenizer', () => {
	it('is undone on the sides that had it and were not changed since', async () => {
		const { lab, id, diff } = await setUp();
		const before = { a: side(id), b: side(id) };
		diff.set(before, 500);
		const undo = await lab.savedTokenizers.remove(id);
		expect([diff.sides.a.tokenizer, diff.sides.b.tokenizer]).toEqual(['llama3', 'llama3']);
		await undo();
		expect([diff.sides, diff.rows]).toEqual([before, 500]);
		// A side that was changed since is kept.
		const restore = await lab.savedTokenizers.remove(id);
		diff.setSide('b', side('qwen3'));
		await restore();
		expect(diff.sides).toEqual({ a: side(id), b: side('qwen3') });
		const restoreAgain = await lab.savedTokenizers.remove(id);
		diff.set({ a: side('gpt2'), b: side('llama2') }, null);
		await restoreAgain();
		expect(diff.sides).toEqual({ a: side('gpt2'), b: side('llama2') });
	});
});

describe('the offer to undo', () => {
	it('brings back a text that an example replaced, until the example is edited', async () => {
		const { lab, page, undo } = await setUp();
		lab.shared.setText('mine');
		page.replaceText('example', 'Replaced.');
		undo();
		expect(lab.shared.text).toBe('mine');
		page.replaceText('example', 'Replaced.');
		page.editText('example, edited');
		expect(lab.announcement.shown).toBeNull();
	});

	it('brings back a text that a chat template replaced, and how its special tokens are read', async () => {
		const { lab, page, diff, view, undo } = await setUp();
		lab.shared.setText('mine');
		diff.set({ a: side('llama3'), b: side('gpt2') }, null);
		expect(page.chatTemplates).toEqual(['llama3']);
		await page.readChatTemplate('llama3');
		expect(lab.shared.text).toContain("'<|start_header_id|>' + message['role']");
		expect(view.reading.special).toBe('parse');
		undo();
		expect([lab.shared.text, view.reading.special]).toEqual(['mine', 'text']);
	});

	it('brings back files that an edit closed, and keeps what was typed since', async () => {
		const { lab, page, documents, undo } = await setUp();
		await page.openFiles(documents, [file('a.txt', 'a')]);
		page.editText('t');
		page.editText('typed');
		undo();
		expect(documents.files).toEqual(['a.txt']);
		expect(lab.shared.text).toBe('typed');
	});

	it('is withdrawn once opened files are replaced, or the sides', async () => {
		const { lab, page, documents, diff } = await setUp();
		await page.openFiles(documents, [file('a.txt', 'a')]);
		expect(lab.announcement.shown).not.toBeNull();
		page.setText('of a link');
		expect(lab.announcement.shown).toBeNull();
		page.replaceSides({ a: side('gpt2'), b: side('gpt2') }, null, 'Removed a change.');
		expect(lab.announcement.shown).not.toBeNull();
		diff.setSide('b', side('llama2'));
		expect(lab.announcement.shown).toBeNull();
	});
});

describe('the verdict', () => {
	/** The page once a tokenizer was compared with itself, without a text or tokens yet. */
	async function compare() {
		const { spawn, workers } = fakeWorkers();
		const page = createDiffPage(new Lab(spawn), PRERENDERED);
		const { diff } = page;
		diff.set({ a: side('gpt2'), b: side('gpt2') }, null);
		await vi.waitFor(() => expect(workers[0]?.requests).toHaveLength(1));
		const [worker] = workers;
		worker.say({ type: 'result', id: worker.requests[0].id, result: SAME });
		await vi.waitFor(() => expect(diff.compared).not.toBeNull());
		return { ...page, worker };
	}

	it('waits for the text, and is not final if that was stopped', async () => {
		const { diff, diffText, documents, view } = await compare();
		diffText.follow(diff.sides, documents.all, view.reading);
		expect([diff.running, diff.stage]).toEqual([['self-encode', 'text'], 'running']);
		diffText.stop();
		expect([diff.running, diff.unfinished]).toEqual([['self-encode'], ['text']]);
	});

	it('waits for damage that is being measured', async () => {
		const { diff, damage } = await compare();
		const text = { id: 'x', name: 'x', documents: () => Promise.resolve([]) };
		void damage.measure({ sides: diff.sides, rows: null, text });
		expect(diff.running).toContain('damage');
		damage.stop();
		expect([diff.running, diff.unfinished]).toEqual([['self-encode', 'text'], []]);
	});
});
