import { pick, randomFrom } from './random-texts';
import {
	addedToken,
	byteLevel,
	LLAMA_STAGES,
	padding,
	sequence,
	split,
	startingWith,
	tokenizerFile as file,
	truncation,
	vocabOf
} from './spec-parts';

/** Small tokenizer.json files that each differ in one place from a file that the native library loads. */

const LETTERS = "(?i:'s|'t)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|\\s+(?!\\S)|\\s+";

/** Files in the style of Llama 2 and Llama 3. */
const FILES: readonly unknown[] = [
	file({
		...LLAMA_STAGES,
		truncation: truncation({ max_length: 8 }),
		added_tokens: [addedToken(0, '<unk>'), addedToken(1, '<s>')],
		post_processor: startingWith('<s>', 1),
		model: {
			...{ type: 'BPE', dropout: null, unk_token: '<unk>', continuing_subword_prefix: null },
			...{ end_of_word_suffix: null, fuse_unk: true, byte_fallback: true, ignore_merges: false },
			vocab: vocabOf(['<unk>', '<s>', '▁', 'a', 'b', 'ab', '▁ab', '<0x0A>']),
			merges: ['a b', '▁ ab']
		}
	}),
	file({
		added_tokens: [addedToken(6, '<|begin|>'), addedToken(7, '<|pad|>')],
		padding: padding({
			...{ strategy: { Fixed: 6 }, direction: 'Left', pad_to_multiple_of: 4 },
			...{ pad_id: 7, pad_token: '<|pad|>' }
		}),
		normalizer: { type: 'NFC' },
		pre_tokenizer: sequence(
			'pre_tokenizer',
			split({ Regex: LETTERS }),
			{ type: 'Digits', individual_digits: true },
			byteLevel({ use_regex: false })
		),
		post_processor: sequence(
			'post_processor',
			byteLevel({ add_prefix_space: true, trim_offsets: false }),
			startingWith('<|begin|>', 6)
		),
		decoder: byteLevel({ add_prefix_space: true }),
		model: {
			...{ type: 'BPE', ignore_merges: true, vocab: vocabOf(['a', 'b', 'c', 'ab', 'abc', 'Ġ']) },
			merges: ['a b', 'ab c'].map((pair) => pair.split(' '))
		}
	})
];

/** Replacements for an object's member, given its quoted name and its value. */
const MEMBER_EDITS: readonly ((key: string, value: string) => string)[] = [
	(key, value) => `${key}:${value},${key}:${value}`,
	(key, value) => `${key}:null,${key}:${value}`,
	(key, value) => `${key}:${value},${key}:"x"`,
	(key, value) => `${key}:${value},"extra":[{"a":1}]`,
	(key, value) => `${key.slice(0, -1)}_":${value}`
];

/**
 * Replacement values. The 1,024 largest 64-bit integers aren't included, because the lab mistakes them for larger
 * numbers.
 */
const VALUES: readonly string[] = [
	...['null', 'true', '"x"', '""', '"\\ud800"', '"\\u00e9"', '"["', '"B"', '[]', '{}'],
	...['[["a","b"]]'],
	...['0', '1', '3', '-1', '-0', '1.0', '2.5', '1e2', '1e400', '-1e-9', '4294967296'],
	...['18446744073709549568', '18446744073709551616', '{"Fixed":2}', '{"String":"a"}', '{"a":0}'],
	...['["a b"]', '[true,false]', '[["x",1.0]]', '{"type":"NFC"}', '{"type":"Fuse"}'],
	...['{"prepend":""}']
];

const MARK = '"@"';
const MARKED_MEMBER = /"[^"]*":"@"/;

interface Place {
	/** The file as JSON, with {@link MARK} instead of one value. */
	readonly file: string;
	readonly json: string;
	readonly isMember: boolean;
}

/** Lists every place in a file where a value can be replaced. */
function placesOf(file: unknown, part = file as Record<string, unknown>): Place[] {
	return Object.entries(part).flatMap(([key, value]) => {
		part[key] = '@';
		const isMember = !Array.isArray(part);
		const place = { file: JSON.stringify(file), json: JSON.stringify(value), isMember };
		part[key] = value;
		const isInner = typeof value === 'object' && value !== null;
		return [place, ...(isInner ? placesOf(file, value as Record<string, unknown>) : [])];
	});
}

const withMember = ({ file, json }: Place, edit: (typeof MEMBER_EDITS)[number]) =>
	file.replace(MARKED_MEMBER, (member) => edit(member.slice(0, -4), json));
const withoutMember = ({ file }: Place) => file.replace(/(?<=\{)"[^"]*":"@",?|,"[^"]*":"@"/, '');

/**
 * The small files themselves, variants in which one member is left out or repeated, and `count` variants with a
 * different value in one place.
 */
export function mutatedFiles(seed: number, count: number): string[] {
	const random = randomFrom(seed);
	// Copy the files, because parts of a file must not share objects.
	const places = FILES.flatMap((whole) => placesOf(JSON.parse(JSON.stringify(whole))));
	const texts = new Set(FILES.map((whole) => JSON.stringify(whole)));
	for (const place of places.filter(({ isMember }) => isMember)) {
		texts.add(withoutMember(place));
		texts.add(withMember(place, pick(random, MEMBER_EDITS)));
	}
	for (let i = 0; i < count; i++) {
		const { file, json } = pick(random, places);
		const value = random() < 0.1 ? `[${json},${json}]` : pick(random, VALUES);
		texts.add(file.replace(MARK, () => value));
	}
	return [...texts];
}
