/** What survives a change of page: the text, the chosen tokenizers, prices, how tokens are drawn. */
import { DEFAULT_TOKENIZERS } from '../tokenizers/catalogue/entries';
import { FIRST_PAINT } from './prerendered/first-paint';
import { connectWorkers, type LabWorkers } from '../app/calls';
import { CompareState } from './compare.svelte';
import { Costs } from './costs.svelte';
import { KnownTokenizers } from './known-tokenizers.svelte';
import { OwnTokenizers } from './own-tokenizers.svelte';
import { SecondOpinions } from '../features/compare/second-opinions.svelte';
import { Yours } from './live-tokenizer.svelte';

/** How tokens are drawn, wherever they are. */
export class Drawing {
	display = $state<'text' | 'ids' | 'bytes'>('text');
	/** Marks for spaces, tabs and line ends. */
	whitespace = $state(true);
	colourAll = $state(false);
}

/** The tokenizers that a newcomer sees. */
export { DEFAULT_TOKENIZERS };

export const ownTokenizers = new OwnTokenizers();
export const known = new KnownTokenizers(ownTokenizers);

let pool: LabWorkers | undefined;
/** The workers, started with the first request. */
export const tokenizerPool = (): LabWorkers =>
	(pool ??= connectWorkers((id) => ownTokenizers.find(id)?.file));

export const drawing = new Drawing();
export const costs = new Costs();
export const yours = new Yours(tokenizerPool, FIRST_PAINT.merges);
export const compare = new CompareState(tokenizerPool, DEFAULT_TOKENIZERS, FIRST_PAINT, yours);
ownTokenizers.beforeRemoving((id) => compare.remove(id));
export const secondOpinions = new SecondOpinions(tokenizerPool);
