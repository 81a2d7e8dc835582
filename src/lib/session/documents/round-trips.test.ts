/** Links and snapshots of every page: what one page writes, another reads back unchanged, for any state. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePoint } from '../../../../tests/support/arbitrary-text';
import { INFLATION_NAMES, NAMES } from '../../../../tests/support/fake-address';
import { sized } from '../../../../tests/support/size';
import { DRIFT_CASES } from '../../features/drift/cases/cases';
import { CASE_STAGES } from '../../features/drift/cases/types';
import { GALLERY_FIELDS } from '../../features/drift/gallery/fields';
import type { SpecEdit } from '../../drift/edits/spec-edit';
import { findDescriptor } from '../../tokenizers/catalogue';
import { CORPORA } from '../downloads/corpora';
import { COMPARE_FIELDS } from './compare';
import { DIFF_FIELDS, MAX_EMBEDDING_ROWS, UNREACHABLE_LISTS, VOCABULARY_LISTS } from './diff';
import { PageDocument, type DocumentValue } from './document.svelte';
import type { TokenizerNames } from './fields';
import { INFLATION_FIELDS, MAX_FIELD_VALUE } from './inflation';
import type { LinkInput } from './link-codec';
import { readLink, writeLink, type LinkSchema } from './schema';
import { STRAWBERRY_FIELDS } from './strawberry';
import { TRAIN_FIELDS } from './train';
import {
	REACH_FILTERS,
	SCRIPT_GROUPS,
	TOKEN_KINDS,
	TOKEN_ORDERS,
	VOCABULARY_FIELDS
} from './vocabulary';

const BASE = 'https://lab.example/page/';
const IDS = ['gpt2', 'cl100k_base', 'llama3', 'qwen3', 'own-1234abcd'];

/** Any text that a search part can contain. */
const typed = fc.string({ unit: codePoint });
/** Any text on a page, which may have lone surrogates. */
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
const special = oneOf('text', 'parse');
const display = oneOf('text', 'ids', 'bytes');

/** Values that aren't valid in links, or not for every field. */
const garbage = fc.oneof(
	typed,
	oneOf('', ' ', ',', '-1', '0', '1.5', '1e3', 'none', '[]', '{', 'toString', '9'.repeat(30)),
	oneOf('[{"kind":"explode"}]', 'gpt5', 'gpt2,gpt5', 'gpt2:', 'gpt2:5-3', 'gpt5:1-2')
);

/** Compares values structurally, ignoring prototypes. */
const isSame = (a: unknown, b: unknown) =>
	isDeepStrictEqual(structuredClone(a), structuredClone(b));

/** A document with some fields and an input, as a page creates it. */
function createDocument<C extends TokenizerNames, S extends LinkSchema<C>>(fields: S, names: C) {
	const shown: { input: LinkInput | null } = { input: null };
	const document = new PageDocument<C, S>(fields, {
		names,
		input: {
			default: null,
			content: () => shown.input ?? 'default',
			take: ({ input }) => void (shown.input = input)
		},
		replace: () => undefined
	});
	const set = (state: DocumentValue<S>, input: LinkInput | null) => {
		shown.input = input;
		return document.set(state);
	};
	const now = () => ({ problem: document.problem, input: shown.input, value: document.value });
	return { document, set, now };
}

/** Tests a page's links and snapshots. @param states arbitrary states */
const describeLinks = <C extends TokenizerNames, S extends LinkSchema<C>>(
	name: string,
	fields: S,
	names: C,
	states: fc.Arbitrary<DocumentValue<S>>
) =>
	describe(name, () => {
		it('is restored from a link in every state, with any input, which shows no server what was typed', () =>
			fc.assert(
				fc.asyncProperty(states, anyInput, async (value, input) => {
					const { document, set } = createDocument<C, S>(fields, names);
					set(value, input);
					const link = await document.link();
					const opened = createDocument<C, S>(fields, names);
					await opened.document.read(new URL(link, BASE));
					expect(opened.now()).toEqual({ problem: null, input, value });
					const sent = new URL(link, BASE).searchParams;
					const typedFields = Object.values(fields).filter(({ isTyped }) => isTyped);
					expect(typedFields.filter((field) => sent.has(field.name))).toEqual([]);
				}),
				{ numRuns: sized(40, 400) }
			));

		it('is captured in every state, and opened in place of any other, unless that is undone', () =>
			fc.assert(
				fc.asyncProperty(states, states, anyInput, async (value, other, input) => {
					const { document, set, now } = createDocument<C, S>(fields, names);
					set(value, input);
					const captured = document.capture();
					const undo = set(other, null);
					expect(now().value).toEqual(other);
					undo();
					expect(now().value).toEqual(value);
					set(other, null);
					await document.open(captured);
					expect(now()).toEqual({ problem: null, input, value });
				}),
				{ numRuns: sized(40, 400) }
			));

		it('keeps all other fields of a link that lost one or has a wrong value', () =>
			fc.assert(
				fc.property(states, fc.nat(), fc.option(garbage), (state, at, wrong) => {
					const written = [...new URLSearchParams(writeLink(fields, state))];
					if (written.length === 0) return;
					const changed = written[at % written.length];
					const search = new URLSearchParams(
						written.flatMap((field): [string, string][] =>
							field !== changed ? [[field[0], field[1]]] : wrong === null ? [] : [[field[0], wrong]]
						)
					);
					const problems: string[] = [];
					const values = readLink(fields, search, names, (problem) => problems.push(problem));
					const before = Object.entries(state);
					const found = new Map(Object.entries(values));
					expect([...found.keys()].toSorted()).toEqual(before.map(([key]) => key).toSorted());
					const others = before.filter(([key, value]) => !isSame(found.get(key), value));
					expect(others.length).toBeLessThanOrEqual(1);
					if (wrong === null) expect(problems).toEqual([]);
				})
			));
	});

