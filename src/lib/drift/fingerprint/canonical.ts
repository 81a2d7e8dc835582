import {
	tokenAt,
	vocabularySize,
	type BpeModelSpec,
	type Tokenizer,
	type TokenizerSpec,
	type Vocabulary
} from '../../engine';
import { concatenate, normalizerSteps, tokenTableOf, type TokenTable } from '../../engine/stages';
import { encodeUtf8 } from '../../engine/text';
import { normalSteps, stepsOf, type Stage } from '../config/stages';
import { longTokens } from '../edits/table-edits';
import { withoutShadowed } from '../merges';
import { contentsOf, namedTokens } from '../token-texts';
import { canonicalJson } from '../equal';

/**
 * A vocabulary in a form that doesn't depend on how a file lists it: the end offset of each token, by id, then the
 * tokens' bytes. An added token is represented by its content, whether or not the model lists it too. Trailing ids
 * without a token are left out.
 */
export function vocabularyBytes(spec: TokenizerSpec): Uint8Array<ArrayBuffer> {
	const { ends, bytes } = contentsOf(spec.model.vocabulary, namedTokens(spec));
	let size = ends.length;
	while (size > 0 && ends[size - 1] === (size > 1 ? ends[size - 2] : 0)) size--;
	return joined([ends.subarray(0, size), bytes]);
}

/**
 * The added tokens in order of id. The `normalized` flag matters only if there is a normalizer, or if a token with the
 * flag overlaps one without the flag, because tokens without the flag are matched first.
 */
export function addedTokensText({ normalizer, added_tokens }: TokenizerSpec): string {
	const matters = normalizerSteps(normalizer).length > 0 || doKindsOverlap(added_tokens);
	const rows = [...added_tokens]
		.sort((a, b) => a.id - b.id)
		.map(({ id, content, single_word, lstrip, rstrip, special, normalized }) => {
			const flags = [single_word, lstrip, rstrip, special, normalized && matters];
			return [id, content, flags.map(Number).join('')];
		});
	return JSON.stringify(rows);
}

/** Whether a token matched in the normalized text and a token matched in the original text can share characters. */
function doKindsOverlap(tokens: TokenizerSpec['added_tokens']): boolean {
	const [one, other] = [true, false].map((kind) =>
		tokens.filter(({ normalized }) => normalized === kind).map(({ content }) => content)
	);
	if (one.length === 0 || other.length === 0) return false;
	const overlap = (left: readonly string[], right: readonly string[]) => {
		const starts = new Set(
			right.flatMap((content) => Array.from(content, (_, i) => content.slice(0, i + 1)))
		);
		return left.some((content) => Array.from(content).some((_, i) => starts.has(content.slice(i))));
	};
	const contains = (outer: readonly string[], inner: readonly string[]) => {
		const all = outer.join('\0');
		return inner.some((content) => all.includes(content));
	};
	return overlap(one, other) || overlap(other, one) || contains(one, other) || contains(other, one);
}

/** A normalizer, pre-tokenizer or decoder in a normal form that many equivalent definitions share. */
export const stageText = (spec: TokenizerSpec, stage: Stage): string =>
	canonicalJson(
		normalSteps(
			stage,
			stepsOf(spec, stage).map((step) => step.spec)
		)
	);

/**
 * Bytes that identify a model's merges. These bytes contain the affixes and:
 * - for merges that the ids imply, listed or not, only the ids of unreachable tokens, because the vocabulary already
 *   determines the merges;
 * - for other merges, the ids of their pairs in order (without pairs overridden by an equal later pair), and also
 *   `ignore_merges` unless merging produces every token anyway.
 */
export function mergesBytes(tokenizer: Tokenizer): Uint8Array<ArrayBuffer> {
	const { spec } = tokenizer;
	const { model } = spec;
	const affixes = encodeUtf8(
		`${model.continuing_subword_prefix ?? ''}\0${model.end_of_word_suffix ?? ''}`
	);
	const added = new Set(spec.added_tokens.map(({ id }) => id));
	if (model.merges === null) {
		const foreign = (model.foreign_tokens ?? []).filter(({ id }) => !added.has(id));
		return joined([affixes, Uint32Array.from(foreign, ({ id }) => id).sort()]);
	}
	const pairs = withoutShadowed(model.merges);
	const unmade = affixes.length === 1 ? findUnmergedIds(model, pairs, added) : null;
	if (unmade) return joined([affixes, Uint32Array.from(unmade)]);
	const isTakenWhole = (own: number, id: number) =>
		own === 0 && !added.has(id) && tokenAt(model.vocabulary, id).length > 0;
	const isIgnoring = model.ignore_merges && tokenizer.ownTokens().some(isTakenWhole);
	return joined([affixes, Uint8Array.of(Number(isIgnoring)), pairs]);
}

