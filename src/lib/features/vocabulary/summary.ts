import type { TokenizerSpec } from '../../engine';
import { SCRIPT_GROUPS, TOKEN_KINDS } from '../../session/documents/vocabulary';
import { describeNormalizer } from '../../tokenizers/files/describe-stages';
import { NO_TOKEN, sizeOf, type VocabularyTable } from './table';

export type Grouping = 'script' | 'kind';

/** Figures of a whole vocabulary. */
export interface VocabularySummary {
	/** Largest id + 1. */
	readonly ids: number;
	/** Number of ids with a token. */
	readonly tokens: number;
	readonly special: number;
	/** Number of tokens per group, by grouping and index of the group. */
	readonly counts: Readonly<Record<Grouping, readonly number[]>>;
	/** A sentence per step of the normalizer, without its full stop; empty if there is none. */
	readonly normalizer: readonly string[];
}

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
	return {
		ids: sizeOf(table),
		tokens,
		special: byKind[TOKEN_KINDS.indexOf('special')],
		counts: { kind: byKind, script: byScript },
		normalizer: describeNormalizer(spec.normalizer)
	};
}

/** A group of tokens, drawn as a bar. */
export interface TokenGroup {
	readonly name: string;
	readonly tokens: number;
	/** Part of all tokens, 0 to 1. */
	readonly share: number;
}

/** The groups that have tokens, the largest first. */
export function groupsOf({ counts, tokens }: VocabularySummary, grouping: Grouping): TokenGroup[] {
	const names: readonly string[] = grouping === 'kind' ? TOKEN_KINDS : SCRIPT_GROUPS;
	return counts[grouping]
		.map((count, i) => ({ name: names[i], tokens: count, share: count / tokens }))
		.filter((group) => group.tokens > 0)
		.sort((a, b) => b.tokens - a.tokens);
}
