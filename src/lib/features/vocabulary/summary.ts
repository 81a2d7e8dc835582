import type { BertNormalizerSpec, NormalizerSpec, TokenizerSpec } from '../../engine';
import { SCRIPT_GROUPS, TOKEN_KINDS, type Grouping } from '../../session/links/vocabulary';
import { NO_TOKEN, sizeOf, type VocabularyTable } from './table';

/** Figures of a whole vocabulary. */
export interface VocabularySummary {
	/** Largest id + 1. */
	readonly ids: number;
	/** Number of ids with a token. */
	readonly tokens: number;
	readonly special: number;
	/** Number of tokens per group, by grouping and index of the group. */
	readonly counts: Readonly<Record<Grouping, readonly number[]>>;
	/** Steps of the normalizer, for people; empty if there is none. */
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

/** A group of tokens that the picture shows. */
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

function describeNormalizer(normalizer: NormalizerSpec | null): string[] {
	if (normalizer === null) return [];
	switch (normalizer.type) {
		case 'Sequence':
			return normalizer.normalizers.flatMap(describeNormalizer);
		case 'Replace': {
			const { pattern, content } = normalizer;
			const sought = 'String' in pattern ? pattern.String : pattern.Regex;
			return [`replace “${sought}” with “${content}”`];
		}
		case 'Prepend':
			return [`put “${normalizer.prepend}” before the text`];
		case 'Lowercase':
			return ['make letters lower-case'];
		case 'Strip':
			return ['strip white space at the ends'];
		case 'StripAccents':
			return ['remove accents'];
		case 'Nmt':
			return ['remove control characters and write rare white space as spaces'];
		case 'ByteLevel':
			return ['write bytes in GPT-2’s byte alphabet'];
		case 'Precompiled':
		case 'SentencePiece':
			return ['replace characters by SentencePiece’s table'];
		case 'BertNormalizer':
			return describeBert(normalizer);
		default:
			return [`Unicode normalization ${normalizer.type}`];
	}
}

function describeBert(bert: BertNormalizerSpec): string[] {
	return [
		...(bert.clean_text ? ['remove control characters'] : []),
		...(bert.handle_chinese_chars ? ['put spaces around Chinese characters'] : []),
		...((bert.strip_accents ?? bert.lowercase) ? ['remove accents'] : []),
		...(bert.lowercase ? ['make letters lower-case'] : [])
	];
}
