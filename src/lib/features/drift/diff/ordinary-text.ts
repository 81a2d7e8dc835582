/** Measures how much ordinary text two tokenizers encode differently, and finds an example. */
import { alignEncodings, SpanState } from '../../../drift/text/align';
import { readIds, type TokenizerPair } from '../../../drift/text/read';
import type { Witness } from '../../../drift/types';
import type { Encoding } from '../../../engine';
import { decodeUtf8, encodeUtf8 } from '../../../engine/text';
import { PARSED } from '../../../drift/compare-output';
import { orNull } from '../../../drift/calls';

/** Short texts like those people send to a language model. */
export const ORDINARY_TEXTS: readonly string[] = [
	'Hello! How can I help you today?',
	"I don't think this is a well-known problem, but they've seen it before.",
	'She opened the window, looked at the garden and smiled. It had rained all night, and the roses were still wet.',
	'The train to Munich leaves at 14:30 and arrives on 2 May 2026.',
	'It costs $1,299.00, which is 15% less than in 1998.',
	'Explain in two sentences why the sky is blue.',
	'Write to support@example.com, or see https://example.com/help?page=2.',
	'Ingredients:\n- 250 g of flour\n- 3 eggs\n- a pinch of salt',
	'Dear Ms Jones,\n\nThank you for your letter. We are happy to help.\n\nKind regards,\nTom Smith',
	'# Results\n\n| name | score |\n| --- | --- |\n| first | 0.875 |',
	'def area(radius):\n    if radius < 0:\n        raise ValueError("negative radius")\n    return 3.14159 * radius ** 2',
	'for (const user of users) {\n\tconsole.log(user.firstName, user.age >= 18);\n}',
	'SELECT name, COUNT(*) FROM orders WHERE total > 100 GROUP BY name;',
	'Guten Morgen! Können Sie mir den Weg zum Bahnhof erklären?',
	'¿Dónde está la biblioteca? Está cerca de la estación.',
	'Où est la bibliothèque, s’il vous plaît ?',
	'Onde fica a estação? Não é longe daqui.',
	'Доброе утро! Как пройти на вокзал?',
	'Dzień dobry, jak dojść do dworca?',
	'Evlerimizden istasyona yürüyerek on dakikada gidilir.',
	'صباح الخير، كيف أصل إلى المحطة؟',
	'नमस्ते, आप कैसे हैं? स्टेशन यहाँ से दूर नहीं है।',
	'早上好！请问火车站怎么走？',
	'おはようございます。駅はどこですか。',
	'안녕하세요, 역이 어디에 있나요?'
];

export interface OrdinaryFindings {
	/** Total number of tokens in A's encodings, and how many of them differ in B's. */
	readonly tokens: number;
	readonly changed: number;
	/** Example that A and B encode differently; `null` if they encode every text the same way. */
	readonly example: Witness | null;
}

export const NO_ORDINARY_TEXT: OrdinaryFindings = { tokens: 0, changed: 0, example: null };

/** Compares A and B on ordinary texts. Skips texts that A or B can't encode, because the output check reports them. */
export function compareOrdinaryTexts(pair: TokenizerPair): OrdinaryFindings {
	let [tokens, changed] = [0, 0];
	let example: Witness | null = null;
	for (const text of ORDINARY_TEXTS) {
		const encoded = encodeBoth(pair, text);
		if (!encoded) continue;
		tokens += encoded.a.ids.length;
		changed += encoded.tokensA.filter(differs).length;
		example ??= exampleIn(pair, text, encoded);
	}
	return { tokens, changed, example };
}

interface Encoded {
	readonly a: Encoding;
	readonly b: Encoding;
	readonly utf8: Uint8Array;
	readonly ends: Uint32Array;
	readonly states: Uint8Array;
	readonly tokensA: Uint8Array;
}

const differs = (state: number) => state !== SpanState.sameIds;

function encodeBoth({ a, b }: TokenizerPair, text: string): Encoded | null {
	const [ofA, ofB] = [a, b].map((side) => orNull(() => side.encode(text)));
	if (!ofA || !ofB) return null;
	const utf8 = encodeUtf8(text);
	return { a: ofA, b: ofB, utf8, ...alignEncodings(ofA, ofB, utf8.length) };
}

/**
 * Chooses an example: the words or lines around the first difference, if A and B also encode this excerpt
 * differently on its own; otherwise, the whole text.
 */
function exampleIn(pair: TokenizerPair, text: string, encoded: Encoded): Witness | null {
	const { ends, states, tokensA, utf8 } = encoded;
	const first = states.findIndex(differs);
	if (first < 0) return null;
	const next = states.findIndex((state, i) => i > first && !differs(state));
	/** Extends the first differing span in both directions up to the nearest byte for which `isEnd` is true. */
	const around = (isEnd: (byte: number) => boolean): string => {
		let start = first === 0 ? 0 : ends[first - 1];
		let end = next < 0 ? utf8.length : ends[next - 1];
		while (start > 0 && !isEnd(utf8[start - 1])) start--;
		while (end < utf8.length && !isEnd(utf8[end])) end++;
		return decodeUtf8(utf8.subarray(start, end));
	};
	// If most tokens differ, the example is the whole text, because an excerpt would hide how many differ.
	const isMost = tokensA.filter(differs).length > tokensA.length / 2;
	const parts = isMost ? [] : [around(isWhitespace).trim(), around((byte) => byte === 0x0a)];
	for (const part of parts) {
		const found = encodeBoth(pair, part);
		if (found?.tokensA.some(differs)) return witnessOf(pair, part, found);
	}
	return witnessOf(pair, text, encoded);
}

const isWhitespace = (byte: number) => byte === 0x20 || byte === 0x09 || byte === 0x0a;

const witnessOf = (pair: TokenizerPair, text: string, { a, b }: Encoded): Witness => ({
	reference: 'native',
	does: 'encode',
	inputs: [text],
	...PARSED,
	a: { ids: [...a.ids], text },
	b: { ids: [...b.ids], text: readIds(pair.a, b.ids).text }
});
