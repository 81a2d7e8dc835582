import {
	checkConfig,
	checkDamage,
	checkLoads,
	checkOutput,
	checkRoundTrips,
	checkRows,
	checkSelfEncoding,
	checkSpecialTokens,
	checkText,
	checkVocabulary,
	worst
} from './checks';
import { describeTextChange, quote } from './messages';
import type {
	CheckId,
	DriftCheck,
	DriftFindings,
	DriftReport,
	Evidence,
	Severity,
	Verdict
} from './types';

/**
 * The report of what is known so far. What becomes known later can only make the verdict worse, so a verdict
 * that is shown early need not be taken back.
 */
export function concludeDrift(findings: DriftFindings): DriftReport {
	const { embedding, output, config } = findings;
	const checks = [
		checkLoads(findings.loads),
		checkOutput(output),
		checkRows(embedding, output),
		checkVocabulary(findings.vocabulary, config),
		checkConfig(config),
		checkSelfEncoding(findings.selfEncode),
		checkText(findings.text, embedding.rows),
		checkRoundTrips(findings.roundTrip, findings.text),
		checkSpecialTokens(findings.specialTokens, config),
		checkDamage(findings.damage, embedding.state === 'out-of-range')
	];
	const verdict = verdictOf(findings, checks);
	return {
		...findings,
		checks,
		verdict,
		evidence: evidenceOf(verdict, findings),
		reason: reasonOf(verdict, findings, checks)
	};
}

function verdictOf(
	{ fingerprint, otherFile }: DriftFindings,
	checks: readonly DriftCheck[]
): Verdict {
	const severity = worst(
		checks.flatMap((check): Severity[] => (check.severity ? [check.severity] : []))
	);
	if (severity === 'crash' || severity === 'silent') return severity;
	if (!fingerprint.same) return 'silent';
	return severity ?? (otherFile ? 'formatting-only' : 'identical');
}

function evidenceOf(verdict: Verdict, { loads, config, output }: DriftFindings): Evidence {
	if (verdict === 'crash' && (loads.a !== 'yes' || loads.b !== 'yes')) return 'proven';
	if (verdict === 'crash' || verdict === 'silent') {
		const isSeen =
			output.witnesses.length > 0 || !config.some((one) => one.severity === 'silent' && one.proven);
		return isSeen ? 'witness' : 'proven';
	}
	return config.every(({ proven }) => proven) ? 'proven' : 'probed';
}

/** The checks that say most plainly what happens, in the order in which one of them is quoted. */
const TELLING: readonly CheckId[] = [
	'loads',
	'embedding',
	'config',
	'self-encode',
	'special-tokens',
	'vocabulary',
	'round-trip',
	'output',
	'text',
	'damage'
];

/** The worst of what was found, in one or two sentences. */
function reasonOf(
	verdict: Verdict,
	{ fingerprint, text }: DriftFindings,
	checks: readonly DriftCheck[]
): string {
	const worstChecks = checks.filter(({ severity }) => severity === verdict);
	const telling = TELLING.map((id) => worstChecks.find((check) => check.id === id)).find(Boolean);
	switch (verdict) {
		case 'crash':
		case 'silent': {
			const first =
				telling?.sentence ?? `B treats ${quote(fingerprint.firstDiffering ?? '')} differently.`;
			const inText =
				telling?.id !== 'text' && text && text.documentsChanged > 0
					? [`In the text, ${describeTextChange(text)}`]
					: [];
			return [first, ...inText].join(' ');
		}
		case 'harmless':
			return telling?.sentence ?? 'Nothing that comes out is known to change.';
		case 'formatting-only':
			return 'The same tokenizer, written differently.';
		case 'identical':
			return 'The same tokenizer in every field.';
	}
}
