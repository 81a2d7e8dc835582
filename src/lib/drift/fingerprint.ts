import type { Tokenizer } from '../engine';
import { encodeUtf8 } from '../engine/text';
import { KINDS, TELLING } from './probes/telling';
import { hex, type Sha256 } from './sha256';
import { readIds, returnTrip } from './text/read';
import type { FingerprintFindings, RoundTripFindings } from './types';

/**
 * Version of the list of texts that the fingerprint hashes. Users store fingerprints, so a changed list needs a
 * new version.
 */
export const FINGERPRINT_VERSION = 'bpe-lab-drift-v1';

const PROSE: readonly string[] = [
	"The quick brown fox jumps over the lazy dog. It's 3:45 p.m., isn't it?",
	'In 2023, 1,234,567 people paid $99.99 (or 12.5 %) — what a year!',
	'DON’T PANIC: WE’VE “quoted” it; they’re HERE’s.',
	'  indented\n\tand tabbed\n\n\nthree lines   three spaces    four     five\n',
	'def f(x):\n    return {"a": [x**2 for _ in range(10)]}  # ok\n',
	'<div class="a">\n\t<p>Hello, world!</p>\r\n</div>\r\n',
	'https://example.com/path?q=1&r=%20#top user@example.org C:\\Users\\me',
	'SELECT * FROM t WHERE a != b AND c <= 10; -- note',
	'{"id":123,"name":"Zoë","tags":["x","y"],"ok":true,"n":null}',
	'Straßenbahnhaltestelle, Übergrößenträger, naïve façade, coöperate',
	'cafe\u0301 A\u030angstro\u0308m e\u0301te\u0301 \u1100\u1161\u11a8',
	'Việt Nam: Xin chào các bạn, việc này không khó.',
	'Съешь же ещё этих мягких французских булок, да выпей чаю.',
	'Ξεσκεπάζω την ψυχοφθόρα βδελυγμία.',
	'نص حكيم له سر قاطع وذو شأن عظيم مكتوب على ثوب أخضر',
	'דג סקרן שט בים מאוכזב ולפתע מצא חברה',
	'ऋषियों को सताने वाले दुष्ट राक्षसों का विनाश करने वाले राम',
	'เป็นมนุษย์สุดประเสริฐเลิศคุณค่า',
	'敏捷的棕色狐狸跳过了懒狗。2024年1月15日',
	'いろはにほへと ちりぬるを ウヰノオクヤマ',
	'키스의 고유조건은 입술끼리 만나야 하고',
	'🦙🦙 👩‍👩‍👧‍👦 🏳️‍🌈 ☕️ 🇩🇪 ½ ² ™ ﬁ ℌ Å',
	'\ufeffBOM first, NUL \u0000 and \u0085 next line, \u2028 separator, \u00a0 no-break',
	'We need to add 9 and 6: 3333 + 777 = 4110; 0x1F, 1e-9, 10\u00a0000',
	'getUserByID HTTPServerError snake_case_name kebab-case-name CamelCase XMLHttpRequest',
	'Arthropoda, Pantom, strawberry, SolidGoldMagikarp,  petertodd, discoveryette',
	"! ! ! x != y , a . b ? n't 's 're do n't \" quoted \""
];

const SPECIAL: readonly string[] = [
	'<|endoftext|>',
	'<|begin_of_text|>Hi<|eot_id|>',
	'<|im_start|>user\nHi<|im_end|>\n',
	'<bos><start_of_turn>user\nHi<end_of_turn>\n',
	'<s>[INST] Hi [/INST]</s>',
	'<｜User｜>Hi<｜Assistant｜>',
	'<|fim_prefix|>a<|fim_suffix|>b<|fim_middle|>',
	'<think>\n\n</think>\n\n',
	'<tool_call>{}</tool_call>'
];

const RUNS: readonly string[] = [' ', '\n', '\t', '\r\n', ...'=-.a9\u3000'].flatMap((unit) =>
	[2, 3, 4, 5, 8, 16, 31].map((times) => unit.repeat(times))
);

export const FINGERPRINT_PROBES: readonly string[] = [
	...PROSE,
	...SPECIAL,
	...TELLING,
	...RUNS,
	...KINDS.flatMap((first) => KINDS.map((second) => first + second))
];

