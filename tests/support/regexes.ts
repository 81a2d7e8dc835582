import type { Random } from './random-texts';

/** Regular expressions of real tokenizers and of Oniguruma's corners, valid and not. */
const SEEDS = [
	"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s+",
	'[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{M}]+(?i:[a-z])?',
	'[!"#$%&\'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+',
	'\\d{1,3}(?=(?:\\d{3})*\\b)',
	'(?<=x)y(?<!z)',
	'a++b*+c?+|(?>ab|c)d',
	'[a-z&&[^aeiou]]+',
	'\\x{1F600}\\u00e9\\x41',
	'(?<n>a)(b)',
	'[[:alpha:]]+\\h\\R\\X',
	'^a$\\A\\z\\Z\\B',
	'[一-龥぀-ゟ゠-ヿ]+'
] as const;

const PARTS = [
	...['(', ')', '[', ']', '{', '}', '*', '+', '?', '|', '\\', '-', '^', '$', '.', 'a', 'é', '&&'],
	...['\\p{L}', '\\p{Foo}', '\\p{^L}', '\\pL', '(?', '(?:', '(?=', '(?<', '(?<=', '(?i)', '(?i:'],
	...['{1,3}', '{3,1}', '{100001}', '{,3}', '{1', '[^]', '[]', '[a', '[z-a]', '[a-', '[\\d-z]'],
	...['\\x{110000}', '\\u12', '\\1', '[[:foo:]]', '(?#', '(?#c)', '(?P<n>a)', '**', '??', 'a{0}'],
	...[
		'(?<=a*)',
		'(?<!(a))',
		'(?m:a)',
		'(?s)',
		'(?-i)',
		'[a-\\d]',
		'[\\b]',
		'[]-a]',
		'[-a]',
		'[a--b]'
	]
] as const;

const below = (random: Random, limit: number): number => Math.floor(random() * limit);
const pick = (random: Random, items: readonly string[]): string =>
	items[below(random, items.length)];

/** A regular expression that native accepts, or not. */
export function randomRegex(random: Random): string {
	if (random() < 0.3) {
		return Array.from({ length: 1 + below(random, 4) }, () => pick(random, PARTS)).join('');
	}
	let regex = pick(random, SEEDS);
	for (let edits = below(random, 3); edits >= 0; edits--) {
		const at = below(random, regex.length + 1);
		const part = random() < 0.6 ? pick(random, PARTS) : '';
		regex = regex.slice(0, at) + part + regex.slice(at + below(random, 3));
	}
	return regex.toWellFormed();
}
