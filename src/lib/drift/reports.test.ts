import { describe, expect, it } from 'vitest';
import { driftReport } from '../../../tests/support/drift-report';
import { damageOn } from '../../../tests/support/fake-damage';
import { packedSpec } from '../../../tests/support/packed-tokenizers';
import { applyEdit } from './edits/apply';
import { driftReportJson } from './report-json';
import { driftReportMarkdown } from './report-markdown';

const NAMES = { a: 'cl100k_base', b: 'mine|`x`' };

const spec = packedSpec('cl100k_base');
const regex = '\\p{N}|\\p{L}+|.';
/** B splits numbers differently. */
const numbers = await driftReport(spec, applyEdit(spec, { kind: 'split-regex', split: 0, regex }), {
	texts: { 'a.txt': 'What is 3333?', 'b.txt': 'hello' }
});
/** No difference, text or measurement. */
const same = await driftReport(packedSpec('gpt2'), packedSpec('gpt2'));

describe('driftReportJson', () => {
	it('has the public shape, without the large lists', () => {
		const report: unknown = JSON.parse(JSON.stringify(driftReportJson(numbers, NAMES)));
		expect(report).toMatchObject({
			tokenizers: NAMES,
			verdict: 'silent',
			vocabulary: {
				...{ sizeA: 100_256, sizeB: 100_256, shared: 100_256, sameId: 100_256 },
				...{ moved: 0, added: 0, removed: 0 }
			},
			specialTokens: { added: [], missing: [], moved: [], flags: [] },
			config: [
				{
					field: 'pre_tokenizer.pretokenizers[0].pattern.Regex',
					b: '\\p{N}|\\p{L}+|.',
					severity: 'silent'
				}
			],
			merges: { sizeA: 100_000, sizeB: 100_000, added: 0, removed: 0, firstReordered: null },
			text: {
				documents: 2,
				documentsChanged: 1,
				firstDivergence: { document: 'a.txt', byte: 4, idsA: [374], idsB: [220, 285] }
			}
		});
		expect(report).toHaveProperty('selfEncode.unreachableA');
		expect(report).toHaveProperty('selfEncode.unreachableB');
		expect(report).toMatchObject({ fingerprint: { same: false, chkhshSame: false } });
		expect(report).toHaveProperty('fingerprint.a');
		expect(JSON.stringify(report).length).toBeLessThan(20_000);
	});
});

describe('driftReportMarkdown', () => {
	it('has valid tables, whatever the names and values contain', () => {
		const markdown = driftReportMarkdown(numbers, NAMES, null);
		expect(markdown).toMatch(/^# Tokenizer drift: silent\n/);
		expect(markdown).toContain('B (serves it): `` mine|`x` ``');
		expect(markdown).toContain('| ✗ | Configuration | silent |');
		expect(markdown).toContain('llama.cpp chkhsh');
		for (const table of markdown
			.trimEnd()
			.split('\n\n')
			.filter((part) => part.startsWith('|'))) {
			const columns = table.split('\n').map((row) => row.replaceAll('\\|', '').split('|').length);
			expect(new Set(columns).size).toBe(1);
		}
	});
});

describe('a measurement in the reports', () => {
	const measured = damageOn('country profiles', { bitsPerByte: 1, coveredBytes: 600 });
	const report = () => driftReport(packedSpec('gpt2'), packedSpec('gpt2'), { damage: measured });

	it('is in JSON with its text, its sizes, dropped bytes and caveats', async () => {
		const json: unknown = JSON.parse(JSON.stringify(driftReportJson(await report(), NAMES)));
		const side = { bitsPerByte: 2, top1: 0.3, unseenBigrams: 0.2, coveredBytes: 1000 };
		const expected = {
			...{ corpus: 'country profiles', outcome: 'measured', droppedBytes: 400 },
			training: { documents: 4, bytes: 4000, tokens: 90 },
			heldOut: { documents: 1, bytes: 1000 },
			a: side,
			b: { ...side, bitsPerByte: 1, coveredBytes: 600 }
		};
		const notes = [{ text: 'It is relative.' }, { source: { url: 'https://example.org/p' } }];
		expect(json).toMatchObject({ damage: { ...expected, corpora: [expected], notes } });
	});

	it('is in Markdown, and dropped text is not shown as a gain', async () => {
		const markdown = driftReportMarkdown(await report(), NAMES, null);
		const [, section] = markdown.split('## Measured damage');
		expect(section).toContain('B leaves out 40% of the text (400 of 1,000 bytes).');
		expect(section).toContain('is no gain');
		expect(section).not.toContain('−50');
		expect(section).toContain('Trained on 4 kB of country profiles (90 tokens)');
		expect(section).toContain(
			'| Text | Change in bits per byte | bits per byte, A → B | next token'
		);
		expect(section).toContain('| country profiles | – | 2.00 → 1.00 | 30% → 30% |');
		expect(section).toContain('- It is relative.');
		expect(section).toContain('- Measured elsewhere: 5%. [a paper](https://example.org/p)');
	});

	it('has every text that was measured, the first one at the top level of the JSON', async () => {
		const crash = { outcome: 'crash', rows: 128, id: 200, document: 'a', byte: 3 } as const;
		const all = await driftReport(packedSpec('gpt2'), packedSpec('gpt2'), {
			damage: {
				measurements: [
					...damageOn('country profiles', { bitsPerByte: 3 }).measurements,
					...damageOn('JavaScript', { bitsPerByte: 2.5, coveredBytes: 900 }).measurements,
					{ corpus: 'my_*files*', damage: crash }
				],
				notes: []
			}
		});
		const json: unknown = JSON.parse(JSON.stringify(driftReportJson(all, NAMES)));
		expect(json).toMatchObject({
			damage: {
				corpus: 'country profiles',
				change: 0.5,
				corpora: [
					{ corpus: 'country profiles', change: 0.5, droppedBytes: 0 },
					{ corpus: 'JavaScript', change: 0.25, droppedBytes: 100 },
					{ corpus: 'my_*files*', ...crash }
				]
			}
		});
		const [, section] = driftReportMarkdown(all, NAMES, null).split('## Measured damage');
		expect(section).toContain('+50% on country profiles, +25% on JavaScript.');
		expect(section).toContain('On JavaScript: B leaves out 10% of the text');
		expect(section).toContain('| JavaScript | +25% | 2.00 → 2.50 |');
		// A name is treated as text, even if it contains Markdown.
		expect(section).toContain('| `my_*files*` | – | – |');
	});

	it('is left out if nothing was measured, as is text if none was compared', () => {
		expect(driftReportMarkdown(same, NAMES, null)).not.toContain('## Measured damage');
		expect(driftReportJson(same, NAMES)).not.toHaveProperty('damage');
		expect(driftReportJson(same, NAMES)).not.toHaveProperty('text');
	});
});
