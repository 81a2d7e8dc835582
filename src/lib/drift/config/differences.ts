import {
	listOfPairs,
	type AddedTokenSpec,
	type BpeModelSpec,
	type TokenizerSpec
} from '../../engine';
import {
	differingLength,
	NO_BATCH_FIELDS,
	padsDifferently,
	type BatchFields
} from '../truncation-and-padding';
import {
	describeAddedTokensField,
	describeMergesField,
	describeTruncation,
	describeVocabularyField,
	REASONS
} from './messages';
import { plural } from '../../engine/text';
import { formatContents } from '../format';
import { ADDED_TOKEN_FLAGS } from '../edits/spec-edit';
import { mergesOf, withListedMerges } from '../edits/table-edits';
import { compareMerges, type ChangedMerge } from '../merges';
import { byContent, templateLayers } from '../special-tokens';
import type { MergesFindings, VocabularyFindings } from '../types';
import { compareVocabularies } from '../vocabulary';
import { normalSteps, stageOf, stepsOf, type Stage, type StageSpecs, type Step } from './stages';
import { canonicalJson, isSameVocabulary } from '../equal';

export interface FieldDifference {
	/** Path of the field in tokenizer.json. */
	readonly field: string;
	readonly a: unknown;
	readonly b: unknown;
	/**
	 * Stage whose output shows the difference; absent for the model, added tokens, post-processor, truncation, padding
	 * and dropout.
	 */
	readonly stage?: Stage;
	/** Description of the difference, if the field's values don't show it. */
	readonly what?: string;
	/**
	 * Set if the effect of the difference is known without running the tokenizers, so that no witness is needed. Only
	 * differences in truncation, padding or dropout can be `silent` here; all other differences for which this is set
	 * don't affect the output.
	 */
	readonly proven?: {
		readonly severity: 'silent' | 'harmless' | 'formatting-only';
		readonly because: string;
	};
	/** Sets A's field to B's value, so that inputs show whether the field matters. */
	readonly apply: (spec: TokenizerSpec) => TokenizerSpec;
}

/** All differences between two tokenizers, each evaluated as far as is possible without running them. */
interface SpecComparison {
	readonly vocabulary: VocabularyFindings;
	readonly merges: MergesFindings;
	/** Empty if the vocabularies have little in common, because nearly every merge would differ. */
	readonly changedMerges: readonly ChangedMerge[];
	/** In the order of the fields in tokenizer.json. */
	readonly fields: readonly FieldDifference[];
}

export function compareSpecs(
	a: TokenizerSpec,
	b: TokenizerSpec,
	batch = { a: NO_BATCH_FIELDS, b: NO_BATCH_FIELDS }
): SpecComparison {
	const { findings: vocabulary, idInA } = compareVocabularies(a, b);
	const { findings: merges, changes } = compareMerges(a, b, idInA);
	const changedMerges = vocabulary.sameLineage ? changes() : [];
	const fields = [
		...batchDifferences(batch.a, batch.b),
		...addedTokenDifferences(a, b),
		...stageDifferences('normalizer', a, b),
		...stageDifferences('pre_tokenizer', a, b),
		...modelDifferences({ a, b, vocabulary, merges }),
		...postProcessorDifferences(a, b),
		...stageDifferences('decoder', a, b)
	];
	return { vocabulary, merges, changedMerges, fields };
}

const same = (spec: TokenizerSpec): TokenizerSpec => spec;

function batchDifferences(a: BatchFields, b: BatchFields): FieldDifference[] {
	const length = differingLength(a, b);
	const effects = {
		truncation: length === null ? null : describeTruncation(length),
		padding: padsDifferently(a, b) ? REASONS.padding : null,
		dropout: REASONS.dropout
	};
	return (['truncation', 'padding', 'dropout'] as const)
		.filter((name) => canonicalJson(a[name]) !== canonicalJson(b[name]))
		.map((name): FieldDifference => {
			const effect = effects[name];
			return {
				field: name === 'dropout' ? 'model.dropout' : name,
				a: a[name],
				b: b[name],
				proven:
					effect === null
						? { severity: 'harmless', because: REASONS.sameBatches }
						: { severity: 'silent', because: effect },
				apply: same
			};
		});
}

