import { describe, expect, it } from 'vitest';
import { driftReport } from '../../../tests/support/drift-report';
import { packedSpec } from '../../../tests/support/packed-tokenizers';
import { smallRanks, smallSentencePiece } from '../../../tests/support/small-specs';
import { writeCharsmap } from '../../tools/charsmap.mjs';
import {
	createTokenizer,
	listOfPairs,
	parseTokenizerJson,
	toByteLevel,
	tokenizerJsonText,
	type NormalizerSpec,
	type PreTokenizerSpec,
	type SplitBehavior,
	type TokenizerSpec
} from '../engine';
import { encodeBase64 } from '../engine/stages';
import { applyEdit } from './edits/apply';
import { withListedMerges } from './edits/table-edits';
import { Comparison } from './comparison';
import { explainVerdict, judgeInSteps, readTokenizerFile } from './index';
import type { DriftReport } from './types';

const listed: TokenizerSpec = { ...smallRanks(), model: withListedMerges(smallRanks().model) };

const file = (change: (json: Record<string, unknown>) => object = (json) => json) => {
	const json = JSON.parse(tokenizerJsonText(smallRanks())) as Record<string, unknown>;
	return readTokenizerFile(JSON.stringify(change(json)));
};

const precompiled = (replacements: readonly (readonly [string, string])[]): NormalizerSpec => ({
	type: 'Precompiled',
	precompiled_charsmap: encodeBase64(writeCharsmap(replacements))
});

