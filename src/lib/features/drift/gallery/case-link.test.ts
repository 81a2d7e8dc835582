import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../../../tests/support/packed-tokenizers';
import { resultOf, serve } from '../../../../../tests/support/serve';
import type { CaseOutcome } from '../../../drift/cases/types';
import { concludeDrift } from '../../../drift/conclude';
import { PLAIN_READING } from '../../../drift/text/read';
import { DRIFT_CASES } from '../cases/cases';
import type { CaseDestination, DriftCase } from '../cases/types';
import { encodeUtf8 } from '../../../engine/text/utf8';
import type { Calls, Method } from '../../../app/calls';
import { COMPARE_LINK } from '../../../session/links/compare';
import type { DriftParams } from '../worker';
import { linkOf, UserText, type CaseLink } from './case-link';
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

const casesIn = (page: CaseDestination['page']) =>
	DRIFT_CASES.filter(({ destination }) => destination.page === page).map(
		(item) => [item.slug, item] as const
	);

const ANY_NAME = { has: () => true };

function linkedFrom(item: DriftCase): CaseLink {
	const link = linkOf(item);
	if ('reason' in link) throw new Error(`${item.slug} has no link`);
	return link;
}

const outcomeOf = ({ a, b, task, expect: expected }: DriftCase): Promise<CaseOutcome> =>
	ask('driftCase', { a, b, task, expect: expected });

describe('a case that opens in the diff', () => {
	const nothing = { sides: { a: { tokenizer: '', edits: [] }, b: { tokenizer: '', edits: [] } } };

	/** Self-encodings by link, because they take long and several cases have the same sides. */
	const selfEncodings = new Map<string, Calls['selfEncode']['result']>();

	/** The report of the page, once it has tried inputs until one differs. */
	async function judge(search: string, params: DriftParams, text: string) {
		let { findings } = await ask('drift', params);
		for (let share = 0; findings.output.severity === null && share < 1;) {
			const probes = await ask('driftProbes', params);
			findings = { ...findings, ...probes };
			({ share } = probes);
		}
		const selfEncode = selfEncodings.get(search) ?? (await ask('selfEncode', params));
		selfEncodings.set(search, selfEncode);
		const documents = [{ name: 'text', text: encodeUtf8(text) }];
		const found = await ask('driftText', { ...params, ...PLAIN_READING, documents });
		return concludeDrift({ ...findings, selfEncode, text: found, damage: null });
	}

	it.each(casesIn('diff'))(
		'%s differs there, and its input shows the difference',
		async (_, item) => {
			const { search, input } = linkedFrom(item);
			const { values, problems } = readDiff(new URLSearchParams(search), nothing, ANY_NAME);
			const { sides, rows } = values;
			if (!sides) throw new Error(problems.join(' '));

			const report = await judge(search, { ...sides, rows }, input.value);
			// Of the errors that a case reports, the diff foresees those of ids without a row.
			const crashes = item.severity === 'loud' && item.caughtBy.includes('embedding');
			expect(report.verdict).toBe(crashes ? 'crash' : 'silent');
			const failing = report.checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
			expect(['output', ...item.caughtBy].sort()).toEqual(failing.sort());

			const { destination } = item;
			if (destination.page === 'diff' && destination.check) {
				const found = report.checks.find(({ id }) => id === destination.check);
				expect(found).toMatchObject({ status: 'fail' });
				return;
			}
			const text = encodeUtf8(input.value);
			const shown = await ask('driftSides', { ...sides, ...PLAIN_READING, text });
			const itself = shown.roundTrip.a.text;
			const isDifferent =
				shown.differsA.some((differs) => differs !== 0) ||
				shown.modelReads.text !== itself ||
				shown.answerReads.text !== itself;
			expect(isDifferent).toBe(true);
		}
	);
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

	it.each(casesIn('compare'))('%s can be seen there', async (_, item) => {
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

	it('ends the prompt with the trailing space in a token for that space', async () => {
		const item = DRIFT_CASES.find(({ slug }) => slug === 'space-at-the-end-of-a-prompt');
		if (!item) throw new Error('no such case');
		const { input } = linkedFrom(item);
		const text = encodeUtf8(input.value);
		const { encoding } = await ask('encode', { tokenizer: 'gemma2', text, special: 'text' });
		// Published in huggingface.js#677.
		expect(encoding.ids.at(-1)).toBe(235248);
	});
});

it('says of every other case why it has no link', () => {
	const unlinked = casesIn(null);
	expect(unlinked.map(([slug]) => slug)).toEqual([
		'runs-of-newlines-in-transformers-js',
		'byte-order-mark-lost-in-decoding'
	]);
	for (const [, item] of unlinked) expect(linkOf(item)).toHaveProperty('reason');
});

describe('UserText', () => {
	const link = (value: string, atEnd = false) => ({
		input: { kind: 'text', value } as const,
		atEnd
	});

	it('finds nothing of the user’s in an example or the input of a case', () => {
		const user = new UserText(['An example.', '3333']);
		expect(user.of('An example.')).toBeNull();
		expect(user.of('3333')).toBeNull();
		expect(user.of('')).toBeNull();
		expect(user.with(link('3333'), 'An example.')).toBe('3333');
	});

	it('keeps the user’s text after the input, case after case', () => {
		const user = new UserText(['3333', ' Việt']);
		const first = user.with(link('3333'), 'My text.');
		expect(first).toBe('3333\n\nMy text.');
		expect(user.of(first)).toBe('My text.');
		expect(user.with(link(' Việt'), first)).toBe(' Việt\n\nMy text.');
	});

	it('puts the user’s text before an input whose end matters', () => {
		expect(new UserText([]).with(link('to be ', true), 'Mine.')).toBe('Mine.\n\nto be ');
	});

	it('loses nothing of a joined text that was changed later', () => {
		const user = new UserText([]);
		const whole = user.with(link('3333'), 'Mine.');
		expect(user.of(`${whole} And more.`)).toBe(`${whole} And more.`);
	});
});
