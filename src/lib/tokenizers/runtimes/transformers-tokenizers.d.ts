/** The package keeps this module's types in a different folder from its source. */
declare module '@xenova/transformers/src/tokenizers.js' {
	export * from '@xenova/transformers/types/tokenizers';
}
