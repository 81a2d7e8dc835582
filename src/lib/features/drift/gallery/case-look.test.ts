import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../../../tests/support/packed-tokenizers';
import { resultOf, serve } from '../../../../../tests/support/serve';
import type { CaseOutcome } from '../../../drift/cases/types';
import { concludeDrift } from '../../../drift/conclude';
import { DRIFT_CASES } from '../cases/cases';
import type { CaseLook, DriftCase } from '../cases/types';
import { encodeUtf8 } from '../../../engine/text/utf8';
import type { Calls, Method } from '../../../app/calls';
import { COMPARE_LINK } from '../../../session/links/compare';
import { linkOf, OwnText, type CaseLink } from './case-look';
import { readDiff } from '../../../session/links/diff';
import { readLink } from '../../../session/links/schema';
import { parseIds } from '../../compare/id-list';

const { service, end } = serve((id) => Promise.resolve(packedSpec(id)));
let requests = 0;
async function ask<M extends Method>(method: M, params: Calls[M]['params']) {
	const id = ++requests;
	service.handle({ id, method, params });
	return resultOf(method, await end(id));
}

const lookOf = (item: DriftCase): CaseLook => item.look ?? { in: 'diff' };
const casesIn = (page: CaseLook['in']) =>
	DRIFT_CASES.filter((item) => lookOf(item).in === page).map((item) => [item.slug, item] as const);

const ANY_NAME = { has: () => true };

function linkedFrom(item: DriftCase): CaseLink {
	const link = linkOf(item);
	if ('why' in link) throw new Error(`${item.slug} has no link`);
	return link;
}

const outcomeOf = ({ a, b, task, expect: expected }: DriftCase): Promise<CaseOutcome> =>
	ask('driftCase', { a, b, task, expect: expected });

describe('a case that opens in the diff', () => {
	const nothing = { sides: { a: { tokenizer: '', edits: [] }, b: { tokenizer: '', edits: [] } } };

	it.each(casesIn('diff'))('%s differs there, and its input shows it', async (_, item) => {
		const { search, input } = linkedFrom(item);
		const fallback = { ...nothing, rows: null };
		const { diff, problems } = readDiff(new URLSearchParams(search), fallback, ANY_NAME);
		if (!diff) throw new Error(problems.join(' '));
		const { sides, rows } = diff;

		const { findings } = await ask('drift', { ...sides, rows });
		const report = concludeDrift({ ...findings, selfEncode: null, text: null, damage: null });
		expect(report.verdict).toBe(item.severity === 'loud' ? 'crash' : 'silent');

		const look = lookOf(item);
		if (look.in === 'diff' && look.seenIn) {
			const check = report.checks.find(({ id }) => id === look.seenIn);
			expect(check).toMatchObject({ status: 'fail' });
			return;
		}
		const text = encodeUtf8(input.value);
		const shown = await ask('driftSides', { ...sides, text, special: 'text' });
		const itself = shown.roundTrip.a.text;
		const isOther =
			shown.looksA.some((look) => look !== 0) ||
			shown.modelReads.text !== itself ||
			shown.answerReads.text !== itself;
		expect(isOther).toBe(true);
	});
});

it('shows ids of another vocabulary as the model reads them', () => {
	const sidesOf = (slug: string) => {
		const item = DRIFT_CASES.find((one) => one.slug === slug);
		const query = new URLSearchParams(item && linkedFrom(item).search);
		return [query.get('a'), query.get('b')];
	};
	// The model has gpt2's (r50k's) rows and is given p50k's ids; cl100k's ids are read with o200k.
	expect(sidesOf('p50k-ids-into-an-r50k-model')).toEqual(['gpt2', 'p50k_base']);
	expect(sidesOf('cl100k-read-by-o200k')).toEqual(['o200k_base', 'cl100k_base']);
});

describe('a case that opens in Compare', () => {
	const joined = (ids: ArrayLike<number>) => `,${Array.from(ids).join()},`;

	it.each(casesIn('compare'))('%s is to be seen there', async (_, item) => {
		const { search, input } = linkedFrom(item);
		const { values } = readLink(COMPARE_LINK, new URLSearchParams(search), ANY_NAME);
		const [tokenizer] = values.tokenizers ?? [];
		const text = encodeUtf8(input.value);
		if (item.b.library) {
			const opinion = await ask('check', { tokenizer, text, special: 'text' });
			expect(opinion.verdict).toBe('differs');
			return;
		}
		const { a } = await outcomeOf(item);
		const { encoding } =
			input.kind === 'ids'
				? await ask('spell', { tokenizer, ids: parseIds(input.value).ids })
				: await ask('encode', { tokenizer, text, special: 'text' });
		expect(joined(encoding.ids)).toContain(joined(a.tokens.map(({ id }) => id)));
	});

	it('ends the prompt of the trailing space in a token for it', async () => {
		const item = DRIFT_CASES.find(({ slug }) => slug === 'space-at-the-end-of-a-prompt');
		if (!item) throw new Error('no such case');
		const { input } = linkedFrom(item);
		const text = encodeUtf8(input.value);
		const { encoding } = await ask('encode', { tokenizer: 'cl100k_base', text, special: 'text' });
		// " " is 220 (native tiktoken).
		expect(encoding.ids.at(-1)).toBe(220);
	});
});

it('every other case says why it opens nowhere', () => {
	const nowhere = casesIn('nowhere').map(([slug]) => slug);
	expect(nowhere).toEqual([
		'merges-as-arrays',
		'runs-of-newlines-in-transformers-js',
		'byte-order-mark-lost-in-decoding'
	]);
	for (const [, item] of casesIn('nowhere')) expect(linkOf(item)).toHaveProperty('why');
});

describe('OwnText', () => {
	const link = (value: string, atEnd = false) => ({
		input: { kind: 'text', value } as const,
		atEnd
	});

	it('takes an example or the input of a case for nobody’s', () => {
		const own = new OwnText(['An example.', '3333']);
		expect(own.of('An example.')).toBeNull();
		expect(own.of('3333')).toBeNull();
		expect(own.of('')).toBeNull();
		expect(own.with(link('3333'), 'An example.')).toBe('3333');
	});

	it('keeps what the user wrote behind the input, case after case', () => {
		const own = new OwnText(['3333', ' Việt']);
		const first = own.with(link('3333'), 'My own text.');
		expect(first).toBe('3333\n\nMy own text.');
		expect(own.of(first)).toBe('My own text.');
		expect(own.with(link(' Việt'), first)).toBe(' Việt\n\nMy own text.');
	});

	it('puts it before an input whose end matters', () => {
		expect(new OwnText([]).with(link('to be ', true), 'Mine.')).toBe('Mine.\n\nto be ');
	});

	it('loses nothing of a text that was changed after it was put together', () => {
		const own = new OwnText([]);
		const whole = own.with(link('3333'), 'Mine.');
		expect(own.of(`${whole} And more.`)).toBe(`${whole} And more.`);
	});
});
