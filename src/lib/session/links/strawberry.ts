/**
 * What of the Strawberry page stands in the address, besides the word in the hash: `t` the tokenizers,
 * `letter`, `case=exact`, `ladder` the two whose merges are shown, `form=sentence`.
 */
import { graphemesOf, type CaseRule } from '../../tokenizers/graphemes';
import { resolveAlias } from '../../tokenizers/catalogue';
import { readTokenizers } from './compare';

/** Which way of writing the word is followed. */
export type LadderForm = 'alone' | 'sentence';

export interface LinkedWord {
	/** Null: as by default. */
	readonly tokenizers: readonly string[] | null;
	readonly letter: string | null;
	readonly caseRule: CaseRule;
	readonly ladders: readonly [string, string] | null;
	readonly form: LadderForm;
	/** What the address asks for and cannot be, in sentences; then nothing of it should be done. */
	readonly problems: readonly string[];
}

export function readWord(search: URLSearchParams, isKnown: (id: string) => boolean): LinkedWord {
	const problems: string[] = [];
	const { ids, unknown } = readTokenizers(search, isKnown);
	const ladder = search.get('ladder')?.split(',').map(resolveAlias) ?? null;
	const strangers = [...unknown, ...(ladder ?? []).filter((id) => !isKnown(id))];
	if (strangers.length > 0)
		problems.push(
			`The link asks for ${strangers.map((name) => `“${name}”`).join(', ')}, which ${strangers.length === 1 ? 'is' : 'are'} neither in the catalogue nor kept in this browser.`
		);
	const choice = <T extends string>(name: string, other: T, fallback: T): T => {
		const value = search.get(name);
		if (value === null) return fallback;
		if (value !== other) problems.push(`The link has ${name} “${value}”: expected ${other}.`);
		return other;
	};
	const letter = search.get('letter');
	if (letter !== null && graphemesOf(letter).texts.length !== 1)
		problems.push(`The link has letter “${letter}”: expected one letter.`);
	if (ladder && ladder.length !== 2)
		problems.push(`The link has ladder “${ladder.join(',')}”: expected two tokenizers.`);
	return {
		tokenizers: ids,
		letter,
		caseRule: choice<CaseRule>('case', 'exact', 'alike'),
		ladders: ladder && [ladder[0], ladder[1]],
		form: choice<LadderForm>('form', 'sentence', 'alone'),
		problems
	};
}

export interface WordSettings {
	readonly tokenizers: readonly string[];
	readonly letter: string;
	readonly caseRule: CaseRule;
	readonly ladders: readonly [string, string];
	readonly form: LadderForm;
}

/** The search part, empty where all is as by default. */
export function writeWord(settings: WordSettings, defaults: WordSettings): string {
	const { tokenizers, letter, caseRule, ladders, form } = settings;
	const parts = [
		tokenizers.join() === defaults.tokenizers.join() ? null : `t=${tokenizers.join(',')}`,
		letter === defaults.letter || graphemesOf(letter).texts.length !== 1
			? null
			: `letter=${encodeURIComponent(letter.toWellFormed())}`,
		caseRule === defaults.caseRule ? null : `case=${caseRule}`,
		ladders.join() === defaults.ladders.join() ? null : `ladder=${ladders.join(',')}`,
		form === defaults.form ? null : `form=${form}`
	].filter((part) => part !== null);
	return parts.length > 0 ? `?${parts.join('&')}` : '';
}
