/** Result of a batch of mutants or patterns, which runs in its own process. */
export interface Batch {
	/** Number of inputs per outcome. */
	readonly counts: Readonly<Record<string, number>>;
	/** Descriptions of inputs with a wrong outcome. */
	readonly failures: readonly string[];
	/** Largest values per unit. */
	readonly most?: Readonly<Record<string, number>>;
}
