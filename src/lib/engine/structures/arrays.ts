/** Copies an array to the start of a new one with `length` elements. */
export function grow<A extends Uint8Array | Int32Array | Uint32Array | Float64Array>(
	array: A,
	length: number
): A {
	const grown = new (array.constructor as new (length: number) => A)(length);
	grown.set(array);
	return grown;
}

/** Joins byte arrays into a new one. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		joined.set(part, at);
		at += part.length;
	}
	return joined;
}
