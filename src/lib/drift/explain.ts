import { HUB_FILE_HEADLINES, describeHubFile } from './hub-files/messages';
import { plural, formatCount } from '../engine/text';
import { formatIds, quote } from './format';
import { isBroken } from './loads';
import { describeTextChange, formatInputs } from './messages';
import {
	isHarmful,
	type HubFileDifference,
	type HubFileFindings,
	type CheckId,
	type DriftCheck,
	type DriftFindings,
	type DriftReport,
	type RefusalReport,
	type Severity,
	type TextFindings,
	type Verdict,
	type Witness
} from './types';

/** Order in which checks are considered as the reason for a verdict, starting with the easiest to understand. */
const REASON_ORDER: readonly CheckId[] = [
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

/** The check that explains a verdict; `undefined` if no check has the verdict's severity. */
export function findReasonCheck(
	verdict: Verdict,
	checks: readonly DriftCheck[]
): DriftCheck | undefined {
	const worstChecks = checks.filter(({ severity }) => severity === verdict);
	return REASON_ORDER.map((id) => worstChecks.find((check) => check.id === id)).find(Boolean);
}

/** The difference in a file next to tokenizer.json that explains the verdict, if no check does. */
export function findHubFileReason(
	verdict: Verdict,
	beside: HubFileFindings | undefined,
	checks: readonly DriftCheck[]
): HubFileDifference | undefined {
	if (verdict === 'identical' || findReasonCheck(verdict, checks)) return undefined;
	return beside?.differences.find(({ severity }) => severity === verdict);
}

/** Describes the worst finding, and how much of the text changes. */
export function describeReason(
	verdict: Verdict,
	findings: DriftFindings,
	checks: readonly DriftCheck[]
): string {
	const { text } = findings;
	const worst = describeWorst(verdict, findings, checks);
	return isHarmful(verdict) &&
		text &&
		text.documentsChanged > 0 &&
		findReasonCheck(verdict, checks)?.id !== 'text'
		? `${worst} In ${nameTexts(text)}, ${describeTextChange(text)}`
		: worst;
}

function describeWorst(
	verdict: Verdict,
	{ fingerprint, beside }: Pick<DriftFindings, 'fingerprint' | 'beside'>,
	checks: readonly DriftCheck[]
): string {
	const hubFile = findHubFileReason(verdict, beside, checks);
	if (hubFile && verdict !== 'formatting-only') return describeHubFile(hubFile);
	const quoted = findReasonCheck(verdict, checks);
	switch (verdict) {
		case 'crash':
		case 'silent':
			return quoted?.sentence ?? `B treats ${quote(fingerprint.firstDiffering ?? '')} differently.`;
		case 'harmless':
			return quoted?.sentence ?? 'No known effect on the output.';
		case 'formatting-only':
			return 'The same tokenizer, written differently.';
		case 'identical':
			return 'The same tokenizer in every field.';
	}
}

const nameTexts = ({ documents, perDocument }: TextFindings): string =>
	documents === 1 ? perDocument[0].name : plural(documents, 'document');

/** Description of a verdict, the same on the page, in a terminal and in Markdown. */
export interface Explanation {
	/** Meaning of the verdict, without technical terms. */
	readonly headline: string;
	readonly reason: string;
	readonly evidence: string;
	/** The smallest input that shows the difference. */
	readonly witness: {
		readonly input: string;
		readonly a: string;
		readonly b: string;
		/** The program that shows the difference; `null` for Hugging Face's native library. */
		readonly reference: string | null;
	} | null;
	/** Changes to make in B's file, one sentence per field. */
	readonly fixes: readonly string[];
}

/** Limits the list of fixes, because unrelated tokenizers differ in nearly every field. */
const MAX_FIXES = 4;
/** Maximum length of a displayed field value, in UTF-16 code units. */
const MAX_VALUE_UNITS = 120;

export function explainVerdict(report: DriftReport | RefusalReport): Explanation {
	const { verdict, reason } = report;
	if (!('config' in report)) {
		return {
			headline: `${CRASHES}${STOPS}.`,
			reason,
			evidence: 'Follows from the file.',
			witness: null,
			fixes: ['Save the file again with the library that wrote A, and compare again.']
		};
	}
	const hubFile = findHubFileReason(verdict, report.beside, report.checks);
	const witness = hubFile ? hubFile.witness : (report.output.witnesses[0] ?? null);
	return {
		headline:
			hubFile && verdict === 'silent'
				? HUB_FILE_HEADLINES[hubFile.changes]
				: describeVerdict(report, witness),
		reason,
		evidence: describeEvidence(report),
		witness: isHarmful(verdict) && witness ? explainWitness(witness) : null,
		fixes: describeFixes(report)
	};
}

const HEADLINES: Readonly<Record<Exclude<Verdict, 'crash'>, string>> = {
	identical: 'The same tokenizer. You can serve A’s model with B.',
	'formatting-only': 'The same tokenizer, written differently. You can serve A’s model with B.',
	harmless:
		'The two differ, but with no known effect on the output. You can serve A’s model with B.',
	silent: 'The same text gets different ids, and no error will tell you.'
};

const CRASHES = 'You cannot serve A’s model with B: ';
const STOPS = 'it stops with an error';

/** Returns a clause that says why A's model can't be served with B. */
export function describeCrash(
	{ output, loads, embedding }: DriftReport,
	witness: Witness<string> | null | undefined = output.witnesses[0]
): string {
	if (isBroken(loads.a) || isBroken(loads.b)) return STOPS;
	if (witness?.b.ids.some((id) => id >= embedding.rows))
		return 'some of B’s ids are too large for the model';
	return witness?.b.error === undefined && output.problems.length > 0
		? 'on some texts it never finishes'
		: STOPS;
}

function describeVerdict(report: DriftReport, witness: Witness<string> | null): string {
	const { verdict } = report;
	if (verdict === 'crash') return `${CRASHES}${describeCrash(report, witness)}.`;
	return verdict === 'silent' && witness?.does === 'decode'
		? 'The same ids decode to different text, and no error will tell you.'
		: HEADLINES[verdict];
}

function describeEvidence({ evidence, output, verdict, beside, checks }: DriftReport): string {
	if (findHubFileReason(verdict, beside, checks)) {
		return evidence === 'witness' ? 'Seen on this input.' : 'Follows from the files.';
	}
	const tried = plural(output.probes, 'input');
	switch (evidence) {
		case 'witness':
			return output.differing > 0
				? `Seen on ${formatCount(output.differing)} of ${tried} tried.`
				: 'Seen on this input.';
		case 'probed':
			return `No difference on ${tried}.${output.depth === 'quick' ? ' More were not tried.' : ''}`;
		case 'proven':
			if (verdict === 'crash') return 'Follows from the file.';
			return `Follows from the two files${verdict === 'silent' ? '' : ', for every input'}.`;
	}
}

function explainWitness(witness: Witness<string>): Explanation['witness'] {
	const formatOutcome = ({ ids, text, error }: Witness['a']): string =>
		error !== undefined ? `stops: ${error}` : `${formatIds(ids, 12)} decodes to ${quote(text, 40)}`;
	return {
		input: formatInputs(witness, 80),
		a: formatOutcome(witness.a),
		b: formatOutcome(witness.b),
		reference: witness.reference === 'native' ? null : witness.reference
	};
}

function describeFixes({ verdict, config, loads, vocabulary, beside }: DriftReport): string[] {
	if (isBroken(loads.b)) {
		return ['Save B again with the library that wrote A, and compare again.'];
	}
	if (!isHarmful(verdict)) return [];
	if (!vocabulary.sameLineage) return ['Serve the model with A: B has a different vocabulary.'];
	const isCause = ({ severity }: { readonly severity: Severity }) =>
		severity === verdict || severity === 'silent';
	const causes = [
		...config.filter(isCause).map(({ field, a }) => ({ file: null, field, a })),
		...(beside?.differences ?? []).filter(isCause)
	];
	const fixes = causes.slice(0, MAX_FIXES).map(({ file, field, a }) => {
		if (file !== null && field === null) return `Use A’s ${file}.`;
		if (field === 'model.vocab' || field === 'model.merges') {
			return `Use A’s ${field} in B.`;
		}
		const where = file === null ? 'B' : `B’s ${file}`;
		if (a === null) return `Remove ${field} from ${where}.`;
		const value = a.length > MAX_VALUE_UNITS ? 'A’s value' : a;
		return `Set ${field} in ${where} to ${value}.`;
	});
	const more = causes.length - fixes.length;
	return more > 0 ? [...fixes, `${plural(more, 'more field')}: see the configuration.`] : fixes;
}
