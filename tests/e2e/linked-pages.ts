import { encodeTextHash, type LinkInput } from '../../src/lib/session/documents/link-codec';

export type PageLink = readonly [address: string, input?: LinkInput];

const text = (value: string, sample?: string): LinkInput => ({ kind: 'text', value, sample });
const dropping = (count: number) => JSON.stringify([{ kind: 'drop-last-merges', count }]);

/**
 * Links that together set every field of every page to a non-default value. If some fields of a page exclude each
 * other, the page has two links. Consecutive links are for different pages.
 */
export const PAGE_LINKS = {
	compare: [
		'?t=llama3,yours,cl100k_base&base=llama3&corpus=languages&merges=7&special=parse&view=bytes&colour=all&marks=off' +
			'&pin=cl100k_base:5-11&difference=1&for=cl100k_base:GPT-4&budget=3&models=1&sort=-price',
		text('Hello world\n<|begin_of_text|>')
	],
	train: [
		'train/?corpus=classic&size=270&pattern=cl100k&ties=first-seen&alphabet=observed&feed=whole&min=2' +
			'&special=%3Cs%3E&step=1&beside=gpt2&marks=off&speed=fast' +
			'&predict=1',
		text('', 'the lower lowest')
	],
	strawberry: [
		'strawberry/?t=llama2,cl100k_base&letter=k&case=exact&merges=gpt2&form=sentence',
		text('bookkeeper')
	],
	inflation: [
		'inflation/?t=o200k_base,gpt2,cl100k_base&base=rus&lang=mya&all=1&q=myanmar&script=Myanmar' +
			'&scale=linear&sort=gpt2&in=cl100k_base' +
			'&prompt=500&model=GPT-2+(124M)&price=3&window=100000'
	],
	diff: [
		`drift/diff/?a=lab-a&edit-a=${dropping(9)}&b=lab-b&edit-b=${dropping(7)}&rows=5000&special=parse` +
			'&template=on&view=ids&vocabulary=same&vocabulary-find=the&unreachable=b&unreachable-find=in',
		text('A line\r\nand another')
	],
	drift: [
		'drift/?case=gemma-without-bos+llama3-without-bos&q=BOS&stage=post-processor' +
			'&sentence=Are+those+islands+open?'
	],
	vocabulary: [
		'vocabulary/?tokenizer=llama3&id=15717&q=ber&script=Latin&kind=ordinary&sort=characters' +
			'&case=1&all=1'
	],
	compareIds: [
		'?t=cl100k_base,gpt2&view=ids&sort=tokens',
		{ kind: 'ids', value: 'token_id=15339 logprob=-1\ntoken_id=1917' }
	],
	trainOwn: [
		String.raw`train/?regex=\w%2B|\s%2B&size=300&longest=3&step=1`,
		text('banana bandana\n')
	],
	strawberrySpelling: ['strawberry/?letter=&spelling=upper', text('Straßenbahn')],
	inflationModel: ['inflation/?t=o200k_base,llama2&sort=name&in=o200k_base&for=o3']
} satisfies Readonly<Record<string, PageLink>>;

export async function addressOf([address, input]: PageLink): Promise<string> {
	return input === undefined ? address : `${address}#${(await encodeTextHash(input)) ?? ''}`;
}
