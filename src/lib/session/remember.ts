/**
 * The result for a key, made once. A failure is forgotten, so that the next call tries again.
 * @param max number of results to keep; the one that was not asked for the longest goes first
 */
export function remember<T>(
	known: Map<string, Promise<T>>,
	key: string,
	make: () => Promise<T>,
	max = Infinity
): Promise<T> {
	const found = known.get(key);
	if (found) {
		// A map lists its keys in the order in which they were set.
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
