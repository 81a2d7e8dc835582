import { describeDamageFindings, droppedBytes } from './damage/messages';
import { describeReason, findHubFileReason } from './explain';
import { describeLoads, isBroken, NOT_CHECKED } from './loads';
import {
	describeConfig,
	describeOutput,
	describeRoundTrips,
	describeRows,
	describeSelfEncoding,
	describeSpecialTokens,
	describeText,
	describeVocabulary,
	NOT_RUN,
	SAME_SPECIAL_TOKENS,
	type Description
} from './messages';
import {
	isHarmful,
	VERDICTS,
	type CheckId,
	type ConfigDifference,
	type DriftCheck,
	type DriftFindings,
	type DriftReport,
	type Evidence,
	type Severity,
	type Verdict
} from './types';
import { isSameVocabulary } from './equal';

/**
 * Creates a report from the findings so far. Later findings can only make the verdict worse, so a bad verdict can be
 * shown early.
 */
export function makeReport(findings: DriftFindings): DriftReport {
	const checks = CHECKS.map((check) => check(findings));
	const verdict = verdictOf(findings, checks);
	return {
		...findings,
		checks,
		verdict,
		evidence: evidenceOf(verdict, findings, checks),
		reason: describeReason(verdict, findings, checks)
	};
}

function verdictOf(
	{ fingerprint, otherFile, beside }: DriftFindings,
	checks: readonly DriftCheck[]
): Verdict {
	const severity = worst([...checks, ...(beside?.differences ?? [])].map((one) => one.severity));
	if (severity !== null && isHarmful(severity)) return severity;
	if (fingerprint.firstDiffering !== null) return 'silent';
	return severity ?? (otherFile ? 'formatting-only' : 'identical');
}

function evidenceOf(
	verdict: Verdict,
	{ loads, config, output, beside }: DriftFindings,
	checks: readonly DriftCheck[]
): Evidence {
	const reason = findHubFileReason(verdict, beside, checks);
	if (reason) return reason.witness ? 'witness' : 'proven';
	if (verdict === 'crash' && (isBroken(loads.a) || isBroken(loads.b))) return 'proven';
	if (isHarmful(verdict)) {
		const isSeen =
			output.witnesses.length > 0 || !config.some((one) => one.severity === 'silent' && one.proven);
		return isSeen ? 'witness' : 'proven';
	}
	return config.every(({ proven }) => proven) ? 'proven' : 'probed';
}

const worst = (severities: readonly (Severity | null)[]): Severity | null =>
	severities.reduce<Severity | null>(
		(a, b) => (a && (!b || VERDICTS.indexOf(a) >= VERDICTS.indexOf(b)) ? a : b),
		null
	);

const severityOf = (config: readonly ConfigDifference[], fields: RegExp): Severity | null =>
	worst(config.filter(({ field }) => fields.test(field)).map(({ severity }) => severity));

/** A check that fails if its severity is `silent` or `crash`, and otherwise passes. */
function checked(
	id: CheckId,
	severity: DriftCheck['severity'],
	[sentence, ...details]: Description,
	status: DriftCheck['status'] = isHarmful(severity) ? 'fail' : 'pass'
): DriftCheck {
	return { id, status, severity, sentence, details };
}

const notRun = (id: CheckId, sentence: string): DriftCheck => checked(id, null, [sentence], 'open');

/** A check that can't run because a pattern would backtrack excessively on the long texts that the check needs. */
const stopped = (id: CheckId): DriftCheck => checked(id, null, [NOT_RUN.endless], 'incomplete');

export function checkLoads({ loads }: Pick<DriftFindings, 'loads'>): DriftCheck {
	const { a, b } = loads;
	const description = describeLoads(loads);
	if (a === b && a.startsWith('aborts')) return checked('loads', null, description);
	if (isBroken(a) || isBroken(b)) return checked('loads', 'crash', description);
	if (a === 'yes' && b === 'yes') return checked('loads', null, description);
	// The library was run if there is a result for either file.
	const isAsked = a !== NOT_CHECKED || b !== NOT_CHECKED;
	return checked('loads', null, description, isAsked ? 'incomplete' : 'open');
}

