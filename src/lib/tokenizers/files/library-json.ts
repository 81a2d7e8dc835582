/** Checks a tokenizer.json that transformers.js runs. Apart from the stored files, which every page recognises. */
import { isObject, MODELS, parseJson, type LibraryModel } from './library-file';

const isLibraryModel = (model: unknown): model is LibraryModel =>
	MODELS.some((known) => known === model);

/** A tokenizer.json as an object, its model checked as far as transformers.js relies on it. */
export type LibraryJson = Readonly<Record<string, unknown>> & {
	readonly model: Readonly<Record<string, unknown>> & {
		readonly type: LibraryModel;
		readonly vocab: Readonly<Record<string, number>> | readonly (readonly [string, number])[];
	};
	readonly added_tokens: readonly LibraryAddedToken[];
};

export interface LibraryAddedToken {
	readonly id: number;
	readonly content: string;
	readonly special: boolean;
	readonly lstrip: boolean;
	readonly rstrip: boolean;
}

/** The largest published vocabularies have 500,000 tokens. */
const MAX_TOKENS = 1 << 21;

/**
 * Parses the text of a tokenizer.json with a WordPiece or Unigram model.
 * @returns `null` if it is something else
 * @throws Error in one line: what was found and what was expected
 */
export function parseLibraryJson(text: string): LibraryJson | null {
	const json = parseJson(text.startsWith('\ufeff') ? text.slice(1) : text);
	if (!isObject(json) || !isObject(json.model) || !isLibraryModel(json.model.type)) return null;
	const { model } = json;
	if (model.type === 'WordPiece') checkWordPiece(model);
	else checkUnigram(model);
	return {
		...json,
		model,
		added_tokens: parseAddedTokens(json.added_tokens)
	} as unknown as LibraryJson;
}

function checkWordPiece({ vocab, unk_token, ...model }: Readonly<Record<string, unknown>>): void {
	if (!isObject(vocab)) throw expected('model.vocab', vocab, 'an object');
	const entries = Object.entries(vocab);
	checkSize(entries.length);
	for (const [token, id] of entries) {
		if (!isId(id)) throw expected(`model.vocab[${JSON.stringify(token)}]`, id, 'an id');
	}
	if (typeof unk_token !== 'string' || !Object.hasOwn(vocab, unk_token))
		throw expected('model.unk_token', unk_token, 'a token of the vocabulary');
	if (typeof model.continuing_subword_prefix !== 'string')
		throw expected('model.continuing_subword_prefix', model.continuing_subword_prefix, 'a text');
}

function checkUnigram({ vocab, unk_id }: Readonly<Record<string, unknown>>): void {
	if (!Array.isArray(vocab)) throw expected('model.vocab', vocab, 'an array');
	checkSize(vocab.length);
	for (const [id, piece] of (vocab as readonly unknown[]).entries()) {
		const isPiece =
			Array.isArray(piece) && typeof piece[0] === 'string' && typeof piece[1] === 'number';
		if (!isPiece) throw expected(`model.vocab[${id}]`, piece, 'a token with its score');
	}
	if (!isId(unk_id) || unk_id >= vocab.length)
		throw expected('model.unk_id', unk_id, 'the id of the unknown token');
}

function checkSize(tokens: number): void {
	if (tokens === 0 || tokens > MAX_TOKENS)
		throw new Error(`model.vocab: got ${tokens} tokens, expected 1 to ${MAX_TOKENS}`);
}

function parseAddedTokens(tokens: unknown): LibraryAddedToken[] {
	if (tokens === undefined || tokens === null) return [];
	if (!Array.isArray(tokens)) throw expected('added_tokens', tokens, 'an array');
	return (tokens as readonly unknown[]).map((token, i) => {
		const { id, content, special, lstrip, rstrip } = isObject(token) ? token : {};
		if (!isId(id) || typeof content !== 'string' || content === '')
			throw expected(`added_tokens[${i}]`, token, 'a token with its id');
		return {
			...(token as object),
			id,
			content,
			special: special === true,
			lstrip: lstrip === true,
			rstrip: rstrip === true
		};
	});
}

const isId = (value: unknown): value is number =>
	Number.isInteger(value) && (value as number) >= 0 && (value as number) < MAX_TOKENS;

function expected(path: string, value: unknown, what: string): Error {
	const json = value === undefined ? 'nothing' : JSON.stringify(value);
	return new Error(
		`${path}: got ${json.length > 60 ? `${json.slice(0, 57)}…` : json}, expected ${what}`
	);
}
