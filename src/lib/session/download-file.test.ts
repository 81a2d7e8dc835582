import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codePoint } from '../../../tests/support/arbitrary-text';
import { hostileText } from '../../../tests/support/hostile-text';
import { sized } from '../../../tests/support/size';
import { downloadName, safeFileName } from './download-file';

it.each([
	['tokenizer.json', 'mine.json'],
	['vocab.json', 'mine-vocab.json'],
	['counts.tsv', 'mine.tsv']
])('a download of %s begins with the tokenizer', (file, name) => {
	expect(downloadName('mine', file)).toBe(name);
});

it.each(['gpt2-tokens.csv', 'o200k base.json', 'жук 草莓.tiktoken', 'a.b-2.bpelab.json'])(
	'leaves %s alone',
	(name) => {
		expect(safeFileName(name)).toBe(name);
	}
);

it.each([
	['../../etc/passwd.json', 'etc-passwd.json'],
	['C:\\x\\y.csv', 'C--x-y.csv'],
	['.bashrc.json', 'bashrc.json'],
	['--help.json', 'help.json'],
	['CON.json', '_CON.json'],
	['com1.bpelab.json', '_com1.bpelab.json'],
	['aux .csv', '_aux.csv'],
	['console.csv', 'console.csv'],
	['a. . .json', 'a.json'],
	['evil\u202egnp.json', 'evil-gnp.json'],
	['a\u0000\u001b[31m\u009b.svg', 'a--[31m-.svg'],
	['a\ud800b.csv', 'a-b.csv'],
	['.json', 'bpe-lab.json'],
	['', 'bpe-lab']
])('makes of %j the name %j', (name, safe) => {
	expect(safeFileName(name)).toBe(safe);
});

it('cuts a long name between characters and keeps the ending', () => {
	const name = safeFileName(`${'🦙'.repeat(300)}-tokens.csv`);
	expect(name).toBe(`${'🦙'.repeat(49)}.csv`);
});

it('gives a name that Windows, Linux and macOS can write, whatever a tokenizer is called', () => {
	const part = fc.oneof(
		hostileText,
		fc.string({ unit: codePoint }),
		fc.constantFrom('CON', 'nul', 'LPT1', '..', '/', '\\', '.', ' ', '-', 'x'.repeat(300))
	);
	fc.assert(
		fc.property(
			fc.array(part, { maxLength: 4 }),
			fc.constantFrom('.json', '-tokens.csv', '-vocab.json', '.bpelab.json', '.svg'),
			(parts, ending) => {
				const name = safeFileName(parts.join('') + ending);
				expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(204);
				expect(name.isWellFormed()).toBe(true);
				expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\/:*?"<>|]/u);
				expect(name).not.toMatch(/^[.\s-]|[.\s]$/u);
				expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)\s*(\.|$)/i);
				expect(name.endsWith(/\.\w+$/.exec(ending)?.[0] ?? '')).toBe(true);
				// A safe name stays unchanged.
				expect(safeFileName(name)).toBe(name);
			}
		),
		{ numRuns: sized(500, 3000) }
	);
});
