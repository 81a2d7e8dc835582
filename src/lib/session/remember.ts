/**
 * Returns the value for a key, creating it on first use. Doesn't remember failures, so the next call tries again.
 * @param max number of values to remember; the least recently used is dropped first
 */
export function remember<T>(
	known: Map<string, Promise<T>>,
	key: string,
	make: () => Promise<T>,
	max = Infinity
): Promise<T> {
	const found = known.get(key);
	if (found) {
		// Maps iterate over their keys in insertion order.
		known.delete(key);
		known.set(key, found);
		return found;
	}
	const [oldest] = known.keys();
	if (known.size >= max) known.delete(oldest);
	const made = make();
	known.set(key, made);
	made.catch(() => {
		if (known.get(key) === made) known.delete(key);
	});
	return made;
}
