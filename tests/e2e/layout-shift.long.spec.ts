import { expect, test } from '@playwright/test';
import { expectStill, openAtRest, watchShifts } from './layout-shifts';
import { addressOf } from './linked-pages';

const hashOf = (value: string) => addressOf(['', { kind: 'text', value }]);

const LONG = await hashOf('Çalışkan öğrenciler gezdi. '.repeat(20));
const HOSTILE = await hashOf(
	`${'a'.repeat(5000)}z${'\u0301'.repeat(3000)}\u202e\0<|endoftext|>${'\t'.repeat(500)}`
);
const WORD = await hashOf('Donaudampfschiff');

const ADDRESSES = [
	'',
	'?t=gpt2,llama3',
	'?t=llama3,gemma3,o200k_base,cl100k_base',
	LONG,
	HOSTILE,
	'train/',
	'train/?corpus=english&size=600&step=100',
	`train/?size=300${LONG}`,
	'strawberry/',
	`strawberry/?letter=f${WORD}`,
	'inflation/',
	'inflation/?all=1',
	'inflation/?t=cl100k_base&base=deu_1996',
	'drift/',
	'drift/?case=two-bos',
	'drift/?case=unknown',
	'drift/lineages/',
	'drift/lineages/#mistral',
	'drift/diff/',
	'drift/diff/?a=gpt2&b=llama3',
	`drift/diff/${LONG}`,
	'vocabulary/',
	'vocabulary/?tokenizer=gpt2&id=15717&q=a',
	'about/',
	'?embed',
	'train/?embed',
	'strawberry/?embed',
	'inflation/?embed',
	'drift/?embed',
	'drift/?embed&case=two-bos'
];

for (const width of [1280, 390, 360])
	for (const address of ADDRESSES)
		test(`opens /${address.slice(0, 50)} without moving anything, ${width} px wide`, async ({
			page
		}) => {
			await page.setViewportSize({ width, height: 800 });
			await watchShifts(page);
			await openAtRest(page, `./${address}`);
			await expect(page.getByRole('alert')).toHaveCount(address.includes('unknown') ? 1 : 0);
			await expectStill(page);
		});
