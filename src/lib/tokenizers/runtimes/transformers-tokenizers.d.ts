/** The package has the types of this module in another folder than its source. */
declare module '@xenova/transformers/src/tokenizers.js' {
	export * from '@xenova/transformers/types/tokenizers';
}

declare module '@xenova/transformers/src/env.js' {
	/** Settings of the library, which all its parts read. */
	export const env: Record<string, unknown>;
}

declare module '@xenova/transformers/src/utils/hub.js' {
	/** Bytes of a file of a repository. */
	export function getModelFile(
		repository: string,
		path: string,
		fatal: true,
		options: {
			readonly revision: string;
			readonly progress_callback: (event: {
				readonly status: string;
				readonly loaded?: number;
			}) => void;
		}
	): Promise<Uint8Array<ArrayBuffer>>;
}
