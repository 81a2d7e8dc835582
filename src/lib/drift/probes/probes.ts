import { vocabularySize } from '../../engine';
import { regexStrings, type PartCharacters } from '../regex/strings';
import { addedTokenProbes } from './added-tokens';
import {
	codePoints,
	completer,
	finestClasses,
	literalsOf,
	partNumbers,
	partsOf,
	patternsOf,
	repeatCounts,
	wordsByPart,
	type Complete
} from './characters';
import { onlyInOne } from './near-misses';
import { KINDS, REVEALING_INPUTS } from './revealing-inputs';
import {
	changedTokenProbes,
	mergeProbes,
	RANDOM_TOKEN_TEXTS,
	randomTokens,
	textOf,
	tokenProbes,
	type ProbePlan
} from './tokens';
import { memoize } from '../calls';
import { everyNth, seeded, spread, take } from '../sampling';

export interface ProbeGroup {
	readonly name: string;
	/** Approximate number of inputs. */
	readonly size: number;
	readonly texts: () => Iterable<string>;
	/** Whether to collect near misses. */
	readonly seeksNearMisses?: boolean;
}

/** Larger repetition counts in a pattern are ignored when building runs of characters. */
const MAX_RUN = 20_000;
/** Larger repetition counts are ignored when building runs followed by a character from each part of Unicode. */
const MAX_RUN_BEFORE_OTHERS = 2000;
/** For larger repetition counts, only one sample character per part of Unicode is repeated. */
const MAX_FULL_RUN = 300;
const RANDOM_TEXTS = 8000;
const SEED = 20260101;

/** Texts that contain a vocabulary's spelling of bytes or spaces, and other tricky texts. */
const SPELLED = [
	'<0x41>',
	'<0x0A>',
	'<0xE4><0xB8><0xAD>',
	'a <0x41> b',
	'<unk>',
	'▁',
	'▁a▁▁b',
	' ▁ a',
	'Ġ',
	'aĠb Ċ',
	'##a',
	'a</w>',
	'',
	' ',
	'  ',
	'\n'
];

/** If only fields with these paths differ, only text that contains added tokens can give different output. */
const ADDED_TOKENS = /^added_tokens/;
/** If only fields with these paths differ, the code points in one part of Unicode are all treated alike. */
const SPLIT_PATTERNS = /^pre_tokenizer.*\.Regex$/;

const onlyDiffers = ({ fields }: ProbePlan, what: RegExp): boolean =>
	fields.length > 0 && fields.every((field) => what.test(field));

/** Inputs that take only a fraction of a second to try. */
export function quickGroups(plan: ProbePlan): ProbeGroup[] {
	const context = contextOf(plan);
	const some: Complete = (bytes) => spread(context.complete(bytes), 6);
	const added = group('added tokens', 1500, () =>
		take(addedTokenProbes(plan.a.spec, plan.b.spec, 60), 3000)
	);
	const telling = group('telling texts', 60, () => [...REVEALING_INPUTS, ...SPELLED]);
	if (onlyDiffers(plan, ADDED_TOKENS)) return [telling, added];
	if (plan.areUnrelated) {
		return [
			telling,
			group('changed tokens', 1000, () => take(changedTokenProbes(plan, some), 1000))
		];
	}
	return [
		telling,
		group('changed tokens', 2000, () => take(changedTokenProbes(plan, some), 2000)),
		group('changed merges', 2000, () => take(mergeProbes(plan, some), 2000)),
		added,
		group('pattern strings', 2000, () => take(patternProbes(context), 2000)),
		group('rows of two', context.parts.length ** 2, () => sequences(context.parts, 2)),
		group('characters', 700, () => everyNth(characterProbes(), 61))
	];
}

