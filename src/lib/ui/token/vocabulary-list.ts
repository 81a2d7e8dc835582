import type { TokenList } from '../../session/calls/token-details';

/** Encodes a search text as UTF-8. `·` matches a space and `↵` a newline, because they are drawn that way. */
export const needleOf = (search: string): Uint8Array =>
	new TextEncoder().encode(search.replaceAll('·', ' ').replaceAll('↵', '\n'));

/** Whether a token contains the bytes of `needle`. */
export function holdsToken(
	{ vocabulary: { bytes, ends } }: Pick<TokenList, 'vocabulary'>,
	id: number,
	needle: Uint8Array
): boolean {
	const last = ends[id] - needle.length;
	for (let at = id === 0 ? 0 : ends[id - 1]; at <= last; at++) {
		let same = 0;
		while (same < needle.length && bytes[at + same] === needle[same]) same++;
		if (same === needle.length) return true;
	}
	return false;
}
