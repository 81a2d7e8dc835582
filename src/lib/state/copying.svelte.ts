/** Copies text, and says in words how that went. */
export class Copying {
	#said = $state<string | null>(null);

	/** What happened last, for a live region; null before anything did. */
	get said(): string | null {
		return this.#said;
	}

	/**
	 * @param done said when it is copied
	 * @param otherwise what to do where the browser does not allow it
	 */
	async copy(text: string, done: string, otherwise: string): Promise<void> {
		try {
			await navigator.clipboard.writeText(text);
			this.#said = done;
		} catch {
			this.#said = `The browser did not allow copying. ${otherwise}`;
		}
	}
}
