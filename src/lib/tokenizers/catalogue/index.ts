import type { Licence, LibraryName, TokenizerDescriptor } from './shared/descriptor';

/** Order of the makers; the others follow by name. */
const FAMILIES = ['OpenAI', 'Meta', 'Mistral AI', 'Alibaba', 'DeepSeek', 'Google'];

/** A file per tokenizer, so that adding one touches no list. */
const DESCRIPTORS = import.meta.glob<TokenizerDescriptor>(
	['./*.ts', '!./index.ts', '!./*.test.ts'],
	{ eager: true, import: 'descriptor' }
);

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Every tokenizer in the picker's order: by family, older first. */
export const CATALOGUE: readonly TokenizerDescriptor[] = Object.values(DESCRIPTORS).sort(
	(a, b) =>
		familyRank(a) - familyRank(b) ||
		compare(a.family, b.family) ||
		compare(a.since, b.since) ||
		compare(a.id, b.id)
);

function familyRank({ family }: TokenizerDescriptor): number {
	const at = FAMILIES.indexOf(family);
	return at < 0 ? FAMILIES.length : at;
}

const BY_NAME = new Map(
	CATALOGUE.flatMap((descriptor) =>
		[descriptor.id, ...(descriptor.aliases ?? [])].map((name) => [name, descriptor])
	)
);

/** Descriptor with an id or an alias, or `undefined`. */
export const findDescriptor = (name: string): TokenizerDescriptor | undefined => BY_NAME.get(name);

/** Words in the names of models that have the tokenizer of the model without them. */
const VARIANTS = /^(?:meta|instruct|chat|it|hf|base|latest|preview)$/;
/** Sizes such as `70b`, and dates such as `2024-08-06`, `0613` or `20241022`. */
const SIZES_AND_DATES = /-(?:\d+(?:\.\d+)?[bm]|\d{4}-\d{2}-\d{2}|\d{4}|\d{8})(?=-|$)/g;

/** Makers on the Hugging Face Hub. Any other word before a slash may be a folder. */
const MAKERS =
	/^(?:allenai|anthropic|deepseek-ai|eleutherai|google|internlm|meta-llama|microsoft|minimaxai|mistralai|moonshotai|openai|qwen|zai-org)\//i;

/** Words of a model's name without its maker: lower case, joined by hyphens, without parentheses. */
const plainName = (name: string): string =>
	name
		.replace(MAKERS, '')
		.replace(/\(.*?\)/g, '')
		.trim()
		.toLowerCase()
		.replace(/[\s_-]+/g, '-');
const withoutVariants = (name: string): string =>
	name
		.split('-')
		.filter((word) => !VARIANTS.test(word))
		.join('-');

const BY_MODEL = new Map(
	CATALOGUE.flatMap((descriptor) =>
		descriptor.models.map(({ name }) => [plainName(name), descriptor])
	)
);

/**
 * Tokenizer of a model, by the model's name as its maker's interface or the Hugging Face Hub writes it: `gpt-4o-2024-08-06`,
 * `llama-3.1-70b`, `google/gemma-3-27b-it`. `undefined` for a model that the catalogue does not list.
 */
export function findByModel(name: string): TokenizerDescriptor | undefined {
	const plain = plainName(name);
	const general = withoutVariants(plain);
	return (
		BY_MODEL.get(plain) ??
		BY_MODEL.get(general) ??
		BY_MODEL.get(general.replace(SIZES_AND_DATES, ''))
	);
}

/** Name of a model that uses a tokenizer; `null` if none is known. */
export const firstModel = (tokenizer: string): string | null =>
	findDescriptor(tokenizer)?.models.at(0)?.name ?? null;

/** Descriptor with an id or an alias. @throws Error naming the id if the catalogue lacks it */
export function getDescriptor(name: string): TokenizerDescriptor {
	const descriptor = findDescriptor(name);
	if (!descriptor) {
		throw new Error(
			`unknown tokenizer "${name}"; the catalogue has ${CATALOGUE.map(({ id }) => id).join(', ')}`
		);
	}
	return descriptor;
}

/** Ids of a tokenizer and of those that its file is stored as a difference from, each before the one it inherits from. */
export const familyOf = ({ id, parent }: TokenizerDescriptor): string[] =>
	parent === undefined ? [id] : [id, ...familyOf(getDescriptor(parent))];

/** Id that an alias names. Any other name is returned unchanged. */
export const resolveAlias = (name: string): string => findDescriptor(name)?.id ?? name;

/** Describes the terms of a vocabulary beyond its licence's name: the licence's note, and the file that comes with it. */
export function describeTerms({
	licence,
	parent
}: {
	readonly licence?: Pick<Licence, 'name' | 'note'>;
	readonly parent?: string;
}): string {
	const other = parent === undefined ? undefined : getDescriptor(parent).licence.name;
	const stored =
		other === undefined || other === licence?.name
			? ''
			: `Its file lists only the differences from ${parent}, which is loaded with it. The licence of ${parent}: ${other}.`;
	return [licence?.note ?? '', stored].filter(Boolean).join(' ');
}

/** Library that checks a tokenizer's ids. Saved tokenizers are checked by the one that reads any tokenizer.json. */
export const libraryOf = (tokenizer: string): LibraryName =>
	findDescriptor(tokenizer)?.library ?? 'transformers.js';

/** Id of the live tokenizer, which the page trains. */
export const LIVE_TOKENIZER = 'yours';

/** Shown by default: two generations of one maker, a SentencePiece tokenizer, and the live tokenizer. */
export const DEFAULT_TOKENIZERS: readonly string[] = [
	'cl100k_base',
	'o200k_base',
	'gemma3',
	LIVE_TOKENIZER
];