/** The inputs that {@link quickGroups} omits. */
export function deepGroups(plan: ProbePlan): ProbeGroup[] {
	const context = contextOf(plan);
	const { parts, complete } = context;
	const added = group('added tokens', 8000, () => addedTokenProbes(plan.a.spec, plan.b.spec, 7000));
	if (onlyDiffers(plan, ADDED_TOKENS)) {
		return [added, group('tokens beside added tokens', 4000, () => besideAddedTokens(plan, 4000))];
	}
	const tokens = vocabularySize(plan.textsA) + vocabularySize(plan.textsB) / 4;
	return [
		group('changed merges', 5000, () => mergeProbes(plan, complete)),
		{ ...group('pattern strings', 20_000, () => patternProbes(context)), seeksNearMisses: true },
		group('runs', 6000, () => runProbes(plan, context)),
		added,
		onlyDiffers(plan, SPLIT_PATTERNS)
			? group('characters', 4600, () => everyNth(characterProbes(), 11))
			: group('characters', 46_000, characterProbes),
		group('rows of three', parts.length ** 3, () => sequences(parts, 3)),
		group('random rows', RANDOM_TEXTS, () => randomTexts(parts)),
		group('changed tokens', 1000, () => changedTokenProbes(plan, complete)),
		group('every token', tokens * 2, () =>
			tokenProbes(plan, completer(finestClasses([plan.a.spec, plan.b.spec]), plan.a))
		),
		group('rows of tokens', RANDOM_TOKEN_TEXTS, () => randomTokens(plan))
	];
}

const group = (name: string, size: number, texts: () => Iterable<string>): ProbeGroup => ({
	name,
	size: Math.ceil(size),
	texts
});

type Context = ReturnType<typeof contextOf>;

const contextOf = memoize(({ a, b }: ProbePlan) => {
	const specs = [a.spec, b.spec];
	const patterns = patternsOf(specs);
	const parts = partsOf(patterns);
	return {
		patterns,
		parts,
		literals: literalsOf(specs),
		complete: completer(partNumbers(parts).of, a)
	};
});

export const planParts = (plan: ProbePlan): readonly PartCharacters[] => contextOf(plan).parts;

/**
 * If `length` is 3: every sequence of three characters, taken from one sample character per part of Unicode. If
 * `length` is 2: every sequence of one or two characters, taken from all sample characters of each part and from {@link
 * KINDS}.
 */
function* sequences(parts: readonly PartCharacters[], length: 2 | 3): Generator<string> {
	const choices = parts.map(({ characters }) => (length === 2 ? characters : [characters[0]]));
	const all = [...new Set([...choices.flat(), ...(length === 2 ? KINDS : [])])];
	for (const first of all) {
		if (length === 2) yield first;
		for (const second of all) {
			if (length === 2) yield first + second;
			else for (const third of all) yield first + second + third;
		}
	}
}

function* randomTexts(parts: readonly PartCharacters[]): Generator<string> {
	const below = seeded(SEED);
	const characters = [...parts.flatMap((part) => part.characters), ...KINDS];
	for (let i = 0; i < RANDOM_TEXTS; i++) {
		let text = '';
		for (let left = 4 + below(10); left > 0; left--) text += characters[below(characters.length)];
		yield text;
	}
}

const BESIDE = ['a', 'B', '7', ' ', '\n', '.', "'", '中', '\u0301'] as const;
/** Maximum number of strings per pattern whose characters are changed one at a time. */
const MAX_EXCHANGED = 60;

/** Strings that the patterns match, literals in the stages, and variants of both. */
function* patternProbes({ patterns, parts, literals }: Context): Generator<string> {
	const strings = new Set(literals);
	for (const { node } of patterns) for (const text of regexStrings(node, parts)) strings.add(text);
	for (const text of strings) {
		if (text === '') continue;
		yield* [text, `a${text}a`, text + text];
		if (text.length > 24) continue;
		for (const beside of BESIDE) {
			yield beside + text;
			yield text + beside;
		}
		yield* [text.toUpperCase(), text.toLowerCase(), ` ${text} a`];
	}
	for (const { node } of patterns) {
		const some = spread(
			regexStrings(node, parts).filter((text) => text.length > 1 && text.length <= 16),
			MAX_EXCHANGED
		);
		for (const text of some) yield* exchanged(Array.from(text), parts);
	}
}

