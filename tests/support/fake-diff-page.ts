import { createDiffPage } from '../../src/lib/features/drift/diff/page.svelte';
import type { PrerenderedDiff } from '../../src/lib/features/drift/diff/prerender';
import { FIRST_SIDES } from '../../src/lib/session/documents/diff';
import { Lab } from '../../src/lib/session/lab.svelte';
import { builtReport, sameTokenizer, sideBySideOf } from './fake-drift';
import { fakeWorkers } from './fake-worker';

export const SAME = await sameTokenizer();

const PRERENDERED: PrerenderedDiff = {
	sides: FIRST_SIDES,
	text: 'An example.',
	report: builtReport(SAME.findings),
	drawn: sideBySideOf(2),
	ordinary: { tokens: 100, changed: 8 },
	example: {} as PrerenderedDiff['example'],
	smallest: {} as PrerenderedDiff['smallest']
};

/** The Diff page with its example, and workers that never respond. */
export function setUpDiffPage() {
	const { spawn, workers } = fakeWorkers();
	const lab = new Lab(spawn);
	lab.input.text = PRERENDERED.text;
	return { lab, workers, page: createDiffPage(lab, PRERENDERED) };
}
