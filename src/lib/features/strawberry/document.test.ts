import { expect, it } from 'vitest';
import { hashOf } from '../../../../tests/support/fake-address';
import { fakeLab, linksOf } from '../../../../tests/support/fake-lab';
import { prerenderedWord } from '../../../../tests/support/fake-strawberry';
import { useFakeTimers } from '../../../../tests/support/fake-timers';
import { createStrawberryPage } from './page.svelte';

function setUp() {
	const page = createStrawberryPage(fakeLab().lab, prerenderedWord('berry'));
	return { ...page, ...linksOf(page.document) };
}

useFakeTimers();

it('restores word, letter, tokenizers and settings, as they are written', async () => {
	const { strawberry, value, open, link, document } = setUp();
	const written = `?t=llama3,gpt2&letter=%F0%9F%91%A9%E2%80%8D%F0%9F%9A%80&case=exact&merges=llama3&form=sentence&spelling=upper${await hashOf('草莓\ud800')}`;
	await open(written);
	expect(strawberry.word).toBe('草莓\ud800');
	expect(value).toEqual({
		...{ tokenizers: ['llama3', 'gpt2'], letter: '👩‍🚀', caseRule: 'exact' },
		...{ tracedTokenizer: 'llama3', form: 'sentence', spelling: 'upper' }
	});
	expect(document.problem).toBeNull();
	expect(await link()).toBe(written);
});

it('leaves the page as it was if the address is empty', async () => {
	const { strawberry, open } = setUp();
	strawberry.setWord('kept');
	await open('');
	expect(strawberry.word).toBe('kept');
});

it.each([
	['?case=exact&letter=rr#', 'expected one letter'],
	['?case=exact&t=nope', 'not in the catalogue'],
	['?case=exact#v1.t=AAAA', 'damaged'],
	['?case=exact#v2.t=AAAA', 'the link was made by a newer version of the lab']
])('reports a bad value, and applies the rest: %s', async (link, words) => {
	const { strawberry, value, open, document } = setUp();
	strawberry.setWord('kept');
	await open(link);
	expect(strawberry.word).toBe('kept');
	expect(value).toEqual({ ...document.defaults, caseRule: 'exact' });
	expect(document.problem).toContain(words);
	// An invalid link's word is opened anyway, if there is one.
	await open(`?letter=rr${await hashOf('straw')}`);
	expect([strawberry.word, value.letter]).toEqual(['straw', 'r']);
});

it('refuses a text that is too long for a word, and ids', async () => {
	const { strawberry, value, open, document } = setUp();
	await open(`?case=exact${await hashOf('x'.repeat(30_000))}`);
	expect([strawberry.word, value.caseRule]).toEqual(['berry', 'exact']);
	expect(document.problem).toBe(
		'The link contains text, not a word. Open the link on the Compare page.'
	);
	await open(await hashOf('1 2', 'ids'));
	expect(strawberry.word).toBe('berry');
	expect(document.problem).toBe(
		'The link contains ids, not a word. Open the link on the Compare page.'
	);
});
