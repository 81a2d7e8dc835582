/** Remembers the latest value of each key, to be shown while another one is awaited. */
export class LatestValues<T> {
	readonly #values = new Map<string, T>();

	/** The current value. While it is awaited, the value before it, if there was one. */
	of(key: string, isAwaited: boolean, current: () => T): T {
		const latest = this.#values.get(key);
		if (isAwaited && latest !== undefined) return latest;
		const value = current();
		this.#values.set(key, value);
		return value;
	}
}
