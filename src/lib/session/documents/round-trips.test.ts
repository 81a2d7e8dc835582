/** Links of every page: what one page writes into its address, another reads, whatever the state. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePoint } from '../../../../tests/support/arbitrary-text';
import { INFLATION_NAMES, NAMES } from '../../../../tests/support/fake-address';
import { sized } from '../../../../tests/support/size';
import { createGalleryAddress } from '../../features/drift/gallery/address';
import { librariesOf } from '../../features/drift/gallery/filters';
import { GalleryView } from '../../features/drift/gallery/view.svelte';
import { DRIFT_CASES } from '../../features/drift/cases/cases';
import { CASE_STAGES } from '../../features/drift/cases/types';
import type { SpecEdit } from '../../drift/edits/spec-edit';
import { CORPORA } from '../downloads/corpora';
import { COMPARE_LINK } from './compare';
import {
	MAX_EMBEDDING_ROWS,
	readDiff,
	UNREACHABLE_LISTS,
	VOCABULARY_LISTS,
	writeDiff
} from './diff';
import { MAX_FIELD_VALUE, readInflation, writeInflation } from './inflation';
import type { LinkInput } from './link-codec';
import { PageAddress, type LinkedPage } from './page-address.svelte';
import { readLink, writeLink, type LinkReading } from './schema';
import { STRAWBERRY_LINK } from './strawberry';
import { readTraining, writeTraining } from './train';
import {
	REACH_FILTERS,
	SCRIPT_GROUPS,
	TOKEN_KINDS,
	TOKEN_ORDERS,
	VOCABULARY_LINK
} from './vocabulary';

const BASE = 'https://lab.example/page/';
const IDS = ['gpt2', 'cl100k_base', 'llama3', 'qwen3', 'own-1234abcd'];

/** Any text that a search part can hold. */
const typed = fc.string({ unit: codePoint });
/** Any text of a page, which may have lone surrogates. */
const anyUtf16 = fc
	.array(fc.integer({ min: 0, max: 0xffff }))
	.map((units) => String.fromCharCode(...units));
const anyInput: fc.Arbitrary<LinkInput | null> = fc.oneof(
	fc.constant(null),
	fc.record({ kind: fc.constantFrom('text', 'ids'), value: anyUtf16 }),
	fc.record({ kind: fc.constant('text' as const), value: anyUtf16, sample: anyUtf16 })
);
const oneOf = <const T>(...values: readonly T[]) => fc.constantFrom(...values);
const id = oneOf(...IDS);
const ids = fc.uniqueArray(id, { minLength: 1 });
const amount = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map(Math.abs);
const none = fc.constant('none' as const);
const perTokenizer = <T>(value: fc.Arbitrary<T>) =>
	fc.uniqueArray(fc.tuple(id, value), { selector: ([key]) => key }).map((pairs) => new Map(pairs));
const special = oneOf('text', 'parse');
const display = oneOf('text', 'ids', 'bytes');

/** Values that links do not have, or not for every field. */
const garbage = fc.oneof(
	typed,
	oneOf('', ' ', ',', '-1', '0', '1.5', '1e3', 'none', '[]', '{', 'toString', '9'.repeat(30)),
	oneOf('[{"kind":"explode"}]', 'gpt5', 'gpt2,gpt5', 'gpt2:', 'gpt2:5-3', 'gpt5:1-2')
);

/** Whether two values are equal, whatever made their objects. */
const isSame = (a: unknown, b: unknown) =>
	isDeepStrictEqual(structuredClone(a), structuredClone(b));

interface Page<S> {
	/** Any state of the page. */
	readonly states: fc.Arbitrary<S>;
	/** Names of the fields that hold what a user typed. */
	readonly typed?: readonly string[];
	/** Name of a field that changes what others mean. */
	readonly tied?: string;
	write(state: S): string;
	/** What a link with this state says: `null` for a default of the page. */
	said(state: S): object;
	read(search: URLSearchParams): LinkReading<object> | Promise<LinkReading<object>>;
}

