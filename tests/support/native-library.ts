import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export interface NativeEncoding {
	getIds(): number[];
	/** Characters. */
	getOffsets(): [number, number][];
}

export interface NativeTokenizer {
	encodeBatch(texts: string[], options: object): Promise<NativeEncoding[]>;
	decodeBatch(ids: number[][], skipSpecial: boolean): Promise<string[]>;
}

/** Hugging Face's native library, or null where it has no binary: what is then left out is reported. */
export const nativeLibrary = load();

function load(): { Tokenizer: { fromString(json: string): NativeTokenizer } } | null {
	try {
		return require('tokenizers');
	} catch {
		console.warn(`left out: no native tokenizers for ${process.platform} ${process.arch}`);
		return null;
	}
}
