import { plural } from '../../session/format';
import { countChars, countCharsOfUtf8 } from '../../engine/text';
import type { Drawn } from '../../session/card.svelte';
import type { CompareState } from '../../session/compare.svelte';

/** Sizes of the input, and the figures of an answer that follow from them. */
export class TextFacts {
	readonly #compare: CompareState;
	/** Code points of the text. */
	readonly #characters: number;
	readonly #loneSurrogates: boolean;

	constructor(compare: CompareState) {
		this.#compare = compare;
		this.#characters = $derived(countChars(compare.text));
		this.#loneSurrogates = $derived(!compare.text.isWellFormed());
	}

	/** "129 characters · 158 bytes", and what is unusual about the text. */
	get words(): string {
		const { kind, document, idList, text } = this.#compare;
		if (kind === 'ids') return plural(idList.ids.length, 'id');
		const words = [plural(this.#characters, 'character'), plural(document.length, 'byte')];
		if (this.#loneSurrogates) words.push('lone surrogates count as U+FFFD');
		if (text.startsWith('\ufeff')) words.push('begins with a BOM, which counts');
		if (text.includes('\r')) words.push('has CR line ends, which count');
		if (text.includes('\0')) words.push('has NUL characters');
		return words.join(' · ');
	}

	figuresOf({ encoding, document, distinct, vocabularySize }: Drawn) {
		return {
			tokens: encoding.ids.length,
			bytes: document.length,
			characters: this.#compare.kind === 'text' ? this.#characters : countCharsOfUtf8(document),
			distinct,
			vocabularySize
		};
	}
}