/** Writes the address of a page, and opens it in another. */
async function reopen(search: string, input: LinkInput | null, typed: readonly string[] = []) {
	let opened: Parameters<LinkedPage['read']> = [new URLSearchParams(), null];
	const page: LinkedPage = {
		typed,
		input: () => null,
		read(...found) {
			opened = found;
			return { problems: [], take: () => undefined };
		},
		write: () => ({ search, content: () => input ?? 'nothing' })
	};
	const { link } = await new PageAddress(page, () => undefined).link();
	const address = new PageAddress(page, () => undefined);
	await address.read(new URL(link, BASE));
	return { link, search: opened[0], input: opened[1], problem: address.problem };
}

/** Tests the links of a page. */
const describeLinks = <S>(name: string, page: Page<S>) =>
	describe(`a link to ${name}`, () => {
		it('restores every state and input, and shows no server what was typed', () =>
			fc.assert(
				fc.asyncProperty(page.states, anyInput, async (state, input) => {
					const opened = await reopen(page.write(state), input, page.typed);
					expect(opened.problem).toBeNull();
					expect(opened.input).toEqual(input);
					const values = page.said(state);
					expect(await page.read(opened.search)).toEqual({ values, problems: [] });
					const sent = new URL(opened.link, BASE).searchParams;
					expect(page.typed?.filter((field) => sent.has(field)) ?? []).toEqual([]);
				}),
				{ numRuns: sized(40, 400) }
			));

		it('that lost a field or has a wrong value keeps all others', () =>
			fc.assert(
				fc.asyncProperty(page.states, fc.nat(), fc.option(garbage), async (state, at, wrong) => {
					const fields = [...new URLSearchParams(page.write(state))];
					const changeable = fields.filter(([field]) => field !== page.tied);
					if (changeable.length === 0) return;
					const changed = changeable[at % changeable.length];
					const search = new URLSearchParams(
						fields.flatMap((field): [string, string][] =>
							field !== changed ? [[field[0], field[1]]] : wrong === null ? [] : [[field[0], wrong]]
						)
					);
					const { values, problems } = await page.read(search);
					const before = Object.entries(page.said(state));
					const found = new Map(Object.entries(values));
					expect([...found.keys()].toSorted()).toEqual(before.map(([key]) => key).toSorted());
					const others = before.filter(([key, value]) => !isSame(found.get(key), value));
					expect(others.length).toBeLessThanOrEqual(1);
					if (wrong === null) expect(problems).toEqual([]);
				})
			));
	});

describeLinks('Compare', {
	states: fc.record({
		tokenizers: fc.option(fc.uniqueArray(id)),
		corpus: oneOf('text', ...CORPORA.map((corpus) => corpus.id)),
		merges: fc.option(fc.nat()),
		special,
		display,
		colourAll: fc.boolean(),
		whitespace: fc.boolean(),
		pin: fc.option(
			fc
				.tuple(id, fc.nat(), fc.nat())
				.map(([tokenizer, start, length]) => ({ tokenizer, start, end: start + length }))
		),
		difference: fc.option(fc.integer({ min: 1 })),
		priceOf: perTokenizer(typed),
		price: perTokenizer(fc.oneof(amount, none)),
		window: perTokenizer(fc.oneof(fc.integer({ min: 1 }), none)),
		budget: fc.option(fc.oneof(fc.integer({ min: 1, max: 999_999_999 }), oneOf('window'))),
		allModels: fc.boolean(),
		sort: oneOf('tokens', '-price-of-calls', null)
	}),
	write: (state) => writeLink(COMPARE_LINK, state),
	said: (state) => state,
	read: (search) => readLink(COMPARE_LINK, search, NAMES)
});

