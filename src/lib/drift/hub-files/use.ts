import type { Tokenizer } from '../../engine';
import { outcomeOfIds } from '../compare-output';
import { CLEAN_UPS } from '../edits/apply';
import { describeWitness } from '../messages';
import { MORE_TEMPLATES } from '../../tokenizers/files/recognize';
import {
	harmless,
	inTransformers,
	silent,
	WRITTEN_DIFFERENTLY,
	type Change,
	type FolderPair
} from './folders';
import {
	BOS_AND_EOS,
	CLEAN_UP,
	describeTemplates,
	describeValues,
	fileNotCompared,
	NO_DIFFERENCE,
	NO_PAD_TOKEN,
	SPLIT_SPECIAL
} from './messages';
import { GENERATION_FIELDS, parseObject, type HubFiles } from './settings';
import type { LoadedTokenizer } from './transformers';
import { canonicalJson, equalNumbers } from '../equal';

type Side = LoadedTokenizer['paddingSide'];

/** A's tokenizer as transformers runs it, and whether A's and B's settings pad on the left or on the right. */
export interface UsedTokenizer {
	/** `null` if the lab can't run the tokenizer. */
	readonly tokenizer: Tokenizer | null;
	readonly pad: LoadedTokenizer['roles']['pad_token'];
	readonly paddingSides: readonly [a: Side, b: Side];
}

/** Compares how a tokenizer is used: special tokens in text, clean-up, padding and truncation. */
export function compareUse(pair: FolderPair, used: UsedTokenizer): void {
	const { a, b } = pair;
	const { tokenizer } = used;
	const compare = (field: string, isSame: boolean, change: () => Change) =>
		pair.compare('tokenizer_config.json', field, isSame, change);
	const [splitsA, splitsB] = [a.split_special_tokens, b.split_special_tokens];
	compare('split_special_tokens', splitsA === splitsB, () => splitSpecial(tokenizer, splitsA));
	const [cleansA, cleansB] = [a.clean_up_tokenization_spaces, b.clean_up_tokenization_spaces];
	compare('clean_up_tokenization_spaces', cleansA === cleansB, () => cleanUp(tokenizer, cleansA));
	compare('padding_side', false, () => comparePadding(used));
	const [sideA, sideB] = [a.truncation_side ?? 'right', b.truncation_side ?? 'right'];
	compare('truncation_side', sideA === sideB, () =>
		silent('batches', describeValues(sideA, sideB, 'truncation_side'))
	);
	const [lengthA, lengthB] = [a.model_max_length, b.model_max_length];
	compare('model_max_length', lengthA === lengthB, () =>
		silent('batches', describeValues(lengthA, lengthB, 'model_max_length'))
	);
	for (const field of ['add_bos_token', 'add_eos_token']) {
		compare(field, false, () => harmless(BOS_AND_EOS));
	}
}

function splitSpecial(tokenizer: Tokenizer | null, inA: boolean): Change {
	const sentence = SPLIT_SPECIAL(inA ? 'A' : 'B');
	if (!tokenizer) return silent('ids', sentence);
	for (const { content, special } of tokenizer.spec.added_tokens) {
		if (!special) continue;
		const outcomes = (['parse', 'text'] as const).map((mode) =>
			outcomeOfIds(tokenizer, [...tokenizer.encode(content, { special: mode }).ids])
		);
		if (equalNumbers(outcomes[0].ids, outcomes[1].ids)) continue;
		const witness = inTransformers('encode', [content], inA ? outcomes.toReversed() : outcomes);
		return silent('ids', `${sentence} ${describeWitness(witness)}`, witness);
	}
	return harmless(`${sentence} ${NO_DIFFERENCE}`);
}

const cleanedUp = (text: string): string =>
	CLEAN_UPS.reduce((cleaned, [from, to]) => cleaned.replaceAll(from, to), text);

function cleanUp(tokenizer: Tokenizer | null, inA: boolean): Change {
	const sentence = CLEAN_UP(inA ? 'A' : 'B');
	if (!tokenizer) return silent('text', sentence);
	for (const [spaced] of CLEAN_UPS) {
		const input = `x${spaced}`;
		const { ids, text } = outcomeOfIds(tokenizer, [...tokenizer.encode(input).ids]);
		if (cleanedUp(text) === text) continue;
		const outcomes = [text, cleanedUp(text)].map((one) => ({ ids, text: one }));
		const witness = inTransformers('decode', [input], inA ? outcomes.toReversed() : outcomes);
		return silent('text', `${sentence} ${describeWitness(witness)}`, witness);
	}
	return harmless(`${sentence} ${NO_DIFFERENCE}`);
}

