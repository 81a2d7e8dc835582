import { expect, it } from 'vitest';
import { languageOf } from '../../../../tests/support/inflation';
import { LANGUAGES } from '../../session/downloads/language-texts';
import { shortTexts } from './short-texts';

it('finds texts far shorter than the middle one of their script, where a script has many', () => {
	const many = Array.from({ length: 11 }, (_, i) => languageOf(`l${i}`, `L${i}`, { chars: 1000 }));
	const shorter = [
		languageOf('half', 'Half', { chars: 549 }),
		languageOf('more', 'More', { chars: 550 }),
		languageOf('han', 'Han', { chars: 10, script: 'Han' })
	];
	expect(shortTexts([...many, ...shorter]).map(({ code }) => code)).toEqual(['half']);
});

it('finds eight in the atlas', () => {
	// Counted in the index by hand: fewer than 4,699 of 8,543 characters in Latin, 4,681 of 8,512 in Cyrillic.
	expect(shortTexts(LANGUAGES).map(({ code }) => code)).toEqual([
		'065',
		'btb',
		'cbs',
		'cic',
		'eve',
		'nku',
		'nym',
		'wwa'
	]);
});
