import type { Encoding } from '../../engine';
import { encodeUtf8 } from '../../engine/text';
import type { TokenizerCalls } from '../../session/compare.svelte';
import { Latest } from '../../session/latest';

export interface DrawnText {
	/** UTF-8 that the offsets of `encoding` refer to. */
	readonly document: Uint8Array;
	readonly encoding: Encoding;
}

/** Texts to draw under one tokenizer. */
export interface DrawingQuestion {
	readonly tokenizer: string;
	/** What the texts are: equal keys name equal texts. */
	readonly key: string;
	readonly texts: () => readonly string[] | Promise<readonly string[]>;
}

export interface DrawnTogether {
	readonly tokenizer: string;
	readonly key: string;
	readonly texts: readonly DrawnText[];
}

/** A few short texts as tokens. What is shown may lag behind what is asked for: look at its key. */
export class DrawnTexts {
	#shown = $state.raw<DrawnTogether | null>(null);
	#problem = $state<string | null>(null);
	#asked: DrawingQuestion | null = null;
	readonly #latest: Latest<DrawingQuestion, readonly DrawnText[]>;

	/** @param first what came with the page */
	constructor(calls: () => Pick<TokenizerCalls, 'encode'>, first: DrawnTogether | null = null) {
		this.#shown = first;
		this.#latest = new Latest<DrawingQuestion, readonly DrawnText[]>(
			async ({ tokenizer, texts }) =>
				Promise.all(
					(await texts()).map(async (text) => {
						const document = encodeUtf8(text);
						const params = { tokenizer, text: document, special: 'text' } as const;
						return { document, encoding: (await calls().encode(params)).encoding };
					})
				),
			({ tokenizer, key }, texts) => {
				this.#shown = { tokenizer, key, texts };
				this.#problem = null;
			},
			(error) => {
				this.#asked = null;
				this.#problem = error instanceof Error ? error.message : String(error);
			}
		);
	}

	get shown(): DrawnTogether | null {
		return this.#shown;
	}
	/** Why the texts could not be drawn; null when nothing went wrong. */
	get problem(): string | null {
		return this.#problem;
	}

	/** Draws these unless they are drawn, or asked for, already. */
	follow(question: DrawingQuestion): void {
		if (isSame(this.#asked ?? this.#shown, question)) return;
		this.#asked = question;
		this.#problem = null;
		this.#latest.ask(question);
	}

	/** Asks once more after something went wrong. */
	retry(question: DrawingQuestion): void {
		this.#asked = null;
		this.follow(question);
	}
}

const isSame = (
	a: { readonly tokenizer: string; readonly key: string } | null,
	b: DrawingQuestion
): boolean => a?.tokenizer === b.tokenizer && a.key === b.key;
