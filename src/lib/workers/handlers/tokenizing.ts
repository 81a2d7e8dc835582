import { compareCuts } from '../../analysis/cuts';
import { tokenStats } from '../../analysis/token-stats';
import { decodeUtf8 } from '../../engine/text/utf8';
import { encodeInChunks } from '../../runtimes/encode-chunks';
import { secondOpinion } from '../../runtimes/second-opinion';
import { spellIds } from '../../runtimes/spell';
import type { TokenizingCalls } from '../calls/tokenizing';
import type { Handlers, Job } from '../job';
import type { LoadedTokenizers } from '../loaded-tokenizers';

export function tokenizingHandlers(tokenizers: LoadedTokenizers): Handlers<keyof TokenizingCalls> {
	return {
		async encode(params, job) {
			const lab = await tokenizers.lab(params, job);
			return job.inTurn(async () => {
				const { spec, vocabularySize } = lab.tokenizer;
				const { special } = params;
				const steps = encodeInChunks(lab, spec, decodeUtf8(params.text), { special });
				const encoding = await run(job, steps);
				const { ids, byteStarts, byteEnds, kinds } = encoding;
				return {
					result: { encoding, distinct: tokenStats(encoding).distinct, vocabularySize },
					transfer: [ids, byteStarts, byteEnds, ...(kinds ? [kinds] : [])]
				};
			});
		},

		async check(params, job) {
			const lab = await tokenizers.lab(params, job);
			const { spec } = lab.tokenizer;
			const library = await tokenizers.library(params, spec, job);
			const { special } = params;
			return job.inTurn(async () => ({
				result: await run(
					job,
					secondOpinion(lab, library, spec, decodeUtf8(params.text), { special })
				)
			}));
		},

		async spell(params, job) {
			const lab = await tokenizers.lab(params, job);
			return job.inTurn(() => {
				const spelled = spellIds(lab.tokenizer, params.ids);
				return { result: { ...spelled, distinct: tokenStats(spelled.encoding).distinct } };
			});
		},

		compare({ encodings, length }, job) {
			return job.inTurn(() => {
				const result = compareCuts(encodings, length);
				return { result, transfer: [result.places, ...result.differs] };
			});
		}
	};
}

/** Takes work to its end step by step; between steps others are let in. */
async function run<T>(job: Job, steps: Generator<number, T>): Promise<T> {
	for (let step = steps.next(); ; step = steps.next()) {
		if (step.done) return step.value;
		job.progress({ phase: 'encode', share: step.value });
		await job.breathe();
	}
}
