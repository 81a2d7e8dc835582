/** Texts that show something, for the "Examples" menu. */
export interface Example {
	readonly name: string;
	/** What to look at, in one sentence. */
	readonly look: string;
	readonly text: string;
}

/** The text of the first paint. */
export const FIRST_EXAMPLE: Example = {
	name: 'A bit of everything',
	look: '“Strawberry” in pieces and “ strawberry” whole; a long Turkish word; an emoji cut into bytes.',
	text: `Strawberry has three r’s, but " strawberry" is one token.
Çekoslovakyalılaştıramadıklarımızdan 👩‍🚀 မြန်မာ\tdef f(x): return x*3333`
};

export const EXAMPLES: readonly Example[] = [
	FIRST_EXAMPLE,
	{
		name: 'Code',
		look: 'Indentation: newer vocabularies have tokens for runs of spaces, older ones pay for each.',
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
		look: 'Suffixes pile up: “Evlerimizdekilerden”, from those in our houses, takes four to eight tokens.',
		text: `Evlerimizdekilerden hiçbiri kapılarını kapatmamıştı.
Çekoslovakyalılaştıramadıklarımızdan mısınız?
Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar.`
	},
	{
		name: 'Chinese',
		look: 'Common characters share tokens in newer vocabularies; rare ones fall into two to four pieces in all.',
		text: `人人生而自由，在尊严和权利上一律平等。
草莓里有几个字？龘靐齉齾爩`
	},
	{
		name: 'Emoji families',
		look: 'One picture on the screen: the family is seven code points, and 18 tokens in cl100k.',
		text: `👨‍👩‍👧‍👦 👩🏽‍🚀 🏳️‍🌈 🇹🇷 🇫🇮 ❤️‍🔥 1️⃣ ☺️ ☺`
	},
	{
		name: 'Numbers',
		look: 'Digits: in threes from the left (cl100k), one by one (qwen3, gemma3), or as they were frequent (gpt2).',
		text: `9.11 and 9.9; 3.14159; 1000000; 1,234,567; 2026-11-25; +358 40 1234567; ١٢٣٤٥`
	},
	{
		name: 'Whitespace',
		look: 'Runs of spaces, tabs, line ends and spaces that look alike but are not.',
		text: 'a b  c   d    e\tf\t\tg\n\n\nh\r\ni\u00a0j\u2003k\u200bl\u3000m \n  \n    n'
	},
	{
		name: '<|endoftext|>',
		look: 'Text that looks like a special token: as text it is spelled out, parsed it is one id.',
		text: `A document ends with <|endoftext|> in GPT-2, and chats are marked by
<|im_start|>user
<|start_header_id|> <start_of_turn> [INST] <｜User｜> <s> </s> <bos>`
	},
	{
		name: 'A cut character',
		look: 'A character that no vocabulary holds is cut into bytes, and its tokens mean nothing alone.',
		text: `𓂀 ꙮ 𝔄𝔅 ᚠᛇᚻ ⸘ 🫠 ﷽ မြန်မာ`
	}
];
