import { describe, expect, it } from 'vitest';
import { smallRanks } from '../../../tests/support/small-specs';
import { tokenizerJsonText } from '../engine';
import { explainVerdict, judge, readTokenizerFile } from './index';
import type { DriftReport, Witness } from './types';

const file = (change: (json: Record<string, unknown>) => object = (json) => json) => {
	const json = JSON.parse(tokenizerJsonText(smallRanks())) as Record<string, unknown>;
	return readTokenizerFile(JSON.stringify(change(json)));
};

async function judged(change: (json: Record<string, unknown>) => object): Promise<DriftReport> {
	const report = await judge(await file(), await file(change));
	if (!('config' in report)) throw new Error(report.reason);
	return report;
}

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

	it('judges truncation by the texts that it shortens', async () => {
		const short = await judged((json) => ({ ...json, truncation }));
		expect(short.verdict).toBe('silent');
		expect(short.output.witnesses[0].b.ids).toHaveLength(4);
		const long = await judged((json) => ({
			...json,
			truncation: { ...truncation, max_length: 1e9 }
		}));
		expect(long.verdict).toBe('harmless');
	});

	it('judges padding by the batch that it fills', async () => {
		const { verdict, output } = await judged((json) => ({ ...json, padding }));
		expect(verdict).toBe('silent');
		expect(output.witnesses[0]).toMatchObject({ does: 'encode-batch' });
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
				b: "refused: Unknown tokenizer version '2.0'"
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

	it('does not call a comment in JSON a merges.txt', async () => {
		expect(await readTokenizerFile('// a comment\n{}')).toEqual({
			problem: expect.stringContaining('line 1, column 1: got "/"') as string
		});
	});

	it('does not judge a file that needs another model', async () => {
		const unigram = JSON.stringify({ model: { type: 'Unigram', vocab: [['a', 0]] } });
		await expect(readTokenizerFile(unigram)).rejects.toThrow('Unigram needs the most probable');
	});
});
