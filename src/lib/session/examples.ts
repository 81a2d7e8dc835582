/** A text in the "Examples" menu. */
export interface Example {
	readonly name: string;
	/** One sentence about what the example shows. */
	readonly description: string;
	readonly text: string;
}

/** The prerendered example. */
export const FIRST_EXAMPLE: Example = {
	name: 'English, Hindi, code',
	description: 'A sentence in two languages, indented code, and an emoji of several code points.',
	text: `Language models read tokens, not letters.
भाषा मॉडल टोकन पढ़ते हैं।
if r > 0:
    return 3.14159 * r ** 2  # 👩‍🚀`
};

export const EXAMPLES: readonly Example[] = [
	FIRST_EXAMPLE,
	{
		name: 'A bit of everything',
		description:
			'“Strawberry” split and “ strawberry” whole, a long Turkish word, and an emoji split into bytes.',
		text: `Strawberry has three r’s, but " strawberry" is one token.
Çekoslovakyalılaştıramadıklarımızdan 👩‍🚀 မြန်မာ\tdef f(x): return x*3333`
	},
	{
		name: 'Code',
		description:
			'Indentation: newer vocabularies have tokens for runs of spaces, older ones use a token per space.',
		text: `def count_letters(word: str, letter: str) -> int:
    total = 0
    for character in word:
        if character == letter:
            total += 1
    return total


print(count_letters("strawberry", "r"))  # 3
`
	},
	{
		name: 'Turkish',
		description:
			'Suffixes add up: “Evlerimizdekilerden”, “from those in our houses”, takes four to eight tokens.',
		text: `Evlerimizdekilerden hiçbiri kapılarını kapatmamıştı.
Çekoslovakyalılaştıramadıklarımızdan mısınız?
Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar.`
	},
	{
		name: 'Chinese',
		description:
			'Common characters share tokens in newer vocabularies. Rare ones take two to four tokens in all of them.',
		text: `人人生而自由，在尊严和权利上一律平等。
草莓里有几个字？龘靐齉齾爩`
	},
	{
		name: 'Emoji families',
		description:
			'One picture on the screen: the family is seven code points, and 18 tokens in cl100k.',
		text: `👨‍👩‍👧‍👦 👩🏽‍🚀 🏳️‍🌈 🇹🇷 🇫🇮 ❤️‍🔥 1️⃣ ☺️ ☺`
	},
	{
		name: 'Numbers',
		description:
			'Digits: in threes from the left (cl100k), one by one (qwen3, gemma3), or by frequency (gpt2).',
		text: `9.11 and 9.9; 3.14159; 1000000; 1,234,567; 2026-11-25; +358 40 1234567; ١٢٣٤٥`
	},
	{
		name: 'Whitespace',
		description: 'Runs of spaces, tabs, line endings, and different spaces that look alike.',
		text: 'a b  c   d    e\tf\t\tg\n\n\nh\r\ni\u00a0j\u2003k\u200bl\u3000m \n  \n    n'
	},
	{
		name: '<|endoftext|>',
		description:
			'Text that looks like a special token: several tokens as text, one id if special tokens are parsed.',
		text: `A document ends with <|endoftext|> in GPT-2, and chats are marked by
<|im_start|>user
<|start_header_id|> <start_of_turn> [INST] <｜User｜> <s> </s> <bos>`
	},
	{
		name: 'Split characters',
		description:
			'A character that is not in the vocabulary is split into bytes. Its tokens mean nothing alone.',
		text: `𓂀 ꙮ 𝔄𝔅 ᚠᛇᚻ ⸘ 🫠 ﷽ မြန်မာ`
	}
];
