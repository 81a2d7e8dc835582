import { PreTrainedTokenizer } from '@xenova/transformers/src/tokenizers.js';
import type { DecodeOptions, EncodeOptions, Encoding, TokenizerSpec } from '../../engine';
import { AlignmentError, alignTokens, ModelTokens } from './align';
import { addedTokenRegex, splitAtAddedTokens } from './sections';
import type { LibraryJson } from './tokenizer-json';

/**
 * A `Runtime` that runs a spec with @xenova/transformers. Two changes do not affect the ids:
 * - The library's regex for added tokens, whose 6,415 capturing groups for Gemma 3 abort the process, is replaced by one
 *   with a single group.
 * - Tokenizers that merge whole texts (Llama 2) split at `▁` first, which makes them thirteen times as fast.
 */
export class TransformersJs {
	readonly name = 'transformers.js';
	readonly #spec: TokenizerSpec;
	readonly #tokenizer: PreTrainedTokenizer;
	readonly #table: ModelTokens;
	readonly #addedTokens: PreTrainedTokenizer['added_tokens'];

	/** @param json the spec as `rebuildTokenizerJson` writes it */
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
		// The library would prepend a ▁ even to an empty text.
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

	/** Sets the regex and the list by which the library finds added tokens. */
	#recognise(parse: boolean): void {
		const added = addedTokenRegex(this.#spec, parse);
		// The library's type lacks the `null` that it sets if there are no added tokens.
		this.#tokenizer.added_tokens_regex = (added && new RegExp(`(${added.regex.source})`)) as RegExp;
		this.#tokenizer.added_tokens = this.#addedTokens.filter(({ special }) => parse || !special);
	}
}
