/** Result of a batch of mutants or patterns, which runs in a process of its own. */
export interface Batch {
	/** Number of inputs by outcome. */
	readonly counts: Readonly<Record<string, number>>;
	/** Inputs with a wrong outcome, in words. */
	readonly failures: readonly string[];
	/** Largest values by unit. */
	readonly most?: Readonly<Record<string, number>>;
}
