/** The claim of the page with its verdict, out of what was measured. */
import type { Language } from '../../languages/types';
import type { InflationRow } from './rows';

/** Languages whose words are long because suffixes say what English says with words. */
export const SUFFIXING = ['tur', 'fin', 'hun'];

/** One ratio of the picture. */
export interface RatioPlace {
	readonly language: Language;
	/** Place of the tokenizer in the list. */
	readonly tokenizer: number;
	readonly ratio: number;
}

export interface Claim {
	/** "true here", "true here in 5 of 6 cases", "not true here"; null until it is measured. */
	readonly verdict: string | null;
	/** "Turkish, Finnish and Hungarian cost 1.46 to 2.19 times English". */
	readonly measured: string | null;
	/** Where the largest of these ratios is; null until it is measured. */
	readonly highest: RatioPlace | null;
}

const fixed = (value: number, digits: number): string => value.toFixed(digits);

/**
 * Looks at the suffixing languages under every tokenizer; the baseline is not compared with itself.
 * @param name of the baseline
 */
export function claimOf(rows: readonly InflationRow[], baseline: string, name: string): Claim {
	const compared = SUFFIXING.filter((code) => code !== baseline).flatMap((code) => {
		const row = rows.find(({ language }) => language.code === code);
		return row && row.ratios.length > 0 ? [row] : [];
	});
	const ratios = compared.flatMap(({ ratios: of }) => of.filter((ratio) => ratio !== null));
	if (ratios.length === 0) return { verdict: null, measured: null, highest: null };
	const [low, high] = [Math.min(...ratios), Math.max(...ratios)];
	const dearer = ratios.filter((ratio) => ratio > 1).length;
	const verdict =
		dearer === ratios.length
			? 'true here'
			: dearer === 0
				? 'not true here'
				: `true here in ${dearer} of ${ratios.length} cases`;
	const [from, to] = [fixed(low, 2), fixed(high, 2)];
	const times = from === to ? from : `${from} to ${to}`;
	return {
		verdict,
		measured: `${listed(compared.map(({ language }) => language.name))} ${compared.length === 1 ? 'costs' : 'cost'} ${times} times ${name}`,
		highest: placeOf(compared, high)
	};
}

function placeOf(rows: readonly InflationRow[], ratio: number): RatioPlace | null {
	const row = rows.find(({ ratios }) => ratios.includes(ratio));
	return row ? { language: row.language, tokenizer: row.ratios.indexOf(ratio), ratio } : null;
}

/** "a", "a and b", "a, b and c". */
export function listed(names: readonly string[]): string {
	if (names.length < 2) return names.join('');
	return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
