import { createTokenizer, type Tokenizer } from '../../engine';
import { startComparison } from '../comparison';
import { describeWitness } from '../messages';
import { VERDICTS, type HubFileDifference, type HubFileFindings, type Witness } from '../types';
import { FolderPair, harmless, silent, WRITTEN_DIFFERENTLY, type Change } from './folders';
import {
	describeClasses,
	describeOtherFields,
	describeToken,
	describeValues,
	EACH_ALONE,
	NO_DIFFERENCE,
	NO_EFFECT,
	TOGETHER
} from './messages';
import { parseObject, ROLES, type HubFiles, type HubSettings, type Role } from './settings';
import {
	loadAsTransformers,
	specOf,
	type LoadedTokenizer,
	type TokenizerObject
} from './transformers';
import {
	compareGeneration,
	comparePadding,
	compareTemplates,
	compareUse,
	paddedDifferently
} from './use';
import { canonicalJson } from '../equal';
import { reasonOf } from '../../engine/text';
import { orNull } from '../calls';

export interface HubSide {
	/** The parsed tokenizer.json. The lab must be able to read it. */
	readonly tokenizer: TokenizerObject;
	readonly files: HubFiles;
}

/**
 * Compares how transformers uses the files next to A's tokenizer.json and those next to B's. Tries each differing field
 * alone: sets it to B's value in a copy of A and compares the output with A's.
 * @param rows row count of the model's embedding; `null` for the known row count of A's models
 * @throws Error with a one-line message if a file is malformed
 */
export async function compareHubFiles(
	a: HubSide,
	b: HubSide,
	rows: number | null = null
): Promise<HubFileFindings> {
	const pair = new FolderPair(a.files, b.files);
	if (pair.bothHave('tokenizer_config.json')) {
		const stages = new StageComparison(a.tokenizer, pair, rows);
		await stages.compareFields();
		compareUse(pair, stages.used);
		await stages.compareRoles();
		compareRest(pair);
	}
	compareTemplates(pair);
	if (pair.bothHave('generation_config.json')) compareGeneration(pair);
	const rank = ({ severity }: HubFileDifference) => VERDICTS.indexOf(severity);
	const differences = pair.differences.toSorted((x, y) => rank(y) - rank(x));
	const isAlone = differences.filter(({ witness }) => witness !== null).length < 2;
	return { differences, notes: isAlone ? pair.notes : [...pair.notes, EACH_ALONE] };
}

/** Fields that change the tokens or stages of the tokenizer that transformers loads. */
const STAGE_FIELDS = [
	['config.json', 'model_type', 'model_type'],
	['tokenizer_config.json', 'tokenizer_class', 'tokenizer_class'],
	['tokenizer_config.json', 'legacy', 'legacy'],
	['tokenizer_config.json', 'add_prefix_space', 'add_prefix_space'],
	['tokenizer_config.json', 'added_tokens_decoder', 'added_tokens_decoder'],
	['added_tokens.json', null, 'added_tokens'],
	['tokenizer_config.json', 'extra_special_tokens', 'extra_special_tokens'],
	['tokenizer_config.json', 'additional_special_tokens', 'extra_special_tokens'],
	['special_tokens_map.json', 'additional_special_tokens', 'extra_special_tokens']
] as const;

type StageKey = (typeof STAGE_FIELDS)[number][2];

interface Judgement {
	readonly severity: 'silent' | 'crash' | null;
	readonly witness: Witness<'transformers'> | null;
	readonly problem: string | null;
}

/** Compares the output of A with the output of a changed copy of A. */
class StageComparison {
	readonly #loaded: LoadedTokenizer;
	readonly #built = new Map<string, Tokenizer>();

	constructor(
		private readonly tokenizer: TokenizerObject,
		private readonly pair: FolderPair,
		private readonly rows: number | null
	) {
		this.#loaded = loadAsTransformers(tokenizer, pair.a);
	}

