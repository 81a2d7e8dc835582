import type { TiktokenRanks } from '../../src/lib/engine';

/** File of a tokenizer for the program of reference. */
export type NativeFile =
	| { readonly kind: 'ranks'; readonly read: () => TiktokenRanks }
	| { readonly kind: 'tokenizer.json'; readonly read: () => unknown };

/** The part of Node's `require` that is needed; a test passes its own. */
type Require = (name: string) => unknown;

interface Tiktoken {
	encode_ordinary(text: string): Uint32Array;
}
interface Native {
	encodeBatch(texts: string[], options: object): Promise<{ getIds(): number[] }[]>;
}

const made = new Map<string, (text: string) => Promise<number[]>>();

/**
 * What the program of reference gives for a text without special tokens: native tiktoken (as wasm) on its
 * own ranks, or Hugging Face's native library on the packages' files.
 */
export function nativeIds(
	require: Require,
	id: string,
	file: NativeFile
): (text: string) => Promise<number[]> {
	const found = made.get(id);
	if (found) return found;
	const ids =
		file.kind === 'ranks' ? tiktoken(require, id, file.read()) : huggingFace(require, file.read());
	made.set(id, ids);
	return ids;
}

function tiktoken(require: Require, id: string, ranks: TiktokenRanks) {
	const { Tiktoken } = require('tiktoken') as {
		Tiktoken: new (ranks: string, special: object, pattern: string) => Tiktoken;
	};
	const { bpe_ranks, special_tokens, pat_str } = ranks;
	const reference = new Tiktoken(bpe_ranks, special_tokens, pat_str);
	return (text: string) => {
		const input = id === 'claude-legacy' ? text.normalize('NFKC') : text;
		return Promise.resolve([...reference.encode_ordinary(input)]);
	};
}

function huggingFace(require: Require, file: unknown) {
	const { Tokenizer } = require('tokenizers') as {
		Tokenizer: { fromString(json: string): Native };
	};
	const reference = Tokenizer.fromString(JSON.stringify(file));
	return async (text: string) => {
		const [encoding] = await reference.encodeBatch([text], { addSpecialTokens: false });
		return encoding.getIds();
	};
}
