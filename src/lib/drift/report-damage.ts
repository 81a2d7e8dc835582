import { damageWords, droppedBytes } from './damage/words';
import type { DamageFindings } from './types';

/** The measurement in `diff --json`'s own words, with what it was made on and what to know of it. */
export const damageJson = ({ corpus, damage, notes }: DamageFindings) => ({
	corpus,
	...damage,
	...(damage.outcome === 'measured' && { droppedBytes: droppedBytes(damage) }),
	notes
});

export interface DamageSection {
	readonly lead: readonly string[];
	/** Figure, with A, with B; none where nothing was measured. */
	readonly rows: readonly (readonly [string, string, string])[];
	/** Markdown. */
	readonly notes: readonly string[];
}

/** The measurement for people. @param crashes whether the verdict is one */
export function damageSection(
	{ corpus, damage, notes }: DamageFindings,
	crashes: boolean
): DamageSection {
	const { figure, sentence, warning, rows, sizes } = damageWords(damage, corpus, crashes);
	return {
		lead: [
			figure === null ? sentence : `**${figure}** ${sentence}`,
			...(warning === null ? [] : [`**${warning}**`]),
			...(sizes === null ? [] : [sizes])
		],
		rows: rows.map(({ name, a, b }) => [name, a, b]),
		notes: notes.map(({ text, source }) =>
			source === null ? text : `${text} [${source.name}](${source.url})`
		)
	};
}
