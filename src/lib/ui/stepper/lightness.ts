/**
 * How light each token is drawn: neighbours always differ, and a merge changes nothing outside the
 * stretch between two anchors, so that a text does not flicker while it is stepped through. Within
 * a stretch light and dark alternate, and stretches begin with one and the other in turn; where that
 * would make the last token like the first of the next stretch, the last one is in between.
 *
 * @param byteStarts n, where the tokens begin, never decreasing
 * @param anchors bytes where a token begins at every step, ascending; without any, all is one stretch
 * @returns n values: 0 light, 1 dark, 2 in between
 */
export function lightness(byteStarts: Uint32Array, anchors: Uint32Array): Uint8Array {
	const count = byteStarts.length;
	const result = new Uint8Array(count);
	let anchor = 0;
	for (let from = 0, to: number; from < count; from = to) {
		while (anchor < anchors.length && anchors[anchor] <= byteStarts[from]) anchor++;
		const end = anchor < anchors.length ? anchors[anchor] : Infinity;
		for (to = from; to < count && byteStarts[to] < end; to++) {
			result[to] = (anchor + to - from) & 1;
		}
		if (to < count && ((to - from) & 1) === 0) result[to - 1] = 2;
	}
	return result;
}