/** One difference for the added tokens and their ids, and one for each flag that differs. */
function addedTokenDifferences(a: TokenizerSpec, b: TokenizerSpec): FieldDifference[] {
	const [inA, inB] = [byContent(a.added_tokens), byContent(b.added_tokens)];
	const onlyA = a.added_tokens.filter(({ content, id }) => inB.get(content)?.id !== id);
	const onlyB = b.added_tokens.filter(({ content, id }) => inA.get(content)?.id !== id);
	const found: FieldDifference[] = [];
	if (onlyA.length > 0 || onlyB.length > 0) {
		const brief = ({ id, content }: AddedTokenSpec) => ({ id, content });
		found.push({
			field: 'added_tokens',
			a: onlyA.map(brief),
			b: onlyB.map(brief),
			what: describeAddedTokensField(
				onlyA.filter(({ content }) => !inB.has(content)),
				onlyB.filter(({ content }) => !inA.has(content)),
				onlyA.filter(({ content }) => inB.has(content))
			),
			apply: (spec) => ({
				...spec,
				added_tokens: b.added_tokens.map((token) => ({
					...(inA.get(token.content) ?? token),
					id: token.id
				}))
			})
		});
	}
	for (const flag of ADDED_TOKEN_FLAGS) {
		const changed = a.added_tokens.filter(({ content, [flag]: value }) => {
			const other = inB.get(content);
			return other !== undefined && other[flag] !== value;
		});
		if (changed.length === 0) continue;
		found.push({
			field: `added_tokens[].${flag}`,
			a: changed[0][flag],
			b: !changed[0][flag],
			what: `${flag} of ${formatContents(changed)}`,
			apply: (spec) => ({
				...spec,
				added_tokens: spec.added_tokens.map((token) => {
					const other = inB.get(token.content);
					return other ? { ...token, [flag]: other[flag] } : token;
				})
			})
		});
	}
	return found;
}

/** Differences in a stage: field by field if both sides have the same types of steps, and as a whole if they don't. */
function stageDifferences(stage: Stage, a: TokenizerSpec, b: TokenizerSpec): FieldDifference[] {
	if (canonicalJson(a[stage]) === canonicalJson(b[stage])) return [];
	const [stepsA, stepsB] = [stepsOf(a, stage), stepsOf(b, stage)];
	const [specsA, specsB] = [stepsA.map(specOf), stepsB.map(specOf)];
	const whole: FieldDifference = {
		field: stage,
		a: a[stage],
		b: b[stage],
		stage,
		// ByteLevel determines how the vocabulary is spelled, so the stage and the vocabulary are replaced together.
		apply: (spec) =>
			stage === 'pre_tokenizer' && a.model.byte_level !== b.model.byte_level
				? { ...spec, [stage]: b[stage], model: { ...spec.model, ...tablesOf(b.model) } }
				: { ...spec, [stage]: b[stage] }
	};
	if (canonicalJson(specsA) === canonicalJson(specsB)) {
		return [{ ...whole, proven: { severity: 'formatting-only', because: REASONS.sameSteps } }];
	}
	const isSame =
		canonicalJson(normalSteps(stage, specsA)) === canonicalJson(normalSteps(stage, specsB));
	const proven =
		isSame && ({ proven: { severity: 'harmless', because: REASONS.sameRules } } as const);
	const aligned =
		specsA.length === specsB.length && specsA.every(({ type }, i) => type === specsB[i].type);
	if (!aligned || a.model.byte_level !== b.model.byte_level) {
		return [{ ...whole, ...proven }];
	}
	return stepsA.flatMap((step, i) => {
		const [fieldsA, fieldsB]: readonly StepFields[] = [{ ...step.spec }, { ...specsB[i] }];
		return differingFields(fieldsA, fieldsB).map((name): FieldDifference => {
			const [valueA, valueB] = [fieldsA[name] ?? null, fieldsB[name] ?? null];
			const [regexA, regexB] = [regexOf(valueA), regexOf(valueB)];
			const isRegex = regexA !== null && regexB !== null;
			return {
				field: `${step.field}.${name}${isRegex ? '.Regex' : ''}`,
				a: isRegex ? regexA : valueA,
				b: isRegex ? regexB : valueB,
				stage,
				...proven,
				apply: (spec) => {
					const steps = stepsOf(spec, stage).map(specOf);
					const edited = steps.with(i, { ...steps[i], [name]: valueB });
					return { ...spec, [stage]: stageOf(stage, edited) };
				}
			};
		});
	});
}

type StepFields = Readonly<Record<string, unknown>>;

const specOf = ({ spec }: Step<Stage>): StageSpecs[Stage] => spec;

const differingFields = (a: StepFields, b: StepFields): string[] =>
	[...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
		(name) => canonicalJson(a[name] ?? null) !== canonicalJson(b[name] ?? null)
	);