export function comparePadding({ tokenizer, pad, paddingSides: [a, b] }: UsedTokenizer): Change {
	if (a === b) return WRITTEN_DIFFERENTLY;
	const sentence = describeValues(a, b, 'padding_side');
	if (!pad) return harmless(`${sentence} ${NO_PAD_TOKEN}`);
	return paddedDifferently(tokenizer, [a, pad.id], [b, pad.id], sentence);
}

const BATCH = ['Hello', 'Hello world, hello'];

/** Shows how both sides pad a batch of a short text and a longer one. */
export function paddedDifferently(
	tokenizer: Tokenizer | null,
	a: readonly [Side, id: number],
	b: readonly [Side, id: number],
	sentence: string
): Change {
	if (!tokenizer) return silent('batches', sentence);
	const [short, long] = BATCH.map((text) => [
		...tokenizer.encode(text, { special: 'parse', addSpecialTokens: true }).ids
	]);
	if (short.length >= long.length) return silent('batches', sentence);
	const outcomes = [a, b].map(([side, id]) => {
		const padding = Array<number>(long.length - short.length).fill(id);
		return outcomeOfIds(
			tokenizer,
			side === 'left' ? [...padding, ...short] : [...short, ...padding]
		);
	});
	const witness = inTransformers('encode-batch', BATCH, outcomes, true);
	return silent('batches', `${sentence} ${describeWitness(witness)}`, witness);
}

/** Compares chat templates that have the same name on both sides, as Jinja reads them. */
export function compareTemplates(pair: FolderPair): void {
	const { filesA, filesB } = pair;
	const [a, b] = [pair.a.templates, pair.b.templates];
	const isSilent = (files: HubFiles, templates: typeof a) =>
		templates.size === 0 && !files.has('tokenizer_config.json');
	// If a side has none of the files that could contain a template, its template is unknown.
	if (isSilent(filesA, a) || isSilent(filesB, b)) {
		if (a.size + b.size > 0)
			pair.notes.push(fileNotCompared('The chat template', a.size > 0 ? 'A' : 'B'));
		return;
	}
	const fileOf = (name: string) =>
		[`${MORE_TEMPLATES}/${name}.jinja`, name, 'chat_template.jinja'].find(
			(file) => filesA.has(file) || filesB.has(file)
		) ?? 'tokenizer_config.json';
	let isSame = true;
	for (const name of new Set([...a.keys(), ...b.keys()])) {
		const [inA, inB] = [a.get(name), b.get(name)];
		if (inA === inB) continue;
		isSame = false;
		const sentence = describeTemplates(inA, inB);
		pair.differences.push({
			file: fileOf(name),
			field: name === 'default' ? 'chat_template' : `chat_template[${JSON.stringify(name)}]`,
			a: inA === undefined ? null : JSON.stringify(inA),
			b: inB === undefined ? null : JSON.stringify(inB),
			...(inA === undefined ? harmless(sentence) : silent('prompt', sentence))
		});
	}
	if (isSame && writtenTemplates(filesA) !== writtenTemplates(filesB)) {
		const where = { file: fileOf('default'), field: 'chat_template', a: null, b: null };
		pair.differences.push({ ...where, ...WRITTEN_DIFFERENTLY });
	}
}

const writtenTemplates = (files: HubFiles): string =>
	canonicalJson([
		[...files].filter(([path]) => path.endsWith('.jinja')).sort(),
		parseObject(files, 'tokenizer_config.json').get('chat_template').value ?? null
	]);

/** Compares the ids that begin, end and pad generated text. */
export function compareGeneration(pair: FolderPair): void {
	for (const field of GENERATION_FIELDS) {
		const [a, b] = [pair.a.generation[field], pair.b.generation[field]];
		const list = (ids: readonly number[]) => (ids.length === 0 ? null : ids.join(', '));
		pair.compare('generation_config.json', field, equalNumbers(a, b), () =>
			silent('generation', describeValues(list(a), list(b), field))
		);
	}
}
