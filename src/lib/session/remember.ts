/** The result for a key, made once. A failure is forgotten, so that the next call tries again. */
export function remember<T>(
	known: Map<string, Promise<T>>,
	key: string,
	make: () => Promise<T>
): Promise<T> {
	const found = known.get(key);
	if (found) return found;
	const made = make();
	known.set(key, made);
	made.catch(() => {
		if (known.get(key) === made) known.delete(key);
	});
	return made;
}
