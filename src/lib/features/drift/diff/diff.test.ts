import { describe, expect, it } from 'vitest';
import { fakeCalls, settle } from '../../../../../tests/support/fake-calls';
import { builtReport, sameTokenizer, sidesOf } from '../../../../../tests/support/fake-drift';
import { damageOn } from '../../../../../tests/support/fake-damage';
import type { DamageFindings, TextFindings, Witness } from '../../../drift/types';
import { DiffState, type OtherFindings } from './diff.svelte';

const NOTHING = { a: { tried: 3, unreachable: new Uint32Array() } };
const selfEncoded = {
	...NOTHING,
	b: { tried: 3, unreachable: Uint32Array.of(2) },
	lost: Uint32Array.of(2)
};

const NO_TEXT: TextFindings = {
	...{ bytes: 0, tokensA: 0, tokensB: 0, changedTokens: 0, cutTokens: 0, newTokens: 0 },
	...{ firstDivergence: null, largestIdB: -1, documents: 0, documentsChanged: 0 },
	perDocument: [],
	worstFirst: new Uint32Array()
};

async function mount({ isOnText = false } = {}) {
	const drift = fakeCalls<'drift'>();
	const selfEncode = fakeCalls<'selfEncode'>();
	const probes = fakeCalls<'driftProbes'>();
	const same = await sameTokenizer();
	let damage: DamageFindings | null = null;
	let text: TextFindings | null = null;
	let open: OtherFindings['open'] = [];
	const state = new DiffState(
		{
			drift: drift.method,
			driftProbes: probes.method,
			selfEncode: selfEncode.method
		},
		() => ({ text, damage, open }),
		{ sides: sidesOf('a', 'b'), report: builtReport(same.findings), isOnText: () => isOnText }
	);
	return {
		state,
		same,
		drifts: drift.calls,
		probes: probes.calls,
		selfEncodes: selfEncode.calls,
		setDamage: (found: DamageFindings) => (damage = found),
		setText: (found: TextFindings) => (text = found),
		setOpen: (checks: OtherFindings['open']) => (open = checks)
	};
}

