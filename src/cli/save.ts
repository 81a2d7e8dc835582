/**
 * Writes files as drafts in the same folder and then renames them, so that a path always contains either the old file
 * or the complete new one.
 */
import {
	closeSync,
	mkdirSync,
	openSync,
	readdirSync,
	renameSync,
	rmdirSync,
	rmSync,
	mkdtempSync
} from 'node:fs';
import {
	access,
	appendFile,
	constants,
	lstat,
	open,
	realpath,
	rename,
	rm,
	stat,
	writeFile,
	type FileHandle
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileError, systemCode } from './failure';

export interface OutputFolder {
	/** Writes a file from a string or in chunks. */
	add(name: string, content: string | AsyncIterable<Uint8Array>): Promise<void>;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Error codes for a path that can be written but not replaced: a mounted file, or a file in a folder that is read-only
 * or belongs to another user.
 */
const CANNOT_REPLACE = ['EBUSY', 'EACCES', 'EPERM', 'EROFS', 'EXDEV', 'ENAMETOOLONG'];

/**
 * Writes a file. Its old content remains until all of the new content has been written. A file that cannot be replaced
 * is overwritten in place, so an interrupted write can leave it incomplete.
 * @throws UserError naming the path that cannot be written. No draft is left behind
 */
export const saveFile = (path: string, text: string): Promise<void> =>
	withDrafts((drafts) =>
		withFileErrors(path, async () => {
			const found = await stat(path).catch(absent);
			const isLinkToNothing = !found && (await lstat(path).catch(absent)) !== null;
			// Write in place: this creates the target of a dangling link, passes data to a device or pipe, and fails for a
			// folder.
			if (isLinkToNothing || (found && !found.isFile())) return writeFile(path, text);
			// If the path is a symbolic link, replace the file that it points to, not the link. Don't replace a read-only
			// file.
			const target = found ? await realpath(path) : path;
			if (found) await access(target, constants.W_OK);
			const draft = draftBeside(target);
			try {
				// Synchronous, so that no signal can be handled before the draft has been added to `drafts`.
				closeSync(openSync(draft, 'wx'));
				drafts.push(draft);
				await writeAndSync(await open(draft, 'r+'), text, found?.mode);
				await rename(draft, target);
			} catch (error) {
				if (!CANNOT_REPLACE.includes(systemCode(error) ?? '')) throw error;
				await writeFile(target, text);
				await rm(draft, { force: true });
			}
		})
	);

/**
 * Fills a folder with files of any size. None of them appears under its own name until all are complete. In an existing
 * folder, the new files replace files with the same names, in the order in which they were written.
 * @param isStale whether an existing file with this name is left over from an earlier run; such a file is removed
 * unless it was written again
 * @throws UserError naming the folder if it cannot be written, and anything `fill` throws. No drafts are left behind
 */
export async function saveFolder(
	folder: string,
	fill: (files: OutputFolder) => Promise<void>,
	isStale: (name: string) => boolean
): Promise<void> {
	await withDrafts((drafts) =>
		withFileErrors(folder, async () => {
			const isNew = (await stat(folder).catch(absent)) === null;
			const draft = isNew ? draftBeside(folder) : join(folder, draftName());
			mkdirSync(draft);
			drafts.push(draft);
			const names: string[] = [];
			await fill({
				async add(name, content) {
					const file = await open(join(draft, name), 'wx');
					await writeAndSync(file, content);
					names.push(name);
				}
			});
			if (isNew) await rename(draft, folder);
			else moveInto(folder, draft, names, isStale);
		})
	);
}

/** Moves files into a folder. Synchronous, so that no signal can interrupt it. */
function moveInto(
	folder: string,
	draft: string,
	names: readonly string[],
	isStale: (name: string) => boolean
): void {
	for (const name of names) renameSync(join(draft, name), join(folder, name));
	for (const name of readdirSync(folder)) {
		if (isStale(name) && !names.includes(name)) rmSync(join(folder, name));
	}
	rmdirSync(draft);
}

/** Runs `work`, and removes the drafts that `work` has added to `drafts` if it fails or the process is interrupted. */
async function withDrafts<T>(work: (drafts: string[]) => Promise<T>): Promise<T> {
	const drafts: string[] = [];
	const clear = () => drafts.forEach((path) => rmSync(path, { recursive: true, force: true }));
	const stop = (signal: NodeJS.Signals) => {
		clear();
		forget();
		// End the process the way an uncaught signal would, so that its parent sees the signal.
		process.kill(process.pid, signal);
	};
	const forget = () => SIGNALS.forEach((signal) => process.off(signal, stop));
	SIGNALS.forEach((signal) => process.on(signal, stop));
	try {
		return await work(drafts);
	} catch (error) {
		clear();
		throw error;
	} finally {
		forget();
	}
}

/** Runs `work` with a temporary folder, which is removed afterwards, even if the process is interrupted. */
export const withTemporaryFolder = <T>(work: (folder: string) => Promise<T>): Promise<T> =>
	withDrafts(async (drafts) => {
		const folder = mkdtempSync(join(tmpdir(), 'bpe-lab-'));
		drafts.push(folder);
		try {
			return await work(folder);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});

async function withFileErrors<T>(path: string, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw fileError(path, error);
	}
}

/** Writes a file to disk and closes it. @param mode permissions; defaults to the system's */
async function writeAndSync(
	file: FileHandle,
	content: string | AsyncIterable<Uint8Array>,
	mode?: number
): Promise<void> {
	try {
		if (typeof content === 'string') await file.writeFile(content);
		else for await (const chunk of content) await file.writeFile(chunk);
		if (mode !== undefined) await file.chmod(mode);
		// Some file systems don't report a full disk until this call.
		await file.sync();
	} finally {
		await file.close();
	}
}

const draftBeside = (path: string): string => join(dirname(path), draftName());

const draftName = (): string => `.bpe-lab-${crypto.randomUUID()}`;

function absent(error: unknown): null {
	if (systemCode(error) === 'ENOENT') return null;
	throw error;
}

/** Environment variables with the paths of files that a GitHub workflow step can append to. */
const VARIABLES = { summary: 'GITHUB_STEP_SUMMARY', output: 'GITHUB_OUTPUT' } as const;
export type StepFile = keyof typeof VARIABLES;

/** Maximum size of a step's summary on GitHub. */
const MAX_SUMMARY_BYTES = 1 << 20;

const LEFT_OUT =
	'\nA report is too long for this summary. To read it, run the comparison on your machine.\n';

/**
 * Appends text to one of the workflow step's files; does nothing outside a workflow. Text that would make the summary
 * too large is left out, and the summary says so.
 * @throws UserError if the file cannot be written
 */
export async function appendForStep(file: StepFile, text: string): Promise<void> {
	const path = process.env[VARIABLES[file]];
	if (!path) return;
	await withFileErrors(path, () =>
		file === 'output' ? appendFile(path, text) : appendToSummary(path, text)
	);
}

async function appendToSummary(path: string, text: string): Promise<void> {
	const size = (await stat(path).catch(absent))?.size ?? 0;
	const [fitting] = [text, LEFT_OUT].filter(
		(part) => size + Buffer.byteLength(part) <= MAX_SUMMARY_BYTES
	);
	if (fitting !== undefined) await appendFile(path, fitting);
}
