import { evaluateCase, type CaseProgram } from '../../analysis/cases/evaluate';
import { bytesOrNone, programOf } from '../../analysis/cases/program';
import type { CaseSide } from '../../analysis/cases/types';
import { LibraryError, startRawLibrary, type RawLibrary } from '../../runtimes/raw-library';
import type { Handlers, Job } from '../job';
import type { LoadedTokenizers } from '../loaded-tokenizers';

/** An error that a case may be about: a library's own, or an id without a token. */
const tells = (error: unknown): error is Error =>
	error instanceof LibraryError || error instanceof RangeError;

export function caseHandlers(tokenizers: LoadedTokenizers): Handlers<'driftCase'> {
	/** Libraries take much memory: only the one that was asked last is kept. */
	let last: { readonly key: string; readonly library: Promise<RawLibrary> } | null = null;

	async function program(side: CaseSide, job: Job): Promise<CaseProgram | Error> {
		const lab = await tokenizers.lab(side, job);
		if (!side.library) return programOf(lab);
		const key = JSON.stringify(side);
		if (last?.key !== key) {
			job.progress({ phase: 'prepare' });
			const started = { key, library: startRawLibrary(side.library, lab.tokenizer.spec) };
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
			const a = await program(question.a, job);
			const b = await program(question.b, job);
			return job.inTurn(() => ({ result: evaluateCase(question, { a, b, tells }) }));
		}
	};
}