	get used() {
		const { padding_side } = this.pair.b;
		const changed = this.#load({ padding_side });
		return {
			tokenizer: orNull(() => this.#build(this.#loaded)),
			pad: this.#loaded.roles.pad_token,
			paddingSides: [this.#loaded.paddingSide, changed.paddingSide] as const
		};
	}

	async compareFields(): Promise<void> {
		const { pair } = this;
		const { a, b } = pair;
		const without: HubFileDifference[] = [];
		let isFound = false;
		for (const [file, field, key] of STAGE_FIELDS) {
			if (!pair.differ(file, field)) continue;
			const isSame = canonicalJson(a[key]) === canonicalJson(b[key]);
			// If only one side has a config.json, its model type applies to both sides. The model type affects only the
			// choice of the tokenizer class.
			if (key === 'model_type' && isSame) continue;
			const change = isSame
				? WRITTEN_DIFFERENTLY
				: await this.#compareField(this.#load({ [key]: b[key] }), key);
			if (key === 'model_type' && change.changes === 'nothing') continue;
			const difference = pair.add(file, field, change);
			if (change.changes !== 'nothing') isFound = true;
			else if (!isSame) without.push(difference);
		}
		if (isFound || without.length < 2) return;
		const all = Object.fromEntries(STAGE_FIELDS.map(([, , key]) => [key, b[key]]));
		const { severity, witness } = await this.#judge(this.#load(all));
		if (severity === null) return;
		for (const difference of without) {
			const at = pair.differences.indexOf(difference);
			const sentence = witness ? `${TOGETHER} ${describeWitness(witness)}` : TOGETHER;
			pair.differences[at] = { ...difference, severity, witness, changes: 'ids', sentence };
		}
	}

	async compareRoles(): Promise<void> {
		const { pair } = this;
		for (const role of ROLES) {
			const inConfig = pair.differ('tokenizer_config.json', role);
			if (!inConfig && !pair.differ('special_tokens_map.json', role)) continue;
			const file = inConfig ? 'tokenizer_config.json' : 'special_tokens_map.json';
			const roles = { ...pair.a.roles, [role]: pair.b.roles[role] };
			const changed = this.#load({ roles });
			const { severity, witness } = await this.#judge(changed);
			const [before, after] = [this.#loaded.roles[role], changed.roles[role]];
			if (severity !== null) {
				const sentence = describeValues(describeToken(before), describeToken(after));
				const example = witness ? ` ${describeWitness(witness)}` : '';
				pair.add(file, role, { ...changeOf(severity, witness), sentence: sentence + example });
			} else if (before?.content === after?.content && before?.id === after?.id) {
				pair.add(file, role, WRITTEN_DIFFERENTLY);
			} else {
				pair.add(file, role, this.#roleChange(role, before, after));
			}
		}
	}

	#roleChange(
		role: Role,
		before: LoadedTokenizer['roles'][Role],
		after: LoadedTokenizer['roles'][Role]
	): Change {
		const sentence = describeValues(describeToken(before), describeToken(after), role);
		if (role === 'bos_token' || role === 'eos_token') return silent('generation', sentence);
		if (role !== 'pad_token') return harmless(sentence);
		if (!before || !after) return silent('batches', sentence);
		const { paddingSide } = this.#loaded;
		const [a, b] = [before.id, after.id].map((id) => [paddingSide, id] as const);
		return paddedDifferently(this.used.tokenizer, a, b, sentence);
	}

	/** Describes the effect of a change to the stages. A tokenizer class also determines the padding side. */
	async #compareField(b: LoadedTokenizer, key: StageKey): Promise<Change> {
		const change = await this.#compareOutput(b, key);
		if (change.changes !== 'nothing') return change;
		const padding = comparePadding({
			...this.used,
			paddingSides: [this.#loaded.paddingSide, b.paddingSide]
		});
		if (padding.changes === 'nothing') return change;
		return { ...padding, sentence: `${describeClasses(this.#loaded, b)} ${padding.sentence}` };
	}

	async #compareOutput(b: LoadedTokenizer, key: StageKey): Promise<Change> {
		const a = this.#loaded;
		const isClass = key === 'tokenizer_class' || key === 'model_type';
		const words = isClass ? `${describeClasses(a, b)} ` : '';
		if (b.key === a.key) {
			return this.#isWrittenDifferently(key) ? WRITTEN_DIFFERENTLY : harmless(words + NO_EFFECT);
		}
		const canRun = ({ kind }: LoadedTokenizer) => kind === 'plain' || kind === 'bpe';
		if (!canRun(b) || !canRun(a)) return silent('ids', words.trim());
		const { severity, witness, problem } = await this.#judge(b);
		if (severity === null) return harmless(words + NO_DIFFERENCE);
		const example = witness ? describeWitness(witness) : (problem ?? '');
		return { ...changeOf(severity, witness), sentence: words + example };
	}

	/** Whether two values of a field that load the same tokenizer are only different ways to write the same setting. */
	#isWrittenDifferently(key: StageKey): boolean {
		const { a, b } = this.pair;
		switch (key) {
			case 'tokenizer_class':
				return plainName(a.tokenizer_class) === plainName(b.tokenizer_class);
			case 'legacy':
			case 'add_prefix_space':
				// A class that builds its own stages treats both values alike, often because one is its default.
				return this.#loaded.kind === 'bpe';
			case 'added_tokens_decoder':
			case 'added_tokens':
				return true;
			default:
				return false;
		}
	}

	async #judge(b: LoadedTokenizer): Promise<Judgement> {
		const a = this.#loaded;
		if (b.key === a.key) return { severity: null, witness: null, problem: null };
		try {
			const [sideA, sideB] = [a, b].map((loaded) => ({ tokenizer: this.#build(loaded) }));
			const { output } = (await startComparison(sideA, sideB, { rows: this.rows })).findings;
			const [first] = output.witnesses;
			const witness = first ? ({ ...first, reference: 'transformers' } as const) : null;
			return { severity: output.severity, witness, problem: null };
		} catch (error) {
			return { severity: 'crash', witness: null, problem: `It stops: ${reasonOf(error)}.` };
		}
	}

	readonly #load = (change: Partial<HubSettings>): LoadedTokenizer =>
		loadAsTransformers(this.tokenizer, { ...this.pair.a, ...change });

	/** @throws Error if the engine, like transformers, can't run the tokenizer */
	#build(loaded: LoadedTokenizer): Tokenizer {
		const known = this.#built.get(loaded.key);
		if (known) return known;
		const made = createTokenizer(specOf(loaded));
		this.#built.set(loaded.key, made);
		return made;
	}
}

const changeOf = (severity: 'silent' | 'crash', witness: Witness<'transformers'> | null) =>
	({ severity, changes: witness?.does === 'decode' ? 'text' : 'ids', witness }) as const;

/**
 * Class name without "Fast"; `null` for classes that use tokenizer.json unchanged in both major versions of
 * transformers.
 */
function plainName(name: string | null): string | null {
	const short = name?.replaceAll('Fast', '') ?? null;
	return short === 'TokenizersBackend' || short === 'PreTrainedTokenizer' ? null : short;
}

/** Fields in tokenizer_config.json that only record where the files came from. */
const ORIGIN_FIELDS = new Set([
	'_commit_hash',
	'backend',
	'is_local',
	'local_files_only',
	'name_or_path',
	'processor_class',
	'special_tokens_map_file',
	'tokenizer_file',
	'transformers_version'
]);

/** Adds differences in fields that aren't compared elsewhere, and files that differ only in formatting. */
function compareRest(pair: FolderPair): void {
	const file = 'tokenizer_config.json';
	const [a, b] = [pair.filesA, pair.filesB].map((files) => parseObject(files, file).object());
	const compared = new Set(
		pair.differences.filter((one) => one.file === file).map(({ field }) => field)
	);
	const isWrittenDifferently = (key: string) =>
		canonicalJson(a[key] ?? null) !== canonicalJson(b[key] ?? null);
	const others = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
		(key) => key !== 'chat_template' && !compared.has(key) && isWrittenDifferently(key)
	);
	const unknown = others.filter((key) => !ORIGIN_FIELDS.has(key));
	if (unknown.length > 0) pair.add(file, null, harmless(describeOtherFields(unknown)));
	for (const name of [file, 'special_tokens_map.json', 'added_tokens.json'] as const) {
		const isTold = pair.differences.some((one) => one.file === name);
		// Templates are compared separately.
		const isTemplate = name === file && isWrittenDifferently('chat_template');
		if (isTold || isTemplate || pair.filesA.get(name) === pair.filesB.get(name)) continue;
		pair.add(name, null, WRITTEN_DIFFERENTLY);
	}
}
