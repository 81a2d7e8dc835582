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
import type { SelfEncodeFindings } from '../../../drift/types';
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
	const { method: selfEncode, calls: selfEncodes } = fakeCalls<'selfEncode'>();
	const { method: driftProbes, calls: probes } = fakeCalls<'driftProbes'>();
	const same = await sameTokenizer();
	type Others = { -readonly [K in keyof OtherFindings]: OtherFindings[K] };
	const others: Others = { text: null, damage: null, open: [] };
	let question: LinkedDiff = { sides: sidesOf('a', 'b'), rows: null };
	const workers = { drift, driftProbes, selfEncode };
	const state = new DiffState(
		workers,
		() => question,
		() => others,
		{
			sides: question.sides,
			report: builtReport(same.findings),
			isOnText: () => isOnText
		}
	);
	/** Chooses sides or rows, as the page's effect follows them. */
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
	const encodeTokens = async (found: SelfEncodeFindings) => {
		state.encodeTokens();
		selfEncodes.at(-1)?.resolve(found);
		await settle();
	};
	const { output } = same.findings;
	/** The first answer while more inputs are to be tried. */
	const findings: DriftResult['findings'] = {
		...same.findings,
		output: { ...output, depth: 'quick' }
	};
	const quick: DriftResult = { ...same, findings };
	const probe = async (call: number, found: Partial<DriftProbes>) => {
		probes[call].resolve({ output: quick.findings.output, config: [], share: 1, ...found });
		await settle();
	};
	const actions = { choose, answer, compare, encodeTokens, probe };
	return { state, others, same, quick, drifts, probes, selfEncodes, ...actions };
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
	const { state, others, choose, compare, answer, encodeTokens } = await mount({ isOnText: true });
	others.text = textFindingsOf();
	await compare();
	expect(state.compared).toBe(state.sides);
	expect([state.isPrerendered, state.report.verdict, state.stage]).toEqual([
		true,
		'silent',
		'final'
	]);
	await encodeTokens(NONE_LOST);
	expect([state.isPrerendered, state.report.verdict]).toEqual([false, 'identical']);
	choose({ sides: sidesOf('a', 'c') });
	await answer();
	expect(state.running).toEqual(['self-encode']);
	expect(state.isPrerendered).toBe(false);
});

it('gives the verdict first and adds the unreachable tokens, only on request and once', async () => {
	const { state, selfEncodes, compare, encodeTokens } = await mount();
	await compare();
	expect(state.running).toEqual(['self-encode']);
	expect(selfEncodes).toHaveLength(0);
	state.encodeTokens();
	await encodeTokens(SELF_ENCODED);
	expect(selfEncodes).toHaveLength(1);
	expect([state.running, state.report.verdict]).toEqual([[], 'silent']);
});

it('tries more inputs until all are tried, and changes the verdict if they differ', async () => {
	const { state, same, quick, probes, compare, probe } = await mount();
	await compare(quick);
	expect(state.probing).toBe('running');
	expect(state.running).toContain('output');
	expect([state.report.verdict, state.stage]).toEqual(['identical', 'running']);
	const { output } = same.findings;
	await probe(0, { output: { ...quick.findings.output, probes: 10 }, share: 0.5 });
	expect([state.probed, state.report.output.probes]).toEqual([0.5, 10]);
	const side = { ids: [1], text: 'a' };
	const witness = witnessOf(side, { ...side, ids: [2] });
	await probe(1, {
		output: { ...output, depth: 'deep', differing: 1, witnesses: [witness], severity: 'silent' }
	});
	expect(state.probing).toBe('done');
	// The self-encode check is still running, and a silent difference is bad enough.
	expect(state.running).toEqual(['self-encode']);
	expect([state.report.verdict, state.stage]).toEqual(['silent', 'final']);
	expect(probes).toHaveLength(2);
});

it('stops trying inputs, keeps the findings without a verdict, and resumes on request', async () => {
	const { state, quick, probes, compare, encodeTokens, probe } = await mount();
	await compare(quick);
	state.stopProbing();
	expect(probes[0].options.signal?.aborted).toBe(true);
	await probe(0, { share: 0.5 });
	expect([state.probing, state.probed, probes.length]).toEqual(['stopped', 0, 1]);
	await encodeTokens(NONE_LOST);
	expect([state.running, state.unfinished, state.stage]).toEqual([[], ['output'], 'unfinished']);
	state.resume();
	expect([state.probing, state.stage, probes.length]).toEqual(['running', 'running', 2]);
	probes[1].reject(new Error('the worker was lost'));
	await settle();
	expect([state.probing, state.probesError]).toEqual(['stopped', 'The worker was lost']);
	expect([state.unfinished, state.stage]).toEqual([['output'], 'unfinished']);
	state.resume();
	await probe(2, { output: { ...quick.findings.output, depth: 'deep' } });
	expect([state.unfinished, state.stage]).toEqual([[], 'final']);
});

it.each(['text', 'damage'] as const)(
	'is not final while %s is running, or did not finish',
	async (id) => {
		const { state, others, compare, encodeTokens } = await mount();
		others.text = textFindingsOf();
		others.open = [{ id, isRunning: true }];
		await compare();
		await encodeTokens(NONE_LOST);
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

it('encodes the tokens again if the sides change or it was cancelled, not for new rows', async () => {
	const { state, drifts, selfEncodes, choose, compare, answer, encodeTokens } = await mount();
	await compare();
	state.encodeTokens();
	choose({ rows: 4000 });
	expect(selfEncodes[0].options.signal?.aborted).toBe(true);
	await answer(await sameTokenizer(4000));
	await encodeTokens(SELF_ENCODED);
	expect(selfEncodes).toHaveLength(2);
	choose({ rows: 5000 });
	expect(drifts[2].params.rows).toBe(5000);
	await answer(await sameTokenizer(5000));
	state.encodeTokens();
	expect(selfEncodes).toHaveLength(2);
	expect(state.selfEncode).toBe(SELF_ENCODED);
	choose({ sides: sidesOf('b', 'a') });
	await answer();
	state.encodeTokens();
	expect(selfEncodes).toHaveLength(3);
	expect(state.selfEncode).toBeNull();
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

it('has no final verdict after an error of the self-encode check, until it ran again', async () => {
	const { state, selfEncodes, compare } = await mount();
	await compare();
	state.encodeTokens();
	selfEncodes[0].reject(new Error('no progress'));
	await settle();
	expect(state.selfEncodeError).toBe('No progress');
	expect([state.running, state.unfinished]).toEqual([[], ['self-encode']]);
	expect([state.status, state.stage]).toEqual(['ready', 'unfinished']);
	state.resume();
	expect(state.running).toEqual(['self-encode']);
	selfEncodes[1].resolve(NONE_LOST);
	await settle();
	expect([state.unfinished, state.stage]).toEqual([[], 'final']);
});

it('adds findings of other states to the report', async () => {
	const { state, others, compare } = await mount();
	others.damage = damageOn('prose', { bitsPerByte: 3 });
	await compare();
	expect(state.report.checks.find(({ id }) => id === 'damage')?.status).toBe('fail');
	expect(state.report.verdict).toBe('silent');
});
