import { loadNative } from './native-library';

/** Hugging Face's native tokenizer of a file with these parts, by default without tokens. */
export function nativeStages(parts: object) {
	const model = { type: 'BPE', vocab: {}, merges: [] };
	const file = { version: '1.0', added_tokens: [], model, ...parts };
	return loadNative(JSON.stringify(file));
}

/** Splits texts into pre-tokens, written in the byte alphabet after ByteLevel. */
export function nativePretokens(pre_tokenizer: object): (text: string) => string[] {
	const preTokenizer = nativeStages({ pre_tokenizer }).getPreTokenizer();
	return (text) => (preTokenizer?.preTokenizeString(text) ?? []).map(([piece]) => piece);
}
