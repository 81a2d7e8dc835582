import { evaluateCase, type CaseProgram } from '../../../drift/cases/evaluate';
import { bytesOrNone, createSideProgram } from '../../../drift/cases/program';
import type { CaseSide } from '../../../drift/cases/types';
import { NoTokenError } from '../../../engine';
import type { Lab } from '../../../tokenizers/runtimes/lab';
import { LibraryError, startRawLibrary, type RawLibrary } from '../../../tokenizers/runtimes/raw-library';
import type { Handlers, Job } from '../../../workers/job';
import type { LoadedTokenizers } from '../../../session/worker/loaded-tokenizers';

/** An error that a case may be about: a library's own, or an id without a token. Any other is a fault. */
const tells = (error: unknown): error is Error =>
	error instanceof LibraryError || error instanceof NoTokenError;

/** @param start as {@link startRawLibrary} */
export function caseHandlers(
	tokenizers: LoadedTokenizers,
	start: typeof startRawLibrary = startRawLibrary
): Handlers<'driftCase'> {
	/** Libraries take much memory: only the one that was asked last is kept. */
	let last: { readonly key: string; readonly library: Promise<RawLibrary> } | null = null;

	/** To be called in turn: starting a library takes seconds of the thread. */
	async function program(side: CaseSide, lab: Lab, job: Job): Promise<CaseProgram | Error> {
		if (!side.library) return createSideProgram(side, lab.tokenizer);
		const key = JSON.stringify(side);
		if (last?.key !== key) {
			job.progress({ phase: 'prepare' });
			const started = { key, library: start(side.library, lab.tokenizer.spec) };
			started.library.catch(() => {
				if (last === started) last = null;
			});
			last = started;
		}
		try {
			return { ...(await last.library), tokenBytes: (id) => bytesOrNone(lab, id) };
		} catch (error) {
			if (!tells(error)) throw error;
			return error;
		}
	}

	return {
		async driftCase(question, job) {
			const labA = await tokenizers.lab(question.a, job);
			const labB = await tokenizers.lab(question.b, job);
			return job.inTurn(async () => {
				const a = await program(question.a, labA, job);
				const b = await program(question.b, labB, job);
				await job.breathe();
				return { result: evaluateCase(question, { a, b, tells }) };
			});
		}
	};
}