describeLinks('Train', {
	states: fc.record({
		corpus: fc.option(oneOf(...CORPORA.map((corpus) => corpus.id))),
		rules: fc.record({
			pattern: fc.oneof(
				oneOf('gpt2', 'cl100k', 'o200k', 'llama3', 'qwen2', 'none'),
				fc.record({ regex: typed })
			),
			feed: oneOf('lines', 'whole'),
			ties: oneOf('huggingface', 'first-seen'),
			alphabet: oneOf('observed', 'bytes'),
			vocabularySize: fc.integer({ min: 1 }),
			minFrequency: fc.nat(),
			maxTokenLength: fc.option(fc.integer({ min: 1 })),
			specialTokens: fc.array(typed)
		}),
		step: fc.option(fc.nat()),
		beside: fc.option(typed),
		whitespace: fc.boolean(),
		speed: oneOf('slow', 'normal', 'fast', 'fastest'),
		search: typed,
		order: oneOf('id', 'usage', 'length'),
		unused: fc.boolean(),
		tree: fc.option(fc.nat()),
		extent: oneOf('all', 'shown'),
		predict: fc.boolean()
	}),
	typed: ['regex', 'special', 'find'],
	write: writeTraining,
	said: ({ rules, ...link }) => ({ ...link, ...rules }),
	read(search) {
		const { values, problems } = readTraining(search);
		const { rules, ...link } = values;
		return { values: { ...link, ...rules }, problems };
	}
});

const STRAWBERRY_DEFAULTS = {
	tokenizers: ['gpt2', 'llama3'],
	letter: 'r',
	tracedTokenizer: 'gpt2'
};

/** The values of a state, with `null` for those that are the page's defaults. */
const withoutDefaults = (state: object, defaults: Readonly<Record<string, unknown>>) =>
	Object.fromEntries(
		Object.entries(state).map(([key, value]): [string, unknown] => [
			key,
			key in defaults && isSame(value, defaults[key]) ? null : value
		])
	);

describeLinks('Strawberry', {
	states: fc.record({
		tokenizers: ids,
		letter: fc.oneof(
			oneOf('', 'r', '👩‍🚀', 'e\u0301', ' ', '%', '+', '&', '#'),
			fc.string({ unit: codePoint, minLength: 1, maxLength: 1 })
		),
		caseRule: oneOf('exact', 'alike'),
		tracedTokenizer: id,
		form: oneOf('alone', 'sentence'),
		step: fc.option(fc.nat()),
		table: oneOf('tokenizers', 'forms')
	}),
	write: (state) => writeLink(STRAWBERRY_LINK, state, STRAWBERRY_DEFAULTS),
	said: (state) => withoutDefaults(state, STRAWBERRY_DEFAULTS),
	read: (search) => readLink(STRAWBERRY_LINK, search, NAMES)
});

const INFLATION_DEFAULTS = {
	tokenizers: ['gpt2', 'llama3'],
	baseline: 'eng',
	chosen: 'tur',
	word: 'tur',
	prompt: 2000,
	model: 'Llama 3 8B'
};
const upTo = (max: number) => fc.integer({ min: 1, max });

describeLinks('Inflation', {
	states: ids.chain((tokenizers) =>
		fc.record({
			tokenizers: fc.constant(tokenizers),
			baseline: oneOf('eng', 'mya'),
			chosen: oneOf('tur', 'eng'),
			all: fc.boolean(),
			search: typed.map((text) => text.trim()),
			script: oneOf('Latin', 'Myanmar', null),
			log: fc.boolean(),
			order: fc.oneof(oneOf('name'), fc.record({ tokenizer: fc.nat(tokenizers.length - 1) })),
			detail: oneOf(...tokenizers),
			word: oneOf('tur', 'fin'),
			prompt: upTo(MAX_FIELD_VALUE),
			model: oneOf('GPT-2 (124M)', 'Llama 3 8B'),
			priceOf: fc.option(typed),
			price: fc.option(fc.oneof(amount, none)),
			window: fc.option(fc.oneof(upTo(MAX_FIELD_VALUE), none))
		})
	),
	typed: ['q'],
	tied: 't',
	write: (state) => writeInflation(state, INFLATION_DEFAULTS),
	said(state) {
		// An order by a tokenizer names them all.
		const isNamed = state.order === 'name' || state.order.tokenizer > 0;
		return withoutDefaults(state, {
			...INFLATION_DEFAULTS,
			tokenizers: isNamed ? null : INFLATION_DEFAULTS.tokenizers,
			detail: state.tokenizers[0]
		});
	},
	read: (search) => readInflation(search, INFLATION_NAMES, INFLATION_DEFAULTS.tokenizers)
});

