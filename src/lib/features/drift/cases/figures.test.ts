/**
 * Every number in the texts of a case must be a figure with its source and the place in that source, unless one of
 * these explains it:
 * - a name that has letters and digits in one word (`cl100k`, `GPT-2`, `U+0085`, `Q4_K_M`, `R1-0528`);
 * - a model or library with its version (`Llama 3.1`, `tokenizers 0.20`), a version of three parts, or the number of a
 *   Split;
 * - the size of a model (`8B`);
 * - the number of an issue (`transformers#45488`);
 * - the input of the case, or the tokens and texts that it expects.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { DRIFT_CASES } from './cases';
import { OWN_TEST, type DriftCase } from './types';

const NAMES = [
	// Words of letters and digits, with their punctuation.
	/[\w@/.+#-]*[A-Za-z][\w@/.+#-]*\d[\w@/.+#-]*/g,
	/\b(?:Llama|Gemma|Qwen|DeepSeek|OLMo|Granite|Unicode|Version|transformers|tokenizers|lm-eval|Split) \d+(?:\.\d+)*/g,
	/\b\d+(?:\.\d+){2,}\b/g,
	/\b\d+B\b/g
];
const NUMBER = /\d+(?:[.,]\d+)*/g;

/** All texts on a card, one per field. */
function textsOf({ claim, story, damage, note, destination }: DriftCase): string[] {
	return [claim, story, damage, note, destination?.note].filter((text) => typeof text === 'string');
}

/** Numbers that neither a figure nor a rule explains. */
function unexplained(item: DriftCase): string[] {
	const data = JSON.stringify([item.task, item.expect]);
	return textsOf(item).flatMap((content) => {
		const figures = item.figures.map(({ text }) => text);
		const withoutFigures = figures.reduce((text, figure) => text.replaceAll(figure, ' '), content);
		const rest = NAMES.reduce((text, name) => text.replaceAll(name, ' '), withoutFigures);
		return (rest.match(NUMBER) ?? []).filter((number) => !data.includes(number));
	});
}

it.each(DRIFT_CASES.map((item) => [item.slug, item] as const))(
	'%s has sourced figures',
	(_, item) => {
		expect(unexplained(item)).toEqual([]);
		const texts = textsOf(item).join('\n');
		expect(texts).not.toMatch(/per ?cent\b/);

		const names = [...item.sources.map(({ name }) => name), OWN_TEST];
		for (const { text, source, where } of item.figures) {
			expect(names, text).toContain(source);
			expect(where, text).not.toBe('');
			expect(texts).toContain(text);
		}

		// Damage is shown only with a figure measured by a source.
		const { damage } = item;
		if (damage === null) return;
		const inDamage = item.figures.filter(({ text }) => damage.includes(text));
		expect(inDamage.length).toBeGreaterThan(0);
		expect(inDamage.map(({ source }) => source)).not.toContain(OWN_TEST);
	}
);

it('checks each of our own figures in the test that it names', () => {
	for (const { text, source, where } of DRIFT_CASES.flatMap(({ figures }) => figures)) {
		if (source !== OWN_TEST) continue;
		const path = fileURLToPath(new URL(`../../../../../${where}`, import.meta.url));
		const test = readFileSync(path, 'utf8').replaceAll('_', '');
		expect(where).toMatch(/\.test\.ts$/);
		expect(test, text).toContain(text.replaceAll(',', ''));
	}
});
