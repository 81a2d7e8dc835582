/** Whether English contractions (`'s 't 're 've 'm 'll 'd`) match in lower case only or in both cases. */
export const Contractions = {
	none: 0,
	/** Lower case only, as in GPT-2. */
	lower: 1,
	/** ASCII letters in either case, as in js-tiktoken's patterns. */
	ascii: 2,
	/** `(?i:…)`, which also matches `ſ` (U+017F) for `s`. */
	folded: 3
} as const;
export type Contractions = (typeof Contractions)[keyof typeof Contractions];

/** Contractions as written in published patterns. */
export const CONTRACTION_SPELLINGS: readonly (readonly [string, Contractions])[] = [
	["'s|'t|'re|'ve|'m|'ll|'d", Contractions.lower],
	["'(?:[sdmt]|ll|ve|re)", Contractions.lower],
	["('s|'S|'t|'T|'re|'rE|'Re|'RE|'ve|'vE|'Ve|'VE|'m|'M|'ll|'lL|'Ll|'LL|'d|'D)", Contractions.ascii],
	[
		"(?:'s|'S|'t|'T|'re|'rE|'Re|'RE|'ve|'vE|'Ve|'VE|'m|'M|'ll|'lL|'Ll|'LL|'d|'D)",
		Contractions.ascii
	],
	["(?i:'s|'t|'re|'ve|'m|'ll|'d)", Contractions.folded],
	["'(?i:[sdmt]|ll|ve|re)", Contractions.folded]
];

/** End of the contraction that starts with the apostrophe at `at`; `at` if there is none. */
export function contractionEnd(
	bytes: Uint8Array,
	at: number,
	end: number,
	kind: Contractions
): number {
	if (kind === Contractions.none || at + 1 >= end) return at;
	// Setting bit 5 lowercases ASCII capitals but doesn't turn any other bytes into lower-case letters.
	const fold = kind === Contractions.lower ? 0 : 0x20;
	const first = bytes[at + 1] | fold;
	switch (first) {
		case 0x73: // s
		case 0x74: // t
		case 0x6d: // m
		case 0x64: // d
			return at + 2;
	}
	if (at + 2 >= end) return at;
	const second = bytes[at + 2] | fold;
	if ((first === 0x72 || first === 0x76) && second === 0x65) return at + 3; // re, ve
	if (first === 0x6c && second === 0x6c) return at + 3; // ll
	if (kind === Contractions.folded && bytes[at + 1] === 0xc5 && bytes[at + 2] === 0xbf)
		return at + 3;
	return at;
}