const anyEdit: fc.Arbitrary<SpecEdit> = fc.oneof(
	fc.record({
		kind: oneOf('bos'),
		times: oneOf(0, 1, 2),
		token: fc.option(typed)
	}),
	fc.record({ kind: oneOf('split-regex'), split: fc.nat(9), regex: typed }),
	fc.record({ kind: oneOf('drop-last-merges'), count: fc.nat() }),
	fc.record({ kind: oneOf('swap-ids'), ids: fc.tuple(fc.nat(), fc.nat()) })
);
const anySide = fc.record({ tokenizer: id, edits: fc.array(anyEdit, { maxLength: 4 }) });

describeLinks('Diff', {
	states: fc.record({
		sides: fc.record({ a: anySide, b: anySide }),
		rows: fc.option(upTo(MAX_EMBEDDING_ROWS)),
		special,
		template: fc.boolean(),
		display,
		vocabularyList: oneOf('first', ...VOCABULARY_LISTS),
		vocabularySearch: typed,
		unreachableList: oneOf('first', ...UNREACHABLE_LISTS),
		unreachableSearch: typed
	}),
	typed: ['edit-a', 'edit-b', 'vocabulary-find', 'unreachable-find'],
	write: writeDiff,
	said: (state) => state,
	read: (search) =>
		readDiff(
			search,
			{ sides: { a: { tokenizer: 'gpt2', edits: [] }, b: { tokenizer: 'qwen3', edits: [] } } },
			NAMES
		)
});

describeLinks('Vocabulary', {
	states: fc.record({
		tokenizer: id,
		chosen: fc.option(fc.nat()),
		search: typed,
		script: fc.option(oneOf(...SCRIPT_GROUPS)),
		kind: fc.option(oneOf(...TOKEN_KINDS, ...REACH_FILTERS)),
		order: oneOf(...TOKEN_ORDERS)
	}),
	typed: ['q'],
	write: (state) => writeLink(VOCABULARY_LINK, state, { tokenizer: 'gpt2' }),
	said: (state) => withoutDefaults(state, { tokenizer: 'gpt2' }),
	read: (search) => readLink(VOCABULARY_LINK, search, NAMES)
});

describeLinks('the gallery', {
	states: fc.record({
		open: fc.subarray(DRIFT_CASES.map(({ slug }) => slug)),
		query: typed,
		stage: fc.option(oneOf(...CASE_STAGES)),
		library: fc.option(oneOf(...new Set(DRIFT_CASES.flatMap(librariesOf))))
	}),
	typed: ['q'],
	write({ open, ...filters }) {
		const view = new GalleryView();
		view.restore(filters, open);
		return createGalleryAddress(view, () => undefined).capture().search;
	},
	said: (state) => state,
	async read(search) {
		const view = new GalleryView();
		const address = createGalleryAddress(view, () => undefined);
		await address.read(new URL(`?${search}`, BASE));
		const open = DRIFT_CASES.filter((item) => view.isOpen(item)).map(({ slug }) => slug);
		const values = { open, ...view.filters };
		return { values, problems: address.problem === null ? [] : [address.problem] };
	}
});
