import { TokenKind, type Encoding, type TokenizerSpec } from '../lib/engine';
import { Lab } from '../lib/tokenizers/runtimes/lab';
import type { NamedTokenizer } from './tokenizer';

/**
 * The ids that stand before a text for this model: the catalogue's BOS, or what the template of a
 * file puts there. Empty where there are none.
 */
export function bosIds({ entry, spec }: NamedTokenizer): number[] {
	if (!entry) return templateStart(spec);
	if (entry.bos === null) return [];
	const token = [...spec.added_tokens, ...(spec.model.foreign_tokens ?? [])].find(
		({ content }) => content === entry.bos
	);
	if (!token) throw new Error(`${entry.id}: got no token ${entry.bos}, expected its BOS`);
	return [token.id];
}

function templateStart(spec: TokenizerSpec): number[] {
	// With a text around which to see what comes first.
	const { ids, kinds } = new Lab(spec).encode('a', { addSpecialTokens: true });
	const start: number[] = [];
	while (kinds?.[start.length] === TokenKind.added) start.push(ids[start.length]);
	return start;
}

/** An encoding with ids before it; their spans are empty. */
export function withBos(encoding: Encoding, bos: readonly number[]): Encoding {
	const before = (values: Uint32Array, first: readonly number[]): Uint32Array => {
		const all = new Uint32Array(first.length + values.length);
		all.set(first);
		all.set(values, first.length);
		return all;
	};
	const nowhere = bos.map(() => 0);
	return {
		ids: before(encoding.ids, bos),
		byteStarts: before(encoding.byteStarts, nowhere),
		byteEnds: before(encoding.byteEnds, nowhere)
	};
}
