/**
 * What of a comparison stands in the address: `?t=` the tokenizers, `corpus` and `merges` of the one
 * that is trained on the spot, the hash the input.
 */
import { resolveAlias } from '../../tokenizers/catalogue';
import { CORPORA } from '../corpora';

export interface TokenizerChoice {
	/** The tokenizers asked for that exist, in order, each once; null when none were asked for. */
	readonly ids: readonly string[] | null;
	/** What was asked for and does not exist. */
	readonly unknown: readonly string[];
}

/**
 * Reads `?t=cl100k_base,llama3`.
 * @param isKnown whether there is a tokenizer of an id
 */
export function readTokenizers(
	search: URLSearchParams,
	isKnown: (id: string) => boolean
): TokenizerChoice {
	const asked = search.get('t');
	if (asked === null) return { ids: null, unknown: [] };
	const named = asked.split(',').map((name) => resolveAlias(name.trim()));
	const names = [...new Set(named)].filter(Boolean);
	const ids = names.filter(isKnown);
	return { ids: ids.length > 0 ? ids : null, unknown: names.filter((name) => !isKnown(name)) };
}

/** What the tokenizer on the spot is trained on (null: the text itself), and its merges (null: all). */
export interface LiveTokenizerLink {
	readonly corpus: string | null;
	readonly merges: number | null;
}

/** Reads `?corpus=english&merges=40`; what cannot be is left out, and so is said. */
export function readLiveTokenizer(
	search: URLSearchParams
): LiveTokenizerLink & { readonly problems: string[] } {
	const problems: string[] = [];
	const corpus = search.get('corpus');
	const merges = search.get('merges');
	const isCorpus = CORPORA.some(({ id }) => id === corpus);
	if (corpus !== null && !isCorpus) {
		problems.push(`The link asks for the example “${corpus}”, which the lab does not have.`);
	}
	const isCount = merges !== null && /^\d{1,9}$/.test(merges);
	if (merges !== null && !isCount) {
		problems.push(`The link has merges “${merges}”: expected a whole number from 0 up.`);
	}
	return { corpus: isCorpus ? corpus : null, merges: isCount ? Number(merges) : null, problems };
}

/** The search part, empty where all is as by default. */
export function writeSearch(
	ids: readonly string[],
	defaults: readonly string[],
	{ corpus, merges }: LiveTokenizerLink
): string {
	const parts = [
		ids.join() === defaults.join() ? null : `t=${ids.join(',')}`,
		corpus === null ? null : `corpus=${corpus}`,
		merges === null ? null : `merges=${merges}`
	].filter((part) => part !== null);
	return parts.length > 0 ? `?${parts.join('&')}` : '';
}