/** Models whose price or window is known. */
const models = IDS.flatMap((id) =>
	(findDescriptor(id)?.models ?? [])
		.filter(({ price, contextWindow }) => price ?? contextWindow)
		.map(({ name }): [string, string] => [id, name])
);

describeLinks(
	'Compare',
	COMPARE_FIELDS,
	NAMES,
	fc.record({
		tokenizers: fc.uniqueArray(id),
		base: fc.option(id),
		source: oneOf('text', ...CORPORA.map((corpus) => corpus.id)),
		chosenMerges: fc.option(fc.nat()),
		special,
		display,
		colourAll: fc.boolean(),
		whitespace: fc.boolean(),
		pinned: fc.option(
			fc
				.tuple(id, fc.nat(), fc.nat())
				.map(([tokenizer, start, length]) => ({ tokenizer, start, end: start + length }))
		),
		difference: fc.option(fc.integer({ min: 1 })),
		priceOf: fc.subarray(models).map((pairs) => new Map(pairs)),
		budget: fc.option(fc.oneof(fc.integer({ min: 1, max: 999_999_999 }), oneOf('window'))),
		allModels: fc.boolean(),
		sort: oneOf('tokens', '-price-of-calls', null)
	})
);

describeLinks(
	'Train',
	TRAIN_FIELDS,
	NAMES,
	fc.record({
		corpus: fc.option(oneOf(...CORPORA.map((corpus) => corpus.id))),
		vocabularySize: fc.integer({ min: 1 }),
		pattern: oneOf('gpt2', 'cl100k', 'o200k', 'llama3', 'qwen2', 'none'),
		regex: fc.option(typed),
		feed: oneOf('lines', 'whole'),
		ties: oneOf('huggingface', 'first-seen'),
		alphabet: oneOf('observed', 'bytes'),
		minFrequency: fc.nat(),
		maxTokenLength: fc.option(fc.integer({ min: 1 })),
		specialTokens: fc.array(typed),
		step: fc.nat(),
		pair: fc.option(fc.nat()),
		beside: id,
		whitespace: fc.boolean(),
		speed: oneOf('slow', 'normal', 'fast', 'fastest'),
		predict: fc.boolean()
	})
);

describeLinks(
	'Strawberry',
	STRAWBERRY_FIELDS,
	NAMES,
	fc.record({
		tokenizers: ids,
		letter: fc.oneof(
			oneOf('', 'r', '👩‍🚀', 'e\u0301', ' ', '%', '+', '&', '#'),
			fc.string({ unit: codePoint, minLength: 1, maxLength: 1 })
		),
		caseRule: oneOf('exact', 'alike'),
		tracedTokenizer: id,
		form: oneOf('alone', 'sentence'),
		spelling: oneOf('typed', 'capitalised', 'upper', 'hyphenated')
	})
);

const upTo = (max: number) => fc.integer({ min: 1, max });

describeLinks(
	'Inflation',
	INFLATION_FIELDS,
	INFLATION_NAMES,
	fc.record({
		tokenizers: ids,
		baseline: oneOf('eng', 'mya'),
		chosen: oneOf('tur', 'eng', null),
		all: fc.boolean(),
		search: typed.map((text) => text.trim()),
		script: oneOf('Latin', 'Myanmar', null),
		log: fc.boolean(),
		sort: fc.option(fc.oneof(oneOf('name'), id)),
		detail: fc.option(id),
		prompt: upTo(MAX_FIELD_VALUE),
		model: oneOf('GPT-2 (124M)', 'Llama 3 8B'),
		priceOf: fc.option(typed),
		price: fc.option(fc.oneof(amount, none)),
		window: fc.option(fc.oneof(upTo(MAX_FIELD_VALUE), none))
	})
);

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
const edits = fc.array(anyEdit, { maxLength: 4 });

describeLinks(
	'Diff',
	DIFF_FIELDS,
	NAMES,
	fc.record({
		a: id,
		editsA: edits,
		b: id,
		editsB: edits,
		rows: fc.option(upTo(MAX_EMBEDDING_ROWS)),
		special,
		template: fc.boolean(),
		display,
		vocabularyList: oneOf('first', ...VOCABULARY_LISTS),
		vocabularySearch: typed,
		unreachableList: oneOf('first', ...UNREACHABLE_LISTS),
		unreachableSearch: typed
	})
);

describeLinks(
	'Vocabulary',
	VOCABULARY_FIELDS,
	NAMES,
	fc.record({
		tokenizer: id,
		chosen: fc.option(fc.nat()),
		all: fc.boolean(),
		search: typed,
		matchCase: fc.boolean(),
		script: fc.option(oneOf(...SCRIPT_GROUPS)),
		kind: fc.option(oneOf(...TOKEN_KINDS, ...REACH_FILTERS)),
		order: oneOf(...TOKEN_ORDERS)
	})
);

describeLinks(
	'the gallery',
	GALLERY_FIELDS,
	NAMES,
	fc.record({
		open: fc.subarray(DRIFT_CASES.map(({ slug }) => slug)),
		query: typed,
		stage: fc.option(oneOf(...CASE_STAGES)),
		sentence: typed
	})
);
