import { expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../../tests/support/fake-calls';
import {
	builtReport,
	sameTokenizer,
	sidesOf,
	textFindingsOf,
	witnessOf
} from '../../../../../tests/support/fake-drift';
import { damageOn } from '../../../../../tests/support/fake-damage';
import type { LinkedDiff } from '../../../session/documents/diff';
import type { DriftProbes, DriftResult } from '../worker';
import { DiffState, type OtherFindings } from './diff.svelte';

const SELF_ENCODED = {
	a: { tried: 3, unreachable: new Uint32Array() },
	b: { tried: 3, unreachable: Uint32Array.of(2) },
	lost: Uint32Array.of(2)
};
const NONE_LOST = { ...SELF_ENCODED, lost: new Uint32Array() };

async function mount({ isOnText = false } = {}) {
	const { method: drift, calls: drifts } = fakeCalls<'drift'>();
	const { method: driftProbes, calls: probes } = fakeCalls<'driftProbes'>();
	const same = await sameTokenizer();
	type Others = { -readonly [K in keyof OtherFindings]: OtherFindings[K] };
	const others: Others = { text: null, damage: null, open: [] };
	let question: LinkedDiff = { sides: sidesOf('a', 'b'), rows: null };
	const state = new DiffState(
		{ drift, driftProbes },
		() => question,
		() => others,
		{
			sides: question.sides,
			report: builtReport(same.findings),
			isOnText: () => isOnText
		}
	);
	/** Chooses sides or rows, which the page's effect then follows. */
	const choose = (chosen: Partial<LinkedDiff>) => {
		question = { ...question, ...chosen };
		state.follow();
	};
	/** Answers the last comparison. */
	const answer = async (result = same) => {
		drifts.at(-1)?.resolve(result);
		await settle();
	};
	const compare = async (result = same) => {
		state.compare();
		await answer(result);
	};
	const { output } = same.findings;
	/** The first answer while more inputs remain to be tried. */
	const findings: DriftResult['findings'] = {
		...same.findings,
		output: { ...output, depth: 'quick' }
	};
	const quick: DriftResult = { ...same, findings };
	/** Answers a request for more inputs. By default, all were tried and nothing was found. */
	const probe = async (call: number, found: Partial<DriftProbes> = {}) => {
		probes[call].resolve({ output, config: [], selfEncode: NONE_LOST, share: 1, ...found });
		await settle();
	};
	const actions = { choose, answer, compare, probe };
	return { state, others, same, quick, drifts, probes, ...actions };
}

it('shows the prerendered report until the first answer', async () => {
	const { state, drifts, answer } = await mount();
	expect([state.compared, drifts]).toEqual([null, []]);
	state.compare();
	expect(state.status).toBe('loading');
	expect(state.report.reason).toBe('made when the site was built');
	await answer();
	expect([state.status, state.report.verdict]).toEqual(['ready', 'identical']);
	expect(state.compared).toBe(state.sides);
});

it('shows the prerendered report until the same question is answered in full', async () => {
	const { state, others, choose, compare, answer, probe } = await mount({ isOnText: true });
	others.text = textFindingsOf();
	await compare();
	expect(state.compared).toBe(state.sides);
	expect([state.isPrerendered, state.report.verdict, state.stage]).toEqual([
		true,
		'silent',
		'final'
	]);
	await probe(0);
	expect([state.isPrerendered, state.report.verdict]).toEqual([false, 'identical']);
	choose({ sides: sidesOf('a', 'c') });
	await answer();
	expect(state.running).toEqual(['self-encode']);
	expect(state.isPrerendered).toBe(false);
});

it('gives the verdict first and adds the unreachable tokens', async () => {
	const { state, compare, probe } = await mount();
	await compare();
	expect(state.running).toEqual(['self-encode']);
	await probe(0, { selfEncode: SELF_ENCODED });
	expect([state.running, state.report.verdict]).toEqual([[], 'silent']);
	expect(state.selfEncode).toBe(SELF_ENCODED);
});

it('tries more inputs until all are tried, and changes the verdict if they differ', async () => {
	const { state, same, quick, probes, compare, probe } = await mount();
	await compare(quick);
	expect(state.probing).toBe('running');
	expect(state.running).toEqual(['output', 'self-encode']);
	expect([state.report.verdict, state.stage]).toEqual(['identical', 'running']);
	const tried = { ...quick.findings.output, probes: 10 };
	await probe(0, { output: tried, selfEncode: null, share: 0.3 });
	expect([state.probed, state.report.output.probes]).toEqual([0.3, 10]);
	const side = { ids: [1], text: 'a' };
	const found = { differing: 1, witnesses: [witnessOf(side, { ...side, ids: [2] })] };
	const output = { ...same.findings.output, ...found, severity: 'silent' } as const;
	await probe(1, { output: { ...output, depth: 'deep' }, selfEncode: null, share: 0.6 });
	// The self-encode check is still running, but a silent difference is bad enough.
	expect(state.running).toEqual(['self-encode']);
	expect([state.report.verdict, state.stage]).toEqual(['silent', 'final']);
	await probe(2);
	expect([state.probing, state.running, probes.length]).toEqual(['done', [], 3]);
});

it('stops trying inputs, keeps the findings without a verdict, and resumes on request', async () => {
	const { state, quick, probes, compare, probe } = await mount();
	const unfinished = ['output', 'self-encode'];
	await compare(quick);
	state.stopProbing();
	expect(probes[0].options.signal?.aborted).toBe(true);
	await probe(0, { share: 0.5 });
	expect([state.probing, state.probed, probes.length]).toEqual(['stopped', 0, 1]);
	expect([state.running, state.unfinished, state.stage]).toEqual([[], unfinished, 'unfinished']);
	state.resume();
	expect([state.probing, state.stage, probes.length]).toEqual(['running', 'running', 2]);
	probes[1].reject(new Error('the worker was lost'));
	await settle();
	expect([state.probing, state.probesError]).toEqual(['stopped', 'The worker was lost']);
	expect([state.unfinished, state.stage]).toEqual([unfinished, 'unfinished']);
	state.resume();
	await probe(2);
	expect([state.unfinished, state.stage]).toEqual([[], 'final']);
});

it.each(['text', 'damage'] as const)(
	'is not final while %s is running, or did not finish',
	async (id) => {
		const { state, others, compare, probe } = await mount();
		others.text = textFindingsOf();
		others.open = [{ id, isRunning: true }];
		await compare();
		await probe(0);
		expect([state.running, state.stage]).toEqual([[id], 'running']);
		others.open = [{ id, isRunning: false }];
		expect([state.running, state.unfinished, state.stage]).toEqual([[], [id], 'unfinished']);
	}
);

it('drops the answer to sides that were replaced, and can be stopped, which it says', async () => {
	const { state, same, drifts, choose, answer } = await mount();
	state.follow();
	choose({ sides: sidesOf('a', 'c') });
	state.follow();
	expect(drifts).toHaveLength(2);
	expect(drifts[0].options.signal?.aborted).toBe(true);
	drifts[0].resolve(same);
	await settle();
	expect([state.status, state.compared]).toEqual(['loading', null]);
	await answer();
	expect(state.compared?.b.tokenizer).toBe('c');
	choose({ sides: sidesOf('c', 'a') });
	state.stop();
	expect([drifts[2].options.signal?.aborted, state.status]).toEqual([true, 'error']);
	expect(state.error).toMatch(/^Stopped/);
});

it('tries the inputs again for new rows', async () => {
	const { state, drifts, probes, choose, compare, answer } = await mount();
	await compare();
	choose({ rows: 4000 });
	expect(probes[0].options.signal?.aborted).toBe(true);
	expect(drifts[1].params.rows).toBe(4000);
	await answer(await sameTokenizer(4000));
	expect([probes.length, state.selfEncode]).toEqual([2, null]);
});

it('keeps the earlier verdict if a comparison fails, and tries again', async () => {
	const { state, drifts, choose, compare } = await mount();
	await compare();
	choose({ sides: sidesOf('a', 'gone') });
	drifts[1].reject(new Error('the vocabulary could not be fetched'));
	await settle();
	expect([state.status, state.error]).toEqual(['error', 'The vocabulary could not be fetched']);
	expect(state.report.verdict).toBe('identical');
	await compare();
	expect([state.status, state.error]).toEqual(['ready', null]);
});

it('adds findings of other states to the report', async () => {
	const { state, others, compare } = await mount();
	others.damage = damageOn('prose', { bitsPerByte: 3 });
	await compare();
	expect(state.report.checks.find(({ id }) => id === 'damage')?.status).toBe('fail');
	expect(state.report.verdict).toBe('silent');
});
