import { describe, expect, it } from 'vitest';
import { packedSpec } from '../../../../tests/support/packed-tokenizers';
import { resultOf, serve } from '../../../../tests/support/serve';
import { applyEdit } from '../../drift/edits/apply';
import type { CaseQuestion } from '../../drift/cases/types';
import { DRIFT_CASES } from './cases/cases';
import type { DriftCase } from './cases/types';
import { NoTokenError, type TokenizerSpec } from '../../engine';
import { LibraryError, type RawLibrary } from '../../tokenizers/runtimes/raw-library';
import type { Job } from '../../workers/job';
import { LoadedTokenizers } from '../../session/worker/loaded-tokenizers';
import type { FromWorker } from '../../workers/protocol';
import { createDriftHandlers } from './worker';

/** The gallery on a worker whose tokenizers are those of the catalogue, after `change`. */
function gallery(change: (spec: TokenizerSpec) => TokenizerSpec = (spec) => spec) {
	const { service, end } = serve((id) => Promise.resolve(change(packedSpec(id))));
	let id = 0;
	return (question: CaseQuestion): Promise<FromWorker> => {
		const { a, b, task, expect } = question;
		service.handle({ id: ++id, method: 'driftCase', params: { a, b, task, expect } });
		return end(id);
	};
}

/** The badge of a case. */
async function badge(ask: ReturnType<typeof gallery>, one: DriftCase): Promise<string> {
	const answer = await ask(one);
	return answer.type === 'error' ? 'error' : resultOf('driftCase', answer).status;
}

describe('the gallery’s badges', () => {
	const ask = gallery();

	it.each(DRIFT_CASES.map((one) => [one.slug, one] as const))(
		'%s is reproduced',
		async (_, one) => {
			const outcome = resultOf('driftCase', await ask(one));
			expect(outcome.why).not.toBe('');
			expect(outcome).toMatchObject({ status: 'reproduced', seen: one.expect.map(() => true) });
		}
	);

	it('are errors if a tokenizer could not be fetched', async () => {
		const { service, end } = serve(() => Promise.reject(new Error('no network')));
		const { a, b, task, expect: expected } = DRIFT_CASES[0];
		service.handle({ id: 1, method: 'driftCase', params: { a, b, task, expect: expected } });
		expect(await end(1)).toMatchObject({ type: 'error', message: 'no network' });
	});
});

/** Slugs of the cases that are not reproduced. */
async function findFailed(change: (spec: TokenizerSpec) => TokenizerSpec): Promise<string[]> {
	const known = new Map<TokenizerSpec, TokenizerSpec>();
	const ask = gallery((spec) => {
		const changed = known.get(spec) ?? change(spec);
		known.set(spec, changed);
		return changed;
	});
	const slugs: string[] = [];
	for (const one of DRIFT_CASES) {
		if ((await badge(ask, one)) !== 'reproduced') slugs.push(one.slug);
	}
	return slugs;
}

