import { createRequire } from 'node:module';

const { Tokenizer } = createRequire(import.meta.url)('tokenizers');

/** Hugging Face's native tokenizer with these stages and without tokens. */
export const nativeStages = (stages: object) =>
	Tokenizer.fromString(
		JSON.stringify({
			...{ version: '1.0', added_tokens: [], ...stages },
			model: { type: 'BPE', vocab: {}, merges: [] }
		})
	);

/** Splits texts into pre-tokens, written in the byte alphabet after ByteLevel. */
export function nativePretokens(pre_tokenizer: object): (text: string) => string[] {
	const preTokenizer = nativeStages({ pre_tokenizer }).getPreTokenizer();
	return (text) => preTokenizer.preTokenizeString(text).map(([piece]: [string]) => piece);
}