describe('DiffState', () => {
	it('shows the prerendered report until the first answer', async () => {
		const { state, same, drifts } = await mount();
		expect(state.report.reason).toBe('made when the site was built');
		expect(state.compared).toBeNull();
		expect(drifts).toHaveLength(0);
		state.compare();
		expect(state.status).toBe('loading');
		expect(state.report.reason).toBe('made when the site was built');
		drifts[0].resolve(same);
		await settle();
		expect(state.status).toBe('ready');
		expect(state.report.verdict).toBe('identical');
		expect(state.compared).toBe(state.sides);
	});

	it('shows the prerendered report until the same question is answered in full', async () => {
		const { state, same, drifts, selfEncodes, setText } = await mount({ isOnText: true });
		setText(NO_TEXT);
		state.compare();
		drifts[0].resolve(same);
		await settle();
		expect(state.compared).toBe(state.sides);
		expect([state.isPrerendered, state.report.verdict, state.stage]).toEqual([
			true,
			'silent',
			'final'
		]);
		state.encodeTokens();
		selfEncodes[0].resolve({ ...selfEncoded, lost: new Uint32Array() });
		await settle();
		expect([state.isPrerendered, state.report.verdict]).toEqual([false, 'identical']);
		state.setSide('b', { tokenizer: 'c', edits: [] });
		drifts[1].resolve(same);
		await settle();
		expect(state.running).toEqual(['self-encode']);
		expect(state.isPrerendered).toBe(false);
	});

	it('gives the verdict first and adds the unreachable tokens', async () => {
		const { state, same, drifts, selfEncodes } = await mount();
		state.compare();
		drifts[0].resolve(same);
		await settle();
		expect(state.running).toEqual(['self-encode']);
		// Only on request, and once.
		expect(selfEncodes).toHaveLength(0);
		state.encodeTokens();
		state.encodeTokens();
		expect(selfEncodes).toHaveLength(1);
		selfEncodes[0].resolve(selfEncoded);
		await settle();
		expect(state.running).toEqual([]);
		expect(state.report.verdict).toBe('silent');
	});

	it('tries more inputs until all are tried, and changes the verdict if they differ', async () => {
		const { state, same, drifts, probes } = await mount();
		const { output, config } = same.findings;
		const quick = { ...output, depth: 'quick' } as const;
		state.compare();
		drifts[0].resolve({ ...same, findings: { ...same.findings, output: quick } });
		await settle();
		expect(state.probing).toBe('running');
		expect(state.running).toContain('output');
		expect([state.report.verdict, state.stage]).toEqual(['identical', 'running']);
		probes[0].resolve({ output: { ...quick, probes: 10 }, config, share: 0.5 });
		await settle();
		expect([state.probed, state.report.output.probes]).toEqual([0.5, 10]);
		const side = { ids: [1], text: 'a' };
		const witness: Witness = {
			reference: 'native',
			does: 'encode',
			inputs: ['a'],
			special: 'parse',
			addSpecialTokens: false,
			skipSpecial: false,
			a: side,
			b: { ...side, ids: [2] }
		};
		probes[1].resolve({
			output: { ...output, depth: 'deep', differing: 1, witnesses: [witness], severity: 'silent' },
			config,
			share: 1
		});
		await settle();
		expect(state.probing).toBe('done');
		// The self-encode check is still running, and a silent difference is bad enough.
		expect(state.running).toEqual(['self-encode']);
		expect([state.report.verdict, state.stage]).toEqual(['silent', 'final']);
		expect(probes).toHaveLength(2);
	});

	it('stops trying inputs, keeps the findings without a verdict, and resumes on request', async () => {
		const { state, same, drifts, probes, selfEncodes } = await mount();
		const quick = { ...same.findings.output, depth: 'quick' } as const;
		state.compare();
		drifts[0].resolve({ ...same, findings: { ...same.findings, output: quick } });
		await settle();
		state.stopProbing();
		expect(probes[0].options.signal?.aborted).toBe(true);
		probes[0].resolve({ output: quick, config: [], share: 0.5 });
		await settle();
		expect([state.probing, state.probed, probes.length]).toEqual(['stopped', 0, 1]);
		state.encodeTokens();
		selfEncodes[0].resolve({ ...selfEncoded, lost: new Uint32Array() });
		await settle();
		expect([state.running, state.unfinished, state.stage]).toEqual([[], ['output'], 'unfinished']);
		state.resume();
		expect([state.probing, state.stage, probes.length]).toEqual(['running', 'running', 2]);
		probes[1].reject(new Error('the worker was lost'));
		await settle();
		expect([state.probing, state.probesError]).toEqual(['stopped', 'The worker was lost']);
		expect([state.unfinished, state.stage]).toEqual([['output'], 'unfinished']);
		state.resume();
		probes[2].resolve({ output: { ...quick, depth: 'deep' }, config: [], share: 1 });
		await settle();
		expect([state.unfinished, state.stage]).toEqual([[], 'final']);
	});

	it.each(['text', 'damage'] as const)(
		'is not final while %s is running, or did not finish',
		async (id) => {
			const { state, same, drifts, selfEncodes, setText, setOpen } = await mount();
			setText(NO_TEXT);
			setOpen([{ id, isRunning: true }]);
			state.compare();
			drifts[0].resolve(same);
			await settle();
			state.encodeTokens();
			selfEncodes[0].resolve({ ...selfEncoded, lost: new Uint32Array() });
			await settle();
			expect([state.running, state.stage]).toEqual([[id], 'running']);
			setOpen([{ id, isRunning: false }]);
			expect([state.running, state.unfinished, state.stage]).toEqual([[], [id], 'unfinished']);
		}
	);

	it('drops the answer to sides that were replaced', async () => {
		const { state, same, drifts } = await mount();
		state.set(sidesOf('a', 'b'), null);
		state.setSide('b', { tokenizer: 'c', edits: [] });
		expect(drifts[0].options.signal?.aborted).toBe(true);
		drifts[0].resolve(same);
		await settle();
		expect(state.status).toBe('loading');
		expect(state.compared).toBeNull();
		drifts[1].resolve(same);
		await settle();
		expect(state.compared?.b.tokenizer).toBe('c');
	});

	it('encodes the tokens again only if the sides change, not the rows', async () => {
		const { state, same, drifts, selfEncodes } = await mount();
		state.compare();
		drifts[0].resolve(same);
		await settle();
		state.encodeTokens();
		selfEncodes[0].resolve(selfEncoded);
		await settle();
		state.setRows(5000);
		expect(drifts[1].params.rows).toBe(5000);
		drifts[1].resolve(await sameTokenizer(5000));
		await settle();
		state.encodeTokens();
		expect(selfEncodes).toHaveLength(1);
		expect(state.selfEncode).toBe(selfEncoded);
		state.swap();
		drifts[2].resolve(same);
		await settle();
		state.encodeTokens();
		expect(selfEncodes).toHaveLength(2);
		expect(state.selfEncode).toBeNull();
	});

	it('keeps the earlier verdict if a comparison fails, and tries again', async () => {
		const { state, same, drifts } = await mount();
		state.compare();
		drifts[0].resolve(same);
		await settle();
		state.setSide('b', { tokenizer: 'gone', edits: [] });
		drifts[1].reject(new Error('the vocabulary could not be fetched'));
		await settle();
		expect(state.status).toBe('error');
		expect(state.error).toBe('The vocabulary could not be fetched');
		expect(state.report.verdict).toBe('identical');
		state.compare();
		expect(state.error).toBeNull();
		drifts[2].resolve(same);
		await settle();
		expect(state.status).toBe('ready');
	});

	it('encodes the tokens again if new rows cancelled the first attempt', async () => {
		const { state, same, drifts, selfEncodes } = await mount();
		state.compare();
		drifts[0].resolve(same);
		await settle();
		state.encodeTokens();
		state.setRows(5000);
		expect(selfEncodes[0].options.signal?.aborted).toBe(true);
		drifts[1].resolve(await sameTokenizer(5000));
		await settle();
		state.encodeTokens();
		expect(selfEncodes).toHaveLength(2);
	});

	it('has no final verdict after an error of the self-encode check, until it ran again', async () => {
		const { state, same, drifts, selfEncodes } = await mount();
		state.compare();
		drifts[0].resolve(same);
		await settle();
		state.encodeTokens();
		selfEncodes[0].reject(new Error('no progress'));
		await settle();
		expect(state.selfEncodeError).toBe('No progress');
		expect([state.running, state.unfinished]).toEqual([[], ['self-encode']]);
		expect([state.status, state.stage]).toEqual(['ready', 'unfinished']);
		state.resume();
		expect(state.running).toEqual(['self-encode']);
		selfEncodes[1].resolve({ ...selfEncoded, lost: new Uint32Array() });
		await settle();
		expect([state.unfinished, state.stage]).toEqual([[], 'final']);
	});

	it('can be stopped, and says so', async () => {
		const { state, drifts } = await mount();
		state.compare();
		state.stop();
		expect(drifts[0].options.signal?.aborted).toBe(true);
		expect(state.status).toBe('error');
		expect(state.error).toMatch(/^Stopped/);
	});

	it('adds findings of other states to the report', async () => {
		const { state, same, drifts, setDamage } = await mount();
		setDamage(damageOn('prose', { bitsPerByte: 3 }));
		state.compare();
		drifts[0].resolve(same);
		await settle();
		expect(state.report.checks.find(({ id }) => id === 'damage')?.status).toBe('fail');
		expect(state.report.verdict).toBe('silent');
	});
});
