/** What is going on in the atlas, in words. */
import { describeProgress, formatCount, plural } from '../../session/format';
import { describeLosses } from '../../languages/dropped';
import { listed } from './claim';
import type { Atlas } from './atlas.svelte';
import type { InflationView } from './view.svelte';

/** @param nameOf the name of a tokenizer */
export function atlasWords(
	atlas: Atlas,
	tokenizers: readonly string[],
	nameOf: (tokenizer: string) => string
): { readonly busy: string | null; readonly done: string | null } {
	if (atlas.stopped) return { busy: null, done: stoppedWords(atlas, tokenizers, nameOf) };
	const columns = tokenizers.map((tokenizer) => atlas.column(tokenizer));
	if (atlas.busy) {
		const left = columns.reduce((sum, column) => sum + column.left, 0);
		const progress = columns.map((column) => column.progress).find((one) => one !== null);
		return {
			busy: progress
				? `${describeProgress(progress)} …`
				: `Measuring: ${formatCount(left)} texts left …`,
			done: null
		};
	}
	const { milliseconds, counted, fromEarlier } = atlas;
	const parts = [
		milliseconds === null
			? null
			: `Measured now, here: ${plural(counted, 'text')} in ${seconds(milliseconds)}.`,
		fromEarlier > 0 ? `${formatCount(fromEarlier)} measured here on an earlier visit.` : null
	];
	return { busy: null, done: parts.filter((part) => part !== null).join(' ') || null };
}

/** How far each tokenizer came. */
function stoppedWords(
	atlas: Atlas,
	tokenizers: readonly string[],
	nameOf: (tokenizer: string) => string
): string {
	const counts = tokenizers.map((tokenizer) => atlas.measured(tokenizer));
	const of = `of ${formatCount(atlas.wanted)} languages`;
	if (counts.every((count) => count === counts[0])) {
		return `Stopped: ${formatCount(counts.at(0) ?? 0)} ${of} are measured.`;
	}
	const each = tokenizers.map((id, i) => `${formatCount(counts[i])} in ${nameOf(id)}`);
	return `Stopped. Measured ${of}: ${listed(each)}.`;
}

/** What the tokenizers drop, a line each that drops something. */
export const lossLines = (
	{ losses, baseline }: Pick<InflationView, 'losses' | 'baseline'>,
	nameOf: (tokenizer: string) => string
): readonly { readonly tokenizer: string; readonly words: string }[] =>
	losses.flatMap((loss) => {
		const { tokenizer } = loss;
		const names = { tokenizer: nameOf(tokenizer), baseline: baseline.name };
		const words = describeLosses(loss, names);
		return words === null ? [] : [{ tokenizer, words }];
	});

/** Why the tokenizer that is looked into has no ratio for the chosen language. */
export function noRatioWords(
	{ dropped, chosen, detail }: Pick<InflationView, 'dropped' | 'chosen' | 'detail'>,
	nameOf: (tokenizer: string) => string
): string {
	const tokenizer = detail === null ? 'any tokenizer' : nameOf(detail);
	return dropped.length > 0
		? `${tokenizer} drops part of the text in ${listed(dropped.map(({ name }) => name))}, so there is no ratio.`
		: `${chosen.name} is not measured in ${tokenizer} yet.`;
}

/** One digit behind the point, and never nothing: "0.8 s". */
const seconds = (milliseconds: number): string =>
	`${Math.max(0.1, milliseconds / 1000).toFixed(1)} s`;
