/** The fingerprint's texts. Changing this list requires a new version of the fingerprint. */
import { KINDS, REVEALING_INPUTS } from '../probes/revealing-inputs';

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

export const PROBE_TEXTS: readonly string[] = [
	...PROSE,
	...SPECIAL,
	...REVEALING_INPUTS,
	...RUNS,
	...KINDS.flatMap((first) => KINDS.map((second) => first + second))
];