/** Changes one character at a time: removes it, doubles it, or replaces it with one from another part of Unicode. */
function* exchanged(
	characters: readonly string[],
	parts: readonly PartCharacters[]
): Generator<string> {
	for (let at = 0; at < characters.length; at++) {
		yield characters.toSpliced(at, 1).join('');
		yield characters.toSpliced(at, 0, characters[at]).join('');
		for (const { characters: others } of parts) yield characters.with(at, others[0]).join('');
	}
}

/** For each part of Unicode, runs of its characters that are at least as long as the repetition counts in the patterns. */
function* runProbes(plan: ProbePlan, { patterns, parts }: Context): Generator<string> {
	const counts = new Set([2, 3, 4, 8, 16, ...repeatCounts(patterns, MAX_RUN)]);
	yield* runsBeforeOthers(plan, parts);
	const words = wordsByPart([plan.textsA, plan.textsB], parts);
	for (const count of counts) {
		if (count > plan.longestRun) continue;
		const isLong = count > MAX_FULL_RUN;
		for (let i = 0; i < parts.length; i++) {
			const characters = isLong ? parts[i].characters.slice(0, 1) : parts[i].characters;
			for (const character of characters) {
				for (const more of isLong ? [1] : [0, 1, 2]) {
					const run = character.repeat(count + more);
					yield* [run, ` ${run}`, `${run} a`, `${run}a`];
				}
			}
			for (const word of isLong ? words[i].slice(0, 1) : words[i]) {
				const { length } = Array.from(word);
				for (let offset = 0; offset < length; offset++) {
					const run = Array.from(word.repeat(Math.ceil((2 * count + 2 * length) / length)));
					yield run.slice(offset, offset + count + length).join('');
					yield ` ${run.slice(offset, offset + 2 * count + length).join('')}`;
				}
			}
		}
	}
}

/**
 * Runs whose length reaches or exceeds a repetition count found in only one side's patterns, each followed by a
 * character from every part of Unicode in turn.
 */
function* runsBeforeOthers(plan: ProbePlan, parts: readonly PartCharacters[]): Generator<string> {
	const [ofA, ofB] = [plan.a.spec, plan.b.spec].map(
		(spec) => new Set(repeatCounts(patternsOf([spec]), MAX_RUN_BEFORE_OTHERS))
	);
	for (const count of onlyInOne(ofA, ofB)) {
		if (count > plan.longestRun) continue;
		for (const { characters } of parts) {
			for (const more of [0, 1]) {
				const run = characters[0].repeat(count + more);
				for (const { characters: others } of parts) {
					yield run + others[0];
					yield `${run}${others[0]}${others[0]}a`;
				}
			}
		}
	}
}

/** Every code point before and after a letter and a digit, after a space, and doubled. */
function* characterProbes(): Generator<string> {
	for (const code of codePoints()) {
		const character = String.fromCodePoint(code);
		yield `a${character}a ${character}${character}1${character}`;
		const apart = character.normalize('NFD');
		if (apart !== character) yield `${apart} a${apart}\u0323`;
		const alike = character.normalize('NFKD');
		if (alike !== apart) yield `${alike} ${character.toUpperCase()}`;
	}
	// Combining marks of several classes.
	for (const base of ['a', 'e', 'o', 'A', 'Ω', '가', 'ᄀ', 'が', 'क']) {
		for (const mark of '\u0301\u0323\u0300\u0308\u20dd\u20e3\u3099\u093c\u1161\u11a8\ufe0f') {
			yield* [base + mark, `${base}${mark}\u0323`, `${base}\u0301${mark}`];
		}
	}
}

/** Added tokens between ordinary tokens. */
function* besideAddedTokens({ a, b, textsA }: ProbePlan, count: number): Generator<string> {
	const below = seeded(SEED + 2);
	const contents = [...a.spec.added_tokens, ...b.spec.added_tokens].map(({ content }) => content);
	const word = () => textOf(textsA, below(vocabularySize(textsA))) ?? ' ';
	if (contents.length === 0 || vocabularySize(textsA) === 0) return;
	for (let i = 0; i < count; i++) {
		yield word() + contents[below(contents.length)] + word() + contents[below(contents.length)];
	}
}
