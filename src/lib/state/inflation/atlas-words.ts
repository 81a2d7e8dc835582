/** What is going on in the atlas, in words. */
import { lossWords } from '../../analysis/inflation/carried';
import { wordsOfProgress } from '../progress-words';
import type { Atlas } from './atlas.svelte';
import type { InflationView } from './view.svelte';

const grouped = (value: number): string => value.toLocaleString('en');

export function atlasWords(
	atlas: Atlas,
	tokenizers: readonly string[]
): { readonly busy: string | null; readonly done: string | null } {
	const columns = tokenizers.map((tokenizer) => atlas.column(tokenizer));
	if (atlas.busy) {
		const left = columns.reduce((sum, column) => sum + column.left, 0);
		const progress = columns.map((column) => column.progress).find((one) => one !== null);
		return {
			busy: progress
				? `${wordsOfProgress(progress)} …`
				: `Measuring: ${grouped(left)} texts left …`,
			done: null
		};
	}
	const { milliseconds, counted } = atlas;
	return {
		busy: null,
		done:
			milliseconds === null
				? null
				: `Measured now, here: ${grouped(counted)} texts in ${seconds(milliseconds)}.`
	};
}

/** What the tokenizers drop, a line each that drops something. */
export const lossLines = (
	{ losses, baseline }: Pick<InflationView, 'losses' | 'baseline'>,
	nameOf: (tokenizer: string) => string
): readonly { readonly tokenizer: string; readonly words: string }[] =>
	losses.flatMap((loss) => {
		const { tokenizer } = loss;
		const names = { tokenizer: nameOf(tokenizer), baseline: baseline.name };
		const words = lossWords(loss, names);
		return words === null ? [] : [{ tokenizer, words }];
	});

/** One digit behind the point, and never nothing: "0.8 s". */
const seconds = (milliseconds: number): string =>
	`${Math.max(0.1, milliseconds / 1000).toFixed(1)} s`;