describe('on a sabotaged engine', () => {
	it('that does not split text, only the cases that depend on the split fail', async () => {
		const unsplit = (spec: TokenizerSpec): TokenizerSpec => ({
			...spec,
			pre_tokenizer: spec.model.byte_level
				? { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false }
				: null
		});
		expect(await findFailed(unsplit)).toEqual([
			'llama3-without-its-pre-tokenizer',
			'olmo2-split-as-gpt2',
			'patterns-saved-as-literals',
			'deepseek-digit-by-digit',
			'mistral-with-another-regex',
			'a-copy-without-marks',
			'kimi-split-as-cl100k',
			'qwen-on-the-gpt2-fallback',
			'marks-joined-to-letters',
			'o200k-without-marks',
			'contractions-of-o200k',
			'contractions-compiled-to-go',
			'unicode-tables-of-go',
			'byte-order-mark-as-space',
			'next-line-is-no-space',
			'full-width-spaces-in-java',
			'ignore-merges-lost',
			'image-token-in-a-text',
			// js-tiktoken cannot run a tokenizer without a pattern.
			'byte-order-mark-lost-in-decoding'
		]);
	});

	it('that merges in reverse order, the cases whose tokens take several merges fail', async () => {
		const reversed = (spec: TokenizerSpec) =>
			applyEdit(spec, { kind: 'reorder-merges', order: 'reversed' });
		expect(await findFailed(reversed)).toEqual([
			'llama3-without-its-pre-tokenizer',
			'llama4-split-as-gpt2',
			'deepseek-without-spaces',
			'olmo2-split-as-gpt2',
			'patterns-saved-as-literals',
			'deepseek-digit-by-digit',
			'mistral-with-another-regex',
			'a-fix-that-breaks-gemma',
			'a-copy-without-marks',
			'qwen-on-the-gpt2-fallback',
			'o200k-without-marks',
			'contractions-compiled-to-go',
			'byte-order-mark-as-space',
			'next-line-is-no-space',
			'merges-from-left-to-right',
			'gemma4-with-the-wrong-tokenizer-type',
			'ignore-merges-lost',
			'a-package-with-another-vocabulary',
			'leading-space-taken-away',
			'one-token-for-the-answer',
			'prefix-space-of-gpt2',
			'control-tokens-from-a-user',
			'image-token-in-a-text',
			'runs-of-spaces-not-looked-for',
			'added-tokens-of-gemma-as-text',
			'nfc-dropped',
			'tokens-there-and-back',
			'byte-order-mark-lost-in-decoding',
			'the-wrong-counter'
		]);
	});

	it('whose edits have no effect, every case with an edit, a library or a variant fails', async () => {
		const ask = gallery();
		for (const one of DRIFT_CASES) {
			if (!one.a.edits && !one.b.edits && !one.b.library && !one.b.variant) continue;
			const { tokenizer } = one.a;
			const same = { ...one, a: { tokenizer }, b: { tokenizer } };
			expect(await badge(ask, same), one.slug).toBe('not-reproduced');
		}
	});
});

describe('a library', () => {
	const question: CaseQuestion = {
		a: { tokenizer: 'gpt2' },
		b: { tokenizer: 'gpt2', library: { name: 'js-tiktoken' } },
		task: { does: 'encode', a: { text: 'a' } },
		expect: [{ sees: 'different-ids' }]
	};
	const answering = (encode: RawLibrary['encode']): RawLibrary => ({ encode, decode: () => '' });

	/** Runs the case with the library from `start`. */
	async function run(start: () => Promise<RawLibrary>) {
		const events: string[] = [];
		const job: Job = {
			progress: () => undefined,
			build: (make) => make(),
			checkpoint: () => Promise.resolve(),
			async exclusive(work) {
				events.push('exclusive');
				const result = await work();
				events.push('end');
				return result;
			}
		};
		const tokenizers = new LoadedTokenizers((id) => Promise.resolve(packedSpec(id)));
		const handlers = createDriftHandlers(tokenizers, () => {
			events.push('start');
			return start();
		});
		const { result } = await handlers.driftCase(question, job);
		return { result, events };
	}
	const throwing = (error: Error) => () =>
		Promise.resolve(
			answering(() => {
				throw error;
			})
		);

	it('is started exclusively, so that nothing else runs meanwhile', async () => {
		const { events } = await run(() => Promise.resolve(answering(() => [64])));
		expect(events).toEqual(['exclusive', 'start', 'end']);
	});

	it('that stops, at its start or later, is part of the outcome', async () => {
		const broken = new LibraryError('js-tiktoken: it broke');
		expect((await run(throwing(broken))).result.b.error).toBe(broken.message);
		expect((await run(() => Promise.reject(broken))).result.b.error).toBe(broken.message);
	});

	it('is part of the outcome if an id has no token', async () => {
		const { result } = await run(throwing(new NoTokenError('token id 9 has no token')));
		expect(result.b.error).toBe('token id 9 has no token');
	});

	it('is not blamed for a fault of the lab', async () => {
		const fault = new RangeError('Invalid array length');
		await expect(run(throwing(fault))).rejects.toBe(fault);
		await expect(run(() => Promise.reject(fault))).rejects.toBe(fault);
	});
});
