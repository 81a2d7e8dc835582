import { evaluateCase, type CaseProgram } from '../../analysis/cases/evaluate';
import type { CaseSide } from '../../analysis/cases/types';
import type { Encoder } from '../../engine';
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
		if (!side.library) return labProgram(lab);
		const key = JSON.stringify(side);
		if (last?.key !== key) {
			job.progress({ phase: 'prepare' });
			last = { key, library: startRawLibrary(side.library, lab.tokenizer.spec) };
		}
		try {
			return { ...(await last.library), tokenBytes: (id) => bytesOf(lab, id) };
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

const labProgram = (lab: Encoder): CaseProgram => ({
	encode: (text, { special, bos }) => [...lab.encode(text, { special, addSpecialTokens: bos }).ids],
	decode: (ids) => lab.decode(ids),
	tokenBytes: (id) => bytesOf(lab, id)
});

function bytesOf(lab: Encoder, id: number): Uint8Array {
	try {
		return lab.tokenBytes(id);
	} catch (error) {
		if (error instanceof RangeError) return new Uint8Array();
		throw error;
	}
}
