import { createHash } from 'node:crypto';
import {
	linkSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	symlinkSync,
	renameSync,
	writeFileSync
} from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { listFiles } from '../../src/tools/app-files.js';

const BUILD = resolve(import.meta.dirname, '../../build');
const TEXTS = new Set(['.html', '.js', '.css', '.json', '.svg', '.webmanifest']);

/**
 * Writes a build that differs from the real one in the name of every hashed file. Each of its scripts adds the name of
 * the build to `labBuilds`, and each of its pages has it in a `meta` element.
 */
export function writeBuild(folder: string, name: string): void {
	const paths = readdirSync(BUILD, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(BUILD.length + 1));
	const renamed = new Map<string, string>();
	for (const path of paths) {
		const [, file, hash, ending] =
			/^_app\/immutable\/(?:.*\/)?(.*?)([\w-]{8})([.]\w+)$/.exec(path) ?? [];
		if (hash) renamed.set(file + hash + ending, `${file}${hash.slice(0, 6)}-${name}${ending}`);
	}
	const pattern = new RegExp(
		[...renamed.keys()].map((key) => key.replaceAll('.', '[.]')).join('|'),
		'g'
	);
	const rename = (text: string) => text.replace(pattern, (found) => renamed.get(found) ?? found);
	for (const path of paths.filter((path) => path !== 'service-worker.js')) {
		const target = join(folder, rename(path));
		mkdirSync(dirname(target), { recursive: true });
		if (TEXTS.has(extname(path))) {
			writeFileSync(target, mark(rename(readFileSync(join(BUILD, path), 'utf8')), path, name));
		} else linkSync(join(BUILD, path), target);
	}
	const script = readFileSync(join(BUILD, 'service-worker.js'), 'utf8');
	const version = (
		JSON.parse(readFileSync(join(BUILD, '_app/version.json'), 'utf8')) as { version: string }
	).version;
	writeFileSync(
		join(folder, 'service-worker.js'),
		script.replaceAll(version, version + name).replace(listFiles(BUILD), listFiles(folder))
	);
	const entry = readdirSync(join(folder, '_app/immutable'), { recursive: true, encoding: 'utf8' });
	for (const path of entry.filter((path) => path.endsWith('.js'))) {
		const file = join(folder, '_app/immutable', path);
		writeFileSync(file, readFileSync(file, 'utf8').replaceAll(version, version + name));
	}
	// Their content has changed once more.
	writeFileSync(
		join(folder, 'service-worker.js'),
		script.replaceAll(version, version + name).replace(listFiles(BUILD), listFiles(folder))
	);
}

function mark(text: string, path: string, name: string): string {
	if (path.endsWith('.js')) return `${text}\n(globalThis.labBuilds ??= []).push('${name}');`;
	if (!path.endsWith('.html') || path === '404.html') return text;
	const marked = text.replace('<head>', `<head><meta name="build" content="${name}" />`);
	const hashes = [...marked.matchAll(/<script>([^]*?)<\/script>/g)].map(
		([, code]) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`
	);
	return marked.replace(/script-src [^;]*/, `script-src 'self' ${hashes.join(' ')}`);
}

/** Lets a folder that is served stand for a build. */
export function deploy(served: string, build: string): void {
	const next = `${served}.next`;
	symlinkSync(build, next);
	renameSync(next, served);
}
