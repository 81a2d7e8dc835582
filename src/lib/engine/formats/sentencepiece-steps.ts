import type { DecoderSpec, NormalizerSpec, SentencePieceSpec } from '../spec';

/**
 * Approximates SentencePiece's normalizer with the steps available in tokenizer.json; `null` if the normalizer does
 * nothing. The steps are exactly equivalent to a normalizer without a table or user-defined symbols.
 */
export function approximateSteps(spec: SentencePieceSpec): NormalizerSpec | null {
	const { precompiled_charsmap, add_dummy_prefix, remove_extra_whitespaces } = spec;
	const space = spec.escape_whitespaces ? '▁' : ' ';
	const replace = (Regex: string, content: string) =>
		({ type: 'Replace', pattern: { Regex }, content }) as const;
	const steps: NormalizerSpec[] = [];
	if (precompiled_charsmap !== '') steps.push({ type: 'Precompiled', precompiled_charsmap });
	if (remove_extra_whitespaces) {
		const outer = spec.escape_whitespaces ? '[ ▁]' : ' ';
		steps.push(replace('\\A +', ''), replace(`${outer}+\\z`, ''), replace(' {2,}', ' '));
	}
	if (add_dummy_prefix) steps.push({ type: 'Prepend', prepend: space });
	if (space !== ' ') steps.push({ type: 'Replace', pattern: { String: ' ' }, content: space });
	if (steps.length < 2) return steps[0] ?? null;
	return { type: 'Sequence', normalizers: steps };
}

/**
 * Creates a decoder that turns `▁` into spaces and `<0xNN>` into bytes.
 * @param stripsSpace whether to remove the space that the normalizer adds before the text
 */
export const sentencePieceDecoder = (stripsSpace: boolean): DecoderSpec => ({
	type: 'Sequence',
	decoders: [
		{ type: 'Replace', pattern: { String: '▁' }, content: ' ' },
		{ type: 'ByteFallback' },
		{ type: 'Fuse' },
		...(stripsSpace ? [{ type: 'Strip', content: ' ', start: 1, stop: 0 } as const] : [])
	]
});
