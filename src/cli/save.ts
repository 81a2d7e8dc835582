/** Writes files beside their places and renames them, so that no place ever holds part of a file. */
import { rmSync } from 'node:fs';
import {
	access,
	constants,
	mkdir,
	open,
	realpath,
	rename,
	rm,
	stat,
	writeFile
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemCode } from './failure';
import type { OutputFile } from './io';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Writes files, or none of them. The files of a folder that does not exist yet appear together.
 * @param folder that holds them and is made, or `null`
 * @throws Error of the file system. What was there before is then unchanged, and nothing is left behind
 */
export async function saveFiles(
	files: readonly OutputFile[],
	folder: string | null
): Promise<void> {
	const drafts: string[] = [];
	const clear = () => drafts.forEach((path) => rmSync(path, { recursive: true, force: true }));
	const stop = (signal: NodeJS.Signals) => {
		clear();
		forget();
		// Ends the process as if nothing had caught the signal, which its parent can see.
		process.kill(process.pid, signal);
	};
	const forget = () => SIGNALS.forEach((signal) => process.off(signal, stop));
	SIGNALS.forEach((signal) => process.on(signal, stop));
	try {
		if (folder === null) await replaceFiles(files, drafts);
		else await makeFolder(folder, files, drafts);
	} catch (error) {
		clear();
		throw error;
	} finally {
		forget();
	}
}

/** Makes a folder with files in it. */
async function makeFolder(
	folder: string,
	files: readonly OutputFile[],
	drafts: string[]
): Promise<void> {
	const draft = draftOf(folder);
	drafts.push(draft);
	await mkdir(draft);
	for (const { path, text } of files) await writeDraft(join(draft, basename(path)), text);
	await rename(draft, folder);
}

async function replaceFiles(files: readonly OutputFile[], drafts: string[]): Promise<void> {
	const finished: (readonly [draft: string, path: string])[] = [];
	for (const { path, text } of files) {
		const found = await stat(path).catch(absent);
		if (found && !found.isFile()) {
			// A device or a pipe is written to; a folder cannot be.
			await writeFile(path, text);
			continue;
		}
		// A file that must not be written is not replaced either.
		if (found) await access(path, constants.W_OK);
		// A link stays, and its target is replaced.
		const target = found ? await realpath(path) : path;
		const draft = draftOf(target);
		drafts.push(draft);
		await writeDraft(draft, text, found?.mode);
		finished.push([draft, target]);
	}
	for (const [draft, target] of finished) await rename(draft, target);
}

/** Writes a new file to the disk. @param mode permissions; the default of the system without them */
async function writeDraft(path: string, text: string, mode?: number): Promise<void> {
	// Left by a process of the same number that was killed.
	await rm(path, { force: true });
	const file = await open(path, 'wx');
	try {
		await file.writeFile(text);
		if (mode !== undefined) await file.chmod(mode);
		// Some file systems say only now that they are full.
		await file.sync();
	} finally {
		await file.close();
	}
}

const draftOf = (path: string): string => join(dirname(path), `.${basename(path)}.${process.pid}`);

function absent(error: unknown): null {
	if (systemCode(error) === 'ENOENT') return null;
	throw error;
}
