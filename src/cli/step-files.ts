/** Files that a step of a GitHub workflow adds to; their paths are in its environment. */
import { appendFile, stat } from 'node:fs/promises';
import { fileError, systemCode } from './failure';
import type { StepFile } from './io';

const VARIABLES = { summary: 'GITHUB_STEP_SUMMARY', output: 'GITHUB_OUTPUT' } as const;

/** GitHub shows no summary of a step that is larger. */
const MAX_SUMMARY_BYTES = 1 << 20;

const LEFT_OUT =
	'\nA report is too long for this summary. Run the comparison on your machine to read it.\n';

/**
 * Appends a text to a file of the step; does nothing outside of a workflow. A text that would
 * make the summary too large is left out, and the summary says so.
 * @throws UserError if the file cannot be written
 */
export async function appendForStep(file: StepFile, text: string): Promise<void> {
	const path = process.env[VARIABLES[file]];
	if (!path) return;
	try {
		if (file === 'output') await appendFile(path, text);
		else await appendToSummary(path, text);
	} catch (error) {
		throw fileError(path, error);
	}
}

async function appendToSummary(path: string, text: string): Promise<void> {
	const size = await sizeOf(path);
	const [fitting] = [text, LEFT_OUT].filter(
		(part) => size + Buffer.byteLength(part) <= MAX_SUMMARY_BYTES
	);
	if (fitting !== undefined) await appendFile(path, fitting);
}

async function sizeOf(path: string): Promise<number> {
	try {
		return (await stat(path)).size;
	} catch (error) {
		if (systemCode(error) === 'ENOENT') return 0;
		throw error;
	}
}
