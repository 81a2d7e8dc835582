import { DAMAGE_FIGURES, damageWords, droppedBytes, summarizeDamage } from './damage/words';
import type { CorpusDamage } from './damage/types';
import type { DamageFindings } from './types';

/**
 * `damage` of `diff --json`. The fields of the first measurement are at the top level; `corpora` has
 * every measurement, the first included.
 */
export const damageJson = ({ measurements, notes }: DamageFindings) => ({
	...corpusJson(measurements[0]),
	corpora: measurements.map(corpusJson),
	notes
});

const corpusJson = ({ corpus, damage }: CorpusDamage) => ({
	corpus,
	...damage,
	...(damage.outcome === 'measured' && { droppedBytes: droppedBytes(damage) })
});

export interface DamageSection {
	/** Plain text, one paragraph each. */
	readonly lead: readonly string[];
	readonly head: readonly string[];
	/** Plain text, one row per measurement; a model that stopped has no figures. */
	readonly rows: readonly (readonly string[])[];
	/** Markdown. */
	readonly notes: readonly string[];
}

/** The measurements for people. @param crashes whether the verdict is `crash` */
export function damageSection(
	{ measurements, notes }: DamageFindings,
	crashes: boolean
): DamageSection {
	const all = measurements.map(({ corpus, damage }) => ({
		corpus,
		...damageWords(damage, corpus, crashes)
	}));
	return {
		lead: [
			summarizeDamage(measurements, crashes),
			...all.flatMap(({ corpus, warning }) =>
				warning === null ? [] : [`On ${corpus}: ${warning}`]
			),
			...all.flatMap(({ sizes }) => (sizes === null ? [] : [sizes]))
		],
		head: ['Text', 'Change in bits per byte', ...DAMAGE_FIGURES.map((name) => `${name}, A → B`)],
		rows: all.map(({ corpus, figure, rows }) => [
			corpus,
			figure ?? '–',
			...DAMAGE_FIGURES.map((_, i) => (rows.length === 0 ? '–' : `${rows[i].a} → ${rows[i].b}`))
		]),
		notes: notes.map(({ text, source }) =>
			source === null ? text : `${text} [${source.name}](${source.url})`
		)
	};
}
