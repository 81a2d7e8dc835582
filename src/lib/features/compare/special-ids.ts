import { CATALOGUE } from '../../tokenizers/catalogue';

/** Special tokens by tokenizer id. */
export type SpecialIds = Readonly<
	Record<string, readonly (readonly [id: number, content: string])[]>
>;

/** Special tokens among some ids, and the tokenizers that have the most of them. */
export interface SpecialEvidence {
	readonly tokens: SpecialIds[string];
	readonly tokenizers: readonly string[];
}

/** Special tokens of the catalogue; none if they cannot be loaded, because the other evidence remains. */
export const loadSpecialIds = (): Promise<SpecialIds> =>
	import('../../generated/special-ids.json').then(
		({ default: loaded }) => loaded as unknown as SpecialIds,
		() => ({})
	);

/** Ids below this one are special in many vocabularies, and ordinary in as many. */
const MIN_TELLING_ID = 1000;

/** @returns `null` if no special id tells a tokenizer */
export function findSpecialIds(ids: Uint32Array, specials: SpecialIds): SpecialEvidence | null {
	const present = new Set(ids);
	const largest = ids.reduce((max, id) => Math.max(max, id), 0);
	const found = CATALOGUE.filter(({ vocabularySize }) => vocabularySize > largest)
		.map(({ id }) => ({
			id,
			tokens: (specials[id] ?? []).filter(([id]) => id >= MIN_TELLING_ID && present.has(id))
		}))
		.filter(({ tokens }) => tokens.length > 0)
		.sort((a, b) => b.tokens.length - a.tokens.length);
	if (found.length === 0) return null;
	const [{ tokens }] = found;
	const alike = found.filter((other) => String(other.tokens) === String(tokens));
	return { tokens, tokenizers: alike.map(({ id }) => id) };
}
