/** The package has the types of this module in another folder than its source. */
declare module '@xenova/transformers/src/tokenizers.js' {
	export * from '@xenova/transformers/types/tokenizers';
}
