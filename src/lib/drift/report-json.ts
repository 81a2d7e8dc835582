import type { AddedTokenSpec } from '../engine';
import { damageJson } from './report-damage';
import type { DriftReport, FirstDivergence, RefusalReport } from './types';

/**
 * What `diff --json` prints: public. Large lists are left out, their numbers are there.
 * @param names how the two sides are called
 */
export function driftReportJson(
	report: DriftReport | RefusalReport,
	names: { readonly a: string; readonly b: string }
) {
	if (!('config' in report)) {
		const { verdict, reason, evidence, loads, checks } = report;
		return {
			tokenizers: names,
			verdict,
			reason,
			evidence,
			loads,
			probes: 0,
			witnesses: [],
			checks
		};
	}
	const { vocabulary, specialTokens, embedding, merges, selfEncode, text, fingerprint } = report;
	return {
		tokenizers: { a: names.a, b: names.b },
		verdict: report.verdict,
		reason: report.reason,
		evidence: report.evidence,
		loads: report.loads,
		probes: report.output.probes,
		witnesses: report.output.witnesses,
		notes: [...report.output.troubles, ...report.output.notes],
		embedding,
		vocabulary: {
			sizeA: vocabulary.sizeA,
			sizeB: vocabulary.sizeB,
			shared: vocabulary.shared,
			sameId: vocabulary.sameId,
			moved: vocabulary.moved,
			added: vocabulary.added,
			removed: vocabulary.removed
		},
		specialTokens: {
			added: specialTokens.added.map(named),
			missing: specialTokens.missing.map(named),
			moved: specialTokens.moved,
			flags: specialTokens.flags,
			template: specialTokens.template,
			chat: specialTokens.chat
		},
		config: report.config.map(({ field, a, b, severity, sentence, example, witness, proven }) => ({
			field,
			a: JSON.parse(a) as unknown,
			b: JSON.parse(b) as unknown,
			severity,
			sentence,
			proven,
			...(example && { example }),
			...(witness && { witness })
		})),
		merges: {
			sizeA: merges.sizeA,
			sizeB: merges.sizeB,
			added: merges.added,
			removed: merges.removed,
			firstReordered: merges.firstReordered
		},
		selfEncode: selfEncode && {
			unreachableA: selfEncode.a.unreachable.length,
			unreachableB: selfEncode.b.unreachable.length,
			triedA: selfEncode.a.tried,
			triedB: selfEncode.b.tried,
			lost: selfEncode.lost.length
		},
		roundTrip: report.roundTrip,
		...(text && {
			text: {
				tokensA: text.tokensA,
				tokensB: text.tokensB,
				changedTokens: text.changedTokens,
				cutTokens: text.cutTokens,
				newTokens: text.newTokens,
				documents: text.documents,
				documentsChanged: text.documentsChanged,
				firstDivergence: text.firstDivergence && divergence(text.firstDivergence),
				perDocument: Array.from(text.worstFirst, (i) => text.perDocument[i])
			}
		}),
		...(report.damage && { damage: damageJson(report.damage) }),
		fingerprint: {
			a: fingerprint.a,
			b: fingerprint.b,
			chkhshA: fingerprint.chkhshA,
			chkhshB: fingerprint.chkhshB,
			same: fingerprint.same,
			chkhshSame: fingerprint.chkhshSame
		},
		checks: report.checks
	};
}

const named = ({ id, content, special }: AddedTokenSpec) => ({ id, content, special });

const divergence = ({ document, byte, idsA, idsB }: FirstDivergence) => ({
	document,
	byte,
	idsA,
	idsB
});
