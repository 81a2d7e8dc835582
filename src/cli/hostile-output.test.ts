import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	CONTROL,
	expectSafeLines,
	expectSafeMarkdown,
	hostileText,
	markdownNodes
} from '../../tests/support/hostile-text';
import { runBpeLab } from '../../tests/support/run-bpe-lab';
import { sized } from '../../tests/support/size';
import { smallRanks } from '../../tests/support/small-specs';
import { writeTokenizerJson } from '../lib/engine';
import { markdownCode, markdownProse, printable } from '../lib/drift/escapes';

describe('prose and code in Markdown', () => {
	it('has no node but text and code, whatever the text is', () => {
		fc.assert(
			fc.property(fc.array(hostileText, { maxLength: 5 }), fc.boolean(), (words, quoted) => {
				const text = words.map((word) => (quoted ? JSON.stringify(word) : word)).join(' ');
				for (const markdown of [
					`${markdownProse(text)}\n`,
					`- ${markdownProse(text)}\n`,
					`A: ${markdownCode(text)}\n`
				]) {
					expectSafeMarkdown(markdown);
					const types = markdownNodes(markdown).map(({ type }) => type);
					expect(types.filter((type) => /list|table|heading/.test(type)).length).toBeLessThan(3);
				}
			}),
			{ numRuns: sized(200, 2000) }
		);
	});

	it('shows code as it is', () => {
		fc.assert(
			fc.property(hostileText, (text) => {
				const line = printable(text);
				const found = markdownNodes(`A: ${markdownCode(text)}.\n`).filter(
					({ type }) => type === 'inlineCode'
				);
				expect(found.map(({ value }) => value?.trim())).toEqual([line.trim()]);
			}),
			{ numRuns: sized(100, 1000) }
		);
	});
});

/** A folder whose name and contents are hostile. */
function hostileFolder(name: string, tokens: readonly string[], text: string) {
	const json = writeTokenizerJson(smallRanks());
	const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false };
	const added_tokens = [...new Set(tokens)].map((content, i) => ({
		...{ id: 300 + i, content, special: true },
		...flags
	}));
	return {
		[`${name}/tokenizer.json`]: JSON.stringify({ ...json, added_tokens }),
		[`${name}/tokenizer_config.json`]: JSON.stringify({
			tokenizer_class: text,
			eos_token: text,
			[text]: text,
			chat_template: text
		})
	};
}

const fileName = hostileText.map(
	(name) => name.replace(/[/\0]/g, '_').replace(/^[.\s-]+/, 'x') || 'x'
);

const inputs = fc.record({
	a: fileName.map((name) => `a${name}`),
	b: fileName.map((name) => name + 'b'),
	tokensA: fc.array(hostileText, { minLength: 1, maxLength: 3 }),
	tokensB: fc.array(hostileText, { minLength: 1, maxLength: 3 }),
	textA: hostileText,
	textB: hostileText
});

describe('hostile tokens, file names and templates', () => {
	it('are escaped in every output of diff, inspect and trace', async () => {
		await fc.assert(
			fc.asyncProperty(inputs, async ({ a, b, tokensA, tokensB, textA, textB }) => {
				const files = {
					...hostileFolder(a, tokensA, textA),
					...hostileFolder(b, tokensB, textB),
					'text.txt': `hello ${tokensA.join('')}`
				};
				const output = async (...args: string[]): Promise<string> => {
					const { code, warnings, output } = await runBpeLab(args, files);
					expect([code, warnings]).toEqual([0, []]);
					return output;
				};
				const diff = (format: string) =>
					output('diff', '--probes', 'quick', '--format', format, '--text', 'text.txt', '--', a, b);
				expectSafeLines(await diff('text'));
				const json = await diff('json');
				expectSafeLines(json);
				expect(JSON.parse(json)).toMatchObject({ tokenizers: { a, b } });
				expectSafeMarkdown(await diff('markdown'));
				const annotations = (await diff('github')).trimEnd().split('\n');
				expect(annotations.length).toBeLessThanOrEqual(10);
				for (const line of annotations) {
					expect(line).not.toMatch(CONTROL);
					expect(line).toMatch(/^::(error|warning|notice) title=[^,:]*,file=[^,:]*::/);
				}
				expectSafeLines(await output('inspect', '--', b));
				const inspected = await output('inspect', '--json', '--', b);
				expectSafeLines(inspected);
				JSON.parse(inspected);
				expectSafeLines(await output('trace', '-t', a, 'text.txt'));
			}),
			{ numRuns: sized(2, 20) }
		);
	});
});