/** Output of a tokenizer for each probe, one line per probe. */
export function outputLines(tokenizer: Tokenizer): string[] {
	return FINGERPRINT_PROBES.map((probe) => {
		const { ids } = tokenizer.encode(probe, { special: 'parse', addSpecialTokens: true });
		const plain = tokenizer.encode(probe).ids;
		return `${ids.join(' ')}|${plain.join(' ')}|${JSON.stringify(readIds(tokenizer, plain).text)}`;
	});
}

/**
 * Hashes the output of a tokenizer for each probe: the ids with special tokens recognised and the template around
 * them, the ids with special tokens as text, and the text that these decode to.
 */
export async function fingerprint(lines: readonly string[], sha256: Sha256): Promise<string> {
	return `${FINGERPRINT_VERSION}:${hex(await sha256(encodeUtf8(lines.join('\n'))))}`;
}

/** Fingerprint of a tokenizer; `null` without SHA-256. */
export const fingerprintOf = async (
	tokenizer: Tokenizer,
	sha256: Sha256 | null
): Promise<string | null> => sha256 && (await fingerprint(outputLines(tokenizer), sha256));

/** Compares both fingerprints, and llama.cpp's. Without `sha256` the hashes are `null`. */
export async function compareFingerprints(
	a: Tokenizer,
	b: Tokenizer,
	sha256: Sha256 | null
): Promise<FingerprintFindings> {
	const [linesA, linesB] = [outputLines(a), outputLines(b)];
	const first = linesA.findIndex((line, i) => line !== linesB[i]);
	const of = (lines: readonly string[]) => (sha256 ? fingerprint(lines, sha256) : null);
	const llamaCpp = (tokenizer: Tokenizer) => (sha256 ? chkhsh(tokenizer, sha256) : null);
	return {
		a: await of(linesA),
		b: await of(linesB),
		chkhshA: await llamaCpp(a),
		chkhshB: await llamaCpp(b),
		same: first < 0,
		chkhshSame: chkIds(a).join() === chkIds(b).join(),
		firstDiffering: first < 0 ? null : FINGERPRINT_PROBES[first]
	};
}

/** `CHK_TXT` of llama.cpp's `convert_hf_to_gguf_update.py`, character by character. */
const CHK_TXT =
	"\n \n\n \n\n\n \t \t\t \t\n  \n   \n    \n     \n🚀 (normal) 😶\u200d🌫️ (multiple emojis concatenated) ✅ 🦙🦙 3 33 333 3333 33333 333333 3333333 33333333 3.3 3..3 3...3 កាន់តែពិសេសអាច😁 ?我想在apple工作1314151天～ ------======= нещо на Български ''''''```````\"\"\"\"......!!!!!!?????? I've been 'told he's there, 'RE you sure? 'M not sure I'll make it, 'D you like some tea? We'Ve a'lL";

/**
 * llama.cpp's `chkhsh`, by which it chooses the pre-tokenizer of byte-level models: SHA-256 of the list of ids as
 * Python prints it, with the tokens of the template.
 */
export async function chkhsh(tokenizer: Tokenizer, sha256: Sha256): Promise<string> {
	return hex(await sha256(encodeUtf8(`[${chkIds(tokenizer).join(', ')}]`)));
}

const chkIds = (tokenizer: Tokenizer): Uint32Array =>
	tokenizer.encode(CHK_TXT, { special: 'parse', addSpecialTokens: true }).ids;

const MAX_EXAMPLES = 5;

/** Encodes and decodes the probes of the fingerprint on both sides. */
export function compareRoundTrips(a: Tokenizer, b: Tokenizer): RoundTripFindings {
	const examples: RoundTripFindings['examples'][number][] = [];
	let changedA = 0;
	let changedB = 0;
	let differing = 0;
	for (const input of FINGERPRINT_PROBES) {
		const tripA = returnTrip(a, input, a.encode(input).ids, 'text');
		const tripB = returnTrip(b, input, b.encode(input).ids, 'text');
		if (!tripA.sameText || !tripA.sameIds) changedA++;
		if (!tripB.sameText || !tripB.sameIds) changedB++;
		if (tripA.text === tripB.text && tripA.sameIds === tripB.sameIds) continue;
		differing++;
		if (examples.length < MAX_EXAMPLES) examples.push({ input, a: tripA.text, b: tripB.text });
	}
	return { tried: FINGERPRINT_PROBES.length, changedA, changedB, differing, examples };
}
