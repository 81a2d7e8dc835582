import { describe, expect, it } from 'vitest';
import { resultOf, serve } from '../../../../tests/support/serve';
import { smallRanks } from '../../../../tests/support/small-specs';
import { encodeUtf8 } from '../../engine/text/utf8';
import type { DamageParams } from './worker';

const side = { tokenizer: 'gpt2' };
const documents = Array.from({ length: 25 }, (_, i) => ({
	name: `d${i}`,
	text: encodeUtf8(`hello hell ${'lo'.repeat(i % 7)} he\n`.repeat(200))
}));
/** Splits text into single characters. */
const letters = {
	...side,
	edits: [{ kind: 'split-regex', split: 0, regex: '[\\s\\S]' }]
} satisfies DamageParams['b'];

function ask(params: Partial<DamageParams> = {}) {
	const served = serve(() => Promise.resolve(smallRanks()));
	served.service.handle({
		id: 1,
		method: 'damage',
		params: { a: side, b: letters, rows: null, documents, ...params }
	});
	return served;
}

describe('damage', () => {
	it('is measured on an edited tokenizer, with one row per id of A', async () => {
		const damage = resultOf('damage', await ask().end(1));
		expect(damage).toMatchObject({
			outcome: 'measured',
			rows: 301,
			training: { documents: 20 },
			heldOut: { documents: 5 }
		});
		expect(damage.outcome === 'measured' && damage.change).toBeGreaterThan(0);
	});

	it('is exactly 0 if B is A', async () => {
		expect(resultOf('damage', await ask({ b: side }).end(1))).toMatchObject({ change: 0 });
	});

	it('reports its steps', async () => {
		const { end, posted } = ask();
		await end(1);
		const steps = posted.flatMap((message) =>
			message.type === 'progress' && message.progress.phase === 'measure'
				? [message.progress.step]
				: []
		);
		expect([...new Set(steps)]).toEqual(['train', 'serve-a', 'serve-b']);
	});

	it('can be stopped between steps', async () => {
		const { service, until, end } = ask();
		await until(({ type }) => type === 'start');
		service.handle({ cancel: 1 });
		expect((await end(1)).type).toBe('cancelled');
	});

	it('is an error if there is too little text', async () => {
		expect(await ask({ documents: [] }).end(1)).toMatchObject({
			type: 'error',
			message: 'the text is too short to measure with: got 0 bytes, expected at least 1000'
		});
	});
});
