/** Real files, loaded and saved again by common libraries. */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ResavedFile } from './jobs';
import type { Source } from './sources';

const TOKENIZERS = ['0.15.2', '0.19.1', '0.20.3', '0.21.4', '0.22.2', '0.23.3'];
const NEWEST = `tokenizers==${TOKENIZERS.at(-1)}`;

const environment = (cache: string, library: string): string =>
	join(cache, 'venvs', library.replace('==', '-'));

/** Path of the Python that has the newest of Hugging Face's libraries. @param cache folder of all environments */
export const newestPython = (cache: string): string =>
	join(environment(cache, NEWEST), 'bin', 'python');

/** Installs what `newestPython` runs. @throws Error if that fails */
export const installNewest = (cache: string): string => install(NEWEST, environment(cache, NEWEST));

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
export async function resave(
	sources: readonly Source[],
	cache: string,
	program: string,
	parallel: number
): Promise<Resaves> {
	const answers: Answer[] = [];
	const missing: string[] = [];
	const queue = [...LIBRARIES];
	const lanes = Array.from({ length: parallel }, async () => {
		for (let library = queue.shift(); library; library = queue.shift()) {
			try {
				answers.push(...(await saveWith(library, sources, cache, program)));
			} catch (error) {
				missing.push(`${library}: ${error instanceof Error ? error.message : String(error)}`);
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
async function saveWith(
	library: string,
	sources: readonly Source[],
	cache: string,
	program: string
): Promise<Answer[]> {
	const target = join(cache, 'resaves', library.replace('==', '-'));
	const record = join(target, 'answers.json');
	const known = existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')) as Answer[]) : [];
	const left = sources.filter((source) => !known.some((answer) => answer.name === source.name));
	if (left.length === 0) return known;
	const python = install(library, environment(cache, library));
	mkdirSync(target, { recursive: true });
	const input = left
		.map((source) => JSON.stringify({ name: source.name, folder: dirname(source.path) }))
		.join('\n');
	const answers = [...known, ...(await run(python, [program, target], input))];
	writeFileSync(`${record}.part`, JSON.stringify(answers));
	renameSync(`${record}.part`, record);
	return answers;
}

function install(library: string, folder: string): string {
	const python = join(folder, 'bin/python');
	const marker = join(folder, 'installed');
	if (existsSync(marker)) return python;
	rmSync(folder, { recursive: true, force: true });
	const steps: readonly (readonly [string, readonly string[]])[] = [
		['python3', ['-m', 'venv', folder]],
		// The package tokenizers reads and writes files by itself.
		[
			python,
			[
				'-m',
				'pip',
				'install',
				'-q',
				...(library.startsWith('tokenizers') ? ['--no-deps'] : []),
				library
			]
		]
	];
	for (const [command, args] of steps) {
		const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
		if (error) throw error;
		if (status !== 0) throw new Error(stderr.trim().split('\n').at(-1) ?? `exit ${status}`);
	}
	writeFileSync(marker, '');
	return python;
}

/** Answers, one per line. A file that the process died of has an error. */
function run(python: string, args: readonly string[], input: string): Promise<Answer[]> {
	return new Promise((resolve, reject) => {
		const child = spawn(python, args, {
			stdio: ['pipe', 'pipe', 'pipe'],
			env: {
				...process.env,
				HF_HUB_OFFLINE: '1',
				TRANSFORMERS_VERBOSITY: 'error',
				TOKENIZERS_PARALLELISM: 'false'
			}
		});
		let out = '';
		let words = '';
		child.stdout.on('data', (data: Buffer) => (out += data.toString()));
		child.stderr.on('data', (data: Buffer) => (words = (words + data.toString()).slice(-500)));
		child.on('error', reject);
		child.on('exit', (code) => {
			// Old versions of the library print warnings.
			const lines = out.split('\n').filter((line) => line.startsWith('{"name"'));
			const answers = lines.map((line) => JSON.parse(line) as Answer);
			if (code === 0) resolve(answers);
			else
				reject(
					new Error(
						`exit ${code} after ${answers.length} answers: ${words.trim().split('\n').at(-1) ?? ''}`
					)
				);
		});
		child.stdin.end(input);
	});
}
