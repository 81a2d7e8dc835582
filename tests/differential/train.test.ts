import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
	createPretokenCounter,
	createTrainer,
	type TrainingRules
} from '../../src/lib/engine/train';
import { readPackageFile } from '../../src/tools/packages';
import { declarationText } from '../support/declarations';
import { mergeSpellings } from '../support/merge-spellings';
import { randomFrom, SEED } from '../support/random-texts';
import { scratchFolder } from '../support/scratch-folder';
import { byteLevel, tokenizerFile } from '../support/spec-parts';
import { sized } from '../support/size';
import { PLAIN_RULES } from '../support/training';
import { EXTRAS } from '../../src/lib/engine/stages';

/**
 * Training by Hugging Face's rules matches its native library: the same merges in the same order, and the same ids. Its
 * `train(files)` has no options: 30,000 tokens, no minimum frequency, lines and files as separate texts.
 */

const require = createRequire(import.meta.url);
const { Tokenizer } = require('tokenizers');

console.log(`training: SEED=${SEED} runs the same corpora again`);

const RULES: TrainingRules = {
	...PLAIN_RULES,
	...{ pattern: 'gpt2', feed: 'lines', vocabularySize: 30_000 }
};

const UNTRAINED = JSON.stringify(
	tokenizerFile({ pre_tokenizer: byteLevel(), model: { type: 'BPE', vocab: {}, merges: [] } })
);

const folder = scratchFolder();

function trainNatively(texts: readonly string[]) {
	const files = texts.map((text, i) => {
		const file = join(folder, `${i}.txt`);
		writeFileSync(file, text);
		return file;
	});
	const tokenizer = Tokenizer.fromString(UNTRAINED);
	tokenizer.train(files);
	const saved = join(folder, 'tokenizer.json');
	tokenizer.save(saved);
	const { model } = JSON.parse(readFileSync(saved, 'utf8')) as {
		model: { vocab: Record<string, number>; merges: [string, string][] };
	};
	return { merges: model.merges.map((pair) => pair.join(' ')), ids: model.vocab };
}

/** @returns the size of the vocabulary */
function expectSame(texts: readonly string[]): number {
	const expected = trainNatively(texts);
	const counter = createPretokenCounter(RULES, EXTRAS);
	for (const text of texts) {
		counter.add(new TextEncoder().encode(text));
		counter.endText();
	}
	const trainer = createTrainer(counter.finish(), RULES);
	while (!trainer.advance(1000));
	const { merges, vocabulary } = mergeSpellings(trainer.result());
	// Comparing single strings shows a difference quickly.
	expect(merges.join('\n')).toBe(expected.merges.join('\n'));
	const ids = Object.fromEntries(Array.from(vocabulary, ([id, token]) => [token, id]));
	expect(ids).toEqual(expected.ids);
	return vocabulary.size;
}

describe('training equals Hugging Face', () => {
	const READMES = ['ajv', 'enhanced-resolve', 'fast-check', 'eslint', 'vite', 'rolldown'];
	const SCRIPTS = ['rus', 'arb', 'heb', 'hin', 'tam', 'kor', 'ell_monotonic', 'vie', 'mya', 'tur'];
	it.each<[string, readonly string[], readonly string[]]>([
		['English', ['eng'], READMES],
		['Chinese and Japanese', ['cmn_hans', 'cmn_hant', 'cmn_hans_beijing', 'jpn', 'jpn_tokyo'], []],
		['many scripts', SCRIPTS, []]
	])('on %s', (_, declarations, packages) => {
		const readmes = packages.map((name) => readPackageFile(name, 'README.md'));
		expectSame([...declarations.map((code) => declarationText(code) ?? ''), ...readmes]);
	});

	it('on code, with more pairs than the vocabulary has room for', () => {
		const texts = ['typescript.d.ts', 'lib.webworker.d.ts', 'lib.dom.d.ts'].map((file) =>
			readPackageFile('typescript', `lib/${file}`)
		);
		expect(expectSame(texts)).toBe(RULES.vocabularySize);
	});

	it('on runs of equal letters, which overlap with themselves', () => {
		const random = randomFrom(SEED);
		const run = () => 'aabo'.charAt(Math.floor(random() * 4)).repeat(1 + Math.floor(random() * 90));
		expectSame([Array.from({ length: 1500 }, () => run() + (random() < 0.4 ? ' ' : '')).join('')]);
		expectSame(['aaaa', 'aaaaaaaaaaa aaaa\naaa', 'abababababab baba']);
	});

	it('on texts full of ties', () => {
		const random = randomFrom(SEED + 1);
		for (let i = 0; i < sized(30, 100); i++) {
			const letters = 'abcdefgh'.slice(0, 2 + Math.floor(random() * 7));
			const letter = () =>
				random() < 0.12 ? ' ' : letters.charAt(Math.floor(random() * letters.length));
			expectSame([Array.from({ length: 20 + Math.floor(random() * 800) }, letter).join('')]);
		}
	});
});
