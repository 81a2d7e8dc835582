import { reasonOf } from './format';

/** Copies text and pictures, then reports the result. */
export class Copying {
	#message = $state<string | null>(null);

	get message(): string | null {
		return this.#message;
	}

	/**
	 * @param text may be a promise that resolves while the browser still allows copying in response to the click
	 * @param done message to show after success
	 * @param advice what to do if the browser doesn't allow copying
	 */
	copy(text: string | Promise<string>, done: string, advice: string): Promise<void> {
		const written = Promise.resolve(text);
		return written.then(
			(ready) => this.#write(() => navigator.clipboard.writeText(ready), done, advice),
			(error: unknown) => this.report(reasonOf(error))
		);
	}

	report(problem: string): void {
		this.#message = problem;
	}

	/** @param png a promise, because browsers allow copying only in direct response to a click */
	copyPicture(png: Promise<Blob>, done: string, advice: string): Promise<void> {
		return this.#write(
			() => navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]),
			done,
			advice
		);
	}

	async #write(write: () => Promise<void>, done: string, advice: string): Promise<void> {
		try {
			await write();
			this.#message = done;
		} catch {
			this.#message = `The browser did not allow copying. ${advice}`;
		}
	}
}
