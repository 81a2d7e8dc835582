import type { NormalizerSpec, TokenizerSpec } from '../../lib/engine/spec';
import { buildVocabulary } from '../../lib/engine/structures/vocabulary';
import { plainAddedToken } from './tokenizer-json';

/** A rank file as js-tiktoken and its relatives publish it. */
export interface RankFile {
	readonly pat_str: string;
	/** Lines of `! <rank of the first> <base64> <base64> …`. */
	readonly bpe_ranks: string;
	readonly special_tokens: Readonly<Record<string, number>>;
}

interface RankOptions {
	/** What is added to a rank to give its id. */
	readonly idOffset?: number;
	/** Ids at and above are left out. */
	readonly idLimit?: number;
	readonly normalizer?: NormalizerSpec;
}

const BYTE_LEVEL = {
	type: 'ByteLevel',
	add_prefix_space: false,
	trim_offsets: true,
	use_regex: false
} as const;

/** A rank file as a spec: split by its pattern, merge by rank. */
export function specFromRanks(file: RankFile, options: RankOptions = {}): TokenizerSpec {
	const { idOffset = 0, idLimit = Infinity, normalizer = null } = options;
	const tokens: (Uint8Array | undefined)[] = [];
	for (const line of file.bpe_ranks.split('\n')) {
		if (line === '') continue;
		const [, first, ...entries] = line.split(' ');
		entries.forEach((entry, i) => {
			const id = Number(first) + i + idOffset;
			if (id < idLimit) tokens[id] = Buffer.from(entry, 'base64');
		});
	}
	return {
		normalizer,
		pre_tokenizer: {
			type: 'Sequence',
			pretokenizers: [
				{ type: 'Split', pattern: { Regex: file.pat_str }, behavior: 'Isolated', invert: false },
				BYTE_LEVEL
			]
		},
		model: {
			type: 'BPE',
			byte_level: true,
			vocabulary: buildVocabulary(tokens),
			merges: null,
			unk_token: null,
			fuse_unk: false,
			byte_fallback: false,
			ignore_merges: false
		},
		post_processor: null,
		decoder: BYTE_LEVEL,
		added_tokens: Object.entries(file.special_tokens).map(([content, id]) =>
			plainAddedToken(id, content)
		)
	};
}