describe('a verdict', () => {
	it('is no crash for ids in the padding that A’s models are known to have', async () => {
		const qwen3 = packedSpec('qwen3');
		// Qwen2.5 has four special tokens fewer.
		const added_tokens = qwen3.added_tokens.filter(({ id }) => id < 151_665);
		const qwen25 = { ...qwen3, added_tokens };
		const { verdict, embedding } = await driftReport(qwen25, qwen3, { budget: 'quick' });
		expect(verdict).toBe('silent');
		expect(embedding).toMatchObject({
			sizeA: 151_665,
			rows: 151_936,
			inPadding: 4,
			state: 'padding'
		});
		const strict = await driftReport(qwen25, qwen3, { budget: 'quick', rows: 151_665 });
		expect(strict.verdict).toBe('crash');
	});

	it('has a witness that reproduces, with both ids and both texts', async () => {
		const b = applyEdit(smallRanks(), { kind: 'split-regex', split: 0, regex: '\\p{L}{2}|.' });
		const { output, evidence } = await driftReport(smallRanks(), b);
		expect(evidence).toBe('witness');
		const [{ inputs, a: seenA, b: seenB }] = output.witnesses;
		expect([...createTokenizer(smallRanks()).encode(inputs[0]).ids]).toEqual(seenA.ids);
		expect([...createTokenizer(b).encode(inputs[0]).ids]).toEqual(seenB.ids);
		expect(seenA.ids).not.toEqual(seenB.ids);
		expect([seenA.text, seenB.text]).toEqual([inputs[0], inputs[0]]);
	});

	it('proves that a rule written differently is the same', async () => {
		const { pre_tokenizer } = smallRanks();
		if (pre_tokenizer?.type !== 'Sequence') throw new Error('expected a sequence of steps');
		const [split, ...rest] = pre_tokenizer.pretokenizers;
		const pretokenizers = [
			{ ...split, behavior: 'Removed', invert: true } as typeof split,
			...rest
		];
		const b = { ...smallRanks(), pre_tokenizer: { ...pre_tokenizer, pretokenizers } };
		const { verdict, evidence, output, config } = await driftReport(smallRanks(), b);
		expect({ verdict, evidence, probes: output.probes }).toEqual({
			verdict: 'harmless',
			evidence: 'proven',
			probes: 0
		});
		expect(config.map(({ field }) => field.split('.').at(-1))).toEqual(['behavior', 'invert']);
	});

	it('counts the inputs without a difference if it cannot prove that there is none', async () => {
		const regex = ' ?\\p{L}+|\\p{N}+|[^\\p{L}\\p{N}]|zz(?!z)z';
		const b = applyEdit(smallRanks(), { kind: 'split-regex', split: 0, regex });
		const { verdict, evidence, output } = await driftReport(smallRanks(), b);
		expect([verdict, evidence]).toEqual(['harmless', 'probed']);
		expect(output.probes).toBeGreaterThan(30_000);
	});

	it('blames the field that changes the output, and no other', async () => {
		const b: TokenizerSpec = {
			...applyEdit(smallRanks(), { kind: 'split-regex', split: 0, regex: '\\p{L}|.' }),
			normalizer: { type: 'Replace', pattern: { String: 'zzzzz' }, content: 'zzzzz' }
		};
		const { config } = await driftReport(smallRanks(), b);
		expect(config.map(({ field, severity }) => [field, severity])).toEqual([
			['normalizer', 'harmless'],
			['pre_tokenizer.pretokenizers[0].pattern.Regex', 'silent']
		]);
	});

	it('proves that the order of merges that never compete changes nothing', async () => {
		const merges = listed.model.merges?.pairs;
		if (!merges) throw new Error('expected merges');
		// h e → he and l o → lo have no token in common.
		const swapped = merges.slice();
		const [first, second] = [0, 1].map((rank) => [merges[2 * rank], merges[2 * rank + 1]]);
		swapped.set([...second, ...first]);
		const b = { ...listed, model: { ...listed.model, merges: listOfPairs(swapped) } };
		const { verdict, evidence, merges: found } = await driftReport(listed, b);
		expect(found.firstReordered).toBe(0);
		expect(verdict === 'harmless' ? evidence : 'witness').toBe(
			first.some((id) => second.includes(id)) ? 'witness' : 'proven'
		);
	});

	it('works out fingerprints that are not shown only where nothing else has decided', async () => {
		const side = (spec: TokenizerSpec) => ({ tokenizer: createTokenizer(spec) });
		const find = async (b: TokenizerSpec) =>
			(await Comparison.start(side(smallRanks()), side(b), { fingerprints: false })).findings;
		const decided = await find(applyEdit(smallRanks(), { kind: 'shift-ids', from: 256, by: 1 }));
		expect([decided.output.severity !== null, decided.fingerprint.a]).toEqual([true, null]);
		const equal = await find(smallRanks());
		expect([equal.output.severity, equal.fingerprint.a]).toEqual([null, null]);
		const alike = await find(smallRanks('[ ]?\\p{L}+|\\p{N}+|[^\\p{L}\\p{N}]'));
		expect([alike.output.severity, alike.fingerprint.a]).toEqual([null, expect.any(String)]);
		expect(equal.fingerprint.same).toBe(true);
	});

	it('tells of ids that only transformers.js uses, and reports each part that takes long', async () => {
		const tokenizer = createTokenizer(smallRanks());
		const read = await file();
		if (!('file' in read) || !read.file) throw new Error('expected a file');
		let steps = 0;
		const { findings } = await Comparison.start(
			{ tokenizer },
			{ tokenizer, file: { ...read.file, addedIds: [['<|end|>', 299]] } },
			{ onstep: () => steps++ }
		);
		expect(findings.config[0]).toMatchObject({
			field: 'added_tokens[].id',
			witness: { reference: 'transformers.js', a: { ids: [300] }, b: { ids: [299] } }
		});
		// Three of the comparison, then the file and the tables of the library on each side.
		expect(steps).toBe(3 + 2 + 2);
	});

	it('tries more inputs after a first verdict, and has findings in between', async () => {
		const regex = ' ?\\p{L}{1,200}|\\p{N}+|[^\\p{L}\\p{N}]';
		const b = applyEdit(smallRanks(), { kind: 'split-regex', split: 0, regex });
		const steps = judgeInSteps({ spec: smallRanks() }, { spec: b });
		const reports: DriftReport[] = [];
		for (let isDone = false; !isDone;) {
			const next = await steps.next();
			isDone = next.done === true;
			const report = next.done ? next.value : next.value.report();
			if (!('output' in report)) throw new Error(report.reason);
			reports.push(report);
		}
		const [first, last] = [reports[0], reports[reports.length - 1]];
		expect([first.verdict, last.verdict]).toEqual(['harmless', 'silent']);
		const open = ({ checks }: DriftReport) =>
			checks.filter(({ status }) => status === 'open').map(({ id }) => id);
		expect(open(first)).toEqual(['loads', 'output', 'self-encode', 'text', 'damage']);
		expect(open(last)).toEqual(['loads', 'text', 'damage']);
		expect(reports.length).toBeGreaterThan(5);
		expect(last.output.probes).toBeGreaterThan(first.output.probes);
		expect(last.output).toMatchObject({ severity: 'silent', depth: 'deep' });
	});

	it('says that an input differs only with special tokens read as text', async () => {
		const normalizer: NormalizerSpec = {
			type: 'Replace',
			pattern: { Regex: '(?<=<\\|end\\|>)\\n' },
			content: 'x'
		};
		const report = await driftReport(smallRanks(), { ...smallRanks(), normalizer });
		expect(report.output.witnesses[0].special).toBe('text');
		expect(explainVerdict(report).witness?.input).toContain('(with special tokens read as text)');
		expect(report.config[0].sentence).toContain('(with special tokens read as text)');
	});
});

describe('a pattern that backtracks without end', () => {
	it('is reported in one sentence, and the other checks still run', async () => {
		const b = applyEdit(smallRanks(), { kind: 'split-regex', split: 0, regex: '(?:\\p{L}+)+!|.' });
		const { verdict, output, checks } = await driftReport(smallRanks(), b, {
			texts: { a: 'hello' }
		});
		expect(verdict).toBe('crash');
		expect(output.troubles).toEqual([
			expect.stringMatching(/^B’s pattern .* backtracks without end on /)
		]);
		expect(checks.filter(({ status }) => status !== 'open').length).toBeGreaterThan(5);
	});
});