function regexOf(value: unknown): string | null {
	if (typeof value !== 'object' || value === null || !('Regex' in value)) return null;
	return typeof value.Regex === 'string' ? value.Regex : null;
}

interface ModelInputs extends Pick<SpecComparison, 'vocabulary' | 'merges'> {
	readonly a: TokenizerSpec;
	readonly b: TokenizerSpec;
}

function modelDifferences(inputs: ModelInputs): FieldDifference[] {
	const { a, b, vocabulary } = inputs;
	const found: FieldDifference[] = [];
	const isListed = (a.model.merges === null) === (b.model.merges === null);
	// If only one side lists merges, list the merges that the other side implies.
	const [modelA, modelB] = isListed
		? [a.model, b.model]
		: [withListedMerges(a.model), withListedMerges(b.model)];
	for (const flag of ['unk_token', 'fuse_unk', 'byte_fallback', 'ignore_merges'] as const) {
		// Without listed merges, a pre-token that equals a token always becomes that token.
		if (flag === 'ignore_merges' && modelA.merges === null && modelB.merges === null) continue;
		if (modelA[flag] === modelB[flag]) continue;
		found.push({
			field: `model.${flag}`,
			a: modelA[flag],
			b: modelB[flag],
			apply: (spec) => ({
				...spec,
				model: { ...(isListed ? spec.model : withListedMerges(spec.model)), [flag]: modelB[flag] }
			})
		});
	}
	const otherVocabulary = !isSameVocabulary(vocabulary);
	if (otherVocabulary) {
		found.push({
			field: 'model.vocab',
			a: plural(vocabulary.sizeA, 'token'),
			b: plural(vocabulary.sizeB, 'token'),
			what: describeVocabularyField(vocabulary),
			apply: (spec) => withTables(spec, b)
		});
	}
	const merges = mergesDifference(inputs, otherVocabulary);
	return merges ? [...found, merges] : found;
}

const tablesOf = ({ vocabulary, merges, byte_level, foreign_tokens }: BpeModelSpec) => ({
	vocabulary,
	merges,
	byte_level,
	foreign_tokens
});

/** Returns `spec` with the vocabulary, merges and added-token ids of `other`. */
function withTables(spec: TokenizerSpec, other: TokenizerSpec): TokenizerSpec {
	const ids = byContent(other.added_tokens);
	return {
		...spec,
		model: { ...spec.model, ...tablesOf(other.model) },
		added_tokens: spec.added_tokens.map((token) => ({
			...token,
			id: ids.get(token.content)?.id ?? token.id
		}))
	};
}

function mergesDifference(
	{ a, b, merges }: ModelInputs,
	otherVocabulary: boolean
): FieldDifference | null {
	const { sizeA, sizeB, added, removed, firstReordered } = merges;
	const common = { field: 'model.merges' };
	const isListed = ({ model }: TokenizerSpec) => model.merges !== null;
	if (added === 0 && removed === 0 && firstReordered === null) {
		if (isListed(a) === isListed(b)) return null;
		const format = (spec: TokenizerSpec) => (isListed(spec) ? 'listed' : 'implied by the ranks');
		return {
			...common,
			a: format(a),
			b: format(b),
			proven: { severity: 'formatting-only', because: REASONS.sameMerges },
			apply: same
		};
	}
	return {
		...common,
		a: plural(sizeA, 'merge'),
		b: plural(sizeB, 'merge'),
		what: describeMergesField(merges),
		// The ids in merges depend on the vocabulary.
		apply: otherVocabulary
			? (spec) => withTables(spec, b)
			: (spec) => ({ ...spec, model: { ...spec.model, merges: listOfPairs(mergesOf(b.model)) } })
	};
}

function postProcessorDifferences(a: TokenizerSpec, b: TokenizerSpec): FieldDifference[] {
	const [valueA, valueB] = [a.post_processor, b.post_processor];
	if (canonicalJson(valueA) === canonicalJson(valueB)) return [];
	const isSame = (['single', 'pair'] as const).every(
		(form) =>
			JSON.stringify(templateLayers(valueA, form)) === JSON.stringify(templateLayers(valueB, form))
	);
	return [
		{
			field: 'post_processor',
			a: valueA,
			b: valueB,
			...(isSame && {
				proven: { severity: 'harmless', because: REASONS.sameTemplate } as const
			}),
			apply: (spec) => ({ ...spec, post_processor: valueB })
		}
	];
}
