import { worst } from './checks/severity';
import {
	configCheck,
	embeddingCheck,
	specialTokensCheck,
	vocabularyCheck
} from './checks/table-checks';
import { changeSentence, quoted } from './checks/words';
import { damageCheck } from './checks/damage-check';
import { roundTripCheck, selfEncodeCheck, textCheck } from './checks/text-checks';
import type { DriftCheck, DriftFindings, DriftReport, Severity, Verdict } from './types';

/**
 * The report of what is known so far. What becomes known later can only make the verdict worse, so that
 * one that is shown at once need not be taken back.
 */
export function concludeDrift(findings: DriftFindings): DriftReport {
	const checks = [
		embeddingCheck(findings.embedding),
		vocabularyCheck(findings.vocabulary),
		configCheck(findings.config),
		selfEncodeCheck(findings.selfEncode),
		textCheck(findings.text, findings.embedding),
		roundTripCheck(findings.roundTrip, findings.text),
		specialTokensCheck(findings.specialTokens),
		damageCheck(findings.damage, findings.embedding.state === 'out-of-range')
	];
	return { ...findings, checks, ...verdictOf(findings, checks) };
}

function verdictOf(
	{ fingerprint, otherFile, text }: DriftFindings,
	checks: readonly DriftCheck[]
): { verdict: Verdict; reason: string } {
	const severity = worst(
		checks.flatMap((check): Severity[] => (check.severity ? [check.severity] : []))
	);
	if (severity === 'crash' || severity === 'silent') {
		const telling = checks.find((check) => check.severity === severity);
		const parts = [
			telling?.sentence ?? '',
			...(telling?.id !== 'text' && text && text.documentsChanged > 0
				? [`In the text, ${changeSentence(text)}`]
				: []),
			...(severity === 'silent' ? ['Nothing errors.'] : [])
		];
		return { verdict: severity, reason: parts.join(' ') };
	}
	if (!fingerprint.same) {
		const input = quoted(fingerprint.firstDiffering ?? '');
		return { verdict: 'silent', reason: `B treats ${input} differently. Nothing errors.` };
	}
	const config = checks.find((check) => check.id === 'config');
	if (severity === 'harmless') return { verdict: 'harmless', reason: config?.sentence ?? '' };
	if (severity === 'formatting-only' || otherFile) {
		const reason = 'The same tokenizer, written down in another way.';
		return { verdict: 'formatting-only', reason };
	}
	return { verdict: 'identical', reason: 'The same tokenizer in every field.' };
}
