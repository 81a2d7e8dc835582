/**
 * Two tokenizers that the lab trained when it was built: same recipe, same size, the same book, but not
 * the same pages of it. Made by tools/drift/demo-tokenizers.ts, and downloaded like those of the catalogue.
 */
export const DEMO_TOKENIZERS = [
	{ id: 'lab-a', name: 'lab A', side: 0 },
	{ id: 'lab-b', name: 'lab B', side: 1 }
] as const;

/** The corpus that both are trained on: A on its documents 0, 2, 4, …, B on the others. */
export const DEMO_CORPUS = 'factbook';
/** Largest id + 1 of each. */
export const DEMO_SIZE = 4096;
