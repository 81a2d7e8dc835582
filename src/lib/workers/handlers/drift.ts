import { compareVocabularies } from '../../drift/vocabulary';
import { outlineOf } from '../../drift/outline';
import { platformSha256 } from '../../drift/fingerprint/sha256';
import { compareQuickly } from '../../drift/quick';
import { compareSelfEncoding } from '../../drift/self-encode';
import { documentSteps, textFindings } from '../../drift/text/documents';
import { sideBySide } from '../../drift/text/side-by-side';
import type { VocabularyFindings } from '../../drift/types';
import { decodeUtf8 } from '../../engine/text/utf8';
import { encodeInChunks } from '../../runtimes/encode-chunks';
import type { Lab } from '../../runtimes/lab';
import type { DriftCalls, DriftPair } from '../calls/drift';
import type { TokenizerChoice } from '../calls/tokenizing';
import type { Handlers, Job } from '../job';
import type { LoadedTokenizers } from '../loaded-tokenizers';
import { chunkTarget, runSteps } from '../run-steps';

interface Pair {
	readonly a: Lab;
	readonly b: Lab;
	/** How they were asked for. */
	readonly choices: DriftPair;
}

export function driftHandlers(tokenizers: LoadedTokenizers): Handlers<keyof DriftCalls> {
	/** Of the pair that was asked about last: encoding its tokens needs it. */
	let last: (Pair & { readonly findings: VocabularyFindings }) | null = null;

	async function load(choices: DriftPair, job: Job): Promise<Pair> {
		const a = await tokenizers.lab(choices.a, job);
		return { a, b: await tokenizers.lab(choices.b, job), choices };
	}

	function vocabularyOf(pair: Pair): VocabularyFindings {
		if (last?.a !== pair.a || last.b !== pair.b) {
			const { findings } = compareVocabularies(pair.a.tokenizer.spec, pair.b.tokenizer.spec);
			last = { ...pair, findings };
		}
		return last.findings;
	}

	return {
		async drift(params, job) {
			const pair = await load(params, job);
			return job.inTurn(async () => {
				const { a, b } = pair;
				const options = { rows: params.rows, sha256: platformSha256() };
				const result = await compareQuickly(a.tokenizer, b.tokenizer, options);
				last = { ...pair, findings: result.findings.vocabulary };
				// Copied, not handed over: the tables of the tokenizers are among them.
				return { result };
			});
		},

		async selfEncode(params, job) {
			const pair = await load(params, job);
			return job.inTurn(async () => {
				const steps = compareSelfEncoding(pair.a.tokenizer, pair.b.tokenizer, vocabularyOf(pair));
				return { result: await runSteps(job, steps) };
			});
		},

		async driftText(params, job) {
			const pair = await load(params, job);
			return job.inTurn(async () => {
				const { documents, special } = params;
				const total = documents.reduce((sum, { text }) => sum + text.length, 0);
				const found = [];
				let done = 0;
				for (const { name, text: utf8 } of documents) {
					const text = decodeUtf8(utf8);
					const part = utf8.length / Math.max(1, total);
					const before = done;
					const [encodedA, encodedB] = await encodeBoth(
						pair,
						text,
						special,
						job,
						(share) => before + share * part
					);
					const steps = documentSteps(
						{ name, text, bytes: utf8.length, a: encodedA, b: encodedB },
						{ a: pair.a.tokenizer, b: pair.b.tokenizer },
						special
					);
					found.push(await breathing(job, steps));
					done += part;
					await job.breathe();
				}
				return { result: textFindings(found) };
			});
		},

		async driftSides(params, job) {
			const pair = await load(params, job);
			return job.inTurn(async () => {
				const { special } = params;
				const text = decodeUtf8(params.text);
				const [a, b] = await encodeBoth(pair, text, special, job);
				const encoded = { text, bytes: params.text.length, a, b };
				const sides = { a: pair.a.tokenizer, b: pair.b.tokenizer };
				const result = await breathing(job, sideBySide(encoded, sides, special));
				const { places, looksA, looksB } = result;
				const arrays = [a, b].flatMap(({ ids, byteStarts, byteEnds }) => [
					ids,
					byteStarts,
					byteEnds
				]);
				return { result, transfer: [...arrays, places, looksA, looksB] };
			});
		},

		async outline(params, job) {
			const lab = await tokenizers.lab(params, job);
			return { result: outlineOf(lab.tokenizer.spec) };
		}
	};
}

/** Takes work to its end; between its steps others are let in. */
async function breathing<T>(job: Job, steps: Generator<void, T>): Promise<T> {
	let step = steps.next();
	for (; !step.done; step = steps.next()) await job.breathe();
	return step.value;
}

/** A text under both, in steps. */
async function encodeBoth(
	{ a, b, choices }: Pair,
	text: string,
	special: 'text' | 'parse',
	job: Job,
	told: (share: number) => number = (share) => share
) {
	const steps = (lab: Lab, choice: TokenizerChoice) => {
		const { spec } = lab.tokenizer;
		return encodeInChunks(lab, spec, text, { special }, chunkTarget(choice, spec));
	};
	const first = await runSteps(job, steps(a, choices.a), (share) => told(share / 2));
	if (a === b) return [first, first] as const;
	return [
		first,
		await runSteps(job, steps(b, choices.b), (share) => told((1 + share) / 2))
	] as const;
}
