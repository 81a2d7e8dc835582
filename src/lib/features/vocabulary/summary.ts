import type { TokenizerSpec } from '../../engine';
import type { NamedToken } from '../../session/calls/token-details';
import { SCRIPT_GROUPS, TOKEN_KINDS } from '../../session/documents/vocabulary';
import { describeNormalizer } from '../../tokenizers/files/describe-stages';
import { orderByLength } from './find-tokens';
import {
	bytesOf,
	hasToken,
	kindOf,
	NO_TOKEN,
	REACHES,
	sizeOf,
	UNREACHABLE_REACHES,
	type VocabularyTable
} from './table';

export type Grouping = 'script' | 'kind';

export interface VocabularySummary {
	/** Largest id + 1. */
	readonly ids: number;
	/** Number of ids with a token. */
	readonly tokens: number;
	readonly special: number;
	/** Number of tokens per group, by grouping and group index. */
	readonly counts: Readonly<Record<Grouping, readonly number[]>>;
	/** One sentence per normalizer step, without the full stop; empty if there is no normalizer. */
	readonly normalizer: readonly string[];
	/** The longest tokens (in characters) that contain letters, longest first. */
	readonly longest: readonly NamedToken[];
	/** The longest token of each script in the vocabulary; scripts with the most tokens come first. */
	readonly scripts: readonly (NamedToken & { readonly script: string; readonly tokens: number })[];
}

/** Maximum number of tokens in a list of noteworthy tokens. */
export const LISTED_TOKENS = 10;

/** The longest tokens (in characters) for which `isListed` returns true. */
export function longestOf(
	table: VocabularyTable,
	isListed: (id: number) => boolean,
	most = LISTED_TOKENS
): NamedToken[] {
	const found: NamedToken[] = [];
	for (const id of orderByLength(table, 'characters')) {
		if (found.length === most) break;
		// Special tokens have names but no text.
		if (hasToken(table, id) && kindOf(table, id) !== 'special' && isListed(id))
			found.push({ id, bytes: bytesOf(table, id).slice() });
	}
	return found;
}

/** Number of entries in `SCRIPT_GROUPS` that aren't scripts. */
const NO_SCRIPTS = 4;
const HAS_LETTERS = [...SCRIPT_GROUPS.keys()].filter(
	(group) => !['No letters', 'Parts of characters'].includes(SCRIPT_GROUPS[group])
);

export function summarize(table: VocabularyTable, spec: TokenizerSpec): VocabularySummary {
	const { kinds, scripts } = table;
	const byKind = TOKEN_KINDS.map(() => 0);
	const byScript = SCRIPT_GROUPS.map(() => 0);
	let tokens = 0;
	for (let id = 0; id < kinds.length; id++) {
		if (kinds[id] === NO_TOKEN) continue;
		tokens++;
		byKind[kinds[id]]++;
		byScript[scripts[id]]++;
	}
	const inScripts = SCRIPT_GROUPS.flatMap((script, group) => {
		if (group < NO_SCRIPTS || byScript[group] === 0) return [];
		const [token] = longestOf(table, (id) => scripts[id] === group, 1);
		return token ? [{ ...token, script, tokens: byScript[group] }] : [];
	});
	return {
		ids: sizeOf(table),
		tokens,
		special: byKind[TOKEN_KINDS.indexOf('special')],
		counts: { kind: byKind, script: byScript },
		normalizer: describeNormalizer(spec.normalizer),
		longest: longestOf(table, (id) => HAS_LETTERS.includes(scripts[id])),
		scripts: inScripts.sort((a, b) => b.tokens - a.tokens)
	};
}

/** Tokens that, as far as is known, no text encodes to. */
export interface UnreachableTokens {
	readonly count: number;
	/** The longest unreachable tokens. */
	readonly longest: readonly NamedToken[];
}

/** @param reaches index in `REACHES`, by id */
export function unreachableOf(table: VocabularyTable, reaches: Uint8Array): UnreachableTokens {
	const isUnreachable = (id: number) => UNREACHABLE_REACHES.includes(REACHES[reaches[id]]);
	return {
		count: reaches.reduce((sum, _, id) => sum + Number(isUnreachable(id)), 0),
		longest: longestOf(table, isUnreachable)
	};
}
