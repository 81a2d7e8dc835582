/**
 * `npm run prose`: prints a random sample of the project's sentences, for a reader who has not seen the code.
 * CONTRIBUTING.md describes how to use it.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** Number of sentences of each kind in a sample of 200. */
const SAMPLE = { comments: 110, interface: 55, docs: 35 };

/** Files that contain data or other people's words. */
const LEFT_OUT = /generated|licen[cs]es?\b|-data\.ts$|\.test\.ts$|chat-templates|oracle\/|NOTICE/i;
const CODE = /\.(ts|js|mjs|svelte|py|css)$/;
/** Code that contains strings users read: pages, messages and commands. */
const INTERFACE = /\.svelte$|messages\.ts$|^src\/cli\/|^src\/lib\/tokenizers\/files\//;
const MIN_WORDS = 4;

/** A sentence and the file that contains it. */
interface Sentence {
	readonly text: string;
	readonly file: string;
}

const sentencesOf = (text: string): string[] =>
	text
		.replace(/\s+/g, ' ')
		.split(/(?<=[.!?:])\s+(?=["'“`({[]?[A-Z])/)
		.map((sentence) => sentence.trim())
		.filter((sentence) => (sentence.match(/[\p{L}’'-]{2,}/gu) ?? []).length >= MIN_WORDS);

/** Comment text: block comments without stars and tags, and runs of line comments. */
function commentsOf(code: string): string[] {
	const blocks = Array.from(code.matchAll(/\/\*\*?([^]*?)\*\//g), ([, text]) =>
		text.replace(/^\s*\*? ?/gm, '').replace(/@(param|returns|throws|typeParam)( [\w.]+)?/g, '. ')
	);
	const lines = Array.from(code.matchAll(/(?:^[ \t]*(?:\/\/|#) .*\n)+/gm), ([text]) =>
		text.replace(/^[ \t]*(\/\/|#) ?/gm, '')
	);
	return [...blocks, ...lines, ...Array.from(code.matchAll(/<!--([^]*?)-->/g), ([, text]) => text)];
}

/** Strings in code, and text between a component's tags. */
function stringsOf(code: string): string[] {
	const plain = code.replace(/\/\*[^]*?\*\/|^[ \t]*\/\/.*$|<!--[^]*?-->|<style[^]*<\/style>/gm, '');
	const strings = plain.matchAll(/'((?:[^'\\\n]|\\.)+)'|`((?:[^`\\]|\\.)+)`/g);
	const markup = plain.split('</script>').at(-1) ?? '';
	return [
		...Array.from(strings, ([, single, template]) => single ?? template),
		...(plain.includes('</script>')
			? Array.from(markup.matchAll(/>([^<>{}]+)</g), ([, text]) => text)
			: [])
	];
}

const proseOf = (page: string): string[] =>
	page
		.replace(/^```[^]*?^```/gm, '')
		.split(/\n\n+|^[-*] |^#+ .*$/m)
		.filter((paragraph) => !paragraph.startsWith('|'));

function collect(): Record<keyof typeof SAMPLE, Sentence[]> {
	const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n');
	const all: Record<keyof typeof SAMPLE, Sentence[]> = { comments: [], interface: [], docs: [] };
	for (const file of files.filter((name) => !LEFT_OUT.test(name))) {
		const add = (kind: keyof typeof SAMPLE, texts: readonly string[]) =>
			all[kind].push(...texts.flatMap(sentencesOf).map((text) => ({ text, file })));
		if (CODE.test(file)) {
			const code = readFileSync(file, 'utf8');
			add('comments', commentsOf(code));
			if (INTERFACE.test(file)) add('interface', stringsOf(code));
		} else if (file.endsWith('.md')) add('docs', proseOf(readFileSync(file, 'utf8')));
	}
	return all;
}

export function main(args: readonly string[]): number {
	const { values } = parseArgs({
		args: [...args],
		options: { share: { type: 'string', default: '1' } }
	});
	const all = collect();
	for (const [kind, count] of Object.entries(SAMPLE) as [keyof typeof SAMPLE, number][]) {
		console.log(`\n# ${kind} (of ${all[kind].length})\n`);
		const rest = [...all[kind]];
		for (let left = Math.ceil(count * Number(values.share)); left > 0 && rest.length > 0; left--) {
			const [{ text, file }] = rest.splice(Math.floor(Math.random() * rest.length), 1);
			console.log(`- ${text}  [${file}]`);
		}
	}
	return 0;
}
