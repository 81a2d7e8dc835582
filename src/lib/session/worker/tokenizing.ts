import { compareCuts } from '../../tokenizers/differing-spans';
import { tokenStats } from '../../tokenizers/token-stats';
import { decodeUtf8 } from '../../engine/text/utf8';
import { encodeInChunks } from '../../tokenizers/chunks/encode-chunks';
import { secondOpinion } from '../../tokenizers/runtimes/second-opinion';
import { spellIds } from '../../tokenizers/decode-ids';
import type { TokenizingCalls } from './tokenizing-calls';
import type { Handlers } from '../../workers/job';
import type { LoadedTokenizers } from './loaded-tokenizers';
import { chunkTarget, runSteps } from './run-steps';

export function tokenizingHandlers(tokenizers: LoadedTokenizers): Handlers<keyof TokenizingCalls> {
	return {
		async encode(params, job) {
			const lab = await tokenizers.lab(params, job);
			return job.inTurn(async () => {
				const { spec, vocabularySize } = lab.tokenizer;
				const { special } = params;
				const steps = encodeInChunks(
					lab,
					spec,
					decodeUtf8(params.text),
					{ special },
					chunkTarget(params, spec)
				);
				const encoding = await runSteps(job, steps);
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
				result: await runSteps(
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
