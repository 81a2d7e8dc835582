/** Result of a batch of mutants or patterns. Each batch runs in its own process. */
export interface Batch {
	/** Number of inputs per outcome. */
	readonly counts: Readonly<Record<string, number>>;
	/** Descriptions of the inputs with a wrong outcome. */
	readonly failures: readonly string[];
	/** Largest value measured in each unit. */
	readonly most?: Readonly<Record<string, number>>;
}
