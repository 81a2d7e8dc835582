/** JSON of data with typed arrays in it, for answers that are made when the site is built. */

const ARRAYS = { Uint8Array, Int32Array, Uint32Array, Float64Array };
type ArrayName = keyof typeof ARRAYS;

/** Plain JSON: a typed array becomes `{"array": its type, "values": [...]}`. */
export function toTypedJson(value: unknown): string {
	return JSON.stringify(value, function (this: Record<string, unknown>, key, item: unknown) {
		// As it is kept: bytes read by Node are a Buffer, which has made itself into JSON by now.
		const kept = this[key];
		for (const [name, type] of Object.entries(ARRAYS)) {
			if (kept instanceof type) return { array: name, values: Array.from(kept) };
		}
		return item;
	});
}

/** The data of what {@link toTypedJson} wrote, already parsed. */
export function reviveTyped(json: unknown): unknown {
	if (Array.isArray(json)) return json.map(reviveTyped);
	if (typeof json !== 'object' || json === null) return json;
	if (isArray(json)) return ARRAYS[json.array].from(json.values);
	return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, reviveTyped(item)]));
}

const isArray = (json: object): json is { array: ArrayName; values: number[] } =>
	'array' in json && typeof json.array === 'string' && json.array in ARRAYS && 'values' in json;
