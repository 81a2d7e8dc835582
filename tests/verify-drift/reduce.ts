import { mergeParts } from './merges';
import type { AddedToken, Stage, TokenizerJson } from './types';

/**
 * Sizes for a reduced vocabulary, small enough to judge a pair in milliseconds, but large enough that merges apply to
 * every class of text.
 */
const FIRST_MERGES = 450;
const SINGLE_CHARACTERS = 260;
const MAX_ADDED_TOKENS = 48;

/** Classes of tokens that a reduced vocabulary should contain, with the number of tokens to take from each class. */
const KINDS: readonly (readonly [RegExp, number])[] = [
	[/^[0-9]+$/, 40],
	[/^[ĠĊĉčâĢĤ▁\n\t\r ]{2,}$/u, 50],
	[/^[▁Ġ]?[!-/:-@[-`{-~]+$/u, 60],
	[/^[▁Ġ]?[A-Z]{2,}$/u, 40],
	[/^[▁Ġ]?[A-Z][a-z]+$/u, 50],
	[/^'(?:s|t|re|ve|m|ll|d)$/i, 20],
	[/^[▁Ġ]?[a-z]{7,}$/u, 60],
	[/^[▁Ġ]?[\u0370-\u1fff]{2,}$/u, 40],
	[/^[▁Ġ]?[\u3040-\u9fff]{2,}$/u, 30],
	[/^[Ð-ÑâãäåæçèéàÙØ][^a-zA-Z0-9]+$/u, 120],
	[/[Ċ\n]/u, 30],
	[/^[▁Ġ]?[a-zA-Z]+[^a-zA-Z]+$/u, 40]
];

/**
 * A file with a smaller vocabulary: bytes, single characters, added tokens, the first merges and some tokens of every
 * class. Stages, flags and the order of ids stay the same.
 */
export function reduceTokenizer(file: TokenizerJson): TokenizerJson {
	const { vocab, merges } = file.model;
	const added = chooseAdded(file);
	const oldIds = new Map(file.added_tokens.map(({ content, id }) => [content, id]));
	const oldIdOf = (token: string) =>
		Object.hasOwn(vocab, token) ? vocab[token] : oldIds.get(token);
	const order = [...chooseEntries(file, added)].sort(
		(a, b) => (oldIdOf(a) ?? 0) - (oldIdOf(b) ?? 0)
	);
	const newIds = new Map(order.map((token, i) => [token, i]));
	const idOf = (token: string) => newIds.get(token) ?? 0;
	const entries = order.filter((token) => Object.hasOwn(vocab, token));
	const isEntry = (token: string) => newIds.has(token) && Object.hasOwn(vocab, token);
	return {
		...file,
		padding: withPadId(file.padding, newIds),
		added_tokens: added
			.map((token) => ({ ...token, id: idOf(token.content) }))
			.sort((a, b) => a.id - b.id),
		post_processor: file.post_processor && withIds(file.post_processor, newIds),
		model: {
			...file.model,
			vocab: Object.fromEntries(entries.map((token) => [token, idOf(token)])),
			merges: merges.filter((merge) => {
				const [left, right] = mergeParts(merge);
				return newIds.has(left) && newIds.has(right) && isEntry(left + right);
			})
		}
	};
}

function chooseAdded({ added_tokens: tokens, ...file }: TokenizerJson): AddedToken[] {
	const asked = JSON.stringify([file.post_processor, file.padding, file.model.unk_token]);
	const must = tokens.filter(({ content }) => asked.includes(JSON.stringify(content)));
	const step = Math.max(1, Math.floor(tokens.length / MAX_ADDED_TOKENS));
	const unlike = tokens.filter((token, i) => !token.special && i % step === 0);
	const some = [...must, ...tokens.slice(0, 14), ...tokens.slice(-6), ...unlike];
	return [...new Set(some)].slice(0, MAX_ADDED_TOKENS);
}

function chooseEntries({ model }: TokenizerJson, added: readonly AddedToken[]): Set<string> {
	const { vocab, merges } = model;
	const byProduct = new Map<string, readonly [string, string]>();
	for (const merge of merges) {
		const parts = mergeParts(merge);
		const product = parts.join('');
		if (!byProduct.has(product)) byProduct.set(product, parts);
	}
	const chosen = new Set(added.map(({ content }) => content));
	const keep = (token: string): void => {
		if (chosen.has(token) || !Object.hasOwn(vocab, token)) return;
		chosen.add(token);
		const parts = byProduct.get(token);
		if (parts) for (const part of parts) keep(part);
	};
	if (typeof model.unk_token === 'string') keep(model.unk_token);
	let singles = 0;
	for (const token of Object.keys(vocab)) {
		const single = [...token].length === 1;
		if (/^<0x[0-9A-F]{2}>$/.test(token) || (single && token.charCodeAt(0) < 0x180)) keep(token);
		else if (single && singles++ % 7 === 0 && singles < SINGLE_CHARACTERS * 7) keep(token);
	}
	for (const merge of merges.slice(0, FIRST_MERGES)) keep(mergeParts(merge).join(''));
	for (const [kind, most] of KINDS) {
		const some = [...byProduct.keys()].filter((token) => kind.test(token));
		const step = Math.max(1, Math.floor(some.length / most / 4));
		for (let i = 0, taken = 0; i < some.length && taken < most; i += step, taken++) keep(some[i]);
	}
	return chosen;
}

type Ids = ReadonlyMap<string, number>;

function withPadId(padding: unknown, ids: Ids): unknown {
	if (typeof padding !== 'object' || padding === null || !('pad_token' in padding)) return padding;
	const pad_id = ids.get(String(padding.pad_token));
	return pad_id === undefined ? padding : { ...padding, pad_id };
}

/** The same post-processor with ids from the smaller vocabulary. */
function withIds(stage: Stage, ids: Ids): Stage {
	if (Array.isArray(stage.processors)) {
		const processors = stage.processors as readonly Stage[];
		return { ...stage, processors: processors.map((step) => withIds(step, ids)) };
	}
	if (stage.type !== 'TemplateProcessing') return stage;
	type Token = { readonly tokens: readonly string[]; readonly ids: readonly number[] };
	const special_tokens = Object.fromEntries(
		Object.entries(stage.special_tokens as Readonly<Record<string, Token>>).map(([name, token]) => [
			name,
			{ ...token, ids: token.tokens.map((content, i) => ids.get(content) ?? token.ids[i]) }
		])
	);
	return { ...stage, special_tokens };
}
