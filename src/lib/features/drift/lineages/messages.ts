/** Strings of the lineages that code composes. */
import { formatCount, formatList, plural } from '../../../session/format';
import type { LineageText, PrerenderedLineages, StepFigures, VersionFigures } from './figures';
import { LINEAGES } from './lineages';
import type { FamilyRow } from './rows';

/** "62 %": tokens as a share of those of the first version. */
export const formatPercent = (ratio: number): string => `${Math.round(ratio * 100)} %`;

/** "−71 %", "+3 %", "0 %": tokens against those of an earlier version. */
export function formatChange(ratio: number): string {
	const percent = Math.round((ratio - 1) * 100);
	return percent === 0 ? '0 %' : `${percent < 0 ? '−' : '+'}${Math.abs(percent)} %`;
}

/** "71 % fewer", "3 % more", "the same number" */
const describeChange = (ratio: number): string => {
	const percent = Math.round((ratio - 1) * 100);
	if (ratio === 1) return 'the same number';
	if (percent === 0) return 'about as many';
	return `${Math.abs(percent)} % ${percent < 0 ? 'fewer' : 'more'}`;
};

/** Says what a family's versions changed from the first to the last, for the texts that gained most and least. */
export function describeFamily(from: string, to: string, rows: readonly FamilyRow[]): string {
	const [most, least] = [rows[0], rows[rows.length - 1]];
	return rows.every(({ total }) => total === 1)
		? `Every text has the same number of tokens in ${from} and ${to}.`
		: `${to} needs ${describeChange(most.total)} tokens than ${from} for ${most.name}, and ${describeChange(least.total)} for ${least.name}.`;
}

/** Names the texts that take as many tokens in every version. */
export const describeUnchanged = (rows: readonly FamilyRow[]): string =>
	`The same number of tokens in every version: ${formatList(rows.map(({ name }) => name))}.`;

/** Says which texts a step made cheapest, and which least. @param ratios of tokens after it to before it, by text */
export function describeGains(texts: readonly LineageText[], ratios: readonly number[]): string {
	if (ratios.every((ratio) => ratio === 1)) return 'same number in every text';
	const order = ratios.map((_, i) => i).sort((a, b) => ratios[a] - ratios[b]);
	const of = (i: number) => `${texts[i].name} ${formatChange(ratios[i])}`;
	return [...order.slice(0, 2), order[order.length - 1]].map(of).join(', ');
}

export const formatSize = ({ size }: VersionFigures): string => `${formatCount(size)} ids`;

/** "1,089 added, 2 moved"; "same" if none changed. */
export function describeSpecialTokens({ added, moved, removed }: StepFigures['special']): string {
	const changes = [
		[added, 'added'],
		[moved, 'moved'],
		[removed, 'removed']
	] as const;
	const found = changes.filter(([count]) => count > 0);
	return found.length === 0
		? 'same'
		: found.map(([count, change]) => `${formatCount(count)} ${change}`).join(', ');
}

export const describeStage = (changes: boolean): string => (changes ? 'changed' : 'same');

/** Says why a step has no figures. @param missing ids that the catalogue lacks */
export const describeGap = (missing: readonly string[]): string =>
	`Not computed: the lab does not have ${formatList(missing)}.`;

export const NO_EXPLANATION = 'We found no explanation by the maker.';

/** Says which texts were counted, and how. */
export function describeTexts(texts: readonly LineageText[]): string {
	const bytes = texts.map((text) => text.bytes);
	const code = bytes[bytes.length - 1];
	return `The texts are the Universal Declaration of Human Rights in ${plural(texts.length - 1, 'language')}, and a JavaScript file of ${formatCount(code)} bytes. Special tokens in them are text, and no BOS is counted.`;
}

/** The step that the page and the gallery tell of. */
const HEADLINE = { from: 'cl100k_base', to: 'o200k_base', text: 'Hindi' } as const;

/** Says what one version bought, and for whom. */
export function describeHeadline({ texts, families }: PrerenderedLineages): string {
	const { versions } = LINEAGES[0];
	const tokensOf = (tokenizer: string, name: string) => {
		const at = versions.findIndex((version) => version.tokenizer === tokenizer);
		return families[0].versions[at]?.tokens[texts.findIndex((text) => text.name === name)] ?? 0;
	};
	const { from, to, text } = HEADLINE;
	const ratio = (name: string) => tokensOf(to, name) / tokensOf(from, name);
	return `${to} needs ${describeChange(ratio(text))} tokens than ${from} for ${text}, and ${describeChange(ratio('English'))} for English.`;
}
