import { loadNative } from './native-library';

/** Hugging Face's native tokenizer for a file with these parts, which has no tokens by default. */
export function nativeStages(parts: object) {
	const model = { type: 'BPE', vocab: {}, merges: [] };
	const file = { version: '1.0', added_tokens: [], model, ...parts };
	return loadNative(JSON.stringify(file));
}

/** Creates a function that splits text into pre-tokens, which are in the byte alphabet if ByteLevel is used. */
export function nativePretokens(pre_tokenizer: object): (text: string) => string[] {
	const preTokenizer = nativeStages({ pre_tokenizer }).getPreTokenizer();
	return (text) => (preTokenizer?.preTokenizeString(text) ?? []).map(([piece]) => piece);
}
