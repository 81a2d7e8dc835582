/** Runs every case of the gallery in the page's worker, and checks what its link shows. */
import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../../../tests/support/packed-tokenizers';
import { serve } from '../../../../../tests/support/serve';
import { sized } from '../../../../../tests/support/size';
import { runToEnd } from '../../../drift/calls';
import type { CaseQuestion, CaseSide } from '../../../drift/cases/types';
import { makeReport } from '../../../drift/report';
import { compareSpecs } from '../../../drift/config/differences';
import { applyEdits } from '../../../drift/edits/apply';
import { compareSelfEncoding } from '../../../drift/self-encode';
import { PLAIN_READING } from '../../../drift/text/read';
import { createTokenizer } from '../../../engine';
import { encodeUtf8 } from '../../../engine/text/utf8';
import { COMPARE_FIELDS } from '../../../session/documents/compare';
import { DIFF_FIELDS } from '../../../session/documents/diff';
import { readLink } from '../../../session/documents/schema';
import { parseIds } from '../../compare/id-list';
import { linkOf, type CaseLink } from '../gallery/case-link';
import type { DriftParams } from '../worker';
import { DRIFT_CASES } from './cases';
import type { DriftCase } from './types';

const { call: ask } = serve((id) => Promise.resolve(packedSpec(id)));

const runCase = ({ a, b, task, expect: expected }: CaseQuestion) =>
	ask('driftCase', { a, b, task, expect: expected });

/** Cases to judge in full, which takes a second each. */
const JUDGED = DRIFT_CASES.filter((_, i) => i % sized(6, 1) === 0);

const ANY_NAME = { has: () => true };

/** Findings without a text, by link. Cached because they take long and several cases have the same sides. */
const found = new Map<string, ReturnType<typeof findAll>>();

/** What the page finds by trying inputs until one differs. */
async function findAll(params: DriftParams) {
	let { findings } = await ask('drift', params);
	for (let share = 0; findings.output.severity === null && share < 1;) {
		const probes = await ask('driftProbes', params);
		findings = { ...findings, ...probes };
		({ share } = probes);
	}
	// The page finds this only after trying all inputs, which takes longer.
	const [a, b] = [params.a, params.b].map(({ tokenizer, edits = [] }) =>
		createTokenizer(applyEdits(packedSpec(tokenizer), edits))
	);
	const selfEncode = runToEnd(compareSelfEncoding(a, b, findings.vocabulary));
	return { ...findings, selfEncode };
}

async function judge(search: string, params: DriftParams, text: Uint8Array) {
	const findings = found.get(search) ?? findAll(params);
	found.set(search, findings);
	const inText = await ask('driftText', { ...params, ...PLAIN_READING, text });
	return makeReport({ ...(await findings), text: inText.findings, damage: null });
}

async function expectDifferenceInDiff(item: DriftCase, { search, input }: CaseLink) {
	const defaults = { editsB: [] };
	const settings = new URLSearchParams(search);
	const read = readLink(DIFF_FIELDS, settings, ANY_NAME, expect.unreachable, defaults);
	const { a, b, editsA, editsB, rows } = read;
	const sides = { a: { tokenizer: a, edits: editsA }, b: { tokenizer: b, edits: editsB } };
	const text = encodeUtf8(input.value);

	const { destination } = item;
	const check = destination?.page === 'diff' ? destination.check : undefined;
	if (JUDGED.includes(item)) {
		const report = await judge(search, { ...sides, rows }, text);
		// Of the errors that a case reports, the diff predicts only those for ids without a row.
		const crashes = item.severity === 'loud' && item.caughtBy.includes('embedding');
		expect(report.verdict).toBe(crashes ? 'crash' : 'silent');
		const failing = report.checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
		expect(['output', ...item.caughtBy].sort()).toEqual(failing.sort());
		if (check) expect(failing).toContain(check);
	}
	if (check) return;
	const shown = await ask('driftText', { ...sides, ...PLAIN_READING, text });
	const itself = shown.roundTrip.a.text;
	const isDifferent =
		shown.differsA.some((differs) => differs !== 0) ||
		shown.modelReads.text !== itself ||
		shown.answerReads.text !== itself;
	expect(isDifferent).toBe(true);
}

const joined = (ids: ArrayLike<number>) => `,${Array.from(ids).join()},`;

async function expectSightInCompare(item: DriftCase, { search, input }: CaseLink) {
	const settings = new URLSearchParams(search);
	const { tokenizers } = readLink(COMPARE_FIELDS, settings, ANY_NAME, expect.unreachable);
	const [tokenizer] = tokenizers;
	const text = encodeUtf8(input.value);
	if (item.b.library) {
		expect(await ask('check', { tokenizer, text, special: 'text' })).toMatchObject({
			verdict: 'differs'
		});
		return;
	}
	const { a } = await runCase(item);
	const { encoding } =
		input.kind === 'ids'
			? await ask('spell', { tokenizer, ids: parseIds(input.value).ids })
			: await ask('encode', { tokenizer, text, special: 'text' });
	expect(joined(encoding.ids)).toContain(joined(a.tokens.map(({ id }) => id)));
}

describe.each(DRIFT_CASES.map((item) => [item.slug, item] as const))('%s', (_, item) => {
	const { a, b, change } = item;

	it('is reproduced', async () => {
		const outcome = await runCase(item);
		expect(outcome.why).not.toBe('');
		expect(outcome).toMatchObject({ status: 'reproduced', seen: item.expect.map(() => true) });
	});

	if (a.edits || b.edits || b.library)
		it('is not reproduced by A on both sides', async () => {
			const { tokenizer } = a;
			const same = await runCase({ ...item, a: { tokenizer }, b: { tokenizer } });
			expect(same.status).toBe('not-reproduced');
		});

	// Otherwise, the case names B's own edits.
	if (a.tokenizer === b.tokenizer && !b.library && (change || a.edits))
		it('names edits that turn A into B', () => {
			const specOf = ({ tokenizer, edits = [] }: CaseSide) =>
				applyEdits(packedSpec(tokenizer), edits);
			const made = applyEdits(specOf(a), change ?? b.edits ?? []);
			const differences = compareSpecs(made, specOf(b)).fields;
			expect(differences.filter(({ proven }) => !proven)).toEqual([]);
		});

	it('can be seen where its link leads, or says why it has none', async () => {
		const link = linkOf(item);
		if (!link) expect(item.note).toContain('No other page shows this');
		else if (link.page === 'diff') await expectDifferenceInDiff(item, link);
		else await expectSightInCompare(item, link);
	});
});
