import type { Licence, LibraryName, TokenizerDescriptor } from './shared/descriptor';

/** Makers listed first, in this order. Other makers follow alphabetically. */
const FAMILIES = ['OpenAI', 'Meta', 'Mistral AI', 'Alibaba', 'DeepSeek', 'Google'];

/** Descriptors are found by file name, so adding a tokenizer doesn't require editing a list. */
const DESCRIPTORS = import.meta.glob<TokenizerDescriptor>(
	['./*.ts', '!./index.ts', '!./*.test.ts'],
	{ eager: true, import: 'descriptor' }
);

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Built-in tokenizers in the picker's order: by family, then oldest first. */
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

/** Finds a descriptor by id or alias; `undefined` if there is no such descriptor. */
export const findDescriptor = (name: string): TokenizerDescriptor | undefined => BY_NAME.get(name);

/** Words in a model's name that don't affect which tokenizer it uses. */
const VARIANTS = /^(?:meta|instruct|chat|it|hf|base|latest|preview)$/;
/** Sizes such as `70b`, and dates such as `2024-08-06`, `0613` or `20241022`. */
const SIZES_AND_DATES = /-(?:\d+(?:\.\d+)?[bm]|\d{4}-\d{2}-\d{2}|\d{4}|\d{8})(?=-|$)/g;

/** Names of organisations on the Hugging Face Hub. Any other name before a slash might be a folder. */
const MAKERS =
	/^(?:allenai|anthropic|deepseek-ai|eleutherai|google|internlm|meta-llama|microsoft|minimaxai|mistralai|moonshotai|openai|qwen|zai-org)\//i;

/** Normalizes a model's name for comparison: lower-case words joined by hyphens, without the maker or parentheses. */
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
 * Finds a model's tokenizer by the name that the maker's API or the Hugging Face Hub uses for the model:
 * `gpt-4o-2024-08-06`, `llama-3.1-70b`, `google/gemma-3-27b-it`. `undefined` if the catalogue doesn't list the model.
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

/** Name of the first model listed for a tokenizer; `null` if no model is listed. */
export const firstModel = (tokenizer: string): string | null =>
	findDescriptor(tokenizer)?.models.at(0)?.name ?? null;

/** Finds a descriptor by id or alias. @throws Error that names the id if there is no such descriptor */
export function getDescriptor(name: string): TokenizerDescriptor {
	const descriptor = findDescriptor(name);
	if (!descriptor) {
		throw new Error(
			`unknown tokenizer "${name}"; the catalogue has ${CATALOGUE.map(({ id }) => id).join(', ')}`
		);
	}
	return descriptor;
}

/** Ids of a tokenizer and its ancestors, all of whose files are needed to load the tokenizer. */
export const withAncestors = ({ id, parent }: TokenizerDescriptor): string[] =>
	parent === undefined ? [id] : [id, ...withAncestors(getDescriptor(parent))];

/** Resolves an alias to an id. Returns any other name unchanged. */
export const resolveAlias = (name: string): string => findDescriptor(name)?.id ?? name;

/**
 * Describes a vocabulary's licence terms beyond the licence name: the note and, if different, the parent's licence.
 */
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

/** Library that checks a tokenizer's ids. For saved tokenizers, transformers.js, which reads any tokenizer.json. */
export const libraryOf = (tokenizer: string): LibraryName =>
	findDescriptor(tokenizer)?.library ?? 'transformers.js';

/** Id of the live tokenizer, which is trained in the browser. */
export const LIVE_TOKENIZER = 'yours';

/** Shown by default: two generations from one maker, a SentencePiece tokenizer, and the live tokenizer. */
export const DEFAULT_TOKENIZERS: readonly string[] = [
	'cl100k_base',
	'o200k_base',
	'gemma3',
	LIVE_TOKENIZER
];
