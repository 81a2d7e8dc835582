import { expect, it } from 'vitest';
import { filesOf, hubFolders, type HubFolder } from '../../../../tests/support/hub-folders';
import { VERDICTS } from '../types';
import { compareHubFiles, type HubSide } from './compare';

const { folders, tokenizers } = hubFolders;

const side = (name: string): HubSide => ({
	tokenizer: tokenizers[folders[name].base],
	files: filesOf(folders[name])
});

/** The folder `bytes` with one more file. */
const withFile = (name: string, text: string): HubSide => ({
	...side('bytes'),
	files: new Map([...side('bytes').files, [name, text]])
});

async function compare(a: string, b: string) {
	const found = await compareHubFiles(side(a), side(b));
	const worst = Math.max(0, ...found.differences.map(({ severity }) => VERDICTS.indexOf(severity)));
	return { ...found, verdict: VERDICTS[worst] };
}

/**
 * Whether ids, text, batches, truncation, the prompt, or a token that begins, ends or pads text differ in transformers.
 * A chat that A can't format doesn't count as a loss in B.
 */
function differsInTransformers(a: string, b: string): boolean {
	const used = ({ transformers: one }: HubFolder) => {
		if (typeof one === 'string') return one;
		const { ids, texts, skipped, batch, truncated, prompt, roles } = one;
		const { bos, eos, pad } = roles;
		const isFormatted = !JSON.stringify(folders[a].transformers).includes('"prompt":"error');
		return {
			...{ ids, texts, skipped, batch, truncated, bos, eos, pad },
			...(isFormatted && { prompt })
		};
	};
	return JSON.stringify(used(folders[a])) !== JSON.stringify(used(folders[b]));
}

/** Differences that the recorded texts and chat are too short to show. */
const NOT_RECORDED = new Set([
	'truncation_side left',
	'no model_max_length',
	'model_max_length 1e30',
	'model_max_length null',
	'template other',
	'templates by name'
]);

/** Each folder paired with its base, in both directions. A config.json next to only one of them applies to both. */
const pairs = Object.entries(folders).flatMap(([name, { base, files }]) =>
	name === base || 'config.json' in files
		? []
		: [
				[base, name],
				[name, base]
			]
);

it.each([
	...pairs,
	['class Llama, model type qwen2', 'class Llama, model type llama'],
	['class Llama, model type llama', 'no class, model type llama']
])('finds whether transformers gives something else: “%s” and “%s”', async (a, b) => {
	const { verdict, differences } = await compare(a, b);
	const isBad = verdict === 'silent' || verdict === 'crash';
	if (NOT_RECORDED.has(a) || NOT_RECORDED.has(b)) return;
	expect({ isBad, differences }).toEqual({ isBad: differsInTransformers(a, b), differences });
});
it('takes the model type of one config.json for both', async () => {
	// The class doesn't match the model type, so transformers ignores it.
	const { verdict } = await compare('bytes', 'class Llama, model type qwen2');
	expect(verdict).toBe('harmless');
	// This class adds its own <s>, and the model has no row for its id.
	expect((await compare('bytes', 'class Llama, model type llama')).verdict).toBe('crash');
});

it('says that each field was tried alone if several change the output', async () => {
	const config = {
		...(JSON.parse(folders.bytes.files['tokenizer_config.json']) as object),
		...{ clean_up_tokenization_spaces: true, padding_side: 'left' }
	};
	const b = withFile('tokenizer_config.json', JSON.stringify(config));
	const found = await compareHubFiles(side('bytes'), b);
	expect(found.differences.map(({ field }) => field)).toEqual([
		'clean_up_tokenization_spaces',
		'padding_side'
	]);
	expect(found.notes).toEqual([expect.stringMatching(/^Each field was tried alone/)]);
	expect((await compare('bytes', 'clean_up')).notes).toEqual([]);
});

it('compares the ids of generation_config.json, whichever way they are written', async () => {
	const withIds = (generation: object) =>
		withFile('generation_config.json', JSON.stringify(generation));
	const a = withIds({ eos_token_id: [346, 344], pad_token_id: 344 });
	const same = await compareHubFiles(a, withIds({ eos_token_id: [344, 346], pad_token_id: [344] }));
	expect(same.differences.map(({ severity }) => severity)).toEqual([
		'formatting-only',
		'formatting-only'
	]);
	const fewer = await compareHubFiles(a, withIds({ eos_token_id: 346, pad_token_id: 344 }));
	expect(fewer.differences).toEqual([
		expect.objectContaining({
			field: 'eos_token_id',
			severity: 'silent',
			changes: 'generation',
			sentence: '344, 346 in A, 346 in B. Generation stops at these ids.'
		})
	]);
	const without = await compareHubFiles(a, side('bytes'));
	expect(without).toEqual({
		differences: [],
		notes: ['generation_config.json is in A only, so it was not compared.']
	});
});

it.each([
	['additional_chat_templates/tool.jinja', '{{ a }}', '{{ b }}'],
	['chat_template.json', '{"chat_template":"{{ a }}"}', '{"chat_template":"{{ b }}"}']
])('compares %s under its name', async (file, a, b) => {
	const found = await compareHubFiles(withFile(file, a), withFile(file, b));
	expect(found.differences).toEqual([
		expect.objectContaining({ file, severity: 'silent', a: '"{{ a }}"', b: '"{{ b }}"' })
	]);
	const same = await compareHubFiles(withFile(file, a), withFile(file, a));
	expect(same.differences).toEqual([]);
});

it.each([
	['split_special_tokens', 'bytes', 'split_special_tokens'],
	['padding_side', 'bytes', 'padding_side left'],
	['pad_token', 'bytes', 'pad_token other'],
	['tokenizer_class', 'pieces', 'pieces, class of none'],
	['padding_side', 'pieces', 'pieces, padding_side right']
])('shows %s with the ids of transformers', async (field, a, b) => {
	const { differences } = await compare(a, b);
	const [{ witness, ...difference }] = differences;
	expect(difference).toMatchObject({ field, severity: 'silent' });
	const expected = (name: string) => {
		const { transformers: one } = folders[name];
		if (typeof one === 'string' || !witness) throw new Error('expected an output');
		if (witness.does === 'encode-batch') return one.batch[0];
		const text = hubFolders.texts.findIndex((all) => all.startsWith(witness.inputs[0]));
		return one.ids[text].slice(0, witness[name === a ? 'a' : 'b'].ids.length);
	};
	expect(witness?.a.ids).toEqual(expected(a));
	expect(witness?.b.ids).toEqual(expected(b));
});

it.each([
	['eos_token as object', 'eos_token'],
	['no class', 'tokenizer_class'],
	['class TokenizersBackend', 'tokenizer_class'],
	['split_special_tokens false', 'split_special_tokens'],
	['clean_up false', 'clean_up_tokenization_spaces'],
	['padding_side right', 'padding_side'],
	['decoder the same', 'added_tokens_decoder'],
	['template in a file with a newline', 'chat_template'],
	['template by name', 'chat_template'],
	['template with CRLF', 'chat_template']
])('takes the folder “%s” as written differently', async (name, field) => {
	for (const [a, b] of [
		['bytes', name],
		[name, 'bytes']
	]) {
		const { verdict, differences } = await compare(a, b);
		expect({ verdict, fields: differences.map((one) => one.field) }).toEqual({
			verdict: 'formatting-only',
			fields: [field]
		});
	}
});
