import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export interface NativeEncoding {
	getIds(): number[];
	getAttentionMask(): number[];
	getTypeIds(): number[];
	getTokens(): string[];
	getOverflowing(): NativeEncoding[];
	/** Spans in characters. */
	getOffsets(): [number, number][];
}

export interface NativeTokenizer {
	encode(text: string, pair?: string | null, options?: object): Promise<NativeEncoding>;
	decode(ids: readonly number[], skipSpecial: boolean): Promise<string>;
	encodeBatch(texts: string[], options?: object): Promise<NativeEncoding[]>;
	decodeBatch(ids: number[][], skipSpecial: boolean): Promise<string[]>;
	getNormalizer(): { normalizeString(text: string): string } | null;
	getPreTokenizer(): {
		preTokenizeString(text: string): [pretoken: string, characters: [number, number]][];
	} | null;
	getPostProcessor(): object | null;
	setNormalizer(stage: object | null): void;
	setPreTokenizer(stage: object | null): void;
	setPostProcessor(stage: object | null): void;
	setDecoder(stage: object | null): void;
	getDecoder(): { decode(tokens: string[]): string };
	disablePadding(): void;
	setPadding(options: object): void;
	disableTruncation(): void;
	setTruncation(length: number): void;
	idToToken(id: number): string | null;
	tokenToId(token: string): number | null;
	getVocabSize(withAddedTokens: boolean): number;
	/** Ids by token. */
	getVocab(withAddedTokens: boolean): Record<string, number>;
}

/**
 * Hugging Face's native library; `null` if the library has no binary for this machine. Tests are then reported as
 * skipped.
 */
export const nativeLibrary = load();

/**
 * Loads a tokenizer.json with the native library. @throws the library's error, or an error if the library is missing
 */
export function loadNative(json: string): NativeTokenizer {
	if (!nativeLibrary) throw new Error('expected the native library');
	return nativeLibrary.Tokenizer.fromString(json);
}

function load(): { Tokenizer: { fromString(json: string): NativeTokenizer } } | null {
	try {
		return require('tokenizers');
	} catch {
		console.warn(`left out: no native tokenizers for ${process.platform} ${process.arch}`);
		return null;
	}
}
