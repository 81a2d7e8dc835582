import type { AddedTokenSpec } from '../engine';
import { droppedBytes } from './damage/messages';
import type { CorpusDamage } from './damage/types';
import type { DriftReport, RefusalReport } from './types';

/** Creates the JSON that `diff --json` prints: large lists are replaced with their lengths. */
export function driftReportJson(
	report: DriftReport | RefusalReport,
	names: { readonly a: string; readonly b: string }
) {
	const { verdict, reason, evidence, loads, checks } = report;
	const head = { tokenizers: { a: names.a, b: names.b }, verdict, reason, evidence, loads };
	if (!('config' in report)) return { ...head, probes: 0, witnesses: [], checks };
	const { specialTokens, selfEncode, text, damage } = report;
	return {
		...head,
		probes: report.output.probes,
		witnesses: report.output.witnesses,
		notes: report.output.problems,
		embedding: report.embedding,
		vocabulary: {
			...pick(report.vocabulary, 'sizeA', 'sizeB', 'shared', 'sameId'),
			...pick(report.vocabulary, 'moved', 'added', 'removed')
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
		merges: pick(report.merges, 'sizeA', 'sizeB', 'added', 'removed', 'firstReordered'),
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
				...pick(text, 'tokensA', 'tokensB', 'changedTokens', 'cutTokens', 'newTokens'),
				...pick(text, 'documents', 'documentsChanged', 'firstDivergence'),
				perDocument: Array.from(text.worstFirst, (i) => text.perDocument[i])
			}
		}),
		...(damage && {
			// The first measurement also appears at the top level, as in earlier versions of the format.
			damage: {
				...corpusJson(damage.measurements[0]),
				corpora: damage.measurements.map(corpusJson),
				notes: damage.notes
			}
		}),
		fingerprint: pick(report.fingerprint, 'a', 'b', 'chkhshA', 'chkhshB', 'same', 'chkhshSame'),
		checks,
		...(report.beside && { beside: report.beside })
	};
}

const pick = <T extends object, K extends keyof T>(from: T, ...names: readonly K[]) =>
	Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<T, K>;

const named = ({ id, content, special }: AddedTokenSpec) => ({ id, content, special });

const corpusJson = ({ corpus, damage }: CorpusDamage) => ({
	corpus,
	...damage,
	...(damage.outcome === 'measured' && { droppedBytes: droppedBytes(damage) })
});
