/** The tokenizer half of transformers.js ships its types beside, not under, its sources. */
declare module '@xenova/transformers/src/tokenizers.js' {
	export * from '@xenova/transformers/types/tokenizers';
}
