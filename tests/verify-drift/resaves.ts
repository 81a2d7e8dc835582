/** Real files, loaded and saved again by several versions of Hugging Face's libraries. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, reasonOf, runProgram } from '../support/launcher';
import { pythonWith } from '../support/python';
import type { Job } from './jobs';
import { CACHE, type Source } from './sources';

const NEWEST = 'tokenizers==0.23.3';
const LIBRARIES: readonly string[] = [
	...['0.15.2', '0.19.1', '0.20.3', '0.21.4', '0.22.2'].map((version) => `tokenizers==${version}`),
	NEWEST,
	...['4.40.2', '4.44.2', '4.48.3', '4.52.4', '4.57.6', '5.0.0', '5.3.0', '5.12.1', '5.24.0'].map(
		(version) => `transformers==${version}`
	)
];

const environment = (library: string): string => join(CACHE, 'venvs', library.replace('==', '-'));

/** Path of the Python that can import the newest version of Hugging Face's library. */
export const newestPython = (): string => join(environment(NEWEST), 'bin/python');

/**
 * Installs a library. @returns the Python that can import the library @throws Error if the library cannot be installed
 */
const install = (library: string): string =>
	// The `tokenizers` package can read and write files without its dependencies.
	pythonWith(environment(library), [library], {
		options: library.startsWith('tokenizers') ? ['--no-deps'] : []
	});

/** Installs the library for `newestPython`. @throws Error if that fails */
export const installNewest = (): string => install(NEWEST);

export interface Resaves {
	/** One job per source, with the saved files that differ from the source and from each other. */
	readonly jobs: readonly Job[];
	/** Files that a library failed to load or save, and libraries that could not be installed. */
	readonly missing: readonly string[];
	readonly saved: number;
}

interface Answer {
	readonly name: string;
	readonly way: string;
	readonly path?: string;
	readonly error?: string;
}

/** Has every library load every source and save it to the cache, with up to `parallel` libraries running at a time. */
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
	answers.sort((a, b) => a.way.localeCompare(b.way, undefined, { numeric: true }));
	const saved = answers.filter(({ path }) => path !== undefined);
	for (const { name, way, path, error } of answers)
		if (path === undefined) missing.push(`${name}, ${way}: ${error}`);
	const jobs = sources.map((source): Job => {
		/** Distinct saved files by checksum, each with the ways of saving that produced it. */
		const texts = new Map<string, { path: string; ways: string[] }>();
		for (const { way, path = '' } of saved.filter(({ name }) => name === source.name)) {
			const checksum = createHash('sha1').update(readFileSync(path)).digest('hex');
			const text = texts.get(checksum) ?? { path, ways: [] };
			text.ways.push(way);
			texts.set(checksum, text);
		}
		const files = [...texts.values()];
		return {
			chosen: [...files.keys()],
			*pairs(chosen) {
				for (const i of chosen) {
					const { path, ways } = files[i];
					const [a, b] = [source.path, path].map((file) => readFileSync(file, 'utf8'));
					const id = `resave/${source.name}/${i}`;
					yield { id, class: 're-save', name: `${source.name}: ${ways.join('; ')}`, a, b };
				}
			}
		};
	});
	return { jobs, missing, saved: saved.length };
}

/**
 * Has one library load and save every source that it hasn't saved in an earlier run.
 * @throws Error if the library cannot be installed or its process fails
 */
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
	// Results are JSON lines; old versions of the library also print warnings.
	const lines = output.split('\n').filter((line) => line.startsWith('{"name"'));
	if (code !== 0)
		throw new Error(`exit ${code} after ${lines.length} answers: ${reasonOf(errors)}`);
	const answers = [...known, ...lines.map((line) => JSON.parse(line) as Answer)];
	writeFileSync(`${record}.part`, JSON.stringify(answers));
	renameSync(`${record}.part`, record);
	return answers;
}
