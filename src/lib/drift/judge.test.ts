import { describe, expect, it } from 'vitest';
import { driftReport } from '../../../tests/support/drift-report';
import { packedSpec } from '../../../tests/support/packed-tokenizers';
import { smallRanks, smallSentencePiece } from '../../../tests/support/small-specs';
import {
	createTokenizer,
	listOfPairs,
	tokenizerJsonText,
	type NormalizerSpec,
	type TokenizerSpec
} from '../engine';
import { applyEdit } from './edits/apply';
import { withListedMerges } from './edits/table-edits';
import { startComparison } from './comparison';
import { explainVerdict, judge, judgeInSteps, readTokenizerFile } from './index';
import type { DriftReport, Witness } from './types';

const listed: TokenizerSpec = { ...smallRanks(), model: withListedMerges(smallRanks().model) };

const file = (change: (json: Record<string, unknown>) => object = (json) => json) => {
	const json = JSON.parse(tokenizerJsonText(smallRanks())) as Record<string, unknown>;
	return readTokenizerFile(JSON.stringify(change(json)));
};

async function judged(change: (json: Record<string, unknown>) => object): Promise<DriftReport> {
	const report = await judge(await file(), await file(change));
	if (!('config' in report)) throw new Error(report.reason);
	return report;
}

describe('a verdict', () => {
	it('is no crash for ids in the padding that A’s models are known to have', async () => {
		const qwen3 = packedSpec('qwen3');
		// Qwen2.5 has four fewer special tokens.
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
		const b: TokenizerSpec = {
			...applyEdit(smallRanks(), { kind: 'split-regex', split: 0, regex }),
			// Proven to change nothing. That proves nothing about the pattern.
			normalizer: { type: 'Sequence', normalizers: [] }
		};
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

	it('finds no difference if only merges that never compete changed their order', async () => {
		const merges = listed.model.merges?.pairs;
		if (!merges) throw new Error('expected merges');
		// h e → he and l o → lo don't share a token.
		const swapped = merges.slice();
		const [first, second] = [0, 1].map((rank) => [merges[2 * rank], merges[2 * rank + 1]]);
		swapped.set([...second, ...first]);
		const b = { ...listed, model: { ...listed.model, merges: listOfPairs(swapped) } };
		const { verdict, merges: found } = await driftReport(listed, b);
		expect(found.firstReordered).toBe(0);
		expect(verdict).toBe('harmless');
	});

	it('works out fingerprints that are not shown only where nothing else has decided', async () => {
		const side = (spec: TokenizerSpec) => ({ tokenizer: createTokenizer(spec) });
		const find = async (b: TokenizerSpec) =>
			(await startComparison(side(smallRanks()), side(b), { fingerprints: false })).findings;
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
		const { findings } = await startComparison(
			{ tokenizer },
			{ tokenizer, file: { ...read.file, addedIds: [['<|end|>', 299]] } },
			{ onstep: () => steps++ }
		);
		expect(findings.config[0]).toMatchObject({
			field: 'added_tokens[].id',
			witness: { reference: 'transformers.js', a: { ids: [300] }, b: { ids: [299] } }
		});
		// Three steps of the comparison, then the library's file and tables on each side.
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
		expect(output.problems).toEqual([
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

describe('other fields of a file', () => {
	const padding = {
		strategy: 'BatchLongest',
		direction: 'Right',
		pad_to_multiple_of: null,
		pad_id: 0,
		pad_type_id: 0,
		pad_token: '!'
	};
	const truncation = { direction: 'Right', max_length: 4, strategy: 'LongestFirst', stride: 0 };

	it('judges truncation by its length', async () => {
		const short = await judged((json) => ({ ...json, truncation }));
		expect([short.verdict, short.evidence]).toEqual(['silent', 'proven']);
		expect(short.reason).toContain('of more than 4 tokens');
		const long = await judged((json) => ({
			...json,
			truncation: { ...truncation, max_length: 1e9 }
		}));
		expect(long.verdict).toBe('harmless');
	});

	it('judges padding by what it does to batches', async () => {
		const { verdict, reason } = await judged((json) => ({ ...json, padding }));
		expect([verdict, reason]).toEqual([
			'silent',
			expect.stringContaining('pads texts differently')
		]);
		const pad = { ...padding, pad_type_id: 7, pad_token: '?' };
		const sides = await Promise.all([
			file((json) => ({ ...json, padding })),
			file((json) => ({ ...json, padding: pad }))
		]);
		expect((await judge(sides[0], sides[1])).verdict).toBe('harmless');
	});

	it('knows that dropout makes ids random', async () => {
		const { verdict, evidence, reason } = await judged((json) => ({
			...json,
			model: { ...(json.model as object), dropout: 0.1 }
		}));
		expect([verdict, evidence]).toEqual(['silent', 'proven']);
		expect(reason).toContain('skipped at random');
	});

	it('calls a file that shows that it cannot load a crash, and does not pass its output', async () => {
		const report = await judged((json) => ({ ...json, version: '2.0' }));
		expect(report).toMatchObject({
			verdict: 'crash',
			evidence: 'proven',
			loads: {
				a: expect.stringMatching(/^not checked: /) as string,
				b: 'refused: version: got "2.0", expected "1.0"'
			}
		});
		expect(report.checks.find(({ id }) => id === 'output')?.status).toBe('open');
	});

	it('never counts a file as loaded unless Hugging Face’s library was asked', async () => {
		const [a, b] = [await file(), await file()];
		const { checks } = await judge(a, b);
		expect(checks[0]).toMatchObject({ id: 'loads', status: 'open', severity: null });
		expect(checks[0].sentence).toMatch(/^Not checked: /);
		const answers = { tried: 1043, differing: 0, witness: null } as const;
		const asked = await judge(a, b, { native: { ...answers, a: 'yes', b: 'yes' } });
		expect([asked.verdict, asked.checks[0].status]).toEqual(['identical', 'pass']);
		const late = 'not checked: it took too long';
		const stopped = await judge(a, b, { native: { ...answers, a: 'yes', b: late } });
		expect([stopped.verdict, stopped.checks[0].status]).toEqual(['identical', 'incomplete']);
		const refused = { ...answers, a: 'yes', b: 'aborts: index out of bounds' } as const;
		expect((await judge(a, b, { native: refused })).verdict).toBe('crash');
	});

	it('takes an input on which only Hugging Face’s library differs for a witness', async () => {
		const witness: Witness = {
			...{ reference: 'native', does: 'encode', inputs: ['é'], special: 'parse' },
			...{ addSpecialTokens: false, skipSpecial: false },
			a: { ids: [195, 169], text: 'é' },
			b: { ids: [233], text: 'é' }
		};
		const native = { a: 'yes', b: 'yes', tried: 1043, differing: 1, witness } as const;
		const report = await judge(await file(), await file(), { native });
		expect(report).toMatchObject({
			verdict: 'silent',
			evidence: 'witness',
			reason: 'The output differs for 1 of 1,043 inputs.'
		});
	});

	it.each(['[]', '{"a":1}', '"text"', '{', '{} {}', 'aGk= 0\n', '// a comment\n{}', ''])(
		'is a crash if B is %j, which is no tokenizer, and an error if A is',
		async (text) => {
			const unread = await readTokenizerFile(text);
			const report = await judge(await file(), unread);
			expect(report).toMatchObject({
				verdict: 'crash',
				evidence: 'proven',
				loads: { b: expect.stringMatching(/^refused: .*(expected|got)/) as string }
			});
			expect(explainVerdict(report).headline).toContain('cannot serve');
			await expect(judge(unread, await file())).rejects.toThrow(/expected|got/);
		}
	);

	it('does not call a comment in JSON a merges.txt, or judge a file that needs another model', async () => {
		expect(await readTokenizerFile('// a comment\n{}')).toEqual({
			problem: expect.stringContaining('line 1, column 1: got "/"') as string
		});
		const unigram = JSON.stringify({ model: { type: 'Unigram', vocab: [['a', 0]] } });
		await expect(readTokenizerFile(unigram)).rejects.toThrow('Unigram chooses the most probable');
	});
});
