/** Copies text and pictures, and says how that went. */
export class Copying {
	#said = $state<string | null>(null);

	/** The latest outcome, for a live region; `null` before the first. */
	get said(): string | null {
		return this.#said;
	}

	/**
	 * @param done said when it is copied
	 * @param otherwise said if the browser does not allow it: what to do instead
	 */
	copy(text: string, done: string, otherwise: string): Promise<void> {
		return this.#write(() => navigator.clipboard.writeText(text), done, otherwise);
	}

	/** @param png may still be in the making: browsers allow copying only in answer to a click */
	copyPicture(png: Promise<Blob>, done: string, otherwise: string): Promise<void> {
		return this.#write(
			() => navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]),
			done,
			otherwise
		);
	}

	async #write(write: () => Promise<void>, done: string, otherwise: string): Promise<void> {
		try {
			await write();
			this.#said = done;
		} catch {
			this.#said = `The browser did not allow copying. ${otherwise}`;
		}
	}
}