const joined = (parts: readonly (Uint8Array | Uint32Array)[]): Uint8Array<ArrayBuffer> =>
	concatenate(
		parts.map(
			({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)
		)
	);

/**
 * Checks that a byte-level model merges exactly as if its token ids were ranks (tiktoken): each multi-byte token has
 * the merge that `mergesFromRanks` derives for it, and the merges are in order of id. This is much cheaper than
 * deriving the merges.
 * @param added ids that need no merge, because added tokens are matched without merging
 * @returns ids of unreachable tokens without a merge, ascending; `null` if the ids don't imply the merges
 */
function findUnmergedIds(
	{ vocabulary, byte_level, ignore_merges, foreign_tokens = [] }: BpeModelSpec,
	pairs: Uint32Array,
	added: ReadonlySet<number>
): number[] | null {
	if (!byte_level) return null;
	const check = new ImpliedMerges(vocabulary);
	const unmade = foreign_tokens.map(({ id }) => id).filter((id) => !added.has(id));
	let rank = 0;
	for (const id of longTokens(vocabulary)) {
		const [left, right] = [pairs[2 * rank], pairs[2 * rank + 1]];
		if (2 * rank < pairs.length && check.joins(left, right, id)) {
			if (!check.isLast(left, right, id)) return null;
			check.split(id, left, right);
			rank++;
		} else if (!added.has(id)) {
			if (!ignore_merges) unmade.push(id);
			// With `ignore_merges`, a pre-token that equals this token becomes the token, as it does if the ids imply the
			// merges.
			else if (check.hasMerge(id)) return null;
		}
	}
	return 2 * rank === pairs.length ? unmade.sort((a, b) => a - b) : null;
}

/** The left and right part of each token by id; -1 for a single byte or a token that no merge produces. */
class ImpliedMerges {
	readonly #tokens: TokenTable;
	readonly #left: Int32Array;
	readonly #right: Int32Array;

	constructor(vocabulary: Vocabulary) {
		this.#tokens = tokenTableOf(vocabulary);
		this.#left = new Int32Array(vocabularySize(vocabulary)).fill(-1);
		this.#right = this.#left.slice();
	}

	split(id: number, left: number, right: number): void {
		this.#left[id] = left;
		this.#right[id] = right;
	}

	/** Whether `left` and `right` join to form `id` and can both be produced before it. */
	joins(left: number, right: number, id: number): boolean {
		const { vocabulary } = this.#tokens;
		const whole = tokenAt(vocabulary, id);
		const size = this.#sizeOf(left);
		if (size + this.#sizeOf(right) !== whole.length) return false;
		return (
			this.#isBefore(left, id) &&
			this.#isBefore(right, id) &&
			isAt(whole, tokenAt(vocabulary, left), 0) &&
			isAt(whole, tokenAt(vocabulary, right), size)
		);
	}

	/** Whether the bytes of token `id` merge into exactly two tokens before the token's own merge. */
	hasMerge(id: number): boolean {
		const { source } = this.#tokens;
		const [start, end] = [this.#tokens.startOf(id), this.#tokens.endOf(id)];
		for (let at = start + 1; at < end; at++) {
			const left = this.#tokens.idOf(source, start, at);
			const right = this.#tokens.idOf(source, at, end);
			if (left < 0 || right < 0 || !this.#isBefore(left, id) || !this.#isBefore(right, id))
				continue;
			if (this.isLast(left, right, id)) return true;
		}
		return false;
	}

	/**
	 * Whether the bytes of the token formed by `left` and `right` merge into exactly these two tokens before the
	 * token's own merge, which means that no earlier merge crosses the boundary. Undoes the merges on both sides,
	 * latest first, and looks for an earlier merge of the two tokens that then meet at the boundary. This is the
	 * compatibility check of Hendrik van Antwerpen and Alexander Neubeck, "So many tokens, so little time" (GitHub,
	 * 2024).
	 */
	isLast(left: number, right: number, id: number): boolean {
		const { source } = this.#tokens;
		const boundary = this.#tokens.startOf(id) + this.#sizeOf(left);
		let limit = id;
		for (;;) {
			const across = this.#tokens.idOf(
				source,
				boundary - this.#sizeOf(left),
				boundary + this.#sizeOf(right)
			);
			if (across >= 0 && across < limit) return false;
			const [rankLeft, rankRight] = [this.#rankOf(left), this.#rankOf(right)];
			if (rankLeft < 0 && rankRight < 0) return true;
			if (rankLeft > rankRight) {
				limit = left;
				left = this.#right[left];
			} else {
				// Of equal merges, the leftmost is applied first.
				limit = right + 1;
				right = this.#left[right];
			}
		}
	}

	#isBefore(part: number, id: number): boolean {
		return this.#sizeOf(part) === 1 || (part < id && this.#left[part] >= 0);
	}

	/** Rank of the merge that produces a token; -1 for a single byte. */
	#rankOf(id: number): number {
		return this.#left[id] < 0 ? -1 : id;
	}

	#sizeOf(id: number): number {
		return this.#tokens.endOf(id) - this.#tokens.startOf(id);
	}
}

function isAt(bytes: Uint8Array, part: Uint8Array, offset: number): boolean {
	for (let i = 0; i < part.length; i++) if (bytes[offset + i] !== part[i]) return false;
	return true;
}
