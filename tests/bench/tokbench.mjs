// Runs the huggingface/tokbench benchmark according to its rules, on its own corpora if they are provided. The lab
// is measured through the adapter in the tokbench folder, and must return the same ids as Hugging Face's library.
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../support/launcher';
import { HUGGING_FACE } from '../support/native-tokenizers';
import { printTable } from '../support/program';
import { withPackage } from './command-line.mjs';
import { askContender } from './encoding.mjs';
import { noteDifference } from './figures.mjs';
import { ask } from './processes.mjs';
import { median } from './rounds.mjs';
import { declaration, FOUND_TEXTS, grow, MEGABYTE, textFile } from './texts.mjs';

const MODELS = { 'llama-3': 'llama3', 'mistral-nemo': 'mistral-tekken' };
const REPEATS = 5;
const CHUNK_BYTES = 10_240;
/** Language codes of the declarations of human rights, keyed by tokbench's names for the languages. */
const LANGUAGES = {
	...{ amharic: 'amh', bengali: 'ben', chinese: 'cmn_hans', english: 'eng', georgian: 'kat' },
	...{ greek: 'ell_monotonic', hebrew: 'heb', hindi: 'hin', japanese: 'jpn', tamil: 'tam' }
};

/** @param {string | undefined} fixtures folder with tokbench's corpora */
export const benchTokbench = (fixtures) =>
	withPackage(async (bin, folder) => {
		const installed = join(folder, 'node_modules/bpe-lab');
		mkdirSync(installed, { recursive: true });
		cpSync(join(folder, 'dist'), join(installed, 'dist'), { recursive: true });
		cpSync(join(ROOT, 'package.json'), join(installed, 'package.json'));
		cpSync(join(ROOT, 'tests/bench/tokbench'), join(folder, 'adapter'), { recursive: true });
		const rows = [];
		for (const [model, id] of Object.entries(MODELS)) {
			const directory = join(folder, model);
			mkdirSync(directory);
			writeFileSync(join(directory, 'tokenizer.json'), HUGGING_FACE[id]());
			for (const corpus of fixtures ? given(fixtures) : substituteCorpora(folder))
				rows.push(await measureCell(folder, directory, corpus));
		}
		console.log(
			`tokbench: MB/s (of 2^20 bytes) by the clock, one thread, median of ${REPEATS} passes over text not seen before`
		);
		if (!fixtures)
			console.log(
				'Texts of a language are continued declarations of Human Rights, in which words recur more often than elsewhere.'
			);
		const speeds = ({ lab, native }) => [mbps(lab), mbps(native), mbps(lab) / mbps(native)];
		const medians = [0, 1, 2].map((i) => median(rows.map((row) => speeds(row)[i])));
		const shown = (numbers) => numbers.map((number) => number.toFixed(1));
		printTable(
			['cell', 'lab', 'Hugging Face native', 'times'],
			[
				...rows.map((row) => [
					`${row.cell}${row.lab.reused ? ' (short)' : ''}`,
					...shown(speeds(row))
				]),
				[`median of ${rows.length}`, ...shown(medians)]
			]
		);
	});

const mbps = ({ bytes, secs }) => bytes / 2 ** 20 / secs;

const given = (fixtures) =>
	readdirSync(fixtures)
		.filter((name) => name.endsWith('.txt'))
		.map((name) => join(fixtures, name));

/**
 * Substitutes for tokbench's corpora, similar in kind and size: declarations of human rights, each extended with
 * similar random text, and texts from packages.
 */
function substituteCorpora(folder) {
	const languages = Object.entries(LANGUAGES).map(([language, code]) => {
		const file = join(folder, `${language}.txt`);
		writeFileSync(file, grow(declaration(`${code}.html`), MEGABYTE));
		return file;
	});
	return [...languages, ...FOUND_TEXTS.map((name) => textFile(name, 'text'))];
}

async function measureCell(folder, model, file) {
	const cell = `${basename(model)}, ${basename(file).split('.')[0]}`;
	const options = { model, corpus: file, reps: REPEATS, 'chunk-bytes': CHUNK_BYTES };
	const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
	const script = join(folder, 'adapter/run.mjs');
	const { answer: lab } = await ask(process.execPath, [script, ...args], {});
	const tasks = [{ corpus: file, chunkBytes: CHUNK_BYTES, repeats: REPEATS }];
	const [native] = await askContender({
		...{ family: 'json', contender: 'Hugging Face native' },
		...{ name: join(model, 'tokenizer.json'), tasks }
	});
	if (lab.unsupported) throw new Error(`${cell}: ${lab.unsupported}`);
	if (lab.ids_hash !== native.hash) noteDifference(cell, 'other ids', "Hugging Face's");
	return { cell, lab, native };
}