it('compares a vocabulary of characters with one of bytes', async () => {
	const { verdict, output } = await driftReport(smallRanks(), smallSentencePiece());
	expect(verdict === 'silent' || verdict === 'crash').toBe(true);
	expect(output.witnesses.length).toBeGreaterThan(0);
});

describe('a changed stage of each kind is found', () => {
	const bytes = Array.from({ length: 256 }, (_, byte) => toByteLevel(Uint8Array.of(byte)));
	/** Merges across whatever a stage may split at: letters, marks, white space, scripts. */
	const pairs = [
		'a!',
		'!a',
		'!!',
		'a ',
		' a',
		'aa',
		'a_',
		'a1',
		'aж',
		'жa',
		'a中',
		'a、',
		'a\t',
		'a\u3000'
	];
	const merges = pairs.flatMap((pair) => {
		const letters = [...toByteLevel(new TextEncoder().encode(pair))];
		return letters.slice(1).map((letter, i) => [letters.slice(0, i + 1).join(''), letter]);
	});
	const tokens = [...new Set([...bytes, ...merges.map((merge) => merge.join(''))])];
	const specWith = (
		pre_tokenizer: PreTokenizerSpec | null,
		normalizer: NormalizerSpec | null = null
	) =>
		parseTokenizerJson({
			added_tokens: [],
			normalizer,
			pre_tokenizer: {
				type: 'Sequence',
				pretokenizers: [
					...(pre_tokenizer ? [pre_tokenizer] : []),
					{ type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false }
				]
			},
			decoder: {
				type: 'ByteLevel',
				add_prefix_space: false,
				trim_offsets: false,
				use_regex: false
			},
			model: {
				type: 'BPE',
				vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
				merges
			}
		});
	const split = (Regex: string, behavior: SplitBehavior, invert = false): PreTokenizerSpec => ({
		type: 'Split',
		pattern: { Regex },
		behavior,
		invert
	});

	it.each<[string, PreTokenizerSpec | null, PreTokenizerSpec | null]>([
		['Punctuation without it', { type: 'Punctuation', behavior: 'Isolated' }, null],
		[
			'Punctuation with another behavior',
			{ type: 'Punctuation', behavior: 'Isolated' },
			{ type: 'Punctuation', behavior: 'Contiguous' }
		],
		[
			'Punctuation of ASCII only',
			{ type: 'Punctuation', behavior: 'Isolated' },
			split('[!-/:-@\\[-`{-~]', 'Isolated')
		],
		['Whitespace as WhitespaceSplit', { type: 'Whitespace' }, { type: 'WhitespaceSplit' }],
		[
			'Whitespace with words of ASCII only',
			{ type: 'Whitespace' },
			split('[A-Za-z0-9_]+|[^\\w\\s]+', 'Removed', true)
		],
		['WhitespaceSplit without it', { type: 'WhitespaceSplit' }, null],
		[
			'WhitespaceSplit at spaces only',
			{ type: 'WhitespaceSplit' },
			{ type: 'CharDelimiterSplit', delimiter: ' ' }
		],
		[
			'WhitespaceSplit without the ideographic space',
			{ type: 'WhitespaceSplit' },
			split('[\\s&&[^\u3000]]', 'Removed')
		],
		['UnicodeScripts without it', { type: 'UnicodeScripts' }, null],
		[
			'UnicodeScripts of Cyrillic only',
			{ type: 'UnicodeScripts' },
			split('\\p{Cyrillic}+', 'Isolated')
		],
		[
			'FixedLength with another length',
			{ type: 'FixedLength', length: 5 },
			{ type: 'FixedLength', length: 6 }
		],
		[
			'FixedLength with another length above 100',
			{ type: 'FixedLength', length: 300 },
			{ type: 'FixedLength', length: 301 }
		],
		['BertPreTokenizer as Whitespace', { type: 'BertPreTokenizer' }, { type: 'Whitespace' }]
	])('%s', async (_, a, b) => {
		const { verdict, output } = await driftReport(specWith(a), specWith(b));
		expect(verdict).toBe('silent');
		const [{ inputs }] = output.witnesses;
		const ids = [a, b].map((step) => [...createTokenizer(specWith(step)).encode(inputs[0]).ids]);
		expect(ids[0]).not.toEqual(ids[1]);
	});

	it.each<[string, NormalizerSpec, NormalizerSpec | null]>([
		['Lowercase without it', { type: 'Lowercase' }, null],
		['StripAccents without it', { type: 'StripAccents' }, null],
		['Nmt without it', { type: 'Nmt' }, null],
		[
			'Precompiled with another table',
			precompiled([
				['①', '1'],
				['㋿', '令和']
			]),
			precompiled([['①', '1']])
		],
		['Precompiled without it', precompiled([['ﬁ', 'fi']]), null]
	])('%s', async (_, a, b) => {
		const { verdict } = await driftReport(specWith(null, a), specWith(null, b));
		expect(verdict).toBe('silent');
	});
});
