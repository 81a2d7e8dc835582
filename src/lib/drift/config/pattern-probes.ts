import { KINDS } from './probes';

/** Where a word may be cut off or not: alone, beside each of these, and between two letters. */
const BESIDE = ['a', 'B', '7', ' ', '\n', '.'] as const;

/** Longer runs are no longer read by anyone. */
const LONGEST_RUN = 100;
/** Of one pattern: some list whole dictionaries. */
const MOST_WORDS = 200;

/** Letters, digits and marks of scripts, and signs and spaces, that {@link KINDS} has none of. */
const OTHER_CHARACTERS = [
	...'αЖאبա١กิກ한ᄀアㄅ々ーকकਕક୧தకಕമකཀ༡ကაአᎠᚠកᠠ𐍈𝒜ⅷ①ª',
	...'´¨·¿«“…—–‿〇。「＿￥©𝟘',
	...'\u000b\u000c\u00ad\u1680\u2003\u2028\u200b\u202f\u2060\ufe0f\ue000\u{1f3fd}'
];
const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

/**
 * Inputs that follow from what stages say themselves: the words and characters of their patterns, runs as
 * long as their counts and one longer, and characters of scripts that a pattern may single out.
 * @param stages as tokenizer.json writes them
 */
export function* patternProbes(stages: readonly object[]): Generator<string> {
	const said = new Said();
	for (const stage of stages) said.readStage(stage);
	for (const count of said.counts) {
		for (const kind of KINDS) {
			yield kind.repeat(count);
			yield kind.repeat(count + 1);
		}
	}
	const words = [...said.words].flatMap((word) => [word, word.toUpperCase(), word.toLowerCase()]);
	for (const word of new Set([...words, ...ASCII, ...OTHER_CHARACTERS])) {
		yield word;
		yield `a${word}a`;
		yield word + word;
		for (const beside of BESIDE) {
			yield beside + word;
			yield word + beside;
		}
	}
}

/** What is written in a regex, read so far as it gives examples: groups, lookarounds and flags are skipped. */
const PART =
	/(?<skipped>\(\?(?:#[^)]*\)|<[=!]|<\w+>|[=!:>]|[-imx]*[:)])|\\[pP]\{[^}]*\}|\[:\^?\w+:\])|\\x\{(?<long>[0-9a-fA-F]+)\}|\\x(?<short>[0-9a-fA-F]{1,2})|\\u(?<unit>[0-9a-fA-F]{4})|\\(?<escape>.)|\{(?<least>\d*),?(?<most>\d*)\}|(?<character>.)/gsu;

const ESCAPES: Readonly<Record<string, string>> = {
	a: '\u0007',
	e: '\u001b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
	v: '\v'
};

/** Literal text of patterns, and how often they repeat something. */
class Said {
	readonly words = new Set<string>();
	readonly counts = new Set<number>();
	/** Literal characters that follow each other, and the same without those that may be left out. */
	#run = '';
	#shortest = '';
	#inBrackets = 0;

	/** Reads every pattern and text of a stage. */
	readStage(stage: object): void {
		for (const [name, value] of Object.entries(stage)) {
			const inner: unknown = value;
			if (typeof inner === 'object' && inner !== null) this.readStage(inner);
			else if (typeof inner !== 'string') continue;
			else if (name === 'Regex') this.#readRegex(inner);
			else if (['String', 'content', 'prepend', 'replacement'].includes(name)) this.#add(inner);
		}
	}

	#readRegex(regex: string): void {
		this.#inBrackets = 0;
		for (const { groups = {} } of regex.matchAll(PART)) {
			const { skipped, long, short, unit, escape, least, most, character } = groups as Record<
				string,
				string | undefined
			>;
			const hex = long ?? short ?? unit;
			if (skipped !== undefined) this.#end();
			else if (hex !== undefined) this.#literal(codePoint(hex));
			else if (escape !== undefined) this.#escaped(escape);
			else if (least !== undefined || most !== undefined) this.#repeated([least, most]);
			else this.#read(character ?? '');
		}
		this.#end();
	}

	#escaped(letter: string): void {
		if (letter in ESCAPES) this.#literal(ESCAPES[letter]);
		// `\s`, `\d` and the like stand for many.
		else if (/\w/.test(letter)) this.#end();
		else this.#literal(letter);
	}

	#repeated(counts: readonly (string | undefined)[]): void {
		for (const count of counts) {
			const number = Number(count);
			if (number > 0 && number <= LONGEST_RUN) this.counts.add(number);
		}
	}

	#read(character: string): void {
		if (character === '[') {
			this.#end();
			this.#inBrackets++;
		} else if (character === ']' && this.#inBrackets > 0) this.#inBrackets--;
		else if (this.#inBrackets > 0) this.#literal(character);
		else if ('()|^$.'.includes(character)) this.#end();
		else if (character === '?' || character === '*') {
			this.#shortest = this.#shortest.replace(/.$/su, '');
		} else if (character !== '+') this.#literal(character);
	}

	/** Within brackets each character is for itself. */
	#literal(character: string): void {
		this.#run += character;
		this.#shortest += character;
		if (this.#inBrackets > 0) this.#end();
	}

	#end(): void {
		this.#add(this.#run);
		this.#add(this.#shortest);
		this.#run = '';
		this.#shortest = '';
	}

	#add(word: string): void {
		if (word !== '' && word.length <= LONGEST_RUN && this.words.size < MOST_WORDS) {
			this.words.add(word);
		}
	}
}

function codePoint(hex: string): string {
	const point = parseInt(hex, 16);
	return point <= 0x10ffff ? String.fromCodePoint(point) : '';
}