function checkOutput({ output, loads }: DriftFindings): DriftCheck {
	if (isBroken(loads.a) || isBroken(loads.b)) return notRun('output', NOT_RUN.output);
	const { severity, depth, problems } = output;
	const status =
		severity !== null
			? undefined
			: problems.length > 0
				? 'incomplete'
				: depth === 'quick'
					? 'open'
					: undefined;
	return checked('output', severity, describeOutput(output), status);
}

function checkRows({ embedding, output }: DriftFindings): DriftCheck {
	const { rows, state } = embedding;
	const { witnesses, depth } = output;
	const isProduced = witnesses.some(({ b }) => b.ids.some((id) => id >= rows));
	const description = describeRows(embedding, isProduced);
	switch (state) {
		case 'out-of-range': {
			const isOpen = !isProduced && depth === 'quick';
			const severity = isProduced ? 'crash' : 'harmless';
			return checked('embedding', severity, description, isOpen ? 'open' : undefined);
		}
		case 'padding':
			return checked('embedding', witnesses.length > 0 ? 'silent' : 'harmless', description);
		case 'in-range':
			return checked('embedding', null, description);
	}
}

function checkVocabulary({ vocabulary, config }: DriftFindings): DriftCheck {
	const severity = isSameVocabulary(vocabulary)
		? null
		: (severityOf(config, /^(model\.vocab|added_tokens)$/) ?? 'harmless');
	return checked('vocabulary', severity, describeVocabulary(vocabulary));
}

function checkConfig({ config }: DriftFindings): DriftCheck {
	const severity = worst(config.map((difference) => difference.severity));
	return checked('config', severity, describeConfig(config, severity));
}

function checkSelfEncoding({ selfEncode, output }: DriftFindings): DriftCheck {
	if (!selfEncode && output.problems.length > 0) return stopped('self-encode');
	if (!selfEncode) return notRun('self-encode', NOT_RUN.selfEncode);
	const severity = selfEncode.lost.length > 0 ? 'silent' : null;
	return checked('self-encode', severity, describeSelfEncoding(selfEncode));
}

function checkText({ text, output, embedding: { rows } }: DriftFindings): DriftCheck {
	if (!text && output.problems.length > 0) return stopped('text');
	if (!text) return notRun('text', NOT_RUN.noText);
	if (text.bytes === 0) return notRun('text', NOT_RUN.emptyText);
	const { documentsChanged, largestIdB } = text;
	const severity = documentsChanged === 0 ? null : largestIdB >= rows ? 'crash' : 'silent';
	return checked('text', severity, describeText(text, rows));
}

function checkRoundTrips({ roundTrip, text }: DriftFindings): DriftCheck {
	if (roundTrip.tried === 0) return stopped('round-trip');
	const changed = (text?.perDocument ?? []).filter((one) => one.roundTripsA !== one.roundTripsB);
	const severity = roundTrip.differing > 0 || changed.length > 0 ? 'silent' : null;
	return checked('round-trip', severity, describeRoundTrips(roundTrip, changed));
}

function checkSpecialTokens({ specialTokens, config }: DriftFindings): DriftCheck {
	const [sentence, ...details] = describeSpecialTokens(specialTokens);
	if (sentence === undefined) return checked('special-tokens', null, [SAME_SPECIAL_TOKENS]);
	const ofFields = severityOf(config, /^added_tokens|^post_processor$/);
	const isSilent = specialTokens.chat.length > 0 || isHarmful(ofFields);
	return checked('special-tokens', isSilent ? 'silent' : 'harmless', [sentence, ...details]);
}

/** Reports the cost of the differences that the other checks found. */
function checkDamage({ damage: findings, embedding }: DriftFindings): DriftCheck {
	if (!findings) return notRun('damage', NOT_RUN.damage);
	const crashes = embedding.state === 'out-of-range';
	const severities = findings.measurements.map(({ damage }) => {
		if (damage.outcome === 'crash') return 'crash';
		return damage.change === 0 && droppedBytes(damage) === 0 ? null : 'silent';
	});
	return checked('damage', worst(severities), describeDamageFindings(findings, crashes));
}

/** The checks, in the order of their ids in `types.ts`. */
const CHECKS: readonly ((findings: DriftFindings) => DriftCheck)[] = [
	checkLoads,
	checkOutput,
	checkRows,
	checkVocabulary,
	checkConfig,
	checkSelfEncoding,
	checkText,
	checkRoundTrips,
	checkSpecialTokens,
	checkDamage
];
