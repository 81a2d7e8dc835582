/** User-facing strings on tokenizers that only transformers.js runs, which is not exact. */
import type { LibraryModel } from '../tokenizers/files/library-file';
import { library, measured, models, native } from '../tokenizers/runtimes/inexact-figures.json';

/** "not exact: 95 of 123 probes equal native" */
export function describeInexact(model: LibraryModel): string {
	const { equal, probes } = models[model];
	return `not exact: ${equal} of ${probes} probes equal native`;
}

/** "bert (not exact)" */
export const describeInexactName = (name: string): string => `${name} (not exact)`;

/** Explains {@link describeInexact}. */
export function explainInexact(model: LibraryModel): string {
	const { equal, probes, tokenizers } = models[model];
	return `This is a ${model} model, which ${library} runs. For ${equal} of ${probes} probes, texts in ${tokenizers} ${model} tokenizers, its ids equal those of Hugging Face’s native library (${native}, measured ${measured}). It never counts as the fewest, and its splits are not compared.`;
}

/** Says why a tokenizer cannot be used where merges are needed. */
export const describeWithoutMerges = (model: LibraryModel): string =>
	`This is a ${model} model, which has no merges. transformers.js runs it, not the lab’s engine, so it cannot be traced, diffed or exported.`;
