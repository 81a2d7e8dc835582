import { TokenKind, type Encoding, type Tokenizer } from '../engine';
import { CHATS } from './probes/added-tokens';
import type { ChatDifference } from './types';

/** What one token is tried in. */
const AROUND: readonly ((token: string) => string)[] = [
	(token) => token,
	(token) => `a ${token} b`,
	(token) => `${token}\n\nHi`
];

/** Tokenizers have thousands of reserved tokens that are all alike. */
const MOST_TOKENS = 400;
const MOST_SHOWN = 20;

/** Texts with special tokens in them, recognised, that the two sides read differently. */
export function chatDifferences(
	a: Tokenizer,
	b: Tokenizer,
	sameLineage: boolean
): ChatDifference[] {
	const found: ChatDifference[] = [];
	for (const input of inputs(a, b)) {
		const readA = a.encode(input, { special: 'parse' });
		const readB = b.encode(input, { special: 'parse' });
		if (sameLineage ? sameIds(readA, readB) : sameTokens(readA, readB)) continue;
		found.push({ input, idsA: [...readA.ids], idsB: [...readB.ids] });
		if (found.length === MOST_SHOWN) break;
	}
	return found;
}

function* inputs(a: Tokenizer, b: Tokenizer): Generator<string> {
	const contents = new Set(
		[...a.spec.added_tokens, ...b.spec.added_tokens].map(({ content }) => content)
	);
	const some = [...contents].slice(0, MOST_TOKENS);
	for (const chat of CHATS) if (some.some((content) => chat.startsWith(content))) yield chat;
	for (const around of AROUND) for (const content of some) yield around(content);
}

const sameIds = (a: Encoding, b: Encoding) => a.ids.join() === b.ids.join();

/** Whether the same stretches of the text are special tokens; how the rest is cut is another question. */
function sameTokens(a: Encoding, b: Encoding): boolean {
	return specialSpans(a) === specialSpans(b);
}

function specialSpans({ ids, kinds, byteStarts, byteEnds }: Encoding): string {
	let spans = '';
	for (let i = 0; i < ids.length; i++) {
		if (kinds?.[i] === TokenKind.special) spans += `${byteStarts[i]}-${byteEnds[i]} `;
	}
	return spans;
}
