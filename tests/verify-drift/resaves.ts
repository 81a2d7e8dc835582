/** Real files, loaded and saved again by common libraries. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, reasonOf, runProgram } from '../support/launcher';
import { pythonWith } from '../support/python';
import { CACHE } from './cache';
import type { ResavedFile } from './jobs';
import type { Source } from './sources';

const TOKENIZERS = ['0.15.2', '0.19.1', '0.20.3', '0.21.4', '0.22.2', '0.23.3'];
const NEWEST = `tokenizers==${TOKENIZERS.at(-1)}`;

const environment = (library: string): string => join(CACHE, 'venvs', library.replace('==', '-'));

/** Path of the Python that has the newest of Hugging Face's libraries. */
export const newestPython = (): string => join(environment(NEWEST), 'bin/python');

/** @returns the Python that has a library @throws Error if it cannot be installed */
const install = (library: string): string =>
	// The package tokenizers reads and writes files by itself.
	pythonWith(environment(library), [library], {
		options: library.startsWith('tokenizers') ? ['--no-deps'] : []
	});

/** Installs what `newestPython` runs. @throws Error if that fails */
export const installNewest = (): string => install(NEWEST);

const LIBRARIES: readonly string[] = [
	...TOKENIZERS.map((version) => `tokenizers==${version}`),
	...['4.40.2', '4.44.2', '4.48.3', '4.52.4', '4.57.6', '5.0.0', '5.3.0', '5.12.1', '5.24.0'].map(
		(version) => `transformers==${version}`
	)
];

export interface Resaves {
	readonly files: readonly ResavedFile[];
	/** Files that a library did not load or save, and libraries that could not be installed. */
	readonly missing: readonly string[];
	/** Number of saved files, and of distinct ones. */
	readonly saved: number;
}

interface Answer {
	readonly name: string;
	readonly way: string;
	readonly path?: string;
	readonly error?: string;
}

/** Saves every source with every library, `parallel` libraries at a time, into the cache. */
export async function resave(sources: readonly Source[], parallel: number): Promise<Resaves> {
	const answers: Answer[] = [];
	const missing: string[] = [];
	const queue = [...LIBRARIES];
	const lanes = Array.from({ length: parallel }, async () => {
		for (let library = queue.shift(); library; library = queue.shift()) {
			try {
				answers.push(...(await saveWith(library, sources)));
			} catch (error) {
				missing.push(`${library}: ${reasonOf(error)}`);
			}
		}
	});
	await Promise.all(lanes);
	const byContent = new Map<string, { answer: Answer; ways: string[] }>();
	for (const answer of answers.toSorted((a, b) =>
		a.way.localeCompare(b.way, undefined, { numeric: true })
	)) {
		if (answer.path === undefined) {
			missing.push(`${answer.name}, ${answer.way}: ${answer.error ?? ''}`);
			continue;
		}
		const key = createHash('sha1')
			.update(answer.name)
			.update(readFileSync(answer.path))
			.digest('hex');
		const known = byContent.get(key);
		if (known) known.ways.push(answer.way);
		else byContent.set(key, { answer, ways: [answer.way] });
	}
	const originals = new Map(sources.map(({ name, path }) => [name, path]));
	const files = [...byContent.values()].map(({ answer, ways }, i) => ({
		id: `resave/${i}`,
		name: `${answer.name}: ${ways.join('; ')}`,
		original: originals.get(answer.name) ?? '',
		saved: answer.path ?? ''
	}));
	return { files, missing, saved: answers.filter(({ path }) => path !== undefined).length };
}

/** @throws Error if the library cannot be installed or its process fails */
async function saveWith(library: string, sources: readonly Source[]): Promise<Answer[]> {
	const target = join(CACHE, 'resaves', library.replace('==', '-'));
	const record = join(target, 'answers.json');
	const known = existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')) as Answer[]) : [];
	const left = sources.filter((source) => !known.some((answer) => answer.name === source.name));
	if (left.length === 0) return known;
	const python = install(library);
	mkdirSync(target, { recursive: true });
	const input = left
		.map((source) => JSON.stringify({ name: source.name, folder: dirname(source.path) }))
		.join('\n');
	const program = join(ROOT, 'tests/verify-drift/resave.py');
	const { code, output, errors } = await runProgram(ROOT, python, [program, target], input, {
		...process.env,
		...{ HF_HUB_OFFLINE: '1', TRANSFORMERS_VERBOSITY: 'error', TOKENIZERS_PARALLELISM: 'false' }
	});
	// One a line. Old versions of the library print warnings.
	const lines = output.split('\n').filter((line) => line.startsWith('{"name"'));
	if (code !== 0)
		throw new Error(`exit ${code} after ${lines.length} answers: ${reasonOf(errors)}`);
	const answers = [...known, ...lines.map((line) => JSON.parse(line) as Answer)];
	writeFileSync(`${record}.part`, JSON.stringify(answers));
	renameSync(`${record}.part`, record);
	return answers;
}
