import { PreTrainedTokenizer } from '@xenova/transformers/src/tokenizers.js';
import type { DecodeOptions, EncodeOptions, Encoding, TokenizerSpec } from '../../engine';
import { AlignmentError, alignTokens, ModelTokens } from './align';
import { addedTokenRegex, splitAtAddedTokens } from './sections';
import type { LibraryJson } from './tokenizer-json';

/**
 * A `Runtime` that runs a spec with @xenova/transformers, with two changes that don't affect the ids:
 * - The library's regex for added tokens is replaced with one that has a single group, because Gemma 3's has 6,415
 *   capturing groups, enough to abort the process.
 * - For tokenizers that merge whole texts (Llama 2), the text is split at `▁` first, because that is much faster.
 */
export class TransformersJs {
	readonly name = 'transformers.js';
	readonly #spec: TokenizerSpec;
	readonly #tokenizer: PreTrainedTokenizer;
	readonly #table: ModelTokens;
	readonly #addedTokens: PreTrainedTokenizer['added_tokens'];

	/** @param json the spec as written by `rebuildTokenizerJson` */
	constructor(spec: TokenizerSpec, json: LibraryJson) {
		this.#spec = spec;
		this.#table = new ModelTokens(spec);
		this.#tokenizer = new PreTrainedTokenizer(json, { clean_up_tokenization_spaces: false });
		this.#addedTokens = this.#tokenizer.added_tokens;
	}

	encode(text: string, { special = 'text' }: EncodeOptions = {}): Encoding {
		const wellFormed = text.toWellFormed();
		const parse = special === 'parse';
		this.#recognise(parse);
		const { sections } = splitAtAddedTokens(wellFormed, this.#spec, parse);
		// The library would prepend a ▁ even to empty text.
		const ids: number[] =
			wellFormed === ''
				? []
				: this.#tokenizer.encode(wellFormed, null, { add_special_tokens: false });
		if (ids.some((id: number | undefined) => id === undefined)) {
			throw new AlignmentError(
				'transformers.js has no id for a character without a token, because there is no unknown token.'
			);
		}
		return alignTokens(ids, sections, this.#table);
	}

	decode(ids: ArrayLike<number>, { skipSpecial = false }: DecodeOptions = {}): string {
		return this.#tokenizer.decode(Array.from(ids), { skip_special_tokens: skipSpecial });
	}

	/** Sets the regex and the list with which the library finds added tokens. */
	#recognise(parse: boolean): void {
		const added = addedTokenRegex(this.#spec, parse);
		// The library sets `null` if there are no added tokens, but its type doesn't allow `null`.
		this.#tokenizer.added_tokens_regex = (added && new RegExp(`(${added.regex.source})`)) as RegExp;
		this.#tokenizer.added_tokens = this.#addedTokens.filter(({ special }) => parse || !special);
	}
}
