import type CaseBody from './CaseBody.svelte';

/** Contents of an open case, loaded with the first one. */
export class LateBody {
	#component = $state.raw<typeof CaseBody | null>(null);

	/** `null` until it is loaded. */
	get component() {
		return this.#component;
	}

	async load(load: () => Promise<{ readonly default: typeof CaseBody }>): Promise<void> {
		this.#component = (await load()).default;
	}
}
