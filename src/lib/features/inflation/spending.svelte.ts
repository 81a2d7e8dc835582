import {
	attentionCost,
	evenLength,
	kvCacheBytes,
	pagesInWindow,
	price
} from '../../languages/costs';
import type { ModelShape } from '../../languages/types';
import {
	MODEL_SHAPES,
	NUMBER_FORMATS,
	type ModelShapePreset,
	type NumberFormat
} from './model-shapes';

/** Editable figures of a shape. */
export type ShapeField = Exclude<keyof ModelShape, 'ffnMatrices'>;

/** The same prompt in one language. */
export interface PromptCost {
	readonly tokens: number;
	/** US dollars; `null` if the price is unknown. */
	readonly price: number | null;
	/** Share of the context window; `null` if the window is unknown. */
	readonly windowShare: number | null;
	/** Pages of the declaration that fit in the window; `null` if the window is unknown. */
	readonly pages: number | null;
	/** Floating point operations that grow with the square of the length, and those that grow with it. */
	readonly quadratic: number;
	readonly linear: number;
	/** Entries of the score matrices. */
	readonly scores: number;
	readonly quadraticShare: number;
	readonly kvBytes: number;
}

export interface CostQuestion {
	/** Tokens of the prompt in the baseline language. */
	readonly prompt: number;
	/** Tokens in this language per baseline token. */
	readonly ratio: number;
	/** Of the whole declaration, in the language. */
	readonly declarationTokens: number;
	/** Code points of the declaration in the baseline language. */
	readonly baselineChars: number;
	readonly pricePerMillion: number | null;
	readonly window: number | null;
}

/** Model, number format and length of the prompt whose costs are calculated. */
export class Spending {
	/** Tokens in the baseline language. */
	prompt = $state(2000);
	#preset = $state.raw<ModelShapePreset | null>(MODEL_SHAPES[0]);
	#shape = $state.raw<ModelShape>(MODEL_SHAPES[0].shape);
	#format = $state.raw<NumberFormat>(formatOf(MODEL_SHAPES[0].dtype));

	/** `null` once a figure was edited. */
	get preset(): ModelShapePreset | null {
		return this.#preset;
	}
	get shape(): ModelShape {
		return this.#shape;
	}
	get format(): NumberFormat {
		return this.#format;
	}

	/** Takes over a published shape with its number format. */
	choose(name: string): void {
		const preset = MODEL_SHAPES.find((known) => known.name === name);
		if (!preset) return;
		this.#preset = preset;
		this.#shape = preset.shape;
		this.#format = formatOf(preset.dtype);
	}

	setField(field: ShapeField, value: number): void {
		this.setShape({ ...this.#shape, [field]: value });
	}
	setShape(shape: ModelShape): void {
		this.#shape = shape;
		this.#preset = null;
	}
	setFormat(name: string): void {
		this.#format = NUMBER_FORMATS.find((known) => known.name === name) ?? this.#format;
	}

	/** Whether the number format differs from the model's. */
	get formatChanged(): boolean {
		return this.#preset !== null && this.#preset.dtype !== this.#format.name;
	}

	/** Tokens at which both parts of the work are equal. */
	readonly evenLength = $derived(evenLength(this.#shape));

	/** Reading so many tokens. */
	reading(tokens: number): { readonly tokens: number; readonly quadraticShare: number } {
		return { tokens, quadraticShare: attentionCost(tokens, this.#shape).quadraticShare };
	}

	of(question: CostQuestion): PromptCost {
		const { prompt, ratio, window, pricePerMillion, declarationTokens } = question;
		const tokens = prompt * ratio;
		const hasWindow = window !== null && window > 0;
		const { quadratic, linear, scores, quadraticShare } = attentionCost(tokens, this.#shape);
		return {
			tokens,
			price: pricePerMillion === null ? null : price(tokens, pricePerMillion),
			windowShare: hasWindow ? tokens / window : null,
			pages: hasWindow ? pagesInWindow(declarationTokens, window, question.baselineChars) : null,
			quadratic,
			linear,
			scores,
			quadraticShare,
			kvBytes: kvCacheBytes(tokens, this.#shape, this.#format.bytes)
		};
	}
}

function formatOf(name: string): NumberFormat {
	const format = NUMBER_FORMATS.find((known) => known.name === name);
	if (!format) throw new Error(`expected a number format named ${name} in content/model-shapes.ts`);
	return format;
}
