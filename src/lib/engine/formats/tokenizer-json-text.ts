import type { TokenizerSpec } from '../spec';
import { writeTokenizerJson } from './tokenizer-json-write';

/**
 * A spec as the text of a tokenizer.json. Merges are written `"a b"`, which every reader takes
 * (transformers.js 2 and Hugging Face's library before 0.20 know nothing else), unless a part has a space
 * or would look like the head of a merges.txt; then all are pairs.
 * @throws Error as {@link writeTokenizerJson}.
 */
export function tokenizerJsonText(spec: TokenizerSpec): string {
	const json = writeTokenizerJson(spec);
	const { merges } = json.model;
	const plain = merges.every(
		([left, right]) => !left.startsWith('#version') && !left.includes(' ') && !right.includes(' ')
	);
	const written = plain ? merges.map((pair) => pair.join(' ')) : merges;
	return `${JSON.stringify({ ...json, model: { ...json.model, merges: written } }, null, 2)}\n`;
}
