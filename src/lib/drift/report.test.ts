import { expect, it } from 'vitest';
import { driftReport } from '../../../tests/support/drift-report';
import { damageOn } from '../../../tests/support/fake-damage';
import { packedSpec } from '../../../tests/support/packed-tokenizers';
import { byteLevel } from '../../../tests/support/spec-parts';
import { smallRanks } from '../../../tests/support/small-specs';
import { applyEdit } from './edits/apply';
import type { SpecEdit } from './edits/spec-edit';

import { CHECKS, type CheckId, type DamageFindings, type DriftReport } from './types';

const check = ({ checks }: DriftReport, id: CheckId) => checks.find((one) => one.id === id);

const edited = (edit: SpecEdit, texts?: Readonly<Record<string, string>>) =>
	driftReport(smallRanks(), applyEdit(smallRanks(), edit), { texts });

it('calls a tokenizer identical with itself, all checks passing or open', async () => {
	const report = await driftReport(smallRanks(), smallRanks(), { texts: { a: 'hello lo' } });
	expect(report).toMatchObject({
		verdict: 'identical',
		evidence: 'proven',
		reason: 'The same tokenizer in every field.'
	});
	expect(report.checks.map(({ id }) => id)).toEqual(CHECKS);
	const statuses = report.checks.map(({ status }) => status);
	// Neither Hugging Face's library nor the damage was requested.
	expect(statuses).toEqual(['open', ...Array<string>(8).fill('pass'), 'open']);
});

it('calls fields that change nothing harmless', async () => {
	const value = byteLevel({ add_prefix_space: true });
	const report = await edited({ kind: 'post_processor', value });
	expect(report).toMatchObject({
		verdict: 'harmless',
		reason: '1 field differs, but with no known effect on the output.'
	});
	expect(check(report, 'config')).toMatchObject({ status: 'pass', severity: 'harmless' });
});

it('calls ids beyond the model a crash, unless its embedding is padded', async () => {
	const [a, b] = [packedSpec('r50k_base'), packedSpec('p50k_base')];
	expect(await driftReport(a, b)).toMatchObject({
		verdict: 'crash',
		reason:
			'24 tokens of B have ids without a row: ids go up to 50,280, and the model has 50,257 embedding rows.'
	});
	const padded = await driftReport(a, b, { rows: 50_400 });
	expect(padded).toMatchObject({
		verdict: 'silent',
		reason:
			'24 tokens of B, from id 50257 on, have rows that A never uses: there is no error, but the model learned nothing about them.'
	});
	// p50k_base has a token of seven spaces with the id 50262.
	for (const [rows, severity] of [
		[50_262, 'crash'],
		[50_263, 'silent']
	] as const) {
		const report = await driftReport(a, b, { rows, texts: { code: 'if x:\n        y' } });
		expect(check(report, 'text')).toMatchObject({ status: 'fail', severity });
	}
});

it.each<[CheckId, SpecEdit, string]>([
	['vocabulary', { kind: 'swap-ids', ids: [256, 261] }, '2 ids of A mean a different token in B.'],
	[
		'config',
		{ kind: 'split-regex', split: 0, regex: '\\p{L}+|.' },
		'pre_tokenizer.pretokenizers[0].pattern.Regex: B splits '
	],
	[
		'self-encode',
		{ kind: 'split-regex', split: 0, regex: '\\p{L}+| ' },
		'B can no longer produce 1 token that A can.'
	],
	['round-trip', { kind: 'clean-up-spaces', value: true }, 'gives different text in A and B.'],
	['special-tokens', { kind: 'drop-added-tokens', which: 'all' }, 'Missing in B: "<|end|>".'],
	[
		'text',
		{ kind: 'drop-last-merges', count: 1 },
		'1 of A’s 2 tokens (50%) is split differently in B.'
	]
])('%s fails where it is to blame', async (id, edit, sentence) => {
	const report = await edited(edit, { a: 'hellohe' });
	expect(report.verdict).toBe('silent');
	expect(check(report, id)).toMatchObject({ status: 'fail', severity: 'silent' });
	expect(check(report, id)?.sentence).toContain(sentence);
	const same = await driftReport(smallRanks(), smallRanks(), { texts: { a: 'hellohe' } });
	expect(check(same, id)?.status).toBe('pass');
});

it('says what damage was measured', async () => {
	const of = (damage: DamageFindings, rows?: number) =>
		driftReport(smallRanks(), smallRanks(), { damage, ...(rows && { rows }) });
	expect(check(await of(damageOn('prose')), 'damage')).toMatchObject({ status: 'pass' });
	const worse = check(await of(damageOn('prose', { bitsPerByte: 2.5 })), 'damage');
	expect(worse?.sentence).toContain('+25% bits per byte');
	expect(worse?.sentence).toContain('there is no error');
	// The model has fewer rows than B has ids. Some other text would crash even if this one doesn't.
	const crash = check(await of(damageOn('prose', { bitsPerByte: 2.5 }), 200), 'damage');
	expect(crash?.sentence).not.toContain('there is no error');
	const dropping = await of(damageOn('prose', { bitsPerByte: 0, coveredBytes: 0 }));
	expect(check(dropping, 'damage')).toMatchObject({ status: 'fail', severity: 'silent' });
	expect(check(dropping, 'damage')?.sentence).toMatch(/^B leaves out 100%.*is no gain\.$/);
});
