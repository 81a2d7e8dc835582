import type { AddedTokenSpec } from '../engine';
import { droppedBytes } from './damage/messages';
import type { CorpusDamage } from './damage/types';
import type { DriftReport, RefusalReport } from './types';

/**
 * The public JSON that `diff --json` prints: of large lists only their lengths.
 * @param names of the two sides
 */
export function driftReportJson(
	report: DriftReport | RefusalReport,
	names: { readonly a: string; readonly b: string }
) {
	const { verdict, reason, evidence, loads, checks } = report;
	const head = { tokenizers: { a: names.a, b: names.b }, verdict, reason, evidence, loads };
	if (!('config' in report)) return { ...head, probes: 0, witnesses: [], checks };
	const { vocabulary, specialTokens, merges, selfEncode, text, damage, fingerprint } = report;
	return {
		...head,
		probes: report.output.probes,
		witnesses: report.output.witnesses,
		notes: [...report.output.troubles, ...report.output.notes],
		embedding: report.embedding,
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
			...specialTokens,
			added: specialTokens.added.map(named),
			missing: specialTokens.missing.map(named)
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
				firstDivergence: text.firstDivergence,
				perDocument: Array.from(text.worstFirst, (i) => text.perDocument[i])
			}
		}),
		...(damage && {
			// The first measurement is at the top level as well, where it was when there was only one.
			damage: {
				...corpusJson(damage.measurements[0]),
				corpora: damage.measurements.map(corpusJson),
				notes: damage.notes
			}
		}),
		fingerprint: {
			a: fingerprint.a,
			b: fingerprint.b,
			chkhshA: fingerprint.chkhshA,
			chkhshB: fingerprint.chkhshB,
			same: fingerprint.same,
			chkhshSame: fingerprint.chkhshSame
		},
		checks
	};
}

const named = ({ id, content, special }: AddedTokenSpec) => ({ id, content, special });

const corpusJson = ({ corpus, damage }: CorpusDamage) => ({
	corpus,
	...damage,
	...(damage.outcome === 'measured' && { droppedBytes: droppedBytes(damage) })
});
